"""Writes the workbooks of the invented 紫阳县 (610924) in the order in which its bureau received them."""

from pathlib import Path

from scenarios.common.model import WorkbookInfo
from scenarios.common.people import seeded
from scenarios.ziyang import ledgers, staff, workers
from scenarios.ziyang.crowd import invent_crowd

SEED = 610924
MAKERS = (
    ledgers.make_firm_ledger,
    staff.make_roster,
    workers.make_township_list,
    workers.make_platform_list,
    workers.make_riders_list,
    ledgers.make_fleet_ledger,
    staff.make_corrected_roster,
    workers.make_corrected_township_list,
    workers.make_corrected_platform_list,
    ledgers.make_corrected_fleet,
)


def make(folder: Path, *, seed: int = SEED) -> list[WorkbookInfo]:
    """Write all workbooks into ``folder`` (made if missing); the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = seeded(seed)
    crowd = invent_crowd(dice)
    return [maker(folder, crowd, dice, order) for order, maker in enumerate(MAKERS, start=1)]
