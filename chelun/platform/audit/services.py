"""Writing to the chain. The only functions that add rows; nothing changes or removes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from chelun.core.actors import Actor
from chelun.core.bulk import insert_rows
from chelun.core.crypto import mac
from chelun.core.jsontext import to_json
from chelun.platform.audit import rules
from chelun.platform.audit.models import AuditEntry, ChainHead
from chelun.platform.audit.reasons import REASON, keys_for, sealed_reason

Values = Mapping[str, object]
_NOTHING: Values = {}


@dataclass(frozen=True, slots=True)
class Event:
    """What a service wants written down. `old` and `new` hold no sensitive value in the clear.

    `purpose` stays readable for good. What somebody typed about a subject is a `reason`: it is sealed under the keys of
    those whom it is `about`, without further word the target.
    """

    action: str
    target_kind: str = ""
    target: str = ""
    region: str = ""
    purpose: str = ""
    batch: str = ""
    old: Values = field(default_factory=dict)
    new: Values = field(default_factory=dict)
    reason: str = ""
    about: tuple[str, ...] = ()

    @property
    def concerned(self) -> tuple[str, ...]:
        """Under whose keys the reason belongs."""
        return (self.about or (self.target,)) if self.reason else ()


def record(
    *,
    actor: Actor,
    action: str,
    target_kind: str = "",
    target: object = "",
    region: str = "",
    purpose: str = "",
    old: Values = _NOTHING,
    new: Values = _NOTHING,
    reason: str = "",
    about: tuple[str, ...] = (),
) -> None:
    """Append one row, in the caller's transaction or its own."""
    event = Event(action, target_kind, str(target), region, purpose, "", old, new, reason, about)
    record_many(actor=actor, events=[event])


def record_many(*, actor: Actor, events: Sequence[Event]) -> None:
    """Append many rows in one go. The chain's head stays locked until the transaction ends, so call it last."""
    if not events:
        return
    with transaction.atomic():
        events = _with_reasons(events)
        head = _locked_head()
        forged = rules.head_seal(mac, head.seq, head.seal) != head.head_seal
        stamp = datetime.now(UTC).isoformat(timespec="milliseconds")
        rows: list[tuple[object, ...]] = []
        for event in [*[_broken(head)] * forged, *events]:
            head.seq += 1
            values = _values(actor, event, head.seq, stamp)
            head.seal = rules.chained(mac, head.seal, values)
            rows.append((*values.values(), head.seal))
        insert_rows(AuditEntry, (*rules.FIELDS, "seal"), rows)
        head.head_seal = rules.head_seal(mac, head.seq, head.seal)
        head.save(update_fields=["seq", "seal", "head_seal"])


def _with_reasons(events: Sequence[Event]) -> Sequence[Event]:
    """Events as they are written: reasons sealed, or as a purpose where nobody whom they are about has a key."""
    concerned = {subject for event in events for subject in event.concerned}
    if not concerned:
        return events
    keys = keys_for(concerned)
    return [_with_reason(event, keys) if event.reason else event for event in events]


def _with_reason(event: Event, keys: Mapping[str, bytes]) -> Event:
    sealed = sealed_reason(event.reason[:200], event.concerned, keys)
    if sealed is None:
        return replace(event, purpose=event.reason)
    return replace(event, new={**event.new, REASON: sealed})


def _broken(head: ChainHead) -> Event:
    """Evidence that the head was forged: without it the next row would give the chain a genuine head again."""
    return Event(rules.BROKEN, "head", str(head.seq), old={"seal": head.seal, "head_seal": head.head_seal})


def _locked_head() -> ChainHead:
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        ChainHead.objects.get_or_create(pk=1, defaults=_start())
        head = ChainHead.objects.select_for_update().get(pk=1)
    return head


def _start() -> dict[str, Any]:
    """The head of a chain that begins; where rows stand without a head, one that is not genuine, so that it is written down."""
    last = AuditEntry.objects.order_by("-seq").first()
    if last is None:
        return {"seq": 0, "seal": rules.GENESIS, "head_seal": rules.head_seal(mac, 0, rules.GENESIS)}
    return {"seq": last.seq, "seal": last.seal, "head_seal": ""}


def _values(actor: Actor, event: Event, seq: int, stamp: str) -> dict[str, object]:
    return {
        "seq": seq,
        "at": stamp,
        "actor_kind": actor.actor_kind,
        "actor": actor.actor_name[:120],
        "action": event.action,
        "purpose": event.purpose[:200],
        "region": event.region,
        "target_kind": event.target_kind,
        "target": event.target,
        "batch": event.batch,
        "old": _json(event.old),
        "new": _json(event.new),
    }


def _json(values: Values) -> str:
    return to_json(values) if values else ""
