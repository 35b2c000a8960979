"""When to try again, when to give up, and whose process is whose."""

from datetime import UTC, datetime, timedelta

import pytest

from chelun.platform.jobs import rules
from chelun.platform.jobs.rules import WorkerName

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 5), (1, 5), (2, 20), (3, 80), (4, 320), (5, 600), (99, 600)]
)
def test_backoff_grows_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert rules.backoff(attempts) == timedelta(seconds=seconds)


def test_attempts_are_bounded() -> None:
    assert [rules.may_try_again(n, 2) for n in (1, 2, 3)] == [True, False, False]
    assert [rules.may_resume(n, 1) for n in (1, 2, 3)] == [True, True, False]
    assert rules.may_resume(4, 5)


@pytest.mark.parametrize(
    ("done", "total", "shown"), [(0, 0, None), (5, 0, None), (1, 3, 33), (3, 3, 100), (9, 3, 100)]
)
def test_percent_is_whole_and_bounded(done: int, total: int, shown: int | None) -> None:
    assert rules.percent(done, total) == shown


def test_worker_name_reads_back() -> None:
    name = WorkerName("host/8f00/4026531836", 12, "34567")
    assert WorkerName.parse(str(name)) == name
    assert WorkerName.parse("") is None
    assert WorkerName.parse("a:b:c") is None


def test_worker_is_silent_after_a_minute() -> None:
    assert rules.is_silent(None, NOW)
    assert rules.is_silent(NOW - timedelta(seconds=61), NOW)
    assert not rules.is_silent(NOW - timedelta(seconds=59), NOW)
