"""Files that are attached to change requests: the paper that the change rests on."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.actors import Actor
from chelun.desk.selectors import change_list, names_of
from chelun.desk.services import FILE
from chelun.platform.evidence.holders import HOLDERS, Holder, Named

NAME = "change"


def changes_named(actor: Actor, changes: Collection[UUID]) -> Mapping[UUID, Named]:
    """Those of some change requests that the actor sees: of drafts only his own."""
    rows = list(change_list(scope=actor.scope_for(FILE), actor=actor).filter(pk__in=list(changes)))
    names = names_of(rows)
    return {
        row.pk: Named(
            _("{name}的变更申请").format(name=names.get((row.subject, row.home), "")),
            reverse("desk:change_detail", args=[row.pk]), row.subject, row.home,
        )
        for row in rows
    }  # fmt: skip


HOLDERS.add(NAME, Holder(NAME, gettext_lazy("变更申请"), FILE, "person", changes_named))
