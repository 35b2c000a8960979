"""The page of the installation's health and what machines read: numbers with sentences, and nobody's name."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from chelun.core.health import HEALTH
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.services import record
from chelun.platform.jobs import health
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.jobs.tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def test_every_check_answers_in_an_empty_house() -> None:
    readings = {check.name: check.look() for check in HEALTH}
    assert len(readings) >= 10
    assert {reading.tone for reading in readings.values()} <= {"ok", "warn"}
    assert all(reading.text for reading in readings.values())


def test_queue_turns_bad_when_nobody_takes_it_up() -> None:
    job = enqueue(actor=SYSTEM, kind="cockpit.compute", title="x")
    assert health.queue().tone == "ok"
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(minutes=20))
    assert (health.queue().tone, int(health.queue().value)) == ("bad", 20)


def test_backup_is_told_by_its_age() -> None:
    assert health.backup().tone == "warn"
    record(actor=SYSTEM, action=health.BACKED_UP)
    assert health.backup().tone == "ok"


def test_health_page_says_what_to_do(client: Client) -> None:
    Job.objects.create(
        kind="x", title="x", state="failed", owner_kind="system", owner_key="x", owner_name="x"
    )
    page = logged_in(client, user_with("system_admin", "510000")).get("/jobs/health/").content.decode()
    assert "失败的后台任务" in page
    assert "看清原因，再点“重试”" in page
    assert "见运维手册" not in page or "磁盘余量" in page


def test_metrics_are_found_only_with_the_token(client: Client, settings: Settings) -> None:
    assert client.get("/jobs/metrics/").status_code == 404
    settings.CHELUN_METRICS_TOKEN = "sesame"
    assert client.get("/jobs/metrics/", headers={"Authorization": "Bearer other"}).status_code == 404
    text = client.get("/jobs/metrics/", headers={"Authorization": "Bearer sesame"}).content.decode()
    assert 'chelun_health_state{check="jobs.queue"} 0' in text
    assert 'chelun_jobs{state="queued"} 0' in text
