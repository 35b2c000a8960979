"""The quality of the data as tables whose numbers open to their rows, for who may see these."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chelun.cockpit.displays.listing import Each, Listing
from chelun.cockpit.rules.league import FEWEST
from chelun.cockpit.selectors.quality import Quality
from chelun.core.actors import Actor
from chelun.core.ui import Cell, Column, day, number
from chelun.core.ui.tables import CellLike
from chelun.core.ui.values import Text
from chelun.firms.models import FirmStanding
from chelun.people.addresses import veil
from chelun.people.displays.ranks import source_name
from chelun.people.displays.words import place_name
from chelun.people.rules.truth import CHANGES_AFTER_DAYS, CONFIRMED, CONTRADICTED
from chelun.people.selectors.sources import GAPS, stale_before
from chelun.platform.regions.selectors import name_of
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.wording import register_label

Ranked = tuple[int | None, Quality]


class Opener:
    """Addresses of the rows behind numbers, by what the reader may open; `key` is what tells rows apart: source or region."""

    def __init__(self, actor: Actor, key: str, region: str = "") -> None:
        self._actor = actor
        self._key = key
        self._fixed = {"region": region} if region and key != "region" else {}

    def __call__(self, url_name: str, permission: str, name: str, **query: str) -> str:
        """The address of a list; '' for who may not open it."""
        if not url_name or not self._actor.has(permission):
            return ""
        return f"{reverse(url_name)}?{urlencode({self._key: name, **self._fixed, **query})}"


def gap_query(name: str) -> dict[str, str]:
    """How the list of persons is asked for those whose files lack this."""
    return {
        "without_id": {"no_id": "on"},
        "without_phone": {"missing": "phones"},
        "stale": {"older": stale_before().isoformat()},
    }[name]


def source_listing(rows: Sequence[Quality], opens: Opener, notes: Sequence[str] = ()) -> Listing[Quality]:
    """The sources: what they brought, what the files lack, what became of their rows."""
    alone = len(set().union(*(row.places for row in rows))) < 2 if rows else True
    columns = [
        Each[Quality](Column("source", _("来源"), wide=True), lambda row: source_name(row.name), lambda row: source_name(row.name)),
        _count("places", _("地区数"), lambda row: len(row.places), extra=alone),
        *(_register(each.name, each.rows_url, opens) for each in REGISTERS),
        *_gaps(opens),
        *_rows_of_files(opens, share_extra=True), *_open_questions(opens), _newest(),
    ]  # fmt: skip
    return Listing(_("按来源的数据质量"), columns, rows, notes)


def place_listing(rows: Sequence[Quality], opens: Opener, notes: Sequence[str] = ()) -> Listing[Quality]:
    """The places: what their files lack, what waits there, what became of their rows. A place's name opens the places in it."""
    persons = _register("person", "people:person_list", opens)
    columns = [
        Each[Quality](
            Column("place", _("地区"), code=True, fixed=True),
            lambda row: Cell(name_of(row.name), f"{reverse('cockpit:quality_places')}?region={row.name}"),
            lambda row: name_of(row.name),
        ),
        persons, *_gaps(opens, shares=True), *_rows_of_files(opens), *_open_questions(opens), _share(), _newest(),
    ]  # fmt: skip
    return Listing(_("按地区的数据质量"), columns, rows, notes)


def league_listing(
    title: str, rows: Sequence[Ranked], opens: Opener, said: Callable[[str], str], notes: Sequence[str] = ()
) -> Listing[Ranked]:
    """How true rows turned out to be, the truest first. Not a word of how many there are."""
    columns = [
        Each[Ranked](Column("rank", _("名次"), numeric=True), lambda row: str(row[0] or _("不排")), lambda row: row[0]),
        Each[Ranked](Column("name", _("名称"), wide=True), lambda row: said(row[1].name), lambda row: said(row[1].name)),
        *(_of_ranked(each) for each in (
            _share(), _verdicts("judged", _("核对过的行"), opens), _verdicts(CONFIRMED, _("印证"), opens),
            _verdicts(CONTRADICTED, _("否定"), opens), _at_counter(opens), _refused_share(), _age(), _newest(),
        )),
    ]  # fmt: skip
    return Listing(title, columns, rows, notes)


def truth_notes() -> list[str]:
    """What the numbers of truthfulness mean."""
    return [
        _("核对：同一个人、企业或车辆，别的来源后来也说到同一件事，或在窗口登记、更正过"),
        _("印证：说法相同。否定：说法不同，按本地的来源规则以对方为准；会变的事项（电话、单位、车辆等）只比相隔 {days} 天以内的").format(days=CHANGES_AFTER_DAYS),
        _("真实度：印证的行 ÷ 核对过的行。名次按真实度 95% 区间的下限排，少于 {fewest} 行的不排").format(fewest=FEWEST),
    ]  # fmt: skip


