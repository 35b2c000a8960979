"""Writes the workbooks of the invented 美姑县 (513436) in the order in which its bureau received them."""

from pathlib import Path

from scenarios.common.model import WorkbookInfo
from scenarios.common.people import seeded
from scenarios.meigu import drivers, ledgers
from scenarios.meigu.crowd import invent_crowd

SEED = 513436
MAKERS = (
    ledgers.make_firm_list,
    drivers.make_survey,
    drivers.make_platform_export,
    drivers.make_telephone_notes,
    drivers.make_late_list,
    ledgers.make_truck_ledger,
    drivers.make_corrected_survey,
    ledgers.make_corrected_trucks,
)


def make(folder: Path, *, seed: int = SEED) -> list[WorkbookInfo]:
    """Write all workbooks into ``folder`` (made if missing); the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = seeded(seed)
    crowd = invent_crowd(dice)
    return [maker(folder, crowd, dice, order) for order, maker in enumerate(MAKERS, start=1)]
