"""Files that are attached to persons, firms and vehicles, and the part of their pages that shows them."""

from collections.abc import Collection, Mapping
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.scope import Scope
from chelun.people.sections import SECTIONS, Opened, Section
from chelun.people.selectors.records import moved_to
from chelun.people.services.intake.shelf import ENTERPRISES, PERSONS, VEHICLES, Shelf
from chelun.platform.evidence.displays import panel_of
from chelun.platform.evidence.holders import HOLDERS, Holder, Named
from chelun.platform.sheets.batches import hidden_batches

VIEW = "people.view"


def files_named(shelf: Shelf, actor: Actor, subjects: Collection[UUID]) -> Mapping[UUID, Named]:
    """The files of some subjects that an actor sees; a joined part answers with the file on which it is shown."""
    scope = actor.scope_for(VIEW)
    found = _with_cards(shelf, scope, subjects)
    for subject in set(subjects) - found.keys():
        whole = moved_to(scope, shelf, subject)
        shown = _with_cards(shelf, scope, [whole]).get(whole) if whole else None
        if shown is not None:
            found[subject] = Named(shown.name, shown.url, subject, shown.home)
    return found


def _with_cards(shelf: Shelf, scope: Scope, subjects: Collection[UUID]) -> dict[UUID, Named]:
    cards = (
        shelf.cards.in_scope(scope)
        .visible(hidden_batches())
        .filter(**{f"{shelf.subject}__in": list(subjects)})
    )
    found: dict[UUID, Named] = {}
    for card in cards.order_by("as_of", "-home"):
        subject: UUID = getattr(card, shelf.subject)
        url = reverse(f"people:{shelf.register}_detail", args=[subject])
        found[subject] = Named(str(card), url, subject, card.home)
    return found


def evidence_section(opened: Opened) -> Section | None:
    """The files that are attached to this file or to a part of it; where a register's subjects hold none (a paper), none."""
    if opened.register not in HOLDERS.names():
        return None
    panel = panel_of(opened.actor, opened.register, opened.held.subject, list(opened.held.parts))
    return Section("evidence/section.html", panel) if panel else None


for _shelf, _label in ((PERSONS, _("人员")), (ENTERPRISES, _("企业")), (VEHICLES, _("车辆"))):
    HOLDERS.add(
        _shelf.register,
        Holder(_shelf.register, _label, VIEW, _shelf.register, partial(files_named, _shelf)),
    )
SECTIONS.add("people.evidence", evidence_section)
