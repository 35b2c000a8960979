"""The pages of accounts and of the audit trail in a real browser: strict policy, accessibility, desktop and phone."""

import os
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker

from chelun.platform.accounts.models import LoginAttempt, User
from chelun.platform.accounts.services.invitations import invitation_send
from chelun.platform.accounts.tests.factories import PASSWORD, UserFactory, logged_in, user_with
from chelun.platform.audit.services import record
from chelun.platform.regions.testing import keep_regions
from tests.browser import Look, OpenScreen, Screen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
LOOKS = [Look("zh-hans", "light", 1280), Look("en", "dark", 390)]


@pytest.fixture(autouse=True)
def _places(django_db_setup: None, transactional_db: None, django_db_blocker: DjangoDbBlocker) -> None:
    keep_regions(django_db_blocker)


@pytest.fixture
def office() -> dict[str, User]:
    """One account of each kind, a lock, and some rows of the trail."""
    roles = ("system_admin", "security_admin", "audit_admin", "registrar", "counter")
    users = {role: user_with(role, username=role.replace("_", ".")) for role in roles}
    UserFactory.create(username="second", person_name=users["counter"].person_name)
    now = timezone.now()
    for number in range(5):
        LoginAttempt.objects.create(
            at=now - timedelta(seconds=number),
            name_index="0" * 32,
            user=users["counter"],
            address="10.0.0.1",
            outcome=LoginAttempt.FAILED,
        )
    record(actor=users["registrar"], action="privacy.value.revealed", purpose="年审", new={"a": 1})
    return users


def pages(users: dict[str, User]) -> list[tuple[str, str]]:
    """(reader, path) of every page to look at."""
    counter, system = users["counter"].pk, users["system_admin"]
    link = invitation_send(actor=system, user=users["counter"])
    return [
        ("", "/accounts/login/?idle=1"),
        ("", f"/accounts/invitation/{link}/"),
        ("counter", "/accounts/me/"),
        ("counter", "/accounts/me/password/"),
        ("counter", "/accounts/code/new/"),
        ("counter", "/accounts/passkeys/new/"),
        ("system_admin", "/accounts/users/"),
        ("system_admin", "/accounts/users/?text=nobody"),
        ("system_admin", "/accounts/users/new/"),
        ("system_admin", f"/accounts/users/{counter}/"),
        ("security_admin", "/accounts/rights/"),
        ("security_admin", f"/accounts/rights/{counter}/"),
        ("security_admin", "/accounts/rights/locks/"),
        ("audit_admin", "/accounts/audit/"),
        ("audit_admin", "/accounts/audit/1/"),
    ]


def test_accounts_pages_are_clean(screen_for: OpenScreen, office: dict[str, User]) -> None:
    """Each page in one look, in turn: the frame is looked at in all of them elsewhere."""
    found = {}
    screens: dict[str, Screen] = {}
    for number, (reader, path) in enumerate(pages(office)):
        screen = screens.get(reader) or screen_for(logged_in(Client(), office[reader]) if reader else None)
        screens[reader] = screen
        screen.wear(LOOKS[number % 2])
        assert screen.open(path) == 200, path
        if folder := os.environ.get("CHELUN_PICTURES"):
            screen.page.screenshot(path=f"{folder}/accounts-{number:02}.png", full_page=True)
        found[path] = screen.faults()
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_login_and_enrolment_work_without_a_word_from_us(screen_for: OpenScreen) -> None:
    user = user_with("registrar")
    screen = screen_for(None)
    screen.open("/accounts/me/")
    screen.page.get_by_label("登录名").fill(user.username)
    screen.page.get_by_label("密码").fill(PASSWORD)
    screen.page.get_by_role("button", name="登录").click()
    expect(screen.page.get_by_role("heading", name="启用第二因子")).to_be_visible()
    shown = screen.page.locator("img").first
    assert shown.evaluate("picture => picture.naturalWidth") > 100
    assert screen.complaints == []
