"""Purposes that rest on consent. Rooms above register theirs, with what stops when a person takes his consent back.

What rests on a statutory duty (`SubjectTable.ground`) asks for no consent and is no purpose here: nobody may be told that he
can refuse what he cannot. Nothing of the registers rests on consent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from chelun.core.actors import Actor
from chelun.core.registries import Registry


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose by its name, what it is for and what happens without it, in words for the person.

    `withdrawn` acts at once, in the same transaction: what rests on the consent stops, what is only kept for it is
    erased (actor, subject, place). `separate`: sensitive data, so its consent stands alone (PIPL §29). `kind`: who is asked,
    as a kind of subject. `own_form`: its room takes the consent on a page of its own (`services.consents.write_consent`).
    `last` says what more follows when it is the last consent of a subject that is taken back.
    """

    name: str
    label: Promise | str
    told: Promise | str
    withdrawn: Callable[[Actor, UUID, str], None]
    separate: bool = False
    kind: str = "person"
    own_form: bool = False
    last: Promise | str = ""


PURPOSES: Registry[Purpose] = Registry("purpose")


def asked_of(kind: str) -> list[Purpose]:
    """The purposes for which the counter asks subjects of a kind."""
    return [purpose for purpose in PURPOSES if purpose.kind == kind and not purpose.own_form]
