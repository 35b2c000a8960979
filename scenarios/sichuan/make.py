"""Writes the workbooks of the invented 四川省 (510000), county after county, each from its own dice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scenarios.common.model import WorkbookInfo
from scenarios.common.people import Worker
from scenarios.meigu import make as meigu
from scenarios.sichuan.counties import CITIES
from scenarios.sichuan.crowd import invent_county
from scenarios.sichuan.plan import ELSEWHERE, Plan, planned
from scenarios.sichuan.workbooks import make_city, make_county, make_province


def make(folder: Path, *, plan: Plan | None = None) -> list[WorkbookInfo]:
    """Write all workbooks into ``folder`` (made if missing); the same plan gives the same bytes. Memory is that of the largest county."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        replace(info, order=order) for order, info in enumerate(_written(folder, plan or planned()), start=1)
    ]


def _written(folder: Path, plan: Plan) -> Iterator[WorkbookInfo]:
    shared: list[Worker] = []
    for share in plan.shares:
        crowd = invent_county(share)
        shared += crowd.shared()
        yield make_county(folder, crowd, 0)
    if plan.whole:
        yield from (replace(info, region=ELSEWHERE) for info in meigu.make(folder / "美姑县"))
    first = plan.scale
    for city in CITIES:
        if city.code in plan.by_city:
            yield make_city(folder, city, first, plan.by_city[city.code], 0)
        first += max(2, plan.by_city.get(city.code, 0))
    if shared:
        yield make_province(folder, shared, 0)
