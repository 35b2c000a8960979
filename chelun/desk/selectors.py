"""Reads of the desk: change requests in scope, one with its lines against what stands now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from chelun.core.actors import Actor
from chelun.core.crypto import blind_index, open_with
from chelun.core.errors import NotFound
from chelun.core.jsontext import from_json
from chelun.core.scope import Scope
from chelun.desk.choices import ChangeState
from chelun.desk.models import ChangeCheck, ChangeRequest
from chelun.desk.rules import Line, may_check
from chelun.people.selectors.joins import cards_of
from chelun.people.services.amending import cells_of, standing_in
from chelun.people.services.intake.shelf import HOLDERS
from chelun.platform.privacy.keys import keys_of


@dataclass(frozen=True, slots=True)
class Change:
    """A change request with its lines, what stands now, who checked it, and whose file it is about."""

    request: ChangeRequest
    name: str
    lines: tuple[Line, ...]
    standing: Mapping[str, str]
    checks: tuple[ChangeCheck, ...]

    def may_check(self, actor: Actor) -> bool:
        """Whether the reader is one who may say yes or no to it now."""
        return may_check(
            state=self.request.state, filed_by=self.request.filed_by, actor=actor.actor_name,
            checked_by=[check.by for check in self.checks],
        )  # fmt: skip


TO_CHECK = "to-check"
"""Beside the states: what waits for a check that the reader himself may give."""
ANSWERED = "answered"
"""… and what the reader proposed, was not agreed to or not wholly, and has not been looked at by him since."""


def change_list(*, scope: Scope, actor: Actor, state: str = "") -> QuerySet[ChangeRequest]:
    """Change requests in scope, newest first; of drafts only one's own. `state` is one of ChangeState, TO_CHECK, ANSWERED or ''."""
    rows = ChangeRequest.objects.in_scope(scope)
    rows = rows.filter(~Q(state=ChangeState.DRAFT) | Q(filed_by=actor.actor_name))
    if state == TO_CHECK:
        mine = Q(filed_by=actor.actor_name) | Q(checks__by=actor.actor_name)
        return rows.filter(state=ChangeState.FILED).exclude(mine).order_by("-id")
    if state == ANSWERED:
        return rows.filter(filed_by=actor.actor_name, unread=True).order_by("-id")
    return (rows.filter(state=state) if state else rows).order_by("-id")


def change_detail(*, scope: Scope, actor: Actor, change: UUID) -> Change:
    """One of `change_list` with everything; NotFound outside it, or when the person's file is gone."""
    found = change_list(scope=scope, actor=actor).filter(pk=change).first()
    if found is None:
        raise NotFound
    names = names_of([found])
    facts = standing_in(found.register, found.subject, found.home)
    return Change(
        found, names.get((found.subject, found.home), ""), lines_of(found),
        cells_of(found.register, facts) if facts else {},
        tuple(found.checks.order_by("number")),
    )  # fmt: skip


def own_change(*, scope: Scope, actor: Actor, change: UUID) -> Change:
    """The same of one's own."""
    found = change_detail(scope=scope, actor=actor, change=change)
    if found.request.filed_by != actor.actor_name:
        raise NotFound
    return found


def lines_of(request: ChangeRequest) -> tuple[Line, ...]:
    """The lines of a request; none when its subject was erased."""
    key = keys_of([request.subject]).get(request.subject)
    stored: list[dict[str, Any]] = from_json(open_with(key, bytes(request.sealed))) if key else []
    return tuple(Line.of(line) for line in stored)


def by_open_change(kind: str, home: str, subjects: Collection[UUID]) -> set[UUID]:
    """Those of some subjects of whom a change waits for its check: their data may not go by its term meanwhile.

    Where nobody says of which kind they are, they are looked for among all.
    """
    found: set[UUID] = set()
    for register in [kind] if kind in HOLDERS else HOLDERS:
        rows = ChangeRequest.objects.filter(**{f"{register}__in": list(subjects)}, state=ChangeState.FILED)
        found.update(rows.values_list(register, flat=True))
    return found


def seen_of(lines: Sequence[Line], standing: Mapping[str, str]) -> str:
    """The keyed digest of what stands at the lines' fields: whether a page is still true, without telling what it showed."""
    return blind_index("desk.seen", "\x1f".join(standing.get(line.field, "") for line in lines))


def names_of(requests: Sequence[ChangeRequest]) -> dict[tuple[UUID, str], str]:
    """What the files of some requests are called in their places. Two queries for each register, one for hidden batches."""
    found: dict[tuple[UUID, str], str] = {}
    for register, shelf in HOLDERS.items():
        pairs = {(each.subject, each.home) for each in requests if each.register == register}
        if pairs:
            shown = cards_of(Scope.everything(), shelf, pairs)
            found |= {pair: str(card) for pair, card in shown.items()}
    return found
