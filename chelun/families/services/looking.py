"""Showing one value of a relative in the clear, once, for a reason; and the copy that the relative or the guardian may have."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.core.reasons import reasoned
from chelun.families.models import Relative
from chelun.families.selectors import KIND, REVEAL, facts_of, is_open, relative_seen
from chelun.platform.audit.services import record
from chelun.platform.privacy.services import note_opening, spend_reveal

FIELDS = ("name", "phone", "birth")


def revealable(actor: Actor, relative: UUID) -> Relative:
    """One whom the actor may see, where the actor may reveal, while a consent counts. NotFound else."""
    row = relative_seen(actor, relative)
    mine = Relative.objects.in_scope(actor.scope_for(REVEAL)).filter(pk=relative)
    if not is_open(row) or not mine.exists():
        raise NotFound
    return row


def reveal_fact(*, actor: Actor, relative: UUID, field: str, reason: str) -> str:
    """One value; written down with its reason, within the day's budget."""
    row = revealable(actor, relative)
    value = facts_of([row]).get(row.pk, {}).get(field, "")
    if field not in FIELDS or not value:
        raise NotFound
    spend_reveal(actor=actor, subject=row.pk, subject_kind=KIND, field=field, reason=reason, region=row.home)
    return value


def copy_facts(*, actor: Actor, relative: UUID, reason: str) -> tuple[Relative, dict[str, str]]:
    """Everything in the clear, for the relative or the guardian to take home. Counts as one value."""
    row = revealable(actor, relative)
    why = reasoned(reason, "families.field.reason", _("请写明打印的理由（至少 4 个字）。"))
    with transaction.atomic():
        asked = {"actor": actor, "subject": row.pk, "subject_kind": KIND, "reason": why}
        spend_reveal(**asked, field="whole", region=row.home)  # type: ignore[arg-type]
        note_opening(**asked, regions=[row.home], what="printed")  # type: ignore[arg-type]
        record(
            actor=actor, action="families.relative.printed", target_kind=KIND, target=row.pk, region=row.home,
            reason=why,
        )  # fmt: skip
    return row, facts_of([row])[row.pk]
