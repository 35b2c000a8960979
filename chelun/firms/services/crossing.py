"""Who has crossed a threshold, up or down: found from the firms' rows, kept with the day and the number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from chelun.core.locks import wait_for_turn
from chelun.firms.choices import Counting
from chelun.firms.models import FirmStanding, Stay
from chelun.firms.thresholds import ROW, Book, counted
from chelun.people.selectors.joins import Joins
from chelun.platform.regions.models import LEVELS

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Crossed:
    """How many firms came into a register and how many left."""

    came: int
    left: int


def find_crossings(day: date) -> Crossed:
    """Bring the registers up to the rows and rules of a day. Doing it again changes nothing.

    Who comes and goes on the same day leaves no trace, who leaves and comes back on the same day never left.
    """
    book = Book.of(day)
    rows = FirmStanding.objects.values(*ROW)
    inside = counted(rows.iterator(chunk_size=2_000), book)
    with transaction.atomic():
        wait_for_turn("firms.crossing")
        open_ = list(Stay.objects.filter(to_day=None))
        joins = Joins.around({stay.enterprise_id for stay in open_})
        standing = {(*joins.pair((stay.enterprise_id, stay.home)), stay.register) for stay in open_}
        came = [key for key in inside if key not in standing]
        left = [stay for stay in open_ if _is_out(stay, inside, joins) and not _by_hand(stay, book)]
        _leave(left, day, book)
        _enter(came, inside, day)
    return Crossed(len(came), len(left))


def _is_out(stay: Stay, inside: Any, joins: Joins) -> bool:
    """A stay is of the firm that it names; while its file is joined with others, of the file on which it is shown."""
    return (*joins.pair((stay.enterprise_id, stay.home)), stay.register) not in inside


def _by_hand(stay: Stay, book: Book) -> bool:
    """Whether a register is kept by hand: then nobody leaves it by himself."""
    rule = book.rule(stay.register, stay.home)
    return rule is not None and rule.counting == Counting.HAND


def _leave(stays: Sequence[Stay], day: date, book: Book) -> None:
    Stay.objects.filter(pk__among=[stay.pk for stay in stays if stay.from_day >= day]).delete()
    kept = [stay for stay in stays if stay.from_day < day]
    rows = _rows_of(stay.enterprise_id for stay in kept)
    for stay in kept:
        rule, row = book.rule(stay.register, stay.home), rows.get((stay.enterprise_id, stay.home))
        stay.to_day = day
        stay.count_out = rule.count(row) if rule and rule.counts and row else None
    Stay.objects.bulk_update(kept, ["to_day", "count_out"], batch_size=CHUNK)


def _enter(keys: Sequence[tuple[UUID, str, str]], inside: Any, day: date) -> None:
    closed = Stay.objects.filter(to_day=day, enterprise__among=list({key[0] for key in keys}))
    again = {(stay.enterprise_id, stay.home, stay.register): stay.pk for stay in closed}
    Stay.objects.filter(pk__among=[again[key] for key in keys if key in again]).update(
        to_day=None, count_out=None
    )
    new = []
    for key in keys:
        if key not in again:
            n, row = inside[key]
            place = {level: row[level] for level in LEVELS}
            new.append(
                Stay(enterprise_id=key[0], home=key[1], register=key[2], from_day=day, count_in=n, **place)
            )
    Stay.objects.bulk_create(new, batch_size=CHUNK)


def _rows_of(firms: Iterable[UUID]) -> dict[tuple[UUID, str], Any]:
    rows = FirmStanding.objects.filter(enterprise__among=list(set(firms))).values(*ROW)
    return {(row["enterprise_id"], row["home"]): row for row in rows}
