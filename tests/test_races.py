"""Two at one moment: in two windows, by two administrators, in two workers. Neither fails, and nothing is there twice."""

import contextlib
import secrets
import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.accounts import totp
from chelun.platform.accounts.challenges import Challenge, challenge_take
from chelun.platform.accounts.models import (
    Grant,
    Invitation,
    LoginAttempt,
    Passkey,
    RecoveryCode,
    SecondFactor,
    User,
)
from chelun.platform.accounts.services import factors, grants, passkeys, passwords
from chelun.platform.accounts.services.factors import (
    factor_begin,
    factor_enrol,
    factor_secret,
    factor_stored,
    recovery_renew,
)
from chelun.platform.accounts.services.invitations import invitation_send, invited_user
from chelun.platform.accounts.services.login import attempt_passed
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.accounts.services.passkeys import MOST, passkey_add, passkey_remove
from chelun.platform.accounts.services.passwords import password_proved
from chelun.platform.accounts.services.users import user_disable, user_enable
from chelun.platform.accounts.tests.factories import PASSWORD, enrolled, user_with
from chelun.platform.accounts.tests.soft import SoftKey
from chelun.platform.accounts.tests.test_passkeys import (
    CREATE,
    PARTY,
    USE_OPTIONS,
    USED,
    VALUE,
    half_in,
    options,
)
from chelun.platform.accounts.views import passkeys as passkey_pages
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs import schedule
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.kinds import DAILY
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.privacy.services import note_opening
from chelun.platform.regions.selectors import within
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = SystemActor("test", "nobody")
TOGETHER_SECONDS = 1.0


def at_once(*acts: Callable[[], object]) -> list[Any]:
    """What each came to, all begun together, each with a connection of its own; an error is what it came to as well."""
    ready = threading.Barrier(len(acts))
    found: dict[int, Any] = {}

    def do(number: int, act: Callable[[], object]) -> None:
        ready.wait(10)
        try:
            found[number] = act()
        except Exception as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [found[number] for number in range(len(acts))]


def meeting(act: Callable[..., Any], parties: int = 2) -> Callable[..., Any]:
    """The act, done only once so many have come this far, or after a while, where they come one after the other."""
    barrier = threading.Barrier(parties)

    def met(*args: Any, **kwargs: Any) -> Any:
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(TOGETHER_SECONDS)
        return act(*args, **kwargs)

    return met


def test_second_factor_begun_in_two_windows_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_with("registrar")
    monkeypatch.setattr(totp, "new_secret", meeting(totp.new_secret))
    begun = at_once(*[lambda: factor_secret(factor_begin(user=user))] * 2)
    assert begun == [factor_secret(SecondFactor.objects.get())] * 2


def test_second_factor_page_opened_twice_shows_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_with("registrar")
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)
    monkeypatch.setattr(totp, "new_secret", meeting(totp.new_secret))
    pages = at_once(*[lambda c=c: c.get(reverse("accounts:factor_enrol")) for c in clients])
    shown = totp.readable_secret(factor_secret(SecondFactor.objects.get()))
    assert [(page.status_code, shown in page.content.decode()) for page in pages] == [(200, True)] * 2


def test_second_factor_is_put_into_force_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """By two codes of two steps, each right: one set of recovery codes, and a sentence for the other window."""
    user, now = user_with("registrar"), timezone.now()
    secret = factor_secret(factor_begin(user=user))
    codes = [totp.code_at(secret, now.timestamp() + drift) for drift in (0, 30)]
    monkeypatch.setattr(factors, "factor_secret", meeting(factor_secret))
    came = at_once(*[lambda code=code: factor_enrol(user=user, code=code, now=now) for code in codes])
    refused = [each.code for each in came if isinstance(each, Refused)]
    assert (refused, RecoveryCode.objects.count()) == (["accounts.factor.present"], 10)


def test_recovery_codes_renewed_twice_are_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_with("registrar")
    enrolled(user)
    recovery_renew(user=user)
    monkeypatch.setattr(factors, "user_noted", meeting(user_noted))
    assert [len(codes) for codes in at_once(*[lambda: recovery_renew(user=user)] * 2)] == [10, 10]
    assert RecoveryCode.objects.count() == 10


def keep(user: User, key: SoftKey, name: str) -> list[str]:
    return passkey_add(user=user, answer=key.made(CREATE), challenge=Challenge(VALUE, name), party=PARTY)


