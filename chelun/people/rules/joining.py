"""Whom a row without an ID number belongs to. Different ID numbers are never joined; a guess is never made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on file in the same place with the same name, as far as the decision needs him."""

    person: UUID
    same_phone: bool
    sex: str
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """`kind` is join, create or wait; `reason` says why it waits: several, conflict or same_name."""

    kind: str
    person: UUID | None = None
    reason: str = ""
    candidates: tuple[UUID, ...] = ()


CREATE = Decision("create")


def decide(facts: Mapping[str, Any], candidates: Sequence[Candidate]) -> Decision:
    """Join only when exactly one person has the same name and phone and nothing contradicts; create when nobody
    has the name (or nobody who has it shares the phone that both state); else wait for a clerk."""
    both = [candidate for candidate in candidates if candidate.same_phone]
    ids = tuple(sorted({candidate.person for candidate in both}))
    if len(ids) == 1:
        if conflicts(facts, both[0]):
            return Decision("wait", reason="conflict", candidates=ids)
        return Decision("join", ids[0])
    if ids:
        return Decision("wait", reason="several", candidates=ids)
    if candidates and not facts.get("phones"):
        named = tuple(sorted({candidate.person for candidate in candidates}))
        return Decision("wait", reason="same_name", candidates=named)
    return CREATE


def conflicts(facts: Mapping[str, Any], candidate: Candidate) -> bool:
    """Whether the row says another sex or birth year than the file."""
    birth = str(facts.get("birth", ""))[:4]
    sex = facts.get("sex", "")
    other_birth = bool(birth and candidate.birth_year and int(birth) != candidate.birth_year)
    return other_birth or bool(sex and candidate.sex and sex != candidate.sex)
