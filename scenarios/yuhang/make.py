"""Writes the workbooks of the invented 余杭区 (330110) in the order in which its bureau received them."""

from pathlib import Path

from scenarios.common.model import WorkbookInfo
from scenarios.common.people import seeded
from scenarios.yuhang import drivers, ledgers
from scenarios.yuhang.crowd import invent_crowd

SEED = 330110
MAKERS = (
    ledgers.make_firm_list,
    ledgers.make_ledger,
    ledgers.make_platform_export,
    ledgers.make_transfers,
    drivers.make_roster,
    drivers.make_late_roster,
    ledgers.make_corrected_ledger,
)


def make(folder: Path, *, seed: int = SEED) -> list[WorkbookInfo]:
    """Write all workbooks into ``folder`` (made if missing); the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = seeded(seed)
    crowd = invent_crowd(dice)
    return [maker(folder, crowd, dice, order) for order, maker in enumerate(MAKERS, start=1)]
