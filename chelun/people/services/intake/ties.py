"""For whom somebody works and what he drives, as rows: one for each tie that his records name."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chelun.platform.sheets.batches import home_of
from chelun.platform.sheets.registers import Intake

_COMMON = ("id", "province", "city", "county", "township", "home", "batch", "superseded_by", "person_id")
ENGAGEMENT_FIELDS = (*_COMMON, "kind", "enterprise_id", "platform", "position", "from_date", "to_date")
DRIVER_FIELDS = (*_COMMON, "vehicle_id", "from_date", "to_date")

Values = tuple[Any, ...]


def place_values(intake: Intake) -> Values:
    """The columns between a tie's id and its person."""
    place = intake.place
    parts = (place["province"], place.get("city", ""), place.get("county", ""), place.get("township", ""))
    return (*parts, home_of(place), intake.batch, None)


def work_values(facts: Mapping[str, Any], firm: UUID | None) -> Values | None:
    """(kind, enterprise, platform, position, from, to); None when the facts say nothing of work.

    An enterprise that is named counts, though the caller may fill in later which one it is.
    """
    kind, platform = (facts.get("kinds") or [""])[0], facts.get("platform", "")
    if not (kind or platform or firm or facts.get("enterprise")):
        return None
    return (kind, firm, platform, facts.get("position", ""), *period_values(facts))


def drive_values(facts: Mapping[str, Any], vehicle: UUID | None) -> Values | None:
    """(vehicle, from, to); None without a vehicle."""
    return (vehicle, *period_values(facts)) if vehicle else None


def period_values(facts: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """(from, to) as far as the facts say."""
    return _day(facts, "start"), _day(facts, "end")


def once(rows: Iterable[Values | None], key: int) -> list[Values]:
    """Each tie once, named by its first `key` columns: what the weightiest record leaves open, the next one fills."""
    found: dict[Values, Values] = {}
    for row in rows:
        if row is None:
            continue
        first = found.get(row[:key])
        found[row[:key]] = row if first is None else tuple(a or b for a, b in zip(first, row, strict=True))
    return list(found.values())


def _day(facts: Mapping[str, Any], name: str) -> date | None:
    text = facts.get(name)
    return date.fromisoformat(text) if text else None
