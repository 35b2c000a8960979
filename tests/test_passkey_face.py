"""Passkeys in a real browser with an authenticator of its own making: set up, log in, remove, all by keyboard; and refusals."""

import os
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect
from pytest_django import DjangoDbBlocker

from chelun.platform.accounts.models import Passkey, User
from chelun.platform.accounts.tests.factories import PASSWORD, user_with
from chelun.platform.regions.testing import keep_regions
from tests.browser import Look, OpenScreen, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
INSIDE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
Words = dict[str, str]
CHINESE: Words = {
    "name": "登录名", "password": "密码", "login": "登录", "own": "名称", "present": "现在的密码", "add": "添加这把钥匙",
    "instead": "改用通行密钥", "copied": "我已抄好，继续", "use": "用通行密钥", "out": "退出登录", "remove": "移除",
}  # fmt: skip
ENGLISH: Words = {
    "name": "Log-in name", "password": "Password", "login": "Log in", "own": "Name", "present": "Present password",
    "add": "Add this key", "instead": "Use a passkey instead", "copied": "I have them, go on", "use": "Use a passkey",
    "out": "Log out", "remove": "Remove",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _places(django_db_setup: None, transactional_db: None, django_db_blocker: DjangoDbBlocker) -> None:
    keep_regions(django_db_blocker)


class Authenticator:
    """The browser's virtual authenticator."""

    def __init__(self, page: Page) -> None:
        self.line: CDPSession = page.context.new_cdp_session(page)
        self.line.send("WebAuthn.enable")
        self.id = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": INSIDE})["authenticatorId"]

    def keys(self) -> list[dict[str, Any]]:
        """What it has made, with its counters."""
        found: list[dict[str, Any]] = self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.id})[
            "credentials"
        ]
        return found

    def turn_back(self) -> None:
        """An old copy of the key: its counter stands where it stood."""
        known = self.keys()[0]
        self.line.send(
            "WebAuthn.removeCredential",
            {"authenticatorId": self.id, "credentialId": known["credentialId"]},
        )
        self.line.send(
            "WebAuthn.addCredential", {"authenticatorId": self.id, "credential": {**known, "signCount": 0}}
        )


def picture(screen: Screen, name: str) -> None:
    if folder := os.environ.get("CHELUN_PICTURES"):
        screen.page.screenshot(path=f"{folder}/passkey-{name}.png", full_page=True)


def pressed(screen: Screen, name: str) -> None:
    """A button or link, by keyboard."""
    page = screen.page
    target = page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    )
    target.first.focus()
    page.keyboard.press("Enter")


def logged_in_by_hand(screen: Screen, user: User, words: Words) -> None:
    screen.open("/accounts/me/")
    screen.page.get_by_label(words["name"]).fill(user.username)
    screen.page.get_by_label(words["password"]).fill(PASSWORD)
    pressed(screen, words["login"])


def asked_for(screen: Screen, words: Words, name: str = "办公室电脑") -> None:
    screen.page.get_by_label(words["own"]).fill(name)
    screen.page.get_by_label(words["present"]).fill(PASSWORD)
    pressed(screen, words["add"])


def told(screen: Screen) -> Any:
    return screen.page.locator("[data-passkey-told]")


@pytest.mark.parametrize(
    ("look", "words"),
    [(Look("zh-hans", "light", 1280), CHINESE), (Look("en", "dark", 390), ENGLISH)],
    ids=["zh", "en"],
)
def test_set_up_log_in_and_remove(screen_for: OpenScreen, look: Look, words: Words) -> None:
    user, screen = user_with("registrar"), screen_for(None, look)
    page, key = screen.page, Authenticator(screen.page)
    logged_in_by_hand(screen, user, words)
    pressed(screen, words["instead"])
    expect(page.get_by_label(words["own"])).to_be_visible()
    picture(screen, f"new-{look}")
    assert screen.faults() == []
    asked_for(screen, words)
    expect(page.locator("main code")).to_have_count(10)
    assert len(key.keys()) == 1
    pressed(screen, words["copied"])
    screen.open("/accounts/me/")
    expect(page.get_by_text("办公室电脑")).to_be_visible()
    picture(screen, f"me-{look}")
    assert screen.faults() == []
    page.context.clear_cookies(name="sessionid")
    logged_in_by_hand(screen, user, words)
    expect(page.get_by_role("button", name=words["use"])).to_be_focused()
    picture(screen, f"use-{look}")
    assert screen.faults() == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/me/")
    assert Passkey.objects.get().used_at is not None
    assert Passkey.objects.get().sign_count == key.keys()[0]["signCount"] > 0
    page.get_by_role("link", name=words["remove"]).focus()
    page.keyboard.press("Enter")
    page.get_by_label(words["present"]).fill(PASSWORD)
    picture(screen, f"remove-{look}")
    pressed(screen, words["remove"])
    expect(page.locator("[data-error-summary]")).to_be_visible()
    assert screen.faults() == []
    assert Passkey.objects.count() == 1


