"""Asking for work, cancelling it, trying it again."""

import pytest
from django.db import IntegrityError, transaction

from chelun.core.errors import NotFound, Refused
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs import services
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import claim, run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.selectors import live_job
from chelun.platform.jobs.tests import kinds
from chelun.platform.jobs.tests.factories import SYSTEM, steps, user

pytestmark = pytest.mark.django_db
ELSEWHERE = "host:1:1"


class Interrupted(Exception):
    """What went wrong after a job had been asked for."""


def ask_and_fail() -> None:
    with transaction.atomic():
        steps()
        raise Interrupted


def test_enqueue_appears_only_on_commit() -> None:
    with pytest.raises(Interrupted):
        ask_and_fail()
    assert not Job.objects.exists()


def test_enqueue_keeps_place_and_owner() -> None:
    clerk = user()
    job = steps(actor=clerk)
    assert (job.county, job.owner_kind, job.owner_key, job.owner_name) == (
        "513436",
        "user",
        str(clerk.pk),
        "jing",
    )


def test_enqueue_refuses_unknown_kind() -> None:
    with pytest.raises(KeyError):
        steps(kind="no.such.kind")


def test_enqueue_same_work_returns_live_job() -> None:
    first, again, other = steps(dedupe="a"), steps(dedupe="a"), steps(dedupe="b")
    assert first.pk == again.pk != other.pk
    run_waiting()
    assert steps(dedupe="a").pk != first.pk


def ended_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever lives ends just before somebody looks for it."""
    look = live_job

    def late(**wanted: str) -> Job | None:
        Job.objects.update(state=State.DONE)
        return look(**wanted)

    monkeypatch.setattr(services, "live_job", late)


def test_enqueue_when_the_live_job_has_just_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    first = steps(dedupe="a")
    ended_meanwhile(monkeypatch)
    second = steps(dedupe="a")
    assert (second.pk != first.pk, second.state) == (True, State.QUEUED)


def test_enqueue_says_what_is_wrong_with_a_job_that_nothing_is_in_the_way_of() -> None:
    steps()
    with pytest.raises(IntegrityError):
        services.enqueue(actor=SYSTEM, kind="test.steps", title="走步", region={"county": None})  # type: ignore[dict-item]


def test_retry_refuses_what_was_queued_anew_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    job = steps(dedupe="a")
    Job.objects.update(state=State.FAILED)
    steps(dedupe="a")
    monkeypatch.setattr(services, "live_job", lambda **_wanted: None)
    with pytest.raises(Refused, match="已在排队"):
        services.retry(actor=SYSTEM, job=job)


def test_cancel_waiting_job_ends_it_and_is_written_down() -> None:
    job = steps()
    services.cancel(actor=SYSTEM, job=job)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert run_waiting() == 0
    entry = AuditEntry.objects.get(action="jobs.job.cancelled")
    assert (entry.target, entry.region) == (str(job.pk), "513436")


def test_cancel_running_job_asks_it_to_stop() -> None:
    job = steps()
    claim(ELSEWHERE)
    services.cancel(actor=SYSTEM, job=job)
    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == (State.RUNNING, True)


def test_cancel_refuses_what_is_over_or_firm() -> None:
    job = steps(kind="test.firm")
    claim(ELSEWHERE)
    with pytest.raises(Refused, match="不能中途取消"):
        services.cancel(actor=SYSTEM, job=job)
    Job.objects.update(state=State.DONE)
    with pytest.raises(Refused, match="已经结束"):
        services.cancel(actor=SYSTEM, job=job)


def test_retry_goes_on_from_checkpoint() -> None:
    job = steps()
    Job.objects.update(state=State.FAILED, error="x", attempts=3, checkpoint={"next": 2})
    services.retry(actor=SYSTEM, job=job)
    assert run_waiting() == 1
    job.refresh_from_db()
    assert (job.state, job.error) == (State.DONE, "")
    assert [entry.target for entry in AuditEntry.objects.filter(action=kinds.DONE)] == ["2"]


def test_retry_refuses_what_did_not_fail_or_is_queued_anew() -> None:
    job = steps(dedupe="a")
    with pytest.raises(Refused, match="只有失败或取消"):
        services.retry(actor=SYSTEM, job=job)
    Job.objects.update(state=State.FAILED)
    steps(dedupe="a")
    with pytest.raises(Refused, match="已在排队"):
        services.retry(actor=SYSTEM, job=job)


@pytest.mark.parametrize(
    ("name", "role", "node", "may"),
    [
        ("own", "clerk", "513436", True),
        ("colleague", "clerk", "513436", False),
        ("manager", "system_admin", "510000", True),
        ("stranger", "system_admin", "610000", False),
    ],
)
def test_cancel_belongs_to_owner_and_manager(name: str, role: str, node: str, may: bool) -> None:
    actor = user(name, role, node)
    owner = actor if name == "own" else user("owner")
    job = steps(actor=owner)
    if may:
        services.cancel(actor=actor, job=job)
    else:
        with pytest.raises(NotFound):
            services.cancel(actor=actor, job=job)
    job.refresh_from_db()
    assert (job.state == State.CANCELLED) is may
