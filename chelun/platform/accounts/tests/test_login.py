"""Logging in: what opens, what locks, what idles, and what it all says."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from chelun.core.errors import Refused
from chelun.platform.accounts import sessions
from chelun.platform.accounts.models import LoginAttempt, Session, User
from chelun.platform.accounts.services.login import login_check
from chelun.platform.accounts.tests.factories import PASSWORD, UserFactory, logged_in
from chelun.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture
def user() -> User:
    made: User = UserFactory.create(username="lin")
    return made


def tried(password: str, username: str = "lin", address: str = "10.0.0.1") -> str:
    try:
        return login_check(username=username, password=password, address=address).username
    except Refused as refusal:
        return refusal.message


def test_login_opens_session_and_returns(client: Client, user: User) -> None:
    answer = client.post(
        LOGIN, {"username": " LIN ", "password": PASSWORD, "next": "/people/"}, HTTP_USER_AGENT="Firefox"
    )
    assert (answer.status_code, answer["Location"]) == (302, "/people/")
    session = Session.objects.get()
    assert (session.user, session.address, session.agent) == (user, "127.0.0.1", "Firefox")
    assert AuditEntry.objects.get().action == "accounts.session.opened"


def test_login_never_leads_elsewhere(client: Client, user: User) -> None:
    answer = client.post(LOGIN, {"username": "lin", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("name", ["lin", "nobody"])
def test_login_says_the_same_to_wrong_name_and_wrong_password(client: Client, user: User, name: str) -> None:
    answer = client.post(LOGIN, {"username": name, "password": "x"})
    assert answer.status_code == 422
    assert "登录名或密码不对" in answer.content.decode()


def test_login_refuses_a_disabled_account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert tried(PASSWORD) != "lin"


def test_login_locks_the_name_then_opens_again(user: User, settings: Settings) -> None:
    said = {tried("wrong", address=f"10.0.0.{n}") for n in range(settings.CHELUN_LOCK_FAILURES)}
    assert {tried(PASSWORD)} == said
    assert AuditEntry.objects.filter(action="accounts.login.locked").count() == 1
    LoginAttempt.objects.update(at=timezone.now() - timedelta(minutes=settings.CHELUN_LOCK_MINUTES))
    assert tried(PASSWORD) == "lin"


def test_login_locks_unknown_names_alike(settings: Settings) -> None:
    for _ in range(settings.CHELUN_LOCK_FAILURES + 1):
        tried("wrong", username="nobody")
    outcomes = LoginAttempt.objects.order_by("id").values_list("outcome", flat=True)
    assert list(outcomes)[-1] == LoginAttempt.LOCKED


def test_login_locks_the_address(user: User, settings: Settings) -> None:
    settings.CHELUN_LOCK_ADDRESS_FAILURES = 3
    for n in range(3):
        tried("wrong", username=f"nobody{n}")
    assert tried(PASSWORD) != "lin"
    assert tried(PASSWORD, address="10.0.0.2") == "lin"


def test_login_success_forgives_earlier_failures(user: User, settings: Settings) -> None:
    for _ in range(2):
        for _ in range(settings.CHELUN_LOCK_FAILURES - 1):
            tried("wrong")
        assert tried(PASSWORD) == "lin"


def test_attempt_keeps_no_typed_name(user: User) -> None:
    tried("x", username="My-Secret-Password")
    assert "secret" not in str(LoginAttempt.objects.values().get()).lower()
    assert "secret" not in str(AuditEntry.objects.values().get()).lower()


def test_logout_ends_session_and_needs_post(client: Client, user: User) -> None:
    logged_in(client, user)
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout"))["Location"] == LOGIN
    assert not Session.objects.filter(user=user).exists()


def test_idle_session_is_ended_and_says_so(client: Client, user: User, settings: Settings) -> None:
    logged_in(client, user)
    session = client.session
    session[sessions.SEEN] = int(time.time()) - settings.CHELUN_IDLE_MINUTES * 60 - 1
    session.save()
    answer = client.get("/people/?q=1")
    assert answer["Location"] == f"{LOGIN}?idle=1&next=%2Fpeople%2F%3Fq%3D1"
    assert "30 分钟没有操作" in client.get(answer["Location"]).content.decode()


def test_idle_session_leads_a_piece_of_a_page_out(client: Client, user: User, settings: Settings) -> None:
    logged_in(client, user)
    session = client.session
    session[sessions.SEEN] = int(time.time()) - settings.CHELUN_IDLE_MINUTES * 60 - 1
    session.save()
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/jobs/?page=2"}
    answer = client.get("/jobs/", headers=headers)
    assert answer.content == b""
    assert answer["HX-Redirect"] == f"{LOGIN}?idle=1&next=%2Fjobs%2F%3Fpage%3D2"


def test_language_is_chinese_whatever_the_browser_says(client: Client) -> None:
    answer = client.get(LOGIN, HTTP_ACCEPT_LANGUAGE="en")
    assert (answer["Content-Language"], "登录名" in answer.content.decode()) == ("zh-hans", True)


def test_language_is_kept_in_cookie_and_account(client: Client, user: User) -> None:
    logged_in(client, user)
    client.post(reverse("core:language"), {"language": "en", "next": LOGIN})
    user.refresh_from_db()
    assert user.language == "en"
    assert client.get(LOGIN)["Content-Language"] == "en"


def test_address_is_believed_from_as_many_proxies_as_set(
    client: Client, user: User, settings: Settings
) -> None:
    settings.CHELUN_PROXIES = 1
    client.post(LOGIN, {"username": "lin", "password": PASSWORD}, HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.1.1")
    assert Session.objects.get().address == "10.1.1.1"