def ready(screen_for: OpenScreen) -> tuple[User, Screen, Authenticator]:
    """Somebody with a passkey who has given his password and is asked for it."""
    user, screen = user_with("registrar"), screen_for(None)
    key = Authenticator(screen.page)
    logged_in_by_hand(screen, user, CHINESE)
    pressed(screen, CHINESE["instead"])
    asked_for(screen, CHINESE)
    expect(screen.page.locator("main code")).to_have_count(10)
    screen.page.context.clear_cookies(name="sessionid")
    logged_in_by_hand(screen, user, CHINESE)
    expect(screen.page.get_by_role("button", name=CHINESE["use"])).to_be_visible()
    return user, screen, key


def proved(screen: Screen) -> None:
    pressed(screen, CHINESE["use"])
    screen.page.wait_for_url("**/accounts/me/")


def test_copied_key_is_refused_with_a_sentence(screen_for: OpenScreen) -> None:
    user, screen, key = ready(screen_for)
    proved(screen)
    key.turn_back()
    screen.page.context.clear_cookies(name="sessionid")
    logged_in_by_hand(screen, user, CHINESE)
    pressed(screen, CHINESE["use"])
    expect(told(screen)).to_contain_text("计数倒退")
    expect(told(screen)).to_be_focused()
    assert screen.faults() == []


def test_same_device_twice_and_a_wrong_password_are_told_in_words(screen_for: OpenScreen) -> None:
    _user, screen, _key = ready(screen_for)
    proved(screen)
    pressed(screen, "添加通行密钥")
    screen.page.get_by_label(CHINESE["own"]).fill("第二把")
    screen.page.get_by_label(CHINESE["present"]).fill("wrong")
    pressed(screen, CHINESE["add"])
    expect(told(screen)).to_contain_text("现在的密码不对")
    asked_for(screen, CHINESE, "第二把")
    expect(told(screen)).to_contain_text("已经登记过")
    assert screen.faults() == []


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("window.PublicKeyCredential = undefined", "不支持通行密钥"),
        (
            "navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
            "没有完成",
        ),
        (
            "navigator.credentials.get = () => Promise.reject(new DOMException('', 'SecurityError'))",
            "换一个浏览器",
        ),
        ("window.fetch = () => Promise.reject(new TypeError())", "没有得到服务器的回答"),
    ],
)
def test_what_browsers_cannot_or_will_not_do_is_told_in_words(
    screen_for: OpenScreen, script: str, sentence: str
) -> None:
    _user, screen, _key = ready(screen_for)
    screen.page.add_init_script(script)
    screen.page.reload()
    button = screen.page.get_by_role("button", name=CHINESE["use"])
    if button.is_enabled():
        pressed(screen, CHINESE["use"])
    expect(told(screen)).to_contain_text(sentence)
    expect(screen.page.get_by_label("一个恢复码")).to_be_enabled()
    assert screen.complaints == []


def test_number_of_the_machine_leads_to_its_name(screen_for: OpenScreen) -> None:
    screen = screen_for(None)
    by_number = screen.server.replace("localhost", "127.0.0.1")
    named, screen.server = screen.server, by_number
    logged_in_by_hand(screen, user_with("clerk"), CHINESE)
    door = screen.page.locator(f'main a[href="{named}/accounts/me/"]')
    expect(door).to_be_visible()
    picture(screen, "number")
    assert screen.faults() == []
