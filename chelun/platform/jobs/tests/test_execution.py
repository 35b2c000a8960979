"""One claim each, each end written down, and dead workers' jobs taken back."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from chelun.platform.accounts.models import User
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs import execution
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.context import Cancelled, JobContext, Lost
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.processes import machine, own_name
from chelun.platform.jobs.rules import WorkerName
from chelun.platform.jobs.tests import kinds
from chelun.platform.jobs.tests.factories import SYSTEM, steps, user

pytestmark = pytest.mark.django_db
DEAD = str(WorkerName(machine(), 2**22 + 1, "1"))
ELSEWHERE = "otherhost/1/1:7:1"


def only() -> Job:
    return Job.objects.get()


def test_claim_gives_each_job_once_and_oldest_first() -> None:
    first, second = steps(), steps()
    assert execution.claim("a") == first
    assert execution.claim("b") == second
    assert execution.claim("a") is None


def test_claim_takes_what_was_queued_while_the_clock_was_wrong() -> None:
    job = steps()
    Job.objects.update(run_after=timezone.now() + timedelta(days=365))
    claimed = execution.claim("a")
    assert claimed is not None
    assert claimed.pk == job.pk


def test_claim_waits_for_its_time_and_leaves_unknown_kinds() -> None:
    steps()
    Job.objects.update(run_after=timezone.now() + timedelta(minutes=1))
    assert execution.claim("a") is None
    Job.objects.update(run_after=timezone.now(), kind="newer.version")
    assert execution.claim("a") is None


def test_run_writes_progress_and_result() -> None:
    steps()
    assert execution.run_waiting() == 1
    job = only()
    assert (job.state, job.done, job.total, job.result) == (State.DONE, 3, 3, {"steps": 3})
    assert job.percent == 100
    assert job.finished_at is not None


def test_run_acts_for_owner() -> None:
    steps(actor=user("shala"))
    execution.run_waiting()
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {"shala"}


def test_run_acts_for_nobody_when_account_is_gone() -> None:
    job = steps(actor=user("gone"))
    User.objects.all().delete()
    actor, _language = execution.acting_for(job)
    assert not actor.has("people.view")
    assert actor.actor_name == "gone"


def test_error_is_retried_with_backoff_then_fails(caplog: pytest.LogCaptureFixture) -> None:
    steps(kind="test.fails", secret="张三丰")
    with caplog.at_level(logging.ERROR):
        execution.run_waiting()
    job = only()
    assert job.state == State.QUEUED
    assert timedelta(seconds=3) < job.run_after - timezone.now() <= timedelta(seconds=5)
    Job.objects.update(run_after=timezone.now())
    execution.run_waiting()
    job = only()
    assert (job.state, job.attempts) == (State.FAILED, 2)
    assert "ValueError" in job.error
    assert "张三丰" not in job.error + caplog.text


def test_refusal_fails_at_once_with_its_sentence() -> None:
    steps(kind="test.fails", refuse=True)
    execution.run_waiting()
    assert (only().state, only().error) == (State.FAILED, "表里没有姓名一列，请补上再交。")


def test_disk_full_is_told_in_a_sentence() -> None:
    steps(kind="test.fails", disk=True)
    execution.run_waiting()
    assert "磁盘已满" in only().error


@pytest.mark.django_db(transaction=True)
def test_disk_really_full_keeps_the_checkpoint() -> None:
    steps(kind="test.fills")
    execution.run_waiting()
    job = only()
    assert (job.state, job.attempts) == (State.FAILED, 1)
    assert "磁盘已满" in job.error
    assert job.checkpoint["next"] == AuditEntry.objects.filter(action=kinds.DONE).count() > 0


def test_cancel_raises_in_progress() -> None:
    steps()
    job = execution.claim("a")
    assert job
    Job.objects.update(cancel_requested=True)
    with pytest.raises(Cancelled):
        JobContext(job, SYSTEM).progress(1, 3)


def test_cancel_ends_job_between_steps() -> None:
    steps()
    Job.objects.update(cancel_requested=True)
    execution.run_waiting()
    assert only().state == State.CANCELLED


def test_stop_queues_job_again_without_an_attempt() -> None:
    steps()
    job = execution.claim("a")
    assert job
    execution.run_claimed(job, lambda: True)
    assert (only().state, only().attempts, only().checkpoint) == (State.QUEUED, 0, {"next": 1})


def test_lost_job_writes_nothing_more() -> None:
    steps()
    job = execution.claim("a")
    assert job
    Job.objects.update(worker="b")
    with pytest.raises(Lost):
        JobContext(job, SYSTEM).keep(next=9)
    execution.run_claimed(job)
    assert (only().state, only().worker, only().checkpoint) == (State.RUNNING, "b", {})
    assert not AuditEntry.objects.filter(action=kinds.DONE).exists()


def test_sweep_takes_back_from_dead_process_only() -> None:
    steps()
    execution.claim(str(own_name()))
    assert execution.sweep("me") == 0
    Job.objects.update(worker=DEAD)
    assert execution.sweep("me") == 1
    assert only().state == State.QUEUED


def test_sweep_takes_back_what_this_worker_could_not_finish() -> None:
    steps()
    execution.claim("me")
    assert execution.sweep("me") == 1


def test_sweep_judges_other_machines_by_heartbeat() -> None:
    steps()
    execution.claim(ELSEWHERE)
    assert execution.sweep("me") == 0
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    execution.beat(ELSEWHERE)
    assert execution.sweep("me") == 0
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))
    assert execution.sweep("me") == 1


def test_sweep_gives_up_on_job_that_kills_its_workers() -> None:
    steps()
    for _ in range(3):
        execution.claim(DEAD)
        execution.sweep("me")
    assert only().state == State.FAILED
    assert "多次中断" in only().error


def test_sweep_ends_job_whose_cancel_was_asked() -> None:
    steps()
    execution.claim(DEAD)
    Job.objects.update(cancel_requested=True)
    execution.sweep("me")
    assert only().state == State.CANCELLED
