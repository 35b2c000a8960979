"""Files that are attached to a person's request: what shows who he is, what proves his right."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.platform.evidence.displays import panel_of
from chelun.platform.evidence.holders import HOLDERS, Holder, Named
from chelun.platform.privacy.models import PersonRequest
from chelun.platform.privacy.parts import REQUEST_PARTS
from chelun.platform.privacy.services.requests import REGISTER

NAME = "request"


def requests_named(actor: Actor, requests: Collection[UUID]) -> Mapping[UUID, Named]:
    """Those of some requests that were registered in the actor's places."""
    rows = PersonRequest.objects.in_scope(actor.scope_for(REGISTER)).filter(pk__in=list(requests))
    return {
        row.pk: Named(
            f"{row.get_kind_display()} {row.pk.hex[-8:].upper()}", reverse("privacy:request_detail", args=[row.pk]),
            row.subject, row.home,
        )
        for row in rows
    }  # fmt: skip


def request_part(actor: Actor, request: PersonRequest) -> tuple[str, Any] | None:
    """The files of a request as its page shows them."""
    panel = panel_of(actor, NAME, request.pk)
    return ("evidence/section.html", panel) if panel else None


HOLDERS.add(NAME, Holder(NAME, _("本人的请求"), REGISTER, "person", requests_named))
REQUEST_PARTS.add("evidence", request_part)
