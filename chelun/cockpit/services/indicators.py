"""Computing the indicators: once after each change, never in a page."""

import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.cockpit.models import Computation, IndicatorValue, SourceQuality
from chelun.cockpit.services.tallies import QUALITY, Counted, Homes, homes_to_count, keep, kept_of, tallies_of
from chelun.core.actors import Actor
from chelun.core.bulk import insert_rows
from chelun.core.measures import MEASURES, Tally
from chelun.people.selectors.sources import SourceTally, source_tallies
from chelun.platform.jobs.services import enqueue, enqueue_unless_waiting
from chelun.platform.sheets.batches import place_states

COLUMNS = tuple(field.name for field in fields(SourceTally))
KIND = "cockpit.compute"
KIND_LABEL = _("计算驾驶舱指标")
REST = 10
"""After changes by hand, counting rests so many times as long as it last took: a small place sees its number at once,
and a province does not count all day."""


def compute_indicators(
    *, full: bool = False, progress: Callable[[int, int], None] = lambda done, total: None
) -> Computation:
    """Count what has changed since it was last counted (with `full` everything) and put it in the place of today's values.

    Readers see the old values until then.
    """
    started, states = time.monotonic(), place_states()
    tallies: list[Tally] = []
    counted: list[Counted] = []
    for done, source in enumerate(MEASURES):
        progress(done, len(MEASURES))
        found, to_keep = tallies_of(source, states, full=full)
        tallies += found
        counted += [to_keep] if to_keep else []
    homes = homes_to_count({} if full else kept_of(QUALITY), states)
    sources = list(source_tallies(homes)) if homes is None or homes else []
    counted.append(Counted(QUALITY, homes, until=_until(counted)))
    with transaction.atomic():
        computation = _begun(started)
        insert_rows(
            IndicatorValue,
            ("computation_id", "indicator", "part", "code", "value"),
            [(computation.pk, tally.indicator, tally.part, tally.code, tally.value) for tally in tallies],
        )
        _write_sources(computation, homes, sources)
        for each in counted:
            keep(each, states)
    progress(len(MEASURES), len(MEASURES))
    return computation


def _begun(started: float) -> Computation:
    """Today's computing, without values."""
    values = {"computed_at": timezone.now(), "seconds": round(time.monotonic() - started, 2)}
    computation, _made = Computation.objects.update_or_create(day=timezone.localdate(), defaults=values)
    IndicatorValue.objects.filter(computation=computation).delete()
    return computation


def _write_sources(computation: Computation, homes: Homes, sources: list[SourceTally]) -> None:
    """The quality of the sources: of the homes that were counted anew, all others as they stood."""
    rows = SourceQuality.objects.all()
    (rows if homes is None else rows.filter(home__in=homes)).delete()
    SourceQuality.objects.update(computation=computation)
    insert_rows(
        SourceQuality, ("computation_id", *COLUMNS), [(computation.pk, *_cells(each)) for each in sources]
    )


def _until(counted: list[Counted]) -> dict[str, date]:
    """Until when the quality of a home holds: as long as its other numbers."""
    found: dict[str, date] = {}
    for each in counted:
        for home, day in each.until.items():
            found[home] = min(day, found.get(home, day))
    return found


def _cells(tally: SourceTally) -> Iterator[object]:
    return (getattr(tally, name) for name in COLUMNS)


def ask_for_computing(*, actor: Actor, after: str = "all") -> None:
    """Queue a computing that counts what `after` brought; those that wait are done together (`jobs.run`)."""
    enqueue(actor=actor, kind=KIND, title=str(KIND_LABEL), dedupe=after)


def ask_after_change(*, actor: Actor) -> None:
    """Queue a computing that counts what the caller's transaction changes by hand, unless one waits that will."""
    last = Computation.objects.order_by("-computed_at").first()
    rested = last.computed_at + timedelta(seconds=REST * last.seconds) if last else timezone.now()
    enqueue_unless_waiting(
        actor=actor, kind=KIND, title=str(KIND_LABEL), not_before=max(rested, timezone.now())
    )
