"""Trails of other installations that were joined: each stays a chain of its own beside ours, and cannot be edited quietly.

What came is chained a second time under our key, and the end of that second chain stands in our own trail.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chelun.core.actors import Actor
from chelun.core.bulk import insert_rows
from chelun.core.crypto import mac
from chelun.core.errors import Refused
from chelun.platform.audit import rules
from chelun.platform.audit.models import AuditEntry, SegmentEntry, TrailSegment
from chelun.platform.audit.rules import FIELDS, Finding
from chelun.platform.audit.services import record

JOINED = "audit.segment.joined"
CHUNK = 2000
Values = Mapping[str, Any]


def trail_origin() -> str:
    """The seal of our first row, by which another installation knows our trail again; '' while there is none."""
    return AuditEntry.objects.order_by("seq").values_list("seal", flat=True).first() or ""


def trail_rows(concerns: Callable[[str], bool], end: int) -> Iterator[dict[str, Any]]:
    """Our rows up to `end` as they travel: whole where `concerns` their region, number and seal alone where it does not."""
    for start in range(0, end, CHUNK):
        for entry in AuditEntry.objects.filter(seq__gt=start, seq__lte=min(start + CHUNK, end)).order_by(
            "seq"
        ):
            if concerns(entry.region):
                yield {**entry.values(), "seal": entry.seal}
            else:
                yield {"seq": entry.seq, "seal": entry.seal}


def append_rows(*, origin: str, region: str, rows: Sequence[Values]) -> int:
    """Add rows to the segment of `origin` that are not in it yet; how many. Refused when they do not go on where it ends."""
    with transaction.atomic():
        segment = _locked(origin, region)
        fresh = [row for row in rows if row["seq"] > segment.last_seq]
        _same_as_known(segment, rows)
        written = []
        for row in fresh:
            if row["seq"] != segment.last_seq + 1:
                raise _forked()
            values = {name: row.get(name, "") for name in FIELDS}
            segment.own_seal = rules.segment_seal(mac, segment.own_seal, row["seal"], values)
            segment.last_seq, segment.last_seal = row["seq"], row["seal"]
            written.append((segment.pk, *values.values(), row["seal"], segment.own_seal))
        insert_rows(SegmentEntry, ("segment_id", *FIELDS, "seal", "own_seal"), written)
        segment.save()
    return len(fresh)


def close_segment(*, actor: Actor, origin: str) -> None:
    """Write the end of a segment into our own trail, unless it stands there already."""
    segment = TrailSegment.objects.filter(origin=origin).first()
    if segment is None:
        return
    end = {
        "origin": origin,
        "rows": segment.last_seq,
        "seal": segment.last_seal,
        "own_seal": segment.own_seal,
    }
    if _told(segment) != end:
        record(
            actor=actor, action=JOINED, target_kind="segment", target=segment.pk, region=segment.region, new=end
        )  # fmt: skip


def segment_findings() -> Iterator[Finding]:
    """What is wrong with the joined trails: rows edited, removed or put in, an end that our own trail does not know."""
    for segment in TrailSegment.objects.order_by("id"):
        seq, seal, own = 0, "", rules.GENESIS
        for entry in segment.entries.order_by("seq").iterator(chunk_size=CHUNK):
            own_seal = rules.segment_seal(mac, own, entry.seal, entry.values())
            if entry.seq != seq + 1 or own_seal != entry.own_seal:
                yield _found(
                    segment,
                    entry.seq,
                    gettext_noop("并入的链段（{region}）第 {seq} 行被改动、插入或前面的行被删除"),
                )
            seq, seal, own = entry.seq, entry.seal, entry.own_seal
        told = _told(segment)
        end = {"origin": segment.origin, "rows": seq, "seal": seal, "own_seal": own}
        if told != end:
            yield _found(
                segment, seq, gettext_noop("并入的链段（{region}）的末尾（第 {seq} 行）与本库的记载不符")
            )


def _told(segment: TrailSegment) -> Any:
    """What our trail says of the segment's end."""
    rows = AuditEntry.objects.filter(target=str(segment.pk), action=JOINED).order_by("-seq")
    told = rows.values_list("new", flat=True).first()
    return rules.from_text(told) if told else None


def _locked(origin: str, region: str) -> TrailSegment:
    segment = TrailSegment.objects.select_for_update().filter(origin=origin).first()
    if segment is not None:
        return segment
    return TrailSegment.objects.create(origin=origin, region=region, last_seal="", own_seal=rules.GENESIS)


def _same_as_known(segment: TrailSegment, rows: Sequence[Values]) -> None:
    """What came before must be what comes again."""
    known = {row["seq"]: row["seal"] for row in rows if row["seq"] <= segment.last_seq}
    held = segment.entries.filter(seq__in=list(known)).values_list("seq", "seal")
    if dict(held) != known:
        raise _forked()


def _forked() -> Refused:
    sentence = _("档案包里的审计记录接不上以前并入的那一段，没有并入。请与打包单位核对是否用过旧备份。")
    return Refused("audit.segment.forked", sentence)


def _found(segment: TrailSegment, seq: int, template: str) -> Finding:
    return Finding("segment", seq, template, (("region", segment.region), ("seq", seq)))
