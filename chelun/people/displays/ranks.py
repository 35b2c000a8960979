"""Which source outweighs which, in sentences, and why a value stands."""

from django.utils.translation import gettext as _

from chelun.core.ui import listed
from chelun.engines.faults import N_
from chelun.people.choices import OWN_SOURCES
from chelun.people.displays.words import fact_label
from chelun.people.rules.facts import Record, Why
from chelun.people.rules.ranks import FORM, GROUPS, REST, STANDARD, Lines, Order, Origin, place_in

DOOR_NAMES = {FORM: N_("窗口登记"), "sheet": N_("导入的名单")}
GROUP_NAMES = {
    "who": N_("身份"),
    "contact": N_("联系方式"),
    "work": N_("从业和车辆"),
    "papers": N_("证件"),
    "running": N_("经营情况"),
    "what": N_("车辆本身"),
    "validity": N_("有没有证、证号和有效期"),
    REST: N_("其余各项"),
}


def source_name(source: str) -> str:
    """A source's name; those that are no roster's in the reader's language."""
    return _(source) if source in OWN_SOURCES else source


def origin_name(origin: Origin) -> str:
    """A door or a source in words."""
    if not origin.source:
        return _(DOOR_NAMES[origin.door]) if origin.door else _("任何来源")
    return _("“{source}”").format(source=source_name(origin.source))


def group_name(group: str) -> str:
    """What a group of facts is called."""
    return _(GROUP_NAMES[group])


def group_facts(register: str, group: str) -> str:
    """The facts of a group, by name; '' for the rest."""
    return listed(fact_label(register, name) for name in sorted(GROUPS[register].get(group, ())))


def order_sentence(order: Order) -> str:
    """An order as a sentence: the first outweighs the second …, then the newer date, then what was known later."""
    tail = _("同等时，数据日期新的为准；日期相同，后得知的为准。")
    if not order:
        return _("不分来源。{tail}").format(tail=tail)
    names = [origin_name(origin) for origin in order]
    if order != STANDARD:
        names.append(_("其他来源"))
    return _("{first}优先于{others}。{tail}").format(
        first=names[0], others=_("，再优先于").join(names[1:]), tail=tail
    )


def line_of(lines: Lines, group: str) -> Order:
    """The order that holds for a group."""
    return lines.get(group, lines.get(REST, STANDARD))


def why_text(why: Why, record: Record, order: Order) -> str:
    """Why a value stands: 因为…; '' where only one record has the fact: that is said once for the whole file."""
    match why.kind:
        case "only":
            return ""
        case "agreed":
            return _("因为各处说法一致")
        case "date":
            return _("因为它的数据日期更新")
        case "known":
            return _("因为日期相同，它得知得更晚")
    assert why.before is not None
    names = {"winner": _place_name(order, record), "loser": _place_name(order, why.before)}
    return _("因为按规则{winner}优先于{loser}").format(**names)


def _place_name(order: Order, record: Record) -> str:
    place = place_in(order, record)
    return origin_name(order[place]) if place < len(order) else _("其他来源")
