"""Tables of the registers. `base` says what identity, source record and card are."""

from chelun.people.models.base import Card, SourceRecord, Versioned, VersionedQuerySet
from chelun.people.models.credential import Credential, CredentialCard, CredentialPast, CredentialSource
from chelun.people.models.enterprise import Enterprise, EnterpriseCard, EnterprisePast, EnterpriseSource
from chelun.people.models.likeness import Likeness, LikenessState
from chelun.people.models.merge import BulkMerge, Leaf, LeafName, Merge
from chelun.people.models.own import OwnValue
from chelun.people.models.person import (
    Engagement,
    ForgottenValue,
    Person,
    PersonCard,
    PersonPast,
    PersonSource,
    UnresolvedRow,
)
from chelun.people.models.rank import RankChange, SourceRank
from chelun.people.models.vehicle import DriverTie, Vehicle, VehicleCard, VehiclePast, VehicleSource
from chelun.people.models.verdict import RowVerdict

__all__ = [
    "BulkMerge",
    "Card",
    "Credential",
    "CredentialCard",
    "CredentialPast",
    "CredentialSource",
    "DriverTie",
    "Engagement",
    "Enterprise",
    "EnterpriseCard",
    "EnterprisePast",
    "EnterpriseSource",
    "ForgottenValue",
    "Leaf",
    "LeafName",
    "Likeness",
    "LikenessState",
    "Merge",
    "OwnValue",
    "Person",
    "PersonCard",
    "PersonPast",
    "PersonSource",
    "RankChange",
    "RowVerdict",
    "SourceRank",
    "SourceRecord",
    "UnresolvedRow",
    "Vehicle",
    "VehicleCard",
    "VehiclePast",
    "VehicleSource",
    "Versioned",
    "VersionedQuerySet",
]