def test_passkey_answers_once_in_two_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answer, sent twice at one moment from one log-in: the second finds its challenge gone."""
    user, key = user_with("registrar"), SoftKey()
    keep(user, key, "钥匙")
    client = half_in(user)
    answer = key.signed(options(client, USE_OPTIONS))
    windows = [Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")]
    for window in windows:
        window.cookies["sessionid"] = client.cookies["sessionid"].value
    monkeypatch.setattr(passkey_pages, "challenge_take", meeting(challenge_take))
    came = at_once(*[lambda w=w: w.post(USED, {"credential": answer}).status_code for w in windows])
    assert sorted(came) == [302, 422]
    assert AuditEntry.objects.filter(action="accounts.passkey.used").count() == 1


def test_passkeys_added_at_once_find_room_once(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_with("registrar")
    for number in range(MOST - 1):
        keep(user, SoftKey(), f"{number}")
    monkeypatch.setattr(passkeys, "factor_stored", meeting(factor_stored))
    came = at_once(*[lambda name=name: keep(user, SoftKey(), name) for name in ("东", "西")])
    assert sorted(getattr(each, "code", "kept") for each in came) == ["accounts.passkey.many", "kept"]
    assert Passkey.objects.count() == MOST


def test_first_passkey_made_in_two_windows_brings_one_set_of_recovery_codes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = user_with("registrar")
    monkeypatch.setattr(passkeys, "factor_stored", meeting(factor_stored))
    came = at_once(*[lambda name=name: keep(user, SoftKey(), name) for name in ("东", "西")])
    assert sorted(map(len, came)) == [0, 10]
    assert (Passkey.objects.count(), RecoveryCode.objects.count()) == (2, 10)


def test_last_two_passkeys_removed_at_once_leave_one(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_with("registrar")
    for name in ("东", "西"):
        keep(user, SoftKey(), name)
    asked: dict[str, Any] = {"user": user, "present": PASSWORD, "address": "10.0.0.1"}
    monkeypatch.setattr(passkeys, "password_proved", meeting(password_proved))
    keys = Passkey.objects.values_list("pk", flat=True)
    came = at_once(*[lambda pk=pk: passkey_remove(pk=pk, **asked) for pk in keys])
    assert sorted(getattr(each, "code", "removed" if each is None else repr(each)) for each in came) == [
        "accounts.passkey.last",
        "removed",
    ]
    assert Passkey.objects.count() == 1


def test_right_password_shown_in_two_windows_at_once_passes_in_both(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {"user": user_with("registrar"), "present": PASSWORD, "address": "10.0.0.1"}
    monkeypatch.setattr(passwords, "attempt_passed", meeting(attempt_passed))
    for _again in range(5):
        assert at_once(*[lambda: password_proved(**asked)] * 2) == [None, None]
    assert not LoginAttempt.objects.filter(outcome=LoginAttempt.FAILED).exists()


def works(token: str) -> bool:
    try:
        invited_user(token=token)
    except Refused:
        return False
    return True


def test_one_link_works_of_two_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_with("clerk")
    monkeypatch.setattr(secrets, "token_urlsafe", meeting(secrets.token_urlsafe))
    sent = at_once(*[lambda: invitation_send(actor=SYSTEM, user=user)] * 2)
    assert sorted(map(works, sent)) == [False, True]
    assert Invitation.objects.count() == 1


def test_no_link_outlives_the_closing_of_an_account() -> None:
    user = user_with("clerk")
    seen_before = User.objects.get(pk=user.pk)
    held = threading.Event()

    def close() -> None:
        with transaction.atomic():
            user_disable(actor=SYSTEM, user=user)
            held.set()
            threading.Event().wait(TOGETHER_SECONDS / 2)

    def send() -> str:
        held.wait(10)
        return invitation_send(actor=SYSTEM, user=seen_before)

    came = at_once(close, send)
    user_enable(actor=SYSTEM, user=user)
    assert isinstance(came[1], Refused)
    assert not Invitation.objects.exists()


def test_role_withdrawn_by_two_is_withdrawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_regions()
    user = user_with("clerk")
    grant = Grant.objects.get(user=user)
    monkeypatch.setattr(grants, "within", meeting(within))
    came = at_once(*[lambda: grants.grant_withdraw(actor=SYSTEM, user=user, pk=grant.pk)] * 2)
    assert sorted(type(each).__name__ for each in came) == ["NoneType", "NotFound"]
    assert AuditEntry.objects.filter(action="accounts.grant.withdrawn").count() == 1


def test_daily_work_is_queued_once_by_two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other worker queues today's work and does it, while this one has seen that there is none."""
    looked, done = threading.Event(), threading.Event()

    def slow(**given: Any) -> Job:
        looked.set()
        done.wait(TOGETHER_SECONDS)
        return enqueue(**given)

    def other() -> int:
        looked.wait(10)
        monkeypatch.setattr(schedule, "enqueue", enqueue)
        count = schedule.enqueue_due()
        run_waiting()
        done.set()
        return count

    monkeypatch.setattr(schedule, "enqueue", slow)
    assert sorted(at_once(schedule.enqueue_due, other)) == [0, len(DAILY)]
    assert sorted(Job.objects.values_list("params__name", flat=True)) == sorted(work.name for work in DAILY)


def test_opening_twice_at_once_is_one_line() -> None:
    """Eight windows at one moment: one line for each place seen."""
    seen: dict[str, Any] = {"subject": UUID(int=7), "subject_kind": "person", "regions": ["513436", "610924"]}
    came = at_once(*[lambda: note_opening(actor=SYSTEM, **seen)] * 8)
    assert came == [None] * 8
    assert sorted(AccessRecord.objects.values_list("region", flat=True)) == ["513436", "610924"]
