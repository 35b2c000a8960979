"""Whom a later roster may not bring in again, and what a restored backup must erase again."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again
from chelun.core.reasons import reasoned
from chelun.core.ui import clauses
from chelun.platform.audit.services import record
from chelun.platform.privacy.choices import ErasureState
from chelun.platform.privacy.kinds import SUBJECT_KINDS, leaves_of
from chelun.platform.privacy.ledger import Entry, ledger_path, read_ledger
from chelun.platform.privacy.models import Erasure, Tombstone, TombstoneDigest
from chelun.platform.privacy.services.erasing import carry_out, clear_traces
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.regions.selectors import placed

STATUTE_LETTERS = 8


def anybody_barred() -> bool:
    """Whether there is anybody at all whom rosters may not bring in again; nearly always not. One query."""
    return Tombstone.objects.filter(bars=True, lifted_at=None).exists()


def barred_digests(digests: Collection[str]) -> frozenset[str]:
    """Which of these keyed digests belong to somebody who objected to being kept (`rules.bars_return`). One query."""
    rows = TombstoneDigest.objects.filter(tombstone__bars=True, tombstone__lifted_at=None)
    return frozenset(rows.filter(digest__among=list(digests)).values_list("digest", flat=True))


def lift_bar(*, actor: Actor, erasure: UUID, statute: str) -> None:
    """A statute asks for him after all: rosters may bring him in again. Refused without the statute's name."""
    sentence = _("请写明要求登记的法律、法规名称和条款（至少 8 个字）。")
    ground = reasoned(statute, "privacy.bar.statute", sentence, least=STATUTE_LETTERS)
    with transaction.atomic():
        found = Erasure.objects.in_scope(actor.scope_for(DECIDE)).filter(pk=erasure).first()
        if found is None:
            raise NotFound
        stones = Tombstone.objects.filter(erasure=erasure, bars=True, lifted_at=None)
        now = datetime.now(UTC)
        if not stones.update(lifted_by=actor.actor_name, lifted_at=now, lifted_for=ground):
            raise Refused("privacy.bar.none", _("这次抹除没有“不再收录”的限制，或已经解除。"))
        record(
            actor=actor, action="privacy.bar.lifted", target_kind=found.subject_kind, target=found.subject,
            region=found.county or found.city or found.province, purpose=ground,
        )  # fmt: skip


def erase_again(actor: Actor) -> str:
    """After a restore: do again what the ledger says and this database does not know; a sentence for whoever restores."""
    ledger = read_ledger()
    known = set(Tombstone.objects.values_list("erasure", flat=True))
    due = [entry for entry in ledger.entries if UUID(entry.erasure) not in known]
    for entry in due:
        _redo(actor, entry)
    told = [_("重新抹除 {count} 人").format(count=len(due))] if due else []
    if ledger.odd:
        odd = ngettext(
            "抹除台账有 {count} 行被改动，没有照办，请核对",
            "抹除台账有 {count} 行被改动，没有照办，请核对",
            ledger.odd,
        )
        told.append(odd.format(count=ledger.odd))
    if not ledger_path().exists():
        text = _("没有找到抹除台账 {path}：备份之后抹除过人的，请取回台账，从头恢复")
        told.append(text.format(path=ledger_path()))
    return clauses(told)


def _redo(actor: Actor, entry: Entry) -> None:
    """One entry: whatever the restored database still holds of the subject goes, with a proof under the same number."""
    kind = SUBJECT_KINDS[entry.kind]
    leaves = {leaf for subject in entry.keys for leaf in leaves_of(kind.name, subject)}
    entry = Entry(
        entry.erasure, entry.kind, tuple(str(leaf) for leaf in sorted(leaves)), entry.homes, entry.ground, entry.at,
        entry.digests,
    )  # fmt: skip
    homes = kind.hold(entry.keys)
    erasure, made = Erasure.objects.get_or_create(
        pk=UUID(entry.erasure),
        defaults={
            "subject": entry.keys[0], "subject_kind": entry.kind, "ground": entry.ground,
            "reason": _("恢复备份后按抹除台账重新抹除"), "homes": list(entry.homes), "proposed_by": actor.actor_name,
            "state": ErasureState.RUNNING, **placed(homes[0] if homes else ""),
        },
    )  # fmt: skip
    if not made and erasure.state != ErasureState.RUNNING:
        erasure.state = ErasureState.RUNNING
        erasure.save(update_fields=["state"])
    clear_traces(erasure)
    again(lambda: carry_out(actor, erasure.pk, entry))
