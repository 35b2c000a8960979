"""A feed that came regularly and has stopped is told; one that came twice promises nothing."""

from datetime import UTC, datetime, timedelta

from chelun.platform.sheets.health import is_broken

DAY = timedelta(days=1)


def test_feed_is_broken_when_it_stays_out_twice_as_long_as_usual() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    monthly = [start, start + 30 * DAY, start + 60 * DAY]
    assert not is_broken(monthly, start + 119 * DAY)
    assert is_broken(monthly, start + 121 * DAY)
    assert not is_broken(monthly[:2], start + 900 * DAY)
