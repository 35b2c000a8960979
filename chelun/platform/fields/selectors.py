"""Reads of the fields of places: what counts in a place, what a key means, what somebody may maintain."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.engines.tables.columns.own_fields import OwnColumn, is_own
from chelun.platform.fields.models import OwnField
from chelun.platform.regions.models import LEVELS
from chelun.platform.regions.selectors import placed


def columns_at(place: Mapping[str, str]) -> dict[str, tuple[OwnColumn, ...]]:
    """The fields in use in a place (its level columns), those from above first, by register. One query."""
    found: dict[str, list[OwnColumn]] = {}
    for row in _on_path(place).filter(retired_at=None):
        found.setdefault(row.register, []).append(to_column(row))
    return {register: tuple(columns) for register, columns in found.items()}


def columns_named(names: Iterable[str]) -> dict[str, OwnColumn]:
    """The fields behind the names of some facts, retired ones as well. No query when none of the facts is such."""
    keys = [name for name in names if is_own(name)]
    return {row.key: to_column(row) for row in OwnField.objects.filter(key__in=keys)} if keys else {}


def counted_fields() -> list[OwnField]:
    """The fields of all places that the cockpit counts."""
    return list(OwnField.objects.filter(counted=True, retired_at=None).order_by("id"))


def fields_of(scope: Scope, code: str) -> list[OwnField]:
    """The fields of a place and of the places above it, retired ones as well; NotFound outside the scope."""
    place = placed(code)
    if not _reaches(scope, place):
        raise NotFound
    return list(_on_path(place))


def field_get(scope: Scope, field_id: UUID) -> OwnField:
    """A field of a place in scope; NotFound otherwise."""
    found = OwnField.objects.in_scope(scope).filter(pk=field_id).first()
    if found is None:
        raise NotFound
    return found


def overlapping(place: Mapping[str, str], register: str) -> list[OwnField]:
    """The fields in use that meet those of a place in one sheet: its own, from above, and of all places below it."""
    finest = next(level for level in ("county", "city", "province") if place.get(level))
    above = _on_path(place).filter(register=register, retired_at=None)
    below = OwnField.objects.filter(**{finest: place[finest]}, register=register, retired_at=None)
    return list({row.pk: row for row in (*above, *below)}.values())


def to_column(row: OwnField) -> OwnColumn:
    """A field as sheets and forms need it."""
    return OwnColumn(
        name=row.key, label=row.label, type=row.type, help=row.help, unit=row.unit, low=row.low, high=row.high,
        options=tuple((option["code"], option["label"]) for option in row.options),
        offered=frozenset(option["code"] for option in row.options if not option.get("off")),
        heads=tuple(row.heads), shown=row.shown, filtered=row.filtered,
    )  # fmt: skip


def _on_path(place: Mapping[str, str]) -> QuerySet[OwnField]:
    codes = {place[level] for level in LEVELS if len(place.get(level, "")) == 6}
    return OwnField.objects.filter(home__in=codes).order_by("province", "city", "county", "id")


def _reaches(scope: Scope, place: Mapping[str, str]) -> bool:
    return scope.is_everything or not scope.keys("region").isdisjoint(place.values())
