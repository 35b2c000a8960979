"""When a source last named a person in a place: by that his file goes when its term is over.

The later counts of the day for which a source said it and the day on which it was brought: what somebody brings today is needed
today, however old it is. Records that were taken back count as well, so that nobody stays because all he has is out of sight.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from chelun.people.models import PersonSource
from chelun.platform.privacy.kinds import Clock
from chelun.platform.privacy.rules import midnight

Named = tuple[UUID, str, date]


def named_before(before: date, after: UUID, limit: int) -> Sequence[Named]:
    """Who was last named before a day, after a person in order of keys: person, place, day. All such places of each person."""
    rows = list(_lasts(person__gt=after).filter(said__lt=before, known__lt=midnight(before))[: limit + 1])
    if len(rows) > limit:
        last = rows[-1][0]
        whole = [row for row in rows if row[0] != last]
        rows = whole or list(_lasts(person=last).filter(said__lt=before, known__lt=midnight(before)))
    return [(person, home, _later(said, known)) for person, home, said, known in rows]


def last_named(home: str, persons: Collection[UUID]) -> Mapping[UUID, date]:
    """The day for each of some persons in one place; who is not known there is left out."""
    rows = _lasts(person__in=list(persons), home=home)
    return {person: _later(said, known) for person, _home, said, known in rows}


def count_named(home: str) -> int:
    """How many persons a place knows by any record."""
    return PersonSource.objects.filter(home=home).values("person").distinct().count()


def _lasts(**asked: Any) -> Any:
    rows = PersonSource.objects.filter(**asked).order_by("person", "home").values_list("person", "home")
    return rows.annotate(said=Max("as_of"), known=Max("known_at"))


def _later(said: date, known: datetime) -> date:
    return max(said, timezone.localdate(known))


PERSON_CLOCK = Clock(named_before, last_named, count_named)
