"""The proof that the chain is whole: every row from the first to the last, the head, the anchors outside.

Whoever has the database may have put anything into it, also what no column of ours should hold: nothing here trusts a
row before its seal has been computed, and what cannot be read is named like what was edited.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import OperationalError
from django.db.models import Max, Q
from django.utils.translation import gettext_noop

from chelun.core.crypto import mac
from chelun.platform.audit import rules
from chelun.platform.audit.anchors import Anchor, has_half_line, read_anchors
from chelun.platform.audit.models import VALUE_NAMES, AuditEntry, ChainHead
from chelun.platform.audit.rules import Finding
from chelun.platform.audit.segments import segment_findings

CHUNK = 5000
# More findings than these are counted and not kept: one missing key makes every row a finding.
KEPT = 200
# The worker writes an anchor a day; a chain that grows for longer without one is not watched from outside.
ANCHOR_DUE = timedelta(days=3)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: how many rows were read, how much is wrong, and the first of it.

    `notes` say what is as it may be after an accident and proves nothing against the chain.
    """

    rows: int
    anchors: int
    found: int
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.found


@dataclass(slots=True)
class _Walked:
    """How far the check has come: rows read, the last one with its seal and time, the time of the first."""

    rows: int = 0
    seq: int = 0
    seal: str = rules.GENESIS
    first_at: str = ""
    last_at: str = ""


def nobody(done: int, total: int) -> None:
    """Nobody wants to know how far the check is."""


def verify_chain(progress: Progress = nobody) -> Verdict:
    """Read the whole chain and its anchors; name each row edited, removed, moved, put in or cut from the end."""
    walked, anchors = _Walked(), read_anchors()
    kept: list[Finding] = []
    found = 0
    for finding in _findings(walked, anchors, progress):
        found += 1
        if found <= KEPT:
            kept.append(finding)
    return Verdict(walked.rows, len(anchors), found, tuple(kept), tuple(_notes(walked)))


def _findings(walked: _Walked, anchors: list[Anchor], progress: Progress) -> Iterator[Finding]:
    head = ChainHead.objects.filter(pk=1).first()
    by_seq: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        if anchor.genuine:
            by_seq.setdefault(anchor.seq, []).append(anchor)
    for entry in _chain(head):
        if not _is_number(entry.seq):
            yield _stray(entry.seq, walked.seq)
            continue
        yield from _row_findings(entry, walked, by_seq.pop(entry.seq, []))
        _step(walked, entry)
        if walked.rows % CHUNK == 0:
            progress(walked.rows, head.seq if head else walked.rows)
    yield from _end_findings(walked, head)
    yield from _stray_findings(walked.seq)
    yield from _anchor_findings(anchors, by_seq, walked)
    yield from segment_findings()


def _step(walked: _Walked, entry: AuditEntry) -> None:
    walked.rows += 1
    walked.seq, walked.seal, walked.last_at = entry.seq, str(entry.seal), str(entry.at)
    walked.first_at = walked.first_at or walked.last_at


def _chain(head: ChainHead | None) -> Iterator[AuditEntry]:
    """All rows up to the head as it was read before them: others go on writing while the chain is checked."""
    end = head.seq if head else AuditEntry.objects.aggregate(last=Max("seq"))["last"] or 0
    for start in range(0, end, CHUNK):
        yield from _read(start, min(start + CHUNK, end))


def _read(start: int, end: int) -> Iterator[AuditEntry]:
    """The rows after `start` up to `end`; one by one where SQLite holds a text that is none."""
    rows = AuditEntry.objects.order_by("seq").filter(seq__gt=start, seq__lte=end)
    try:
        found = list(rows)
    except OperationalError:
        found = [_read_one(seq) for seq in rows.values_list("seq", flat=True)]
    yield from found


def _read_one(seq: int) -> AuditEntry:
    try:
        return AuditEntry.objects.get(seq=seq)
    except OperationalError:
        return AuditEntry(**dict.fromkeys(VALUE_NAMES, "?") | {"seq": seq})


