"""The second factor: who must have it, what proves it, and that nothing proves it twice."""

import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.accounts import totp
from chelun.platform.accounts.checks import demo_users_in_earnest
from chelun.platform.accounts.models import RecoveryCode, SecondFactor, User
from chelun.platform.accounts.services.demo import demo_code, demo_user
from chelun.platform.accounts.services.factors import (
    factor_check,
    factor_enrol,
    factor_reset,
    factor_secret,
    recovery_renew,
)
from chelun.platform.accounts.tests.factories import (
    PASSWORD,
    TOTP_SECRET,
    UserFactory,
    enrolled,
    logged_in,
    user_with,
)

pytestmark = pytest.mark.django_db
ADDRESS = "10.0.0.1"


def checked(user: User, code: str, later: int = 0) -> bool:
    try:
        factor_check(user=user, code=code, address=ADDRESS, now=timezone.now() + timedelta(seconds=later))
    except Refused:
        return False
    return True


def present_code(later: int = 0) -> str:
    return totp.code_at(TOTP_SECRET, time.time() + later)


@pytest.mark.parametrize(("moment", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")])
def test_code_is_that_of_the_standard(moment: int, code: str) -> None:
    """RFC 6238 appendix B, the last six digits."""
    assert totp.code_at(b"12345678901234567890", moment) == code


@pytest.mark.parametrize("drift", [-30, 0, 30])
def test_step_matches_near_by_and_only_once(drift: int) -> None:
    step = totp.matching_step(TOTP_SECRET, totp.code_at(TOTP_SECRET, 9000 + drift), 9000, 0)
    assert step == 300 + drift // 30
    assert totp.matching_step(TOTP_SECRET, totp.code_at(TOTP_SECRET, 9000 + drift), 9000, step) is None


def test_step_does_not_match_far_off() -> None:
    assert totp.matching_step(TOTP_SECRET, totp.code_at(TOTP_SECRET, 9000), 9090, 0) is None


def test_factor_check_accepts_a_code_once() -> None:
    user = user_with("registrar")
    enrolled(user)
    code = present_code()
    assert [checked(user, code), checked(user, code)] == [True, False]


def test_factor_check_locks_after_failures(settings: Settings) -> None:
    user = user_with("registrar")
    enrolled(user)
    for _ in range(settings.CHELUN_LOCK_FAILURES):
        assert not checked(user, "000000")
    assert not checked(user, present_code())


def test_right_password_gives_no_new_tries_at_the_code(client: Client, settings: Settings) -> None:
    user = user_with("registrar")
    enrolled(user)
    for _ in range(settings.CHELUN_LOCK_FAILURES):
        checked(user, "000000")
    client.post(reverse("accounts:login"), {"username": user.username, "password": PASSWORD})
    assert not checked(user, present_code())


def test_recovery_code_works_once() -> None:
    user = user_with("registrar")
    enrolled(user)
    codes = recovery_renew(user=user)
    assert len(set(codes)) == 10
    assert [checked(user, codes[0].lower()), checked(user, codes[0])] == [True, False]
    recovery_renew(user=user)
    assert not checked(user, codes[1])


def test_recovery_codes_are_kept_as_digests() -> None:
    user = user_with("registrar")
    enrolled(user)
    code = recovery_renew(user=user)[0].replace("-", "")
    assert code not in str(list(RecoveryCode.objects.values()))


def test_enrolment_needs_a_right_code_and_seals_the_key(client: Client) -> None:
    user = user_with("registrar")
    client.force_login(user)
    page = reverse("accounts:factor_enrol")
    assert client.get("/accounts/me/")["Location"] == page
    first = client.get(page).content.decode()
    factor = SecondFactor.objects.get(user=user)
    secret = factor_secret(factor)
    assert totp.readable_secret(secret) in first
    assert "data:image/svg+xml" in first
    assert secret not in bytes(factor.sealed)
    assert client.post(page, {"code": "000000"}).status_code == 422
    done = client.post(page, {"code": totp.code_at(secret, time.time())})
    assert done.content.decode().count("<code>") == 10
    assert client.get("/accounts/me/").status_code == 200


def test_enrolment_cannot_replace_a_factor_in_force() -> None:
    user = user_with("registrar")
    enrolled(user)
    with pytest.raises(Refused):
        factor_enrol(user=user, code=present_code())


def test_confirmation_stands_before_every_page(client: Client) -> None:
    user = user_with("audit_admin")
    enrolled(user)
    client.post(reverse("accounts:login"), {"username": user.username, "password": PASSWORD})
    asked = client.get("/accounts/audit/?day=2026-11-20")
    assert asked["Location"] == "/accounts/code/?next=%2Faccounts%2Faudit%2F%3Fday%3D2026-11-20"
    assert client.get("/accounts/audit/", headers={"HX-Request": "true"})["HX-Redirect"]
    assert client.get(asked["Location"]).status_code == 200
    wrong = client.post("/accounts/code/", {"code": "123"})
    assert wrong.status_code == 422
    right = client.post("/accounts/code/", {"code": present_code(), "next": "/accounts/audit/"})
    assert right["Location"] == "/accounts/audit/"
    assert client.get("/accounts/audit/").status_code == 200


def test_confirmation_is_not_asked_of_a_clerk(client: Client) -> None:
    client.force_login(user_with("clerk"))
    assert client.get("/accounts/me/").status_code == 200


def test_enrolment_can_be_left_where_it_is_not_required(client: Client) -> None:
    client.force_login(user_with("clerk"))
    assert 'href="/accounts/me/"' in client.get("/accounts/code/new/").content.decode()
    client.force_login(user_with("registrar"))
    assert 'href="/accounts/me/"' not in client.get("/accounts/code/new/").content.decode()


def test_volunteer_factor_is_asked_for(client: Client) -> None:
    user = user_with("clerk")
    enrolled(user)
    client.force_login(user)
    assert client.get("/accounts/me/")["Location"].startswith("/accounts/code/")


def test_reset_ends_sessions_and_asks_for_enrolment(client: Client) -> None:
    user, admin = user_with("registrar"), user_with("security_admin")
    logged_in(client, user)
    factor_reset(actor=admin, user=user)
    assert client.get("/accounts/me/")["Location"].startswith("/accounts/login/")
    with pytest.raises(Refused):
        factor_reset(actor=admin, user=admin)


def test_recovery_renewal_needs_a_factor(client: Client) -> None:
    logged_in(client, UserFactory.create())
    assert client.post(reverse("accounts:recovery_renew")).status_code == 422


@pytest.fixture
def demo() -> User:
    return demo_user(
        actor=SystemActor("test", "nobody"),
        username="demo",
        person_name="演示",
        role="registrar",
        region="513436",
        password=PASSWORD,
    )


@pytest.mark.usefixtures("places")
def test_demo_code_opens_a_demo_account(demo: User, client: Client) -> None:
    client.post(reverse("accounts:login"), {"username": "demo", "password": PASSWORD})
    client.post("/accounts/code/", {"code": call_command("demo_code", "demo")})
    assert client.get("/accounts/me/").status_code == 200


@pytest.mark.usefixtures("places")
def test_demo_accounts_are_shut_outside_the_demo(demo: User, client: Client, settings: Settings) -> None:
    logged_in(client, demo)
    settings.CHELUN_DEMO = False
    assert client.get("/accounts/me/")["Location"].startswith("/accounts/login/")
    answer = client.post(reverse("accounts:login"), {"username": "demo", "password": PASSWORD})
    assert answer.status_code == 422
    with pytest.raises(CommandError):
        call_command("demo_code", "demo")


@pytest.mark.usefixtures("places")
def test_demo_code_is_refused_for_real_accounts() -> None:
    user = user_with("registrar")
    enrolled(user)
    with pytest.raises(Refused):
        demo_code(username=user.username, moment=0)


@pytest.mark.usefixtures("places")
def test_check_names_demo_accounts_in_earnest(demo: User, settings: Settings) -> None:
    assert demo_users_in_earnest(None) == []
    settings.CHELUN_DEMO = False
    assert [error.id for error in demo_users_in_earnest(None)] == ["accounts.E001"]
