"""What the intake must know of a register's tables, as a value."""

from dataclasses import dataclass
from typing import Any

from chelun.people.models import (
    Card,
    EnterpriseCard,
    EnterpriseSource,
    PersonCard,
    PersonSource,
    SourceRecord,
    VehicleCard,
    VehicleSource,
)

CARD_COMMON = (
    "id", "province", "city", "county", "township", "home", "batch", "superseded_by",
    "sources", "as_of", "updated_at", "missing", "sealed", "stale",
)  # fmt: skip
SOURCE_COMMON = (
    "id", "province", "city", "county", "township", "home", "batch", "superseded_by",
    "source", "as_of", "known_at", "door", "sheet", "row_number", "digest", "facts", "sealed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """A register's tables: `subject` is the column that points to the identity; `secret` facts are sealed."""

    register: str
    subject: str
    source_model: type[SourceRecord]
    card_model: type[Card]
    secret: frozenset[str]
    card_secret: frozenset[str]

    @property
    def sources(self) -> Any:
        """All source records (a manager of VersionedQuerySet)."""
        return self.source_model._default_manager

    @property
    def cards(self) -> Any:
        """All cards (a manager of VersionedQuerySet)."""
        return self.card_model._default_manager

    def own_card_fields(self) -> tuple[str, ...]:
        """The columns of the card that only this register has."""
        names = [field.attname for field in self.card_model._meta.concrete_fields]
        return tuple(name for name in names if name not in CARD_COMMON and name != self.subject)


PERSONS = Shelf(
    "person",
    "person_id",
    PersonSource,
    PersonCard,
    frozenset({"id_number", "phones", "birth", "address", "certificate", "note"}),
    frozenset({"id_number", "phones", "birth", "address", "certificate"}),
)
ENTERPRISES = Shelf(
    "enterprise",
    "enterprise_id",
    EnterpriseSource,
    EnterpriseCard,
    frozenset({"phones", "note"}),
    frozenset({"phones"}),
)
VEHICLES = Shelf("vehicle", "vehicle_id", VehicleSource, VehicleCard, frozenset({"note"}), frozenset())
SHELVES = {shelf.register: shelf for shelf in (ENTERPRISES, VEHICLES, PERSONS)}
