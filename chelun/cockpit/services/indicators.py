"""Computing the indicators: once after each change, never in a page."""

import time
from collections.abc import Callable, Iterator
from dataclasses import fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.cockpit.models import Computation, IndicatorValue, SourceQuality
from chelun.core.actors import Actor
from chelun.core.bulk import insert_rows
from chelun.core.measures import MEASURES, Tally
from chelun.people.selectors.sources import SourceTally, source_tallies
from chelun.platform.jobs.services import enqueue

COLUMNS = tuple(field.name for field in fields(SourceTally))
KIND = "cockpit.compute"
KIND_LABEL = _("计算驾驶舱指标")


def compute_indicators(*, progress: Callable[[int, int], None] = lambda done, total: None) -> Computation:
    """Count everything anew and put it in the place of today's values; readers see the old ones until then."""
    started = time.monotonic()
    tallies: list[Tally] = []
    for done, source in enumerate(MEASURES):
        progress(done, len(MEASURES))
        tallies += [tally for tally in source.tally() if tally.value]
    sources = list(source_tallies())
    with transaction.atomic():
        Computation.objects.filter(day=timezone.localdate()).delete()
        computation = Computation.objects.create(
            day=timezone.localdate(), computed_at=timezone.now(), seconds=round(time.monotonic() - started, 2)
        )
        insert_rows(
            IndicatorValue,
            ("computation_id", "indicator", "part", "code", "value"),
            [(computation.pk, tally.indicator, tally.part, tally.code, tally.value) for tally in tallies],
        )
        SourceQuality.objects.all().delete()
        insert_rows(
            SourceQuality, ("computation_id", *COLUMNS), [(computation.pk, *_cells(each)) for each in sources]
        )
    progress(len(MEASURES), len(MEASURES))
    return computation


def _cells(tally: SourceTally) -> Iterator[object]:
    return (getattr(tally, name) for name in COLUMNS)


def ask_for_computing(*, actor: Actor, after: str = "all") -> None:
    """Queue a computing that counts what `after` brought; those that wait are done together (`jobs.run`)."""
    enqueue(actor=actor, kind=KIND, title=str(KIND_LABEL), dedupe=after)
