"""Counting how true the rows of the sources turned out to be: home by home, and only homes that changed."""

from collections.abc import Mapping

from django.db import transaction

from chelun.cockpit.selectors.truth import TRUTH
from chelun.cockpit.services.tallies import Cells, Counted, homes_to_count, keep, kept_of
from chelun.people.services.judging import judge_homes
from chelun.platform.sheets.batches import place_states


def judge_rows(*, full: bool = False) -> None:
    """Have the rows of the homes that changed (with `full` of all) judged, and keep what they came to."""
    states = place_states()
    homes = homes_to_count({} if full else kept_of(TRUTH), states)
    if homes is not None and not homes:
        return
    cells: Mapping[str, Cells] = {
        home: [[*key, n] for key, n in counts.items()] for home, counts in judge_homes(homes)
    }
    with transaction.atomic():
        keep(Counted(TRUTH, homes, cells), states)
