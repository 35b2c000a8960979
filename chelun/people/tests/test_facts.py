"""Which records still say for whom somebody works."""

from datetime import UTC, date, datetime
from uuid import UUID

from chelun.core.identifiers import uuid7
from chelun.people.rules.facts import Record, latest_per_source

SUBJECT = uuid7()


def record(source: str, day: int, batch: UUID | None = None) -> Record:
    known = datetime(2026, 11, day, tzinfo=UTC)
    return Record(uuid7(), SUBJECT, {}, source, date(2026, 11, day), known, "sheet", batch=batch)


def test_latest_per_source_forgets_older_issues() -> None:
    old, new, other = record("名册", 1, uuid7()), record("名册", 2, uuid7()), record("台账", 1)
    assert set(map(id, latest_per_source([new, old, other]))) == {id(new), id(other)}


def test_latest_per_source_keeps_all_rows_of_one_import() -> None:
    batch = uuid7()
    roster, phones = record("名册", 2, batch), record("名册", 2, batch)
    assert len(latest_per_source([record("名册", 1, uuid7()), roster, phones])) == 2


def test_latest_per_source_keeps_one_form_only() -> None:
    assert len(latest_per_source([record("窗口", 1), record("窗口", 2)])) == 1
