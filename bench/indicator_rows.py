"""Registers of a province written straight into the tables, for `bench.indicators`. Importable once Django is set up."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from chelun.cockpit.models import IndicatorValue
from chelun.cockpit.services import compute_indicators
from chelun.core.bulk import insert_rows
from chelun.core.identifiers import uuid7
from chelun.people.choices import WorkKind
from chelun.people.models import EnterpriseCard, PersonCard, PersonSource, VehicleCard
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.platform.regions.selectors import children, placed
from chelun.platform.sheets.batches import hold_place

PROVINCE = "610000"
CHUNK = 20_000
NOW = datetime(2026, 11, 1, tzinfo=UTC)
KINDS = [kind.value for kind in WorkKind]
TWICE = 30
"""One of so many persons is known in two counties."""


def build(rows: int) -> None:
    """Fill the three registers: persons with their source records, vehicles, firms."""
    chance = random.Random(7)
    counties = [placed(county.code) for city in children(PROVINCE) for county in children(city.code)]
    for model, n in ((PersonCard, rows), (VehicleCard, int(rows * 0.8)), (EnterpriseCard, int(rows * 0.06))):
        shelf = next(each for each in SHELVES.values() if each.card_model is model)
        for start in range(0, n, CHUNK):
            with transaction.atomic():
                _chunk(shelf, start, min(CHUNK, n - start), counties, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _chunk(shelf: Shelf, start: int, n: int, counties: list[dict[str, str]], chance: random.Random) -> None:
    """Subjects with their cards, and for persons the records behind these."""
    subjects = [uuid7() for _ in range(n)]
    names = {"Vehicle": ("id", "plate", "colour")}.get(shelf.identity.__name__, ("id",))
    insert_rows(shelf.identity, names, [_identity(key, start + at, names) for at, key in enumerate(subjects)])
    cards: list[list[Any]] = []
    records: list[list[Any]] = []
    for key in subjects:
        homes = chance.sample(counties, 2 if chance.randrange(TWICE) == 0 else 1)
        for home in homes:
            values = _values(home, chance)
            cards.append([_cell(shelf.card_model, name, values, key, shelf) for name in shelf.card_fields()])
            records.append(
                [_cell(shelf.source_model, name, values, key, shelf) for name in shelf.source_fields()]
            )
    insert_rows(shelf.card_model, shelf.card_fields(), cards)
    if shelf.source_model is PersonSource:
        insert_rows(PersonSource, shelf.source_fields(), records)


def _identity(key: Any, number: int, names: tuple[str, ...]) -> list[Any]:
    return [{"id": key, "plate": f"陕X{number:06}", "colour": "2"}[name] for name in names]


def _values(home: dict[str, str], chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(KINDS)
    return {
        **home, "home": home["county"], "as_of": date(2026, 11, 1) - timedelta(days=10 * chance.randrange(60)),
        "kind": kind, "has_id": chance.random() < 0.9, "phone_index": "x" * 32 if chance.random() < 0.8 else "",
        "source": f"名册{chance.randrange(5)}", "mentioned_only": chance.random() < 0.2,
    }  # fmt: skip


FIXED: dict[str, Any] = {
    "updated_at": NOW, "known_at": NOW, "sealed": b"", "facts": {}, "sources": 1, "stale": False, "door": "sheet",
}  # fmt: skip


def _cell(model: type[models.Model], name: str, values: dict[str, Any], key: Any, shelf: Shelf) -> Any:
    if name in values or name in FIXED:
        return values.get(name, FIXED.get(name))
    if name in (shelf.subject, "id"):
        return key if name == shelf.subject else uuid7()
    column = next(each for each in model._meta.concrete_fields if each.attname == name)
    if column.null:
        return None
    return column.get_default() if column.has_default() else ""


def measured(places: int) -> dict[str, Any]:
    """Count everything; change some counties and count only these; count everything again. Seconds, and whether both say the same."""
    first = _timed(full=True)
    counties = [county.code for city in children(PROVINCE) for county in children(city.code)]
    changed = random.Random(8).sample(counties, places)
    for code in changed:
        with transaction.atomic():
            hold_place(placed(code))
            _touch(code)
    some = _timed(full=False)
    after = _said()
    full = _timed(full=True)
    return {
        "first": first, "seconds": some, "full": full, "ratio": round(full / some, 1), "same": after == _said(),
    }  # fmt: skip


def _touch(code: str) -> None:
    """A hundred persons of a county get another kind of work, some lose their card."""
    keys = list(PersonCard.objects.filter(county=code).values_list("pk", flat=True)[:120])
    PersonCard.objects.filter(pk__in=keys[:100]).update(kind="truck")
    PersonCard.objects.filter(pk__in=keys[100:]).delete()


def _timed(*, full: bool) -> float:
    started = time.monotonic()
    compute_indicators(full=full)
    return round(time.monotonic() - started, 2)


def _said() -> set[tuple[Any, ...]]:
    return set(IndicatorValue.objects.values_list("indicator", "part", "code", "value"))
