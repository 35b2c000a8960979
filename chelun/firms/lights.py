"""The lights of a firm (五清): a registry that rooms above can feed. Here is what a light is, and the facts of our own.

A light is declared once, with the room that knows about it; it shines by what that room *feeds* to it: the facts that
it needs, each with the day on which it was last said. A light that nobody feeds is not known, and holds nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chelun.core.registries import Registry
from chelun.core.ui import number
from chelun.firms.models import FirmStanding
from chelun.firms.rules import listed_enough
from chelun.firms.terms import SHARE, Terms, declare_term
from chelun.people.choices import FirmStatus
from chelun.people.displays.words import KindNames, kind_name
from chelun.people.models import EnterpriseCard
from chelun.platform.regions.place_settings import DEFAULT_PACK, MEMBERSHIP, PACK, Text
from chelun.platform.regions.words import PlaceValues

YEAR, TWO_YEARS, FOREVER = "365", "730", "0"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one fact of one firm: its value in words, the day on which it was last said, what it lacks still."""

    text: str
    day: date | None
    short: str = ""


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm in one place, before the lights are read to somebody: `kinds` are the names of kinds of work there."""

    standing: FirmStanding
    card: EnterpriseCard
    terms: Terms
    kinds: KindNames


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that a light needs.

    `day` is the day on which it was last said, as an expression on a FirmStanding (a column, or a subquery of a room
    above); `enough` says of which rows there is enough of it; `tell` says the same of one firm in words. `ways` tells a
    clerk how to get it, `fresh` is the default term (`terms.TERMS`).
    """

    name: str
    label: Text
    ways: Text
    fresh: str
    day: Combinable
    tell: Callable[[Firm], Known]
    enough: Callable[[Terms], Q] | None = None

    def is_fresh(self, terms: Terms) -> Q:
        """The rows (with the day as `day_<name>`) of which this fact is known, whole and not too old."""
        condition = Q(**{f"day_{self.name}__gte": terms.cutoff(self.name)})
        return condition & self.enough(terms) if self.enough else condition


@dataclass(frozen=True, slots=True)
class Light:
    """A light: what it is called by each pack of words, and what its room is called.

    `switch` is the setting of a place without which it does not show at all.
    """

    name: str
    labels: Mapping[str, Text]
    room: Text
    switch: str = ""

    def label(self, values: PlaceValues) -> Text:
        """What a place calls it."""
        return self.labels.get(str(values.value(PACK)), self.labels[DEFAULT_PACK])

    def shows(self, values: PlaceValues) -> bool:
        """Whether a place has it."""
        return not self.switch or values.flag(self.switch)


LIGHTS: Registry[Light] = Registry("light")
FEEDS: Registry[Sequence[Need]] = Registry("feed of a light")


def feed(light: str, needs: Sequence[Need]) -> None:
    """Let a light shine by these facts. Called once, by the room that knows them, from a module that is discovered."""
    for need in needs:
        declare_term(need.name, need.label, need.fresh)
    FEEDS.add(LIGHTS[light].name, tuple(needs))


def fed_lights() -> dict[str, Sequence[Need]]:
    """The lights that some room feeds, with what they need."""
    return {light.name: needs for light in LIGHTS if (needs := FEEDS.get(light.name)) is not None}


def days_of(needs: Sequence[Need]) -> dict[str, Combinable]:
    """What a query must be annotated with before it can be asked how a light shines."""
    return {f"day_{need.name}": need.day for need in needs}


def shining(needs: Sequence[Need], terms: Terms) -> Combinable:
    """How many of a light's facts are fresh, as an expression."""
    cases = [
        Case(When(need.is_fresh(terms), then=Value(1)), default=Value(0), output_field=IntegerField())
        for need in needs
    ]
    total: Combinable = cases[0]
    for case in cases[1:]:
        total = total + case
    return total


def _everywhere(label: Text) -> dict[str, Text]:
    return {DEFAULT_PACK: label}


