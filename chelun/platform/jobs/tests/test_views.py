"""The pages of jobs: whole without a script, a fragment for htmx, and nothing for whoever may not see."""

import pytest
from django.test import Client

from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.jobs import CHECK
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.schedule import enqueue_due
from chelun.platform.jobs.tests.factories import steps, user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def clerk(client: Client) -> User:
    """Somebody of Meigu, logged in."""
    made = user("shala")
    client.force_login(made)
    return made


def text(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_job_list_shows_jobs_with_state(client: Client, clerk: User) -> None:
    job = steps(actor=clerk)
    Job.objects.update(state=State.RUNNING, done=1200, total=5000)
    shown = text(client, "/jobs/")
    assert f"/jobs/{job.pk}/" in shown
    assert "进行中" in shown
    assert "1,200 / 5,000" in shown
    assert f"/jobs/{job.pk}/" not in text(client, "/jobs/?state=failed")
    assert f"/jobs/{job.pk}/" in text(client, "/jobs/?state=nonsense")


def test_daily_work_is_called_in_the_language_of_its_reader(client: Client) -> None:
    logged_in(client, user_with("system_admin"))
    enqueue_due()
    client.cookies["django_language"] = "en"
    job = Job.objects.get(params__name="jobs.purge")
    assert job.title == "清理旧任务"
    for path in ("/jobs/", f"/jobs/{job.pk}/"):
        assert ("Delete old jobs" in text(client, path), job.title in text(client, path)) == (True, False)


def test_job_list_turns_pages(client: Client, clerk: User) -> None:
    made = sorted((steps(actor=clerk) for _ in range(51)), key=lambda job: job.pk)
    shown = text(client, "/jobs/")
    assert str(made[0].pk) not in shown
    assert str(made[1].pk) in shown
    assert str(made[0].pk) in text(client, f"/jobs/?after={made[1].pk}")


def test_job_list_says_what_to_expect_when_empty(client: Client, clerk: User) -> None:
    assert "没有这样的任务" in text(client, "/jobs/")


def test_job_detail_polls_while_live_and_stops_then(client: Client, clerk: User) -> None:
    job = steps(actor=clerk)
    path = f"/jobs/{job.pk}/"
    shown = text(client, path)
    assert f'hx-get="{path}"' in shown
    assert f'href="{path}"' in shown
    fragment = client.get(path, headers=HTMX)
    assert "<html" not in fragment.content.decode()
    assert "HX-Request" in fragment["Vary"]
    assert "HX-Refresh" not in fragment
    Job.objects.update(state=State.DONE)
    assert client.get(path, headers=HTMX)["HX-Refresh"] == "true"
    assert "hx-get" not in text(client, path)


def test_job_detail_shows_error_and_retries(client: Client, clerk: User) -> None:
    job = steps(actor=clerk)
    Job.objects.update(state=State.FAILED, error="服务器磁盘已满。")
    assert "服务器磁盘已满。" in text(client, f"/jobs/{job.pk}/")
    answer = client.post(f"/jobs/{job.pk}/retry/", follow=True)
    assert "已重新排队" in answer.content.decode()
    assert Job.objects.get().state == State.QUEUED


def test_job_cancel_takes_a_post(client: Client, clerk: User) -> None:
    job = steps(actor=clerk)
    assert client.get(f"/jobs/{job.pk}/cancel/").status_code == 405
    assert "已取消" in client.post(f"/jobs/{job.pk}/cancel/", follow=True).content.decode()
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 422


def test_job_detail_offers_no_act_on_others_jobs(client: Client, clerk: User) -> None:
    job = steps(actor=user("colleague"))
    assert f"/jobs/{job.pk}/cancel/" not in text(client, f"/jobs/{job.pk}/")
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 404


def test_job_elsewhere_does_not_exist(client: Client) -> None:
    job = steps()
    assert client.get(f"/jobs/{job.pk}/").status_code == 302
    client.force_login(user("far", node="610924"))
    assert client.get(f"/jobs/{job.pk}/").status_code == 404
    client.force_login(user("member", "member"))
    assert client.get("/jobs/").status_code == 404


def test_job_pages_speak_english(client: Client, clerk: User) -> None:
    steps(actor=clerk)
    User.objects.update(language="en")
    assert "Background jobs" in text(client, "/jobs/", **{"Accept-Language": "en"})


@pytest.mark.parametrize(
    ("role", "leads"), [("audit_admin", True), ("system_admin", False), ("clerk", False)]
)
def test_job_leads_only_to_results_that_the_reader_may_open(client: Client, role: str, leads: bool) -> None:
    job = steps(kind=CHECK)
    Job.objects.update(state=State.DONE)
    logged_in(client, user_with(role))
    assert ('href="/accounts/audit/"><svg' in text(client, f"/jobs/{job.pk}/")) is leads
