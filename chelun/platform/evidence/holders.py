"""To what files can be attached. Rooms add their records to `HOLDERS` from a module that is imported at the start."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from chelun.core.actors import Actor
from chelun.core.registries import Registry


@dataclass(frozen=True, slots=True)
class Named:
    """A record as a reader may see it: what it is called, where it opens, whose it is and in which place."""

    name: str
    url: str
    subject: UUID
    home: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A kind of record that takes files. `named` gives those of some records that an actor sees, and no others.

    `permission` is what shows the record; `subject_kind` says what `subject` is.
    """

    name: str
    label: Promise | str
    permission: str
    subject_kind: str
    named: Callable[[Actor, Collection[UUID]], Mapping[UUID, Named]]


HOLDERS: Registry[Holder] = Registry("holder of evidence")
