"""The list of places: what the commands ``chelun scenario make|load|check NAME`` can be asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from scenarios.common.model import Figures, Stated, WorkbookInfo
from scenarios.meigu import expected as meigu_expected
from scenarios.meigu import make as meigu_make
from scenarios.sichuan import expected as sichuan_expected
from scenarios.sichuan import make as sichuan_make
from scenarios.sichuan.plan import SCALE, planned
from scenarios.yuhang import expected as yuhang_expected
from scenarios.yuhang import make as yuhang_make
from scenarios.zhaoyuan import expected as zhaoyuan_expected
from scenarios.zhaoyuan import make as zhaoyuan_make
from scenarios.ziyang import expected as ziyang_expected
from scenarios.ziyang import make as ziyang_make


@dataclass(frozen=True, slots=True)
class Kept:
    """A register of firms that the bureau keeps by hand: its code and name, and the list of whose firms it consists."""

    register: str
    label: str
    source: str
    ground: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its name on the command line, its label, its county (GB/T 2260), the date of its first workbook, and
    what is known about it."""

    name: str
    label: str
    region: str
    since: date
    make: Callable[[Path], list[WorkbookInfo]]
    stated: tuple[Stated, ...]
    figures: Mapping[str, Figures]
    interval: timedelta = timedelta(days=5)
    """Between two workbooks, so that a later one is newer."""
    kept: tuple[Kept, ...] = ()
    joins_plates: bool = False
    """Whether its registrar has joined the plates that rosters write without a colour."""
    scaled: "Callable[[int], Place] | None" = None
    """The same place at another number of persons, where it can be made at any."""

    def day_of(self, info: WorkbookInfo) -> date:
        """The day of a workbook's data."""
        return self.since + self.interval * (info.order - 1)

    def region_of(self, info: WorkbookInfo) -> str:
        """Whose list a workbook is."""
        return info.region or self.region


def sichuan(scale: int = SCALE, cities: Sequence[str] = ()) -> Place:
    """四川省 at so many persons; with some cities named only those."""
    plan = planned(scale, cities)
    return Place(
        name="sichuan",
        label="四川省",
        region="510000",
        since=date(2026, 9, 30),
        make=partial(sichuan_make.make, plan=plan),
        stated=sichuan_expected.stated(plan),
        figures=sichuan_expected.figures(plan),
        interval=timedelta(0),
        scaled=sichuan,
    )


PLACES = {
    place.name: place
    for place in (
        Place(
            name="ziyang",
            label="紫阳县",
            region="610924",
            since=date(2026, 9, 10),
            make=ziyang_make.make,
            stated=ziyang_expected.STATED,
            figures=ziyang_expected.FIGURES,
        ),
        Place(
            name="meigu",
            label="美姑县",
            region="513436",
            since=date(2026, 7, 20),
            make=meigu_make.make,
            stated=meigu_expected.STATED,
            figures=meigu_expected.FIGURES,
        ),
        Place(
            name="zhaoyuan",
            label="招远市",
            region="370685",
            since=date(2026, 8, 20),
            make=zhaoyuan_make.make,
            stated=zhaoyuan_expected.STATED,
            figures=zhaoyuan_expected.FIGURES,
            joins_plates=True,
            kept=(
                Kept(
                    "above_scale",
                    "规上企业",
                    zhaoyuan_expected.ABOVE_SCALE_SOURCE,
                    "规上交通运输企业名录，107 家",
                ),
            ),
        ),
        Place(
            name="yuhang",
            label="余杭区",
            region="330110",
            since=date(2026, 10, 1),
            make=yuhang_make.make,
            stated=yuhang_expected.STATED,
            figures=yuhang_expected.FIGURES,
        ),
        sichuan(),
    )
}
