"""The directory of regions as its pages show it: facts, history, children with their map."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Cell, Chart, Column, Fact, Moment, Row, Series, Table, listed
from chelun.platform.regions.choices import CHANGE_KINDS, LEVEL_NAMES
from chelun.platform.regions.models import RegionChange
from chelun.platform.regions.outlines import missing_outlines, notice
from chelun.platform.regions.outlines.store import COUNTRY
from chelun.platform.regions.rules import normal_code
from chelun.platform.regions.selectors import Place, children, current_of, name_of, path_of
from chelun.platform.regions.source import FIRST_YEAR


def region_url(code: str) -> str:
    """The page of a region; '' for no code."""
    return reverse("regions:region_detail", args=[code]) if code else ""


def found_table(places: Iterable[Place]) -> Table:
    """Regions as a search found them."""
    columns = [
        Column("name", _("名称")),
        Column("code", _("代码")),
        Column("level", _("级别")),
        Column("path", _("隶属")),
        Column("state", _("状态")),
    ]
    return Table(_("地区"), columns, [_found_row(place) for place in places])


def _found_row(place: Place) -> Row:
    state = Cell(_state(place), tone="ok" if place.in_force else "idle")
    name = Cell(place.name, region_url(place.code), note=_("曾用名：") + place.former if place.former else "")
    return Row([name, place.code, LEVEL_NAMES[place.level], " ".join(path_of(place.code)[:-1]), state])


def _state(place: Place) -> str:
    """Since when a code is out of use; of townships the tables often do not say."""
    if place.in_force:
        return _("现行")
    return _("已停用") if place.level == "township" else _("{year} 年停用").format(year=place.to_year)


def townships_table(places: Iterable[Place]) -> Table:
    """Townships of a county."""
    columns = [Column("name", _("名称")), Column("code", _("代码")), Column("pinyin", _("拼音"))]
    rows = [Row([Cell(place.name, region_url(place.code)), place.code, place.pinyin]) for place in places]
    return Table(_("下级地区"), columns, rows)


def facts(place: Place) -> list[Fact]:
    """What is known of a region."""
    today = "" if place.in_force else current_of(place.code) or ""
    found = [
        Fact(_("代码"), place.code),
        Fact(_("级别"), LEVEL_NAMES[place.level]),
        Fact(_("拼音"), place.pinyin),
        Fact(_("状态"), _state(place)),
    ]
    if place.level != "township":
        found.append(Fact(_("启用"), _since(place.from_year)))
        found.append(Fact(_("曾用名"), listed(place.former.split()) or _("没有")))
    if not place.in_force:
        now = f"{name_of(today)} {today}" if today else _("不止一个，或不详")
        found.append(Fact(_("现在是"), now, url=region_url(today)))
    return found


def _since(year: int) -> str:
    return _("1980 年或更早") if year == FIRST_YEAR else _("{year} 年").format(year=year)


def history(code: str) -> list[Moment]:
    """Changes in which a code takes part, newest first. One query."""
    rows = RegionChange.objects.filter(Q(old_code=code) | Q(new_code=code)).order_by("-year", "-id")
    return [_moment(row, code) for row in rows]


def _moment(row: RegionChange, code: str) -> Moment:
    other = row.new_code if row.old_code == code else row.old_code
    sides = [
        f"{name} {number}".strip()
        for name, number in ((row.old_name, row.old_code), (row.new_name, row.new_code))
    ]
    title = " → ".join(side for side in sides if side)
    kind = str(CHANGE_KINDS.get(row.kind, row.kind))
    return Moment(
        str(row.year),
        title or kind,
        row.note or kind,
        row.document,
        region_url(other if other != code else ""),
    )


def children_chart(code: str) -> Chart | None:
    """The map of a region's children with how many each is divided into; None below counties."""
    below = children("" if code == COUNTRY else code)
    if not below or below[0].level == "township":
        return None
    missing = missing_outlines(code)
    note = notice()
    if missing:
        names = listed(place.name for place in missing)
        note += _("新设的{names}还没有轮廓，只列在表里。").format(names=names)
    return Chart(
        name="children",
        kind="map",
        title=_("下级地区"),
        labels=[place.name for place in below],
        series=[Series(_("再下一级"), [len(children(place.code)) for place in below])],
        unit=_("个"),
        note=note,
        first_head=_("名称"),
        urls=[region_url(place.code) for place in below],
        keys=[place.code for place in below],
        map_url=reverse("regions:outline", args=[code]),
    )


def crumb_links(place: Place) -> list[tuple[str, str]]:
    """The way to a region: (name, address) from the directory down to what lies above it."""
    above = [code for code in place.path_codes if normal_code(code) != place.code]
    return [
        (_("地区"), reverse("regions:region_list")),
        *((name_of(code), region_url(code)) for code in above),
    ]
