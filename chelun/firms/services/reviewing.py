"""Reviewing all firms: their rows are brought up to what the registers say, set by set; only what changed is written."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.locks import wait_for_turn
from chelun.core.upkeep import keep_in_order
from chelun.firms.models import FirmReview, FirmStanding
from chelun.firms.selectors.gathering import (
    COPIED,
    COUNTED,
    DAYS,
    Counts,
    cards_of,
    counts_of,
    days_of_facts,
    row_of,
)
from chelun.firms.services.crossing import find_crossings
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.services import enqueue
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.models import Batch

T = TypeVar("T")
Progress = Callable[[int, int], None]
KIND = "firms.review"
KIND_LABEL = _("清点企业情况")
CHUNK, SHARE = 500, 0.1
"""So many rows a step; of so many of all a database is told, which otherwise reckons with what was there before."""
WRITTEN = (
    "card",
    *(name for name in COPIED if name not in ("enterprise_id", "home")),
    *COUNTED,
    *DAYS.values(),
)


def ask_for_review(*, actor: Actor, after: str = "all") -> None:
    """Queue a review that sees what `after` brought; those that wait are done together."""
    enqueue(actor=actor, kind=KIND, title=str(KIND_LABEL), dedupe=after)


def review_if_due() -> None:
    """Review unless nothing was done to the registers since the last one began, and that was today."""
    if is_due():
        review_firms()


def is_due() -> bool:
    """Whether the registers have changed since the last review began, or a day has."""
    last = FirmReview.objects.order_by("-day").first()
    if last is None or last.day != timezone.localdate():
        return True
    if Batch.objects.filter(published_at__gte=last.started_at).exists():
        return True
    return AuditEntry.objects.filter(seq__gt=last.seq, action__startswith="people.").exists()


def review_firms(*, today: date | None = None, progress: Progress = lambda done, total: None) -> FirmReview:
    """Bring every firm's row up to what stands now. Readers see old and new rows side by side until it is done."""
    began, started_at, day = time.monotonic(), timezone.now(), today or timezone.localdate()
    seq = AuditEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    changed, gone, firms = _differences(day)
    _write(changed, gone, progress)
    if len(changed) + len(gone) >= SHARE * firms:
        keep_in_order([FirmStanding])
    find_crossings(day)
    values = {
        "started_at": started_at, "seq": seq, "seconds": round(time.monotonic() - began, 2), "firms": firms,
        "changed": len(changed) + len(gone),
    }  # fmt: skip
    return FirmReview.objects.update_or_create(day=day, defaults=values)[0]


def _differences(today: date) -> tuple[list[FirmStanding], list[UUID], int]:
    """(rows that are new or differ, rows of firms that are gone, how many there are in all)."""
    hidden = hidden_batches()
    known = {
        (row["enterprise_id"], row["home"]): row
        for row in FirmStanding.objects.values(
            "id", "card", "enterprise_id", "home", *COUNTED, *DAYS.values()
        )
    }
    cards = {(card["enterprise_id"], card["home"]): card for card in cards_of(hidden)}
    counts = counts_of(hidden, today)
    renewed = {pair for pair, card in cards.items() if known.get(pair, {}).get("card") != card["id"]}
    days = days_of_facts(hidden, {firm for firm, _home in renewed})
    changed = []
    for pair, card in cards.items():
        row = known.get(pair)
        found = counts.get(pair, Counts())
        if pair in renewed:
            changed.append(row_of(card, found, days.get(pair, {})))
        elif row is not None and _differs(row, found):
            changed.append(row_of(card, found, {name: row[name] for name in DAYS.values()}))
    gone = [row["id"] for pair, row in known.items() if pair not in cards]
    return changed, gone, len(cards)


def _differs(row: dict[str, Any], counts: Counts) -> bool:
    return any(row[name] != getattr(counts, name) for name in COUNTED)


def _write(changed: Sequence[FirmStanding], gone: Sequence[UUID], progress: Progress) -> None:
    """In short steps, so that nobody waits for his turn to write; each may be done again."""
    done, total = 0, len(changed) + len(gone)
    for some in _chunks(changed):
        with transaction.atomic():
            wait_for_turn("firms.standing")
            FirmStanding.objects.bulk_create(
                some, update_conflicts=True, unique_fields=["enterprise", "home"], update_fields=WRITTEN
            )
        done += len(some)
        progress(done, total)
    for keys in _chunks(gone):
        FirmStanding.objects.filter(pk__in=keys).delete()
        done += len(keys)
        progress(done, total)


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(rows)
    while some := list(islice(waiting, CHUNK)):
        yield some