def firm_listing(
    rows: Sequence[FirmStanding], opens: Opener, notes: Sequence[str] = ()
) -> Listing[FirmStanding]:
    """Firms whose staff's files lack something, each with its staff."""

    def people(row: FirmStanding, n: int, **query: str) -> CellLike:
        url = opens("people:person_list", "people.view", veil(row.enterprise_id), region=row.home, **query)
        return Cell(number(n), url if n else "", "warn" if n and query else "")

    def gap(name: str, label: Text) -> Each[FirmStanding]:
        return Each(
            Column(name, label, numeric=True),
            lambda row: people(row, getattr(row, name), **gap_query(name)),
            lambda row: getattr(row, name), "number",
        )  # fmt: skip

    columns = [
        Each[FirmStanding](
            Column("firm", _("企业名称"), wide=True, fixed=True),
            lambda row: Cell(row.name, reverse("people:enterprise_detail", args=[row.enterprise_id])),
            lambda row: row.name,
        ),
        Each[FirmStanding](Column("staff", _("在册职工"), numeric=True), lambda row: people(row, row.staff), lambda row: row.staff, "number"),
        *(gap(name, label) for name, label in _gap_labels().items()),
        Each[FirmStanding](Column("place", _("所属地区")), lambda row: place_name(row.home), lambda row: place_name(row.home)),
        Each[FirmStanding](Column("staff_on", _("职工名单日期"), code=True), lambda row: day(row.staff_on), lambda row: day(row.staff_on)),
    ]  # fmt: skip
    return Listing(_("按企业的数据质量"), columns, rows, notes)


def _gap_labels() -> dict[str, str]:
    return dict(zip(GAPS, (_("缺身份证号"), _("缺联系电话"), _("一年未更新")), strict=True))


def _count(key: str, label: Text, value: Callable[[Quality], int], *, extra: bool = False) -> Each[Quality]:
    return Each(
        Column(key, label, numeric=True, extra=extra), lambda row: number(value(row)), value, "number"
    )


def _linked(
    key: str, label: Text, value: Callable[[Quality], int], url: Callable[[Quality], str], tone: str = ""
) -> Each[Quality]:
    """A number that opens to its rows; a share of the persons beside it with `noted`."""

    def cell(row: Quality) -> Cell:
        n = value(row)
        return Cell(number(n), url(row) if n else "", tone if n else "")

    return Each(Column(key, label, numeric=True), cell, value, "number")


def _register(name: str, rows_url: str, opens: Opener) -> Each[Quality]:
    return _linked(
        name, register_label(name), lambda row: row.subjects[name],
        lambda row: opens(rows_url, "people.view", row.name),
    )  # fmt: skip


def _gaps(opens: Opener, *, shares: bool = False) -> list[Each[Quality]]:
    return [column for name in GAPS for column in _gap(name, opens, shares=shares)]


def _gap(name: str, opens: Opener, *, shares: bool) -> list[Each[Quality]]:
    def url(row: Quality) -> str:
        return opens("people:person_list", "people.view", row.name, **gap_query(name))

    def share(row: Quality) -> float | None:
        persons = row.subjects["person"]
        return row.gaps[name] / persons if persons else None

    def shown(row: Quality) -> str:
        found = share(row)
        return "" if found is None else number(100 * found, 1)

    label = _gap_labels()[name]
    found = [_linked(name, label, lambda row: row.gaps[name], url, "warn")]
    if shares:
        head = Column(f"{name}_share", _("{label} %").format(label=label), numeric=True)
        found.append(Each(head, shown, share, "percent"))
    return found


def _rows_of_files(opens: Opener, *, share_extra: bool = False) -> list[Each[Quality]]:
    def url(row: Quality) -> str:
        return opens("sheets:import_list", "sheets.import", row.name, state="published")

    return [
        _linked("rows", _("读到"), lambda row: row.rows, url),
        _linked("refused", _("退回"), lambda row: row.refused, url, "warn"),
        _refused_share(extra=share_extra),
    ]


def _refused_share(*, extra: bool = False) -> Each[Quality]:
    return Each(
        Column("share", _("退回率 %"), numeric=True, extra=extra), lambda row: number(row.refused_share, 1),
        lambda row: row.refused_share / 100, "percent",
    )  # fmt: skip


def _open_questions(opens: Opener) -> list[Each[Quality]]:
    def waiting(row: Quality) -> str:
        return opens("people:unresolved_list", "people.edit", row.name)

    return [
        _linked("waiting", _("待甄别"), lambda row: row.waiting, waiting, "warn"),
        _verdicts(CONTRADICTED, _("存疑"), opens),
    ]


def _verdicts(name: str, label: Text, opens: Opener) -> Each[Quality]:
    query = {} if name == "judged" else {"verdict": name}
    return _linked(
        name, label, lambda row: getattr(row.truth, name),
        lambda row: opens("people:verdict_list", "people.view", row.name, **query),
        "warn" if name == CONTRADICTED else "",
    )  # fmt: skip


def _at_counter(opens: Opener) -> Each[Quality]:
    return _linked(
        "at_counter", _("其中窗口否定"), lambda row: row.truth.at_counter,
        lambda row: opens("people:verdict_list", "people.view", row.name, verdict=CONTRADICTED, by="form"),
    )  # fmt: skip


def _share() -> Each[Quality]:
    def cell(row: Quality) -> CellLike:
        if row.truth.share is None:
            return _("没有核对过")
        between = _("{low} 到 {high}").format(low=number(row.interval.low), high=number(row.interval.high))
        return Cell(number(row.truth.share, 1), note=between)

    return Each(
        Column("truth", _("真实度 %"), numeric=True), cell,
        lambda row: None if row.truth.share is None else row.truth.share / 100, "percent",
    )  # fmt: skip


def _age() -> Each[Quality]:
    def days(row: Quality) -> int | None:
        return (timezone.localdate() - row.newest).days if row.newest else None

    return Each(Column("age", _("距今天数"), numeric=True), lambda row: number(days(row)), days, "number")


def _newest() -> Each[Quality]:
    return Each(
        Column("newest", _("最近数据"), code=True),
        lambda row: day(row.newest),
        lambda row: day(row.newest),
    )


def _of_ranked(each: Each[Quality]) -> Each[Ranked]:
    return Each(each.column, lambda row: each.cell(row[1]), lambda row: each.bare(row[1]), each.kind)
