"""The rules of a place which source outweighs which, the changes proposed in it, and what one of them would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chelun.core.errors import NotFound
from chelun.core.scope import Node, Scope
from chelun.people.models import Card, RankChange, SourceRank
from chelun.people.rules.facts import Facts, changed_fields, standing_facts
from chelun.people.rules.merging import joined_at
from chelun.people.rules.ranks import GROUPS, Order, from_json, ranking_of
from chelun.people.services.intake.leaves import counted_around
from chelun.people.services.intake.ledger import to_record
from chelun.people.services.intake.ranking import path_of_place
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed, within
from chelun.platform.sheets.batches import hidden_batches, place_of
from chelun.platform.sheets.models import Batch, SheetImport

MOST_SOURCES = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of a register in one place: its lines, and who decided it where, since when; `home` is '' for the standard."""

    register: str
    lines: Mapping[str, Order]
    home: str = ""
    by: str = ""
    since: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A subject whose card a change would write otherwise: its card, and the facts before and after."""

    card: Card
    fields: tuple[str, ...]
    before: Facts
    after: Facts


def rules_of(scope: Scope, region: str) -> list[Rule]:
    """The rule of each register in a place. NotFound outside the scope."""
    if not within(region, scope):
        raise NotFound
    path = path_of_place(placed(region))
    found = {
        (rule.register, rule.home): rule
        for rule in SourceRank.objects.visible(hidden_batches()).filter(home__in=path)
    }
    shown = dict(
        Batch.objects.filter(pk__in=[rule.batch for rule in found.values()]).values_list("id", "published_at")
    )
    rules = []
    for register in GROUPS:
        rule = next((found[register, code] for code in path if (register, code) in found), None)
        rules.append(_rule(rule, shown) if rule else Rule(register, {}))
    return rules


def _rule(rule: SourceRank, shown: Mapping[Any, datetime | None]) -> Rule:
    since = shown.get(rule.batch) or rule.decided_at
    return Rule(rule.register, from_json(rule.lines), rule.home, rule.decided_by, since, rule.reason)


def known_sources(scope: Scope, region: str) -> list[str]:
    """The sources whose rosters were imported for a place or below it, the newest first."""
    if not within(region, scope):
        raise NotFound
    imports = SheetImport.objects.in_scope(Scope.of([Node("region", region)])).exclude(published_at=None)
    rows = imports.order_by("-published_at").values_list("source", flat=True)[:2000]
    return list(dict.fromkeys(rows))[:MOST_SOURCES]


def rank_changes(scope: Scope) -> QuerySet[RankChange]:
    """The changes that were proposed in scope, the newest first."""
    return RankChange.objects.in_scope(scope).order_by("-proposed_at")


def rank_change_get(scope: Scope, change: UUID) -> RankChange:
    """One change; NotFound out of scope."""
    found = rank_changes(scope).filter(pk=change).first()
    if found is None:
        raise NotFound
    return found


def samples_of(scope: Scope, change: RankChange) -> list[Sample]:
    """The examples that the preview kept, as they stand now, with what each would become."""
    shelf, hidden = SHELVES[change.register], hidden_batches()
    wanted = [(UUID(subject), home) for subject, home in change.sample]
    subjects = {subject for subject, _home in wanted}
    cards = shelf.cards.in_scope(scope).visible(hidden).filter(**{f"{shelf.subject}__in": subjects})
    on_file = {(getattr(card, shelf.subject), card.home): card for card in cards}
    counted = counted_around(subjects)
    leaves = subjects.union(each.leaf for each in counted)
    keys = keys_of(leaves)
    said: dict[tuple[UUID, str], list[Any]] = {pair: [] for pair in wanted}
    for row in shelf.sources.in_scope(scope).visible(hidden).filter(**{f"{shelf.subject}__in": leaves}):
        joined, record = joined_at(counted, place_of(row)), to_record(shelf, row, keys)
        said.get((joined.whole_of(record.subject), row.home), []).append(joined.heard(record))
    return [
        sample
        for pair in wanted
        if pair in on_file and (sample := _sample(change, on_file[pair], said[pair]))
    ]


def _sample(change: RankChange, card: Card, records: list[Any]) -> Sample | None:
    before, after = (
        standing_facts(records, ranking_of(change.register, from_json(kept)))
        for kept in (change.base, change.lines)
    )
    fields = changed_fields(before, after)
    return Sample(card, tuple(fields), before, after) if fields else None
