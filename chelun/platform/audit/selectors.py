"""Reading the chain: for pages, and for the proof that it is whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_noop

from chelun.core.crypto import mac
from chelun.platform.audit import rules
from chelun.platform.audit.anchors import Anchor, read_anchors
from chelun.platform.audit.models import AuditEntry, ChainHead
from chelun.platform.audit.rules import Finding

CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: how many rows were read, and everything that is wrong."""

    rows: int
    anchors: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def entry_list(*, hidden_batches: frozenset[str] = frozenset()) -> QuerySet[AuditEntry]:
    """All rows, newest first, without those of imports that are not published yet."""
    rows = AuditEntry.objects.order_by("-seq")
    return rows.exclude(batch__in=hidden_batches) if hidden_batches else rows


def target_entries(*, target: str, hidden_batches: frozenset[str] = frozenset()) -> QuerySet[AuditEntry]:
    """What was done to one target, newest first."""
    return entry_list(hidden_batches=hidden_batches).filter(target=target)


Progress = Callable[[int, int], None]


def nobody(done: int, total: int) -> None:
    """Nobody wants to know how far the check is."""


def seq_at(moment: str) -> int:
    """The first row written at or after `moment` (ISO 8601, UTC, milliseconds); one past the end if there is none.

    Rows lie in order of time, so halving finds it without an index on the time.
    """
    last = AuditEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        at = AuditEntry.objects.filter(seq__gte=middle).order_by("seq").values_list("at", flat=True).first()
        if at is not None and at < moment:
            low = middle + 1
        else:
            high = middle
    return low


def verify_chain(progress: Progress = nobody) -> Verdict:
    """Read the whole chain and its anchors; name each row edited, removed, moved or cut from the end."""
    anchors = read_anchors()
    findings: list[Finding] = []
    count, last = 0, (0, rules.GENESIS)
    head = ChainHead.objects.filter(pk=1).first()
    by_seq = {anchor.seq: anchor for anchor in anchors}
    for entry in _chain(head):
        count += 1
        findings.extend(_row_findings(entry, last, by_seq.pop(entry.seq, None)))
        last = (entry.seq, entry.seal)
        if count % CHUNK == 0:
            progress(count, head.seq if head else count)
    findings.extend(_end_findings(last, head))
    findings.extend(_beyond_findings(last[0]))
    findings.extend(_anchor_findings(anchors, by_seq, last[0]))
    return Verdict(count, len(anchors), tuple(findings))


def _chain(head: ChainHead | None) -> Iterator[AuditEntry]:
    """All rows up to the head as it was read before them: others go on writing while the chain is checked."""
    end = head.seq if head else AuditEntry.objects.aggregate(last=Max("seq"))["last"] or 0
    for start in range(0, end, CHUNK):
        yield from AuditEntry.objects.order_by("seq").filter(seq__gt=start, seq__lte=min(start + CHUNK, end))


def _row_findings(entry: AuditEntry, last: tuple[int, str], anchor: Anchor | None) -> Iterator[Finding]:
    last_seq, last_seal = last
    gap = entry.seq - last_seq - 1
    if gap:
        missing = f"{last_seq + 1}" if gap == 1 else f"{last_seq + 1}–{entry.seq - 1}"
        yield _found("removed", last_seq + 1, gettext_noop("第 {rows} 行被删除"), rows=missing)
    elif rules.chained(mac, last_seal, entry.values()) != entry.seal:
        template = gettext_noop("第 {seq} 行被改动或调换（{action}，{at}）")
        yield _found("edited", entry.seq, template, seq=entry.seq, action=entry.action, at=entry.at)
    if anchor and anchor.seal != entry.seal:
        template = gettext_noop("第 {seq} 行与库外锚点（{at}）不符")
        yield _found("anchor", entry.seq, template, seq=entry.seq, at=anchor.at)
    if entry.action == rules.BROKEN:
        template = gettext_noop("第 {seq} 行写入时，链头（第 {head} 行）已被人改动，此前的末尾可能被截掉")
        yield _found("broken", entry.seq, template, seq=entry.seq, head=entry.target)


def _end_findings(last: tuple[int, str], head: ChainHead | None) -> Iterator[Finding]:
    end = last[0]
    if head is None:
        if end:
            yield _found("head", end, gettext_noop("链头记录不见了"))
        return
    if head.seq > end:
        yield _found(
            "cut", end + 1, gettext_noop("末尾第 {first}–{head} 行被截掉"), first=end + 1, head=head.seq
        )
    elif head.seal != last[1]:
        yield _found("head", head.seq, gettext_noop("链头与第 {head} 行的链值不符"), head=head.seq)
    if rules.head_seal(mac, head.seq, head.seal) != head.head_seal:
        yield _found("head", head.seq, gettext_noop("链头（第 {head} 行）被改动"), head=head.seq)


def _beyond_findings(end: int) -> Iterator[Finding]:
    """Rows after a head that somebody wound back. The rows are asked before the head, which moves with them."""
    last = AuditEntry.objects.filter(seq__gt=end).aggregate(last=Max("seq"))["last"]
    head = ChainHead.objects.filter(pk=1).first()
    if head and last and last > head.seq:
        template = gettext_noop("链头指向第 {head} 行，但链止于第 {last} 行")
        yield _found("head", head.seq, template, head=head.seq, last=last)


def _anchor_findings(anchors: list[Anchor], unmet: dict[int, Anchor], last: int) -> Iterator[Finding]:
    for anchor in anchors:
        if not anchor.genuine:
            yield _found("anchor", anchor.seq, gettext_noop("库外锚点（{at}）被改动"), at=anchor.at)
    for seq, anchor in sorted(unmet.items()):
        if seq > last:
            template = gettext_noop("末尾被截掉：库外锚点（{at}）曾见到第 {seq} 行，链止于第 {last} 行")
            yield _found("cut", last + 1, template, at=anchor.at, seq=seq, last=last)
    for before, after in pairwise(anchors):
        if after.seq < before.seq:
            yield _found("anchor", after.seq, gettext_noop("库外锚点（{at}）的序号比前一个小"), at=after.at)


def _found(code: str, seq: int, template: str, /, **values: object) -> Finding:
    return Finding(code, seq, template, tuple(values.items()))
