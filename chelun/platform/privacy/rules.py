"""Decisions of privacy without tables and clock."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from chelun.core.jsontext import to_sorted_json
from chelun.platform.privacy.choices import ErasureGround

BARRING = frozenset({ErasureGround.OBJECTION})
"""Only the person's own objection says «do not keep me again». After any other ground a statutory register (PIPL §13(3))
may register him anew when a roster names him: the duty that rests on it begins with the new row. An objection is
admitted only where no statute asks for the data; when one does later, the officer lifts the bar and names it."""


def bars_return(ground: str) -> bool:
    """Whether rows of later rosters that mean the erased person are left out."""
    return ground in BARRING


def proof_text(values: Mapping[str, Any]) -> bytes:
    """What the seal of a proof covers: the same bytes for the same content."""
    return f"erasure\x1e{to_sorted_json(values)}".encode()


SATURDAY = 5


def due_on(received: date, term: str) -> date:
    """Until when a request is answered: 'w15' is fifteen working days after its day, 'c30' thirty calendar days.

    Saturdays and Sundays are no working days. Public holidays are not known here: the day that is shown is then earlier than
    the law would let it be, never later.
    """
    days, working = int(term[1:]), term.startswith("w")
    day = received
    while days:
        day += timedelta(days=1)
        days -= not working or day.weekday() < SATURDAY
    return day


def cut_of(today: date, term: str) -> date:
    """What was over before this day is beyond its term: 'd30' thirty days, 'm6' six months, 'y3' three years before today.

    A day that the shorter month or year does not have is its last one: later by a day at most for whoever is kept, never earlier.
    """
    count, unit = int(term[1:]), term[0]
    if unit == "d":
        return today - timedelta(days=count)
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last))


def midnight(day: date) -> datetime:
    """The moment at which a day begins at the bureau."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 – made aware here


def retention_text(values: Mapping[str, Any]) -> bytes:
    """What the seal of a proof of deletion by term covers."""
    return f"retention\x1e{to_sorted_json(values)}".encode()
