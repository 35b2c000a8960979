"""Whom a row without an ID number belongs to. Different ID numbers are never joined; a guess is never made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on file in the same place with the same name, as far as the decision needs him.

    `leaf` is the leaf of a joined file that is known so; None where the file is one anyway.
    """

    person: UUID
    same_phone: bool
    sex: str
    birth_year: int | None
    leaf: UUID | None = None


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
    has the name (or nobody who has it shares the phone that both state); else wait for a clerk.

    Of a joined file the leaf that fits is meant, and the file as a whole where several do."""
    both = [candidate for candidate in candidates if candidate.same_phone]
    ids = tuple(sorted({candidate.person for candidate in both}))
    if len(ids) == 1:
        fitting = [candidate for candidate in both if not conflicts(facts, candidate)]
        if not fitting:
            return Decision("wait", reason="conflict", candidates=ids)
        leaves = {candidate.leaf or candidate.person for candidate in fitting}
        return Decision("join", leaves.pop() if len(leaves) == 1 else ids[0])
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
