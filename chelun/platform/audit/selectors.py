"""Reading the chain for pages. The proof that it is whole is in `verifying`."""

from collections.abc import Collection

from django.db.models import QuerySet

from chelun.platform.audit.models import AuditEntry, SegmentEntry


def entry_list(*, hidden_batches: frozenset[str] = frozenset()) -> QuerySet[AuditEntry]:
    """All rows, newest first, without those of imports that are not published yet."""
    rows = AuditEntry.objects.order_by("-seq")
    return rows.exclude(batch__in=hidden_batches) if hidden_batches else rows


def target_entries(
    *, targets: Collection[str], hidden_batches: frozenset[str] = frozenset()
) -> QuerySet[AuditEntry]:
    """What was done to some targets, newest first."""
    return entry_list(hidden_batches=hidden_batches).filter(target__in=targets)


def joined_entries(*, targets: Collection[str]) -> QuerySet[SegmentEntry]:
    """What the trails of joined installations say of some targets, newest first."""
    return SegmentEntry.objects.filter(target__in=targets).order_by("-at")


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
