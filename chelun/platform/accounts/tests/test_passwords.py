"""Passwords: what they must be, changing them, and the links by which they are set first."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from chelun.core.errors import Refused
from chelun.platform.accounts.models import Invitation, Session, User
from chelun.platform.accounts.services.invitations import invitation_send, invitation_use, invited_user
from chelun.platform.accounts.services.passwords import password_change, password_set
from chelun.platform.accounts.tests.factories import PASSWORD, UserFactory, logged_in, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    made: User = UserFactory.create(username="lin", person_name="林某某")
    return made


def changed(user: User, wanted: str, present: str = PASSWORD) -> str:
    try:
        password_change(user=user, present=present, wanted=wanted, address="10.0.0.1")
    except Refused as refusal:
        return refusal.code
    return "changed"


@pytest.mark.parametrize(
    ("wanted", "verdict"),
    [
        ("Chelun-2026", "changed"),
        ("chelun2026a", "accounts.password.weak"),
        ("Ab1-", "accounts.password.weak"),
        ("一条很长很长很长很长很长很长的口令", "changed"),
        ("Lin-lin-lin", "changed"),
        (PASSWORD, "changed"),
    ],
)
def test_password_change_keeps_the_rules(user: User, wanted: str, verdict: str) -> None:
    assert changed(user, wanted) == verdict


def test_password_change_needs_the_present_one_and_locks(user: User, settings: Settings) -> None:
    for _ in range(settings.CHELUN_LOCK_FAILURES):
        assert changed(user, "Chelun-2026", "wrong") == "accounts.password.mistaken"
    assert changed(user, "Chelun-2026") == "accounts.login"


def test_password_is_not_one_of_the_last_five(user: User) -> None:
    for number in range(6):
        password_set(user=user, password=f"Chelun-202{number}", action="accounts.password.changed")
    assert changed(user, "Chelun-2021", "Chelun-2025") == "accounts.password.weak"
    assert changed(user, "Chelun-2020", "Chelun-2025") == "changed"


def test_password_page_ends_other_sessions_and_keeps_this_one(user: User, client: Client) -> None:
    other = logged_in(Client(), user)
    logged_in(client, user)
    sent = {"present": PASSWORD, "password": "Chelun-2026", "again": "Chelun-2026"}
    assert client.post(reverse("accounts:password"), sent)["Location"] == "/accounts/me/"
    assert client.get("/accounts/me/").status_code == 200
    assert other.get("/accounts/me/").status_code == 302


def test_password_page_keeps_the_confirmed_factor(client: Client) -> None:
    logged_in(client, user_with("registrar"))
    sent = {"present": PASSWORD, "password": "Chelun-2026", "again": "Chelun-2026"}
    client.post(reverse("accounts:password"), sent)
    assert client.get("/accounts/me/").status_code == 200


def test_password_page_says_what_is_wrong(user: User, client: Client) -> None:
    logged_in(client, user)
    page = reverse("accounts:password")
    sent = {"present": PASSWORD, "password": "Chelun-2026", "again": "Chelun-2027"}
    assert "两次输入的新密码不一样" in client.post(page, sent).content.decode()
    weak = client.post(page, {**sent, "password": "abc", "again": "abc"})
    assert (weak.status_code, "三种" in weak.content.decode()) == (422, True)


def test_invitation_sets_the_password_once(client: Client) -> None:
    admin, user = user_with("system_admin"), UserFactory.create(password=None, username="xin")
    page = reverse("accounts:invitation", args=[invitation_send(actor=admin, user=user)])
    assert "xin" in client.get(page).content.decode()
    sent = {"password": "Chelun-2026", "again": "Chelun-2026"}
    assert client.post(page, sent)["Location"] == "/accounts/login/"
    assert client.get(page).status_code == 422
    user.refresh_from_db()
    assert user.check_password("Chelun-2026")


def test_invitation_survives_a_weak_password() -> None:
    admin, user = user_with("system_admin"), UserFactory.create(password=None)
    token = invitation_send(actor=admin, user=user)
    with pytest.raises(Refused):
        invitation_use(token=token, password="abc")
    assert invited_user(token=token) == user


def test_invitation_expires_and_is_replaced(settings: Settings) -> None:
    admin, user = user_with("system_admin"), UserFactory.create()
    first = invitation_send(actor=admin, user=user)
    second = invitation_send(actor=admin, user=user)
    with pytest.raises(Refused):
        invited_user(token=first)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused):
        invited_user(token=second)
    assert second not in str(list(Invitation.objects.values()))


def test_invitation_ends_open_sessions(user: User, client: Client) -> None:
    logged_in(client, user)
    token = invitation_send(actor=user_with("system_admin"), user=user)
    invitation_use(token=token, password="Chelun-2026")
    assert not Session.objects.filter(user=user).exists()
