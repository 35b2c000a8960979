"""What the intake must know of a register's tables, as a value."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from chelun.engines.tables.columns.own_fields import is_own_sealed
from chelun.people.models import (
    Card,
    Credential,
    CredentialCard,
    CredentialPast,
    CredentialSource,
    DriverTie,
    Engagement,
    Enterprise,
    EnterpriseCard,
    EnterprisePast,
    EnterpriseSource,
    Person,
    PersonCard,
    PersonPast,
    PersonSource,
    SourceRecord,
    Vehicle,
    VehicleCard,
    VehiclePast,
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
    """A register's tables: `subject` is the column that points to the identity; `secret` facts are sealed.

    `past_model` keeps the cards that readers have seen and that gave way to others.
    `mentioned_by` are the tables of other registers whose rows may name a subject; an identity stays as long as one does,
    or as long as it holds a paper.
    """

    register: str
    subject: str
    identity: type[models.Model]
    source_model: type[SourceRecord]
    card_model: type[Card]
    past_model: type[Card]
    secret: frozenset[str]
    card_secret: frozenset[str]
    mentioned_by: tuple[type[models.Model], ...] = ()

    def hides(self, name: str) -> bool:
        """Whether a fact lies sealed."""
        return name in self.secret or is_own_sealed(name)

    @property
    def sources(self) -> Any:
        """All source records (a manager of VersionedQuerySet)."""
        return self.source_model._default_manager

    @property
    def cards(self) -> Any:
        """All cards (a manager of VersionedQuerySet)."""
        return self.card_model._default_manager

    @property
    def past(self) -> Any:
        """All cards of the past (a manager of VersionedQuerySet)."""
        return self.past_model._default_manager

    @cache  # noqa: B019 (shelves live as long as the process)
    def card_fields(self) -> tuple[str, ...]:
        """The columns of a card, in the order in which they are written."""
        names = [field.attname for field in self.card_model._meta.concrete_fields]
        common = (*CARD_COMMON, self.subject)
        return (*common, *(name for name in names if name not in common))

    def source_fields(self) -> tuple[str, ...]:
        """The columns of a source record, in the order in which they are written."""
        return (*SOURCE_COMMON, self.subject)


PERSONS = Shelf(
    "person",
    "person_id",
    Person,
    PersonSource,
    PersonCard,
    PersonPast,
    frozenset({"id_number", "phones", "birth", "address", "certificate", "note"}),
    frozenset({"id_number", "phones", "birth", "address", "certificate"}),
)
ENTERPRISES = Shelf(
    "enterprise",
    "enterprise_id",
    Enterprise,
    EnterpriseSource,
    EnterpriseCard,
    EnterprisePast,
    frozenset({"phones", "note"}),
    frozenset({"phones"}),
    (PersonCard, Engagement, VehicleCard, CredentialCard),
)
VEHICLES = Shelf(
    "vehicle",
    "vehicle_id",
    Vehicle,
    VehicleSource,
    VehicleCard,
    VehiclePast,
    frozenset({"note"}),
    frozenset(),
    (DriverTie, CredentialCard),
)
CREDENTIALS = Shelf(
    "credential",
    "credential_id",
    Credential,
    CredentialSource,
    CredentialCard,
    CredentialPast,
    frozenset({"number", "id_number", "birth", "phones", "note"}),
    frozenset({"number"}),
)
SHELVES = {shelf.register: shelf for shelf in (ENTERPRISES, VEHICLES, PERSONS, CREDENTIALS)}
HOLDERS = {shelf.register: shelf for shelf in (PERSONS, ENTERPRISES, VEHICLES)}
"""The registers whose subjects may hold papers."""


def shelf_of_card(model: type[Any]) -> Shelf:
    """The register whose cards these are, those of today or those of the past."""
    return next(shelf for shelf in SHELVES.values() if model in (shelf.card_model, shelf.past_model))
