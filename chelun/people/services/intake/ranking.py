"""Which ranking of sources holds: what the county, else its city, else its province has decided, else the standard."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from chelun.people.models import SourceRank, VersionedQuerySet
from chelun.people.rules.ranks import DEFAULT, Ranking, common_path, from_json, nearest, ranking_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.registers import Intake


def ranking_for(register: str, intake: Intake) -> Ranking:
    """The ranking by which an intake weighs records: a batch that changes the rule already goes by the new one."""
    rules = SourceRank.objects.standing(intake.batch, hidden_batches())
    return decided(rules, register, path_of_place(intake.place))


def ranking_among(register: str, homes: Collection[str], hidden: Collection[UUID]) -> Ranking:
    """By what a reader weighs what several places say: the rule of their nearest common place, else the standard."""
    paths = [path_of_place(placed(home)) for home in dict.fromkeys(homes)]
    return decided(SourceRank.objects.visible(hidden), register, common_path(paths) if paths else [])


def decided(rules: VersionedQuerySet[SourceRank], register: str, path: Sequence[str]) -> Ranking:
    """The ranking that, of some rules, the one of the finest place on a path makes. One query."""
    lines = rule_at(rules, register, path)
    return DEFAULT if lines is None else ranking_of(register, from_json(lines))


def rule_at(rules: VersionedQuerySet[SourceRank], register: str, path: Sequence[str]) -> Any | None:
    """The lines of the rule of the finest place on a path, as they are kept; None where no place has one."""
    return nearest(rules.filter(register=register, home__in=path).values_list("home", "lines"), path)


def path_of_place(place: Any) -> list[str]:
    """The codes of a place and of those above it, the finest first."""
    codes = (place.get(level, "") for level in ("county", "city", "province"))
    return list(dict.fromkeys(code for code in codes if code))
