"""Lights in words: on a firm's file with their facts, in the list as a badge each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.icons import icon_svg
from chelun.core.ui import Address, Cell, Column, Row, Table, clauses, day, number
from chelun.firms.choices import ICONS, TONES, FactState, LightState
from chelun.firms.lights import LIGHTS
from chelun.firms.selectors.lights import FactLine, LightLine, states_of
from chelun.people.addresses import address_of, veil
from chelun.people.displays.words import KindNames, fact_text, kind_name, place_name
from chelun.platform.regions.words import PlaceValues


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light as a file shows it. `table` holds its facts, None where its room does not stand; `text` says it in a line."""

    name: str
    label: str
    state: str
    tone: str
    sign: SafeString
    text: str
    table: Table | None


def lamps(lights: Sequence[LightLine], today: date) -> list[Lamp]:
    """The lights of one firm."""
    return [_lamp(line, today) for line in lights]


def _lamp(line: LightLine, today: date) -> Lamp:
    state, table = line.state, None
    if line.facts:
        table = Table(line.label, _columns(), [_row(fact, today) for fact in line.facts])
    return Lamp(
        line.light.name, line.label, str(state.label), TONES[state], icon_svg(*ICONS[state]), _summary(line), table
    )  # fmt: skip


def _summary(line: LightLine) -> str:
    if line.state == LightState.UNKNOWN:
        return _("“{room}”还没有启用，这一项不详，也不存任何内容。").format(room=line.light.room)
    wanting = [fact for fact in line.facts if fact.state != FactState.FRESH]
    if not wanting:
        return ngettext(
            "{n} 项事实都在，也没有过期。", "{n} 项事实都在，也没有过期。", len(line.facts)
        ).format(n=len(line.facts))
    return clauses(f"{fact.need.label} {fact.state.label}" for fact in wanting)


def _columns() -> list[Column]:
    return [
        Column("fact", _("事实")),
        Column("value", _("现在的内容")),
        Column("day", _("资料日期"), code=True),
        Column("state", _("是否有效"), code=True),
        Column("ways", _("还要做什么"), wide=True),
    ]


def _row(fact: FactLine, today: date) -> Row:
    known, state = fact.known, fact.state
    days = (today - known.day).days if known.day else 0
    aged = ngettext("{n} 天前", "{n} 天前", days).format(n=number(days)) if known.day else ""
    return Row([
        fact.need.label,
        known.text,
        Cell(day(known.day), note=aged) if known.day else "",
        Cell(state.label, tone=TONES[state], note=_term(fact)),
        "" if state == FactState.FRESH else clauses(filter(None, (known.short, str(fact.need.ways)))),
    ])  # fmt: skip


def _term(fact: FactLine) -> str:
    """Until when a fact is fresh, or since when it is not."""
    if not fact.days or fact.known.day is None:
        return ""
    last = fact.known.day + timedelta(days=fact.days)
    if fact.state == FactState.OLD:
        return _("{day} 起过期").format(day=day(last + timedelta(days=1)))
    return _("{day} 后过期").format(day=day(last))


def light_table(
    rows: Sequence[Any], values: PlaceValues, kinds: KindNames, address: Address, *, one_place: bool
) -> Table:
    """Firms with what their lights say."""
    shown = [light for light in LIGHTS if light.shows(values)]
    columns = [
        Column("name", _("企业名称"), wide=True, fixed=True),
        *(Column(light.name, light.label(values), code=True) for light in shown),
        Column("kind", _("行业类别")),
        Column("status", _("经营状况"), code=True),
        Column("staff", _("在册职工"), numeric=True),
        Column("stated", _("填报职工数"), numeric=True, extra=True),
        Column("vehicles", _("在册车辆"), numeric=True),
        Column("place", _("所属地区"), extra=one_place),
        Column("as_of", _("数据日期"), code=True),
        Column("uscc", _("统一社会信用代码"), code=True, extra=True),
    ]
    return Table(_("企业五清"), columns, [_firm_row(row, values, kinds) for row in rows], address)


def _firm_row(row: Any, values: PlaceValues, kinds: KindNames) -> Row:
    file = address_of("people:enterprise_detail", row.enterprise_id)
    key = veil(row.enterprise_id)
    note = _("没有台账") if row.mentioned_only else ""
    return Row([
        Cell(row.name, file, note=note),
        *(
            Cell(state.label, f"{file}#light-{light.name}", tone=TONES[state])
            for light, state in states_of(row, values)
        ),
        kind_name(row.kind, kinds) if row.kind else "",
        fact_text("status", row.status, kinds),
        _opens("people:person_list", key, row.staff),
        "" if row.staff_stated is None else number(row.staff_stated),
        _opens("people:vehicle_list", key, row.vehicles),
        place_name(row.home),
        day(row.as_of),
        row.uscc,
    ])  # fmt: skip


def _opens(name: str, key: str, count: int) -> Cell | str:
    return Cell(number(count), f"{reverse(name)}?enterprise={key}") if count else "0"