def _row_findings(entry: AuditEntry, last: _Walked, anchors: list[Anchor]) -> Iterator[Finding]:
    gap = entry.seq - last.seq - 1
    if gap:
        missing = f"{last.seq + 1}" if gap == 1 else f"{last.seq + 1}–{entry.seq - 1}"
        yield _found("removed", last.seq + 1, gettext_noop("第 {rows} 行被删除"), rows=missing)
    elif rules.chained(mac, last.seal, entry.values()) != entry.seal:
        template = gettext_noop("第 {seq} 行被改动或调换（{action}，{at}）")
        yield _found("edited", entry.seq, template, seq=entry.seq, action=entry.action, at=entry.at)
    for anchor in anchors:
        if anchor.seal != entry.seal:
            template = gettext_noop("第 {seq} 行与库外锚点（{at}）不符")
            yield _found("anchor", entry.seq, template, seq=entry.seq, at=anchor.at)
    if entry.action == rules.BROKEN:
        template = gettext_noop("第 {seq} 行写入时，链头（第 {head} 行）已被人改动，此前的末尾可能被截掉")
        yield _found("broken", entry.seq, template, seq=entry.seq, head=entry.target)


def _end_findings(last: _Walked, head: ChainHead | None) -> Iterator[Finding]:
    end = last.seq
    if head is None:
        if end:
            yield _found("head", end, gettext_noop("链头记录不见了"))
        return
    if head.seq > end:
        template = gettext_noop("末尾第 {first}–{head} 行被截掉")
        yield _found("cut", end + 1, template, first=end + 1, head=head.seq)
    elif head.seal != last.seal:
        yield _found("head", head.seq, gettext_noop("链头与第 {head} 行的链值不符"), head=head.seq)
    if rules.head_seal(mac, head.seq, head.seal) != head.head_seal:
        yield _found("head", head.seq, gettext_noop("链头（第 {head} 行）被改动"), head=head.seq)


def _stray_findings(end: int) -> Iterator[Finding]:
    """Rows before the first or after the head. They are asked before the head, which moves with those that are written."""
    strays = AuditEntry.objects.filter(Q(seq__lt=1) | Q(seq__gt=end)).order_by("seq")
    numbers: list[object] = list(strays.values_list("seq", flat=True))
    head = ChainHead.objects.filter(pk=1).first()
    last = head.seq if head else end
    for number in numbers:
        if not isinstance(number, int) or not 1 <= number <= last:
            yield _stray(number, last)


def _is_number(seq: object) -> bool:
    """SQLite keeps 4.5 and 'x' in a column of whole numbers."""
    return isinstance(seq, int)


def _stray(seq: object, last: int) -> Finding:
    return _found("stray", last, gettext_noop("第 {seq} 行不是系统写在那里的：它不在链上"), seq=seq)


def _anchor_findings(
    anchors: list[Anchor], unmet: dict[int, list[Anchor]], last: _Walked
) -> Iterator[Finding]:
    for anchor in anchors:
        if not anchor.genuine:
            yield _found("anchor", anchor.seq, gettext_noop("库外锚点（{at}）被改动"), at=anchor.at)
    for seq, met in sorted(unmet.items()):
        if seq > last.seq:
            template = gettext_noop("末尾被截掉：库外锚点（{at}）曾见到第 {seq} 行，链止于第 {last} 行")
            yield _found("cut", last.seq + 1, template, at=met[0].at, seq=seq, last=last.seq)
    for before, after in pairwise(anchors):
        if after.genuine and after.seq < before.seq:
            yield _found("anchor", after.seq, gettext_noop("库外锚点（{at}）的序号比前一个小"), at=after.at)
    yield from _missing_anchors(anchors, last)


def _notes(last: _Walked) -> Iterator[Finding]:
    if has_half_line():
        template = gettext_noop(
            "库外锚点文件末尾有写了一半的一行（例如写时断电），未作依据；下次写锚点时截去"
        )
        yield _found("half", last.seq, template)


def _missing_anchors(anchors: list[Anchor], last: _Walked) -> Iterator[Finding]:
    """Anchors that must have been written by the age of the chain: without them a cut end could not show."""
    newest = max((anchor.at for anchor in anchors if anchor.genuine), default="")
    since, until = _moment(newest or last.first_at), _moment(last.last_at)
    if since is None or until is None or until - since <= ANCHOR_DUE:
        return
    if newest:
        template = gettext_noop("{at} 以后没有再写库外锚点，或者锚点被删去：此后的行没有库外凭据")
    else:
        template = gettext_noop("没有库外锚点，或者锚点文件被删去：链从 {at} 起没有库外凭据")
    yield _found("anchor", last.seq, template, at=newest or last.first_at)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _found(code: str, seq: int, template: str, /, **values: object) -> Finding:
    return Finding(code, seq, template, tuple(values.items()))
