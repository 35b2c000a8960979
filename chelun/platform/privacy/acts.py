"""What a request of a person really does: rooms above say what must be asked and how it is carried out.

A room registers an act under "kind of subject.kind of request"; a kind of request without an act is answered in words only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chelun.core.actors import Actor
from chelun.core.registries import Registry
from chelun.core.scope import Scope

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that the counter must ask: `kind` is text, day or choice; `masked` is how a sensitive answer is shown."""

    name: str
    label: str
    kind: str = "text"
    choices: Choices = ()
    required: bool = False
    help: str = ""
    masked: Callable[[str], str] | None = None


def nothing_asked(scope: Scope, subject: UUID, home: str) -> Sequence[Ask]:
    """The request says all by itself."""
    return ()


@dataclass(frozen=True, slots=True)
class Act:
    """`asks` what the form shows for a subject in a place; `carry_out` does it as the actor, in the caller's transaction.

    It refuses with a sentence when it cannot be done so. `url` leads to the page that answers the request (a copy to
    print, who looked), for requests that change nothing.
    """

    asks: Callable[[Scope, UUID, str], Sequence[Ask]] = nothing_asked
    carry_out: Callable[[Actor, UUID, str, Mapping[str, str]], None] | None = None
    url: Callable[[UUID], str] | None = field(default=None)


ACTS: Registry[Act] = Registry("act of a request")


def act_for(subject_kind: str, request_kind: str) -> Act:
    """The act of a request; one that does and asks nothing when nobody registered any."""
    return ACTS.get(f"{subject_kind}.{request_kind}") or Act()
