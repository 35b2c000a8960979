"""Judging the rows of sources place by place, as a job: what others said of the same person, firm or vehicle (rules/truth.py).

What lies sealed is opened to be compared; of it nothing is kept but the name of the fact.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from chelun.core.bulk import insert_rows
from chelun.core.identifiers import uuid7
from chelun.people.models import Leaf, RowVerdict
from chelun.people.rules.ranks import FORM
from chelun.people.rules.truth import Verdict, verdicts
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches, levels_of
from chelun.platform.sheets.registers import Intake

T = TypeVar("T")
CHUNK = 500
COLUMNS = (
    "id", "province", "city", "county", "township", "home", "register", "subject", "record", "source", "as_of",
    "verdict", "by", "facts",
)  # fmt: skip
Key = tuple[str, str, str, str]
"""(register, source, verdict, by)."""


def judge_homes(homes: Collection[str] | None) -> Iterator[tuple[str, Counter[Key]]]:
    """Judge the rows of some homes anew (None: of all there are), and say what came of each home."""
    if homes is None:
        homes = _all_homes()
        RowVerdict.objects.exclude(home__in=homes).delete()
    for home in sorted(homes):
        found = [row for shelf in SHELVES.values() for row in _judged(shelf, home)]
        with transaction.atomic():
            RowVerdict.objects.filter(home=home).delete()
            for some in _chunks(found):
                insert_rows(RowVerdict, COLUMNS, some)
        yield home, Counter((row[6], row[9], row[11], row[12]) for row in found)


def _all_homes() -> set[str]:
    found: set[str] = set()
    for shelf in SHELVES.values():
        found |= set(shelf.sources.order_by().values_list("home", flat=True).distinct())
    return found


def _judged(shelf: Shelf, home: str) -> Iterator[tuple[Any, ...]]:
    """The verdicts of one register in one home, as rows to insert."""
    place = placed(home)
    intake = Intake(ledger.BATCHES, place, "", timezone.localdate(), FORM)
    several = _of_several_sources(shelf, home, place)
    if not several:
        return
    ranking = ranking_for(shelf.register, intake)
    for some in _chunks(sorted(several)):
        joined = joined_in(place, some)
        records = ledger.records_of(shelf, intake, some, keys_of(joined.spread(some)), joined)
        for subject, said in records.items():
            yield from _rows(shelf, home, place, subject, list(verdicts(said, ranking)))


def _of_several_sources(shelf: Shelf, home: str, place: Any) -> set[UUID]:
    """The files of which several sources speak in a home; of joined ones all, by the file on which they are shown."""
    rows = shelf.sources.visible(hidden_batches()).filter(home=home).order_by()
    counted = (
        rows.values(shelf.subject).annotate(sources=Count("source", distinct=True)).filter(sources__gt=1)
    )
    found = set(counted.values_list(shelf.subject, flat=True))
    leaves = Leaf.objects.filter(home__in=levels_of(place).values()).exclude(leaf=F("whole"))
    found |= set(leaves.values_list("whole", flat=True))
    joined = joined_in(place, found)
    return {joined.whole_of(subject) for subject in found}


def _rows(
    shelf: Shelf, home: str, place: Any, subject: UUID, judged: list[Verdict]
) -> Iterator[tuple[Any, ...]]:
    levels = tuple(place.get(level, "") for level in ("province", "city", "county", "township"))
    for each in judged:
        record = each.record
        yield (
            uuid7(), *levels, home, shelf.register, subject, record.id, record.source, record.as_of,
            each.verdict, each.by, list(each.facts),
        )  # fmt: skip


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(rows)
    while some := list(islice(waiting, CHUNK)):
        yield some
