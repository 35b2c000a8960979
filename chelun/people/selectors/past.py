"""A file as of a day, as known at a moment: computed from the journal of source records, not from today's cards."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.people.models import ForgottenValue, SourceRank
from chelun.people.rules.facts import Record, speaking_of_work, survivors
from chelun.people.rules.past import Moments, span_of
from chelun.people.rules.ranks import DEFAULT, Ranking, common_path, from_json, nearest, ranking_of
from chelun.people.selectors.records import Held, journal_of
from chelun.people.services.intake.ledger import to_record
from chelun.people.services.intake.passing import moments_of_batches
from chelun.people.services.intake.ranking import path_of_place
from chelun.people.services.intake.shelf import Shelf
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches


@dataclass(frozen=True, slots=True)
class Then:
    """What places in scope knew of a subject at a moment, of what was true by a day.

    `held` has no cards; files that are joined today are one in the past as well. `working` are the records that said for whom he worked; `forgotten` the facts of which a value
    was corrected at the person's own request and is gone from the past as well.
    """

    held: Held
    homes: tuple[str, ...]
    working: tuple[Record, ...]
    forgotten: tuple[str, ...]


def known_then(scope: Scope, shelf: Shelf, subject: UUID, day: date, moment: datetime) -> Then:
    """The answer from the journal; NotFound when no place in scope knows or ever knew the subject."""
    rows, joined = journal_of(scope, shelf, subject)
    cards = shelf.cards.in_scope(scope).visible(hidden_batches()).filter(**{shelf.subject: subject})
    homes = {row.home for row in rows} or set(cards.values_list("home", flat=True))
    if not homes:
        raise NotFound
    shown = moments_of(rows)
    known = [row for row in rows if row.as_of <= day and _known(row, shown, moment)]
    parts = _parts(shelf, rows)
    keys = keys_of(parts)
    records = tuple(joined[row.home].heard(to_record(shelf, row, keys)) for row in known)
    ranking = ranking_then(shelf.register, homes, moment)
    held = Held(subject, (), records, survivors(records, ranking), ranking, parts)
    forgotten = ForgottenValue.objects.filter(subject__in={subject, *parts}).values_list("field", flat=True)
    return Then(
        held, tuple(sorted(homes)), tuple(speaking_of_work(records, ranking)), tuple(dict.fromkeys(forgotten))
    )


def _parts(shelf: Shelf, rows: Iterable[Any]) -> dict[UUID, tuple[str, ...]]:
    """The leaves of which some rows tell, each with its places."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        found[getattr(row, shelf.subject)].add(row.home)
    return {leaf: tuple(sorted(homes)) for leaf, homes in sorted(found.items())}


def ranking_then(register: str, homes: Collection[str], moment: datetime) -> Ranking:
    """The ranking by which a reader of these places weighed at a moment."""
    paths = [path_of_place(placed(home)) for home in sorted(homes)]
    path = common_path(paths)
    rules = list(SourceRank.objects.filter(register=register, home__in=path))
    shown = moments_of(rules)
    then = [
        (rule.home, rule.lines)
        for rule in rules
        if span_of(rule.decided_at, rule.batch, rule.superseded_by, shown).holds(moment)
    ]
    lines = nearest(then, path)
    return DEFAULT if lines is None else ranking_of(register, from_json(lines))


def moments_of(rows: Iterable[Any]) -> Moments:
    """When the batches showed that brought or superseded some rows."""
    return moments_of_batches({batch for row in rows for batch in (row.batch, row.superseded_by)})


def _known(row: Any, shown: Moments, moment: datetime) -> bool:
    return span_of(row.known_at, row.batch, row.superseded_by, shown).holds(moment)
