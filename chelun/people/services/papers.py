"""A paper entered on the file of whoever holds it: nothing has to be found out, the file says whose it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.people.rules.credentials import HOLDER, HOLDER_ID
from chelun.people.rules.papers import PAPERS
from chelun.people.selectors.records import held
from chelun.people.services.door import EDIT, Brought, bring
from chelun.people.services.intake.shelf import HOLDERS


def register_paper(
    *,
    actor: Actor,
    register: str,
    subject: UUID,
    home: str,
    raw: Mapping[str, str],
    as_of: date | None = None,
) -> Brought:
    """Enter a paper of a person, firm or vehicle in one place. NotFound where the actor may not edit the file there, or where
    nobody of that register holds such papers; RowRefused names the fields.
    """
    if register not in HOLDERS:
        raise NotFound
    found = held(actor.scope_for(EDIT), HOLDERS[register], subject)
    kind = raw.get("paper", "")
    if home not in found.homes or (kind in PAPERS and PAPERS[kind].holder != register):
        raise NotFound
    card: Any = next(card for card in found.cards if card.home == home)
    said = {**raw, **_called(register, card), HOLDER: f"{register}:{subject}"}
    said[HOLDER_ID] = str(found.value("id_number") or "")
    return bring("credential", actor=actor, region=home, raw=said, as_of=as_of)


def _called(register: str, card: Any) -> dict[str, str]:
    match register:
        case "person":
            return {"name": card.name}
        case "enterprise":
            return {"enterprise": card.name}
    return {"plate": card.plate, "plate_colour": card.colour}
