"""Numbers and days as text."""

from datetime import UTC, date, datetime

from chelun.core.ui import day, minute, number


def test_day_and_minute_are_local() -> None:
    late = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    assert day(late) == "2026-11-21"
    assert minute(late) == "2026-11-21 01:30"
    assert day(date(2026, 1, 2)) == "2026-01-02"
    assert day(None) == minute(None) == ""


def test_number_is_grouped() -> None:
    assert number(1234567) == "1,234,567"
    assert number(12.345, 1) == "12.3"
    assert number(None) == "–"
