"""Indicators of firms: how many are clear, light by light. Counted from the days of facts at the moment of computing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chelun.core.measures import MEASURES, Indicator, MeasureSource, Tally
from chelun.firms.choices import COUNTED, LightState
from chelun.firms.models import FirmStanding, Stay
from chelun.firms.selectors.lights import says, with_lights
from chelun.firms.services.reviewing import review_if_due
from chelun.firms.terms import Terms
from chelun.firms.thresholds import FLEET
from chelun.people.measures import LEVELS, distinct_tallies
from chelun.platform.regions.place_settings import Text

_HOME = _("按档案所属地区计；一家企业在几个县有档案，在上级地区按最新的台账只算一家")
_PARTS = {state.value: state.label for state in COUNTED}
NAME = "firms.lights.{light}"


Words = tuple[Text, Text]
"""What an indicator is called, and what it counts in words."""


def light_indicator(light: str, words: Words) -> Indicator:
    """The indicator of a light that somebody feeds."""
    label, definition = words
    return Indicator(
        NAME.format(light=light), label, definition, _HOME,
        _("亮灯的企业数 ÷ 在册企业数；半亮是只有一部分没过期，灭是一项都没有"), _("家"),
        partial(_rows, light), _PARTS, share_of="people.enterprises", good="more", parts_head=_("灯"),
        query=_("在“企业五清”中取本地区有台账的企业，每家只取一行，按各项事实的日期看是否过期"),
    )  # fmt: skip


def _rows(light: str, code: str, part: str) -> str:
    said = f"{light}:{part or LightState.ON.value}"
    query = {"region": code, "mentioned": "no", "light": said}
    return f"{reverse('firms:light_list')}?{urlencode(query)}"


def tally_lights(lights: tuple[str, ...]) -> Iterator[Tally]:
    """How many firms of the ledgers each light says each thing of; a firm of several places counts once above them."""
    review_if_due()
    conditions = {
        f"{light}:{state.value}": Q(mentioned_only=False) & says(light, state.value)
        for light in lights
        for state in COUNTED
    }
    rows = with_lights(FirmStanding.objects.all(), Terms.of())
    for tally in distinct_tallies(rows, "", "enterprise_id", conditions):
        light, _colon, state = tally.indicator.partition(":")
        yield Tally(NAME.format(light=light), tally.code, state, tally.value)
        if state == LightState.ON:
            yield Tally(NAME.format(light=light), tally.code, "", tally.value)


def declare_lights(source: str, lights: Mapping[str, Words]) -> None:
    """Let the cockpit count lights; called by the room that feeds them, from its `measures.py`."""
    declared = tuple(light_indicator(light, words) for light, words in lights.items())
    MEASURES.add(source, MeasureSource(source, declared, partial(tally_lights, tuple(lights))))


declare_lights("firms.lights", {
    "operations": (
        _("经营运行清的企业"),
        _("有台账的企业中，经营状况、行业类别、统一社会信用代码都已登记并且没有过期的"),
    ),
    "staff": (
        _("职工队伍清的企业"), _("有台账的企业中，填报了职工数、报了齐全的职工名单并且都没有过期的"),
    ),
    "investors": (
        _("出资人清的企业"), _("有台账的企业中，出资人和法定代表人都已登记并且没有过期的"),
    ),
})  # fmt: skip

FLEET_FIRMS = Indicator(
    "firms.registers.fleet", _("门槛名册里的货运企业"),
    _("按本地规则（默认 50 辆车以上）进入货运企业名册、现在还在册的企业"),
    _("按档案所属地区计；一家企业在几个县都达到的，各算一次"), _("按在册期间计数"), _("家"), lambda code, part: _stay_rows(code),
    query=_("在“门槛名册”中取本地区现在没有离开的"),
)  # fmt: skip


def _stay_rows(code: str) -> str:
    return f"{reverse('firms:register_detail', args=[FLEET])}?{urlencode({'region': code})}"


def tally_fleet() -> Iterator[Tally]:
    """How many firms are in the register of fleets."""
    review_if_due()
    counts: Counter[str] = Counter()
    for row in Stay.objects.filter(register=FLEET, to_day=None).values(*LEVELS):
        counts.update({code for code in row.values() if code})
    yield from (Tally(FLEET_FIRMS.name, code, "", n) for code, n in counts.items())


MEASURES.add("firms.registers", MeasureSource("firms.registers", (FLEET_FIRMS,), tally_fleet))
