"""Real worker processes, killed and stopped in mid-job, on whichever database the suite runs."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.tests import kinds
from chelun.platform.jobs.tests.factories import steps
from chelun.platform.jobs.tests.processes import database_url
from chelun.platform.jobs.tests.waiting import wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start worker processes; those that still run at the end are killed."""
    running: list[subprocess.Popen[bytes]] = []

    def started(*arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "chelun.platform.jobs.tests.worker_process", *arguments]
        environment = {**os.environ, "TEST_DATABASE_URL": database_url(), "TMPDIR": str(tmp_path)}
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
        return running[-1]

    yield started
    for process in running:
        process.kill()
        process.wait()


def steps_done() -> list[str]:
    return sorted(AuditEntry.objects.filter(action=kinds.DONE).values_list("target", flat=True))


def state(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def test_job_survives_kill_and_does_each_step_once(start: Start, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = steps(steps=6, hold=3, gate=str(gate))
    first = start("--interval", "0.05")
    wait_for(lambda: len(steps_done()) == 3)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert state(job) == State.RUNNING
    gate.touch()
    start("--interval", "0.05")
    wait_for(lambda: state(job) == State.DONE)
    assert steps_done() == ["0", "1", "2", "3", "4", "5"]


def test_job_stops_gracefully_and_goes_on(start: Start, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = steps(steps=4, hold=2, gate=str(gate))
    first = start("--interval", "0.05")
    wait_for(lambda: len(steps_done()) == 2)
    first.terminate()
    assert first.wait(60) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.worker) == (State.QUEUED, 0, "")
    gate.touch()
    assert start("--burst").wait(120) == 0
    assert state(job) == State.DONE
    assert steps_done() == ["0", "1", "2", "3"]


def test_job_cancel_stops_running_job(start: Start, tmp_path: Path) -> None:
    job = steps(steps=4, hold=2, gate=str(tmp_path / "gate"))
    start("--interval", "0.05")
    wait_for(lambda: len(steps_done()) == 2)
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)
    wait_for(lambda: state(job) == State.CANCELLED)
    assert steps_done() == ["0", "1"]


def test_jobs_run_once_under_two_workers(start: Start) -> None:
    made = [steps(steps=2) for _ in range(12)]
    for _ in range(2):
        start("--interval", "0.05")
    wait_for(lambda: not Job.objects.exclude(state=State.DONE).exists())
    assert len(steps_done()) == 2 * len(made)
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}
