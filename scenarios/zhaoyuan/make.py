"""Writes the workbooks of the invented 招远市 (370685) in the order in which its bureau received them."""

from pathlib import Path

from scenarios.common.model import WorkbookInfo
from scenarios.common.people import seeded
from scenarios.zhaoyuan import certificates, ledgers, workers
from scenarios.zhaoyuan.crowd import invent_crowd

SEED = 370685
MAKERS = (
    ledgers.make_firm_ledger,
    ledgers.make_above_scale,
    workers.make_licence_export,
    workers.make_courier_rosters,
    workers.make_platform_list,
    workers.make_survey,
    ledgers.make_fleet_ledger,
    ledgers.make_corrected_firms,
    workers.make_corrected_licences,
    workers.make_corrected_couriers,
    workers.make_corrected_platform,
    ledgers.make_corrected_fleet,
    certificates.make_certificates,
    certificates.make_corrected_certificates,
)


def make(folder: Path, *, seed: int = SEED) -> list[WorkbookInfo]:
    """Write all workbooks into ``folder`` (made if missing); the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = seeded(seed)
    crowd = invent_crowd(dice)
    return [maker(folder, crowd, dice, order) for order, maker in enumerate(MAKERS, start=1)]