for _light in (
    Light("operations", _everywhere(gettext_lazy("经营运行")), gettext_lazy("登记")),
    Light("staff", _everywhere(gettext_lazy("职工队伍")), gettext_lazy("登记")),
    Light(
        "members",
        {
            "industry": gettext_lazy("党员队伍"), "union": gettext_lazy("工会会员队伍"),
            "association": gettext_lazy("会员队伍"), "city": gettext_lazy("志愿队伍"),
        },
        gettext_lazy("成员管理"), MEMBERSHIP,
    ),
    Light(
        "units",
        {
            "industry": gettext_lazy("建立党组织"), "union": gettext_lazy("建立工会组织"),
            "association": gettext_lazy("建立会员小组"), "city": gettext_lazy("建立服务站点"),
        },
        gettext_lazy("组织管理"), MEMBERSHIP,
    ),
    Light("investors", _everywhere(gettext_lazy("出资人")), gettext_lazy("登记")),
):  # fmt: skip
    LIGHTS.add(_light.name, _light)


def _status(firm: Firm) -> Known:
    return Known(str(FirmStatus(firm.card.status).label) if firm.card.status else "", firm.standing.status_on)


def _kind(firm: Firm) -> Known:
    return Known(kind_name(firm.card.kind, firm.kinds) if firm.card.kind else "", firm.standing.kind_on)


def _code(firm: Firm) -> Known:
    return Known(firm.card.uscc, firm.standing.uscc_on)


def _investors(firm: Firm) -> Known:
    return Known(firm.card.investors, firm.standing.investors_on)


def _representative(firm: Firm) -> Known:
    return Known(firm.card.legal_representative, firm.standing.representative_on)


def _stated(firm: Firm) -> Known:
    if firm.standing.staff_stated is None:
        return Known("", None)
    stated = firm.standing.staff_stated
    return Known(ngettext("{n} 人", "{n} 人", stated).format(n=number(stated)), firm.standing.staff_stated_on)


def _listed(firm: Firm) -> Known:
    if not firm.standing.staff:
        return Known("", None)
    text = ngettext("名单上有 {n} 人", "名单上有 {n} 人", firm.standing.staff).format(
        n=number(firm.standing.staff)
    )
    share = firm.terms.number(SHARE, firm.standing.home)
    if listed_enough(firm.standing.staff, firm.standing.staff_stated, share):
        return Known(text, firm.standing.staff_on)
    short = _("填报 {stated} 人，名单只有 {n} 人").format(
        stated=number(firm.standing.staff_stated), n=number(firm.standing.staff)
    )
    return Known(text, firm.standing.staff_on, short)


def _list_is_whole(terms: Terms) -> Q:
    """As `listed_enough`: so many of the stated number must be on the list."""
    share = terms.expression(SHARE, int)
    whole = Q(staff_stated=None) | Q(GreaterThanOrEqual(F("staff") * 100, F("staff_stated") * share))
    return Q(staff__gt=0) & whole


_BY_FORM = gettext_lazy("在企业档案里登记，或导入企业台账时带上这一列。")
_CODE_WAY = gettext_lazy("抄营业执照上的统一社会信用代码，登记或随台账导入。")
_LIST_WAY = gettext_lazy("请企业报一份职工花名册，导入后自动计数。")
_INVESTOR_WAY = gettext_lazy("查企业登记信息公示，或请企业填报后登记。")

feed("operations", (
    Need("status", gettext_lazy("经营状况"), _BY_FORM, YEAR, F("status_on"), _status),
    Need("kind", gettext_lazy("行业类别"), _BY_FORM, FOREVER, F("kind_on"), _kind),
    Need("uscc", gettext_lazy("统一社会信用代码"), _CODE_WAY, FOREVER, F("uscc_on"), _code),
))  # fmt: skip
feed("staff", (
    Need("staff_stated", gettext_lazy("填报职工数"), _BY_FORM, YEAR, F("staff_stated_on"), _stated),
    Need("staff_list", gettext_lazy("职工名单"), _LIST_WAY, YEAR, F("staff_on"), _listed, _list_is_whole),
))  # fmt: skip
feed("investors", (
    Need("investors", gettext_lazy("出资人"), _INVESTOR_WAY, TWO_YEARS, F("investors_on"), _investors),
    Need("representative", gettext_lazy("法定代表人"), _INVESTOR_WAY, TWO_YEARS, F("representative_on"), _representative),
))  # fmt: skip
