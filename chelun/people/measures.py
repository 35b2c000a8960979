"""Indicators and crossings of the registers: who, which firms and which vehicles are on file, and how complete the files are."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chelun.core.crossings import CROSSINGS
from chelun.core.measures import MEASURES, ByHome, Indicator, MeasureSource, Tally
from chelun.people.choices import WorkKind
from chelun.people.crossings import REGISTERS_CROSSED
from chelun.people.models import CredentialCard, EnterpriseCard, PersonCard, UnresolvedRow, VehicleCard
from chelun.people.own_measures import own_indicators, tally_own
from chelun.people.paper_measures import PAPER_INDICATORS, papers_by_state, papers_until
from chelun.people.selectors.lists import first_cards
from chelun.people.selectors.sources import STALE_DAYS, stale_before
from chelun.platform.sheets.batches import hidden_batches

LEVELS = ("province", "city", "county", "township")
Counts = Counter[tuple[str, str, str]]
_KINDS = {kind.value: kind.label for kind in WorkKind}
_HOME = _("按名单所属地区（提供名单的县、市）计，不按户籍地")


def _rows(url_name: str, **fixed: str) -> Any:
    def address(code: str, part: str) -> str:
        query = {"region": code, **fixed, **({"kind": part} if part else {})}
        return f"{reverse(url_name)}?{urlencode(query)}"

    return address


def _stale_rows(code: str, part: str) -> str:
    """Cards older than a year today."""
    older = stale_before().isoformat()
    return f"{reverse('people:person_list')}?{urlencode({'region': code, 'older': older})}"


PERSONS = Indicator(
    "people.persons", _("在册人员"), _("已登记的从业人员；一个人在几个县登记，在上级地区只算一人"), _HOME,
    _("按人去重计数；分工种时，一人有几个工种的各算一次"), _("人"), _rows("people:person_list"), _KINDS,
    query=_("在“人员”中取本地区现行的档案卡，每人只取一张：在本地区内数据日期最近的那张"),
)  # fmt: skip
WITHOUT_ID = Indicator(
    "people.persons.without_id", _("缺身份证号的人员"), _("没有登记有效身份证号的在册人员"), _HOME,
    _("缺身份证号的人数 ÷ 在册人员数"), _("人"), _rows("people:person_list", no_id="on"), share_of="people.persons", good="less",
    query=_("在册人员中，档案卡上没有通过校验的身份证号的"),
)  # fmt: skip
WITHOUT_PHONE = Indicator(
    "people.persons.without_phone", _("缺联系电话的人员"), _("没有登记联系电话的在册人员"), _HOME,
    _("缺电话的人数 ÷ 在册人员数"), _("人"), _rows("people:person_list", missing="phones"), share_of="people.persons", good="less",
    query=_("在册人员中，档案卡上没有可用的手机号的"),
)  # fmt: skip
STALE = Indicator(
    "people.persons.stale", _("一年未更新的人员"), _("最近一份资料的日期在一年以前的在册人员"), _HOME,
    _("一年未更新的人数 ÷ 在册人员数"), _("人"), _stale_rows, share_of="people.persons", good="less",
    query=_("在册人员中，档案卡的数据日期早于今天之前 365 天的"),
)  # fmt: skip
FIRMS = Indicator(
    "people.enterprises", _("在册企业"), _("台账登记过的企业；只在人员或车辆名单里被提及的不算"), _HOME,
    _("按企业去重计数"), _("家"), _rows("people:enterprise_list", mentioned="no"),
    query=_("在“企业”中取本地区现行的档案卡，去掉“仅被提及”的，每家只取一张"),
)  # fmt: skip
MENTIONED = Indicator(
    "people.enterprises.mentioned", _("仅被提及的企业"), _("只在人员或车辆名单里出现、还没有台账的企业"), _HOME,
    _("按企业去重计数"), _("家"), _rows("people:enterprise_list", mentioned="only"), good="less",
    query=_("在“企业”中取本地区现行的、标为“仅被提及”的档案卡，每家只取一张"),
)  # fmt: skip
VEHICLES = Indicator(
    "people.vehicles", _("在册车辆"), _("登记或被提及的车辆，按车牌号加车牌颜色认定"), _HOME,
    _("按车辆去重计数"), _("辆"), _rows("people:vehicle_list"), _KINDS,
    query=_("在“车辆”中取本地区现行的档案卡，每辆只取一张"),
)  # fmt: skip
UNRESOLVED = Indicator(
    "people.unresolved", _("待甄别的行"), _("没有身份证号、无法确定是谁的名单行，等待人工处理"), _HOME,
    _("按行计数"), _("行"), _rows("people:unresolved_list"), good="less", permission="people.edit",
    query=_("导入和登记时留下、还没有人处理的名单行"),
)  # fmt: skip


def _of_persons() -> dict[str, Q]:
    return {
        WITHOUT_ID.name: Q(has_id=False),
        WITHOUT_PHONE.name: Q(phone_index=""),
        STALE.name: Q(as_of__lt=stale_before()),
    }


def _fresh_until(homes: Collection[str] | None) -> dict[str, date]:
    """The last day before another card of a home grows stale."""
    cards = of_homes(PersonCard.objects.visible(hidden_batches()), homes).filter(as_of__gte=stale_before())
    oldest = cards.order_by().values_list("home").annotate(oldest=Min("as_of"))
    return {home: day + timedelta(days=STALE_DAYS) for home, day in oldest}


def tally_unresolved() -> Iterator[Tally]:
    """Rows that wait for a clerk."""
    waiting = UnresolvedRow.objects.visible(hidden_batches()).filter(settled_as="")
    rows = waiting.values(*LEVELS).annotate(total=Count("id"))
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for code in _codes(row):
            counts[code, ""] += row["total"]
    yield from (Tally(UNRESOLVED.name, code, part, value) for (code, part), value in counts.items())


def of_homes(rows: "QuerySet[Any]", homes: Collection[str] | None) -> "QuerySet[Any]":
    """The rows of some homes; all for None."""
    return rows if homes is None else rows.filter(home__in=homes)


@dataclass(frozen=True, slots=True)
class Distinct:
    """Cards counted by place and kind, less the repetitions of subjects that have several cards in a region.

    All cards are counted under `name` ('': not at all), those of a condition under its key.
    """

    model: type[Any]
    name: str
    subject: str
    conditions: Callable[[], dict[str, Q]]
    parts: tuple[str, ...] = ()
    parted: frozenset[str] = frozenset()
    """The conditions that are counted by kind as well."""

    def tally(self) -> Iterator[Tally]:
        """Everything, in one pass over the cards."""
        return distinct_tallies(
            self._cards(), self.name, self.subject, self.conditions(), *self.parts, parted=self.parted
        )

    def count(self, homes: Collection[str] | None) -> Iterator[tuple[str, Tally]]:
        """The cards of some homes."""
        conditions, counts = self.conditions(), defaultdict[str, Counts](Counter)
        rows = _grouped(of_homes(self._cards(), homes), ["home", *LEVELS, *self.parts], conditions)
        for row in rows:
            _add(counts[row["home"]], row, self.name, conditions, 1, self.parted)
        for home, found in counts.items():
            yield from ((home, tally) for tally in _told(found))

    def repeated(self) -> Iterator[Tally]:
        """What is counted again and again, below zero."""
        conditions, counts = self.conditions(), Counts()
        for row in _repetitions(self._cards(), self.subject, [*LEVELS, *self.parts], conditions):
            _add(counts, row, self.name, conditions, -1, self.parted)
        return _told(counts)

    def _cards(self) -> "QuerySet[Any]":
        cards: QuerySet[Any] = self.model._default_manager.visible(hidden_batches())
        return cards


def distinct_tallies(
    cards: "QuerySet[Any]",
    name: str,
    subject: str,
    conditions: dict[str, Q],
    *parts: str,
    parted: Collection[str] = (),
) -> Iterator[Tally]:
    """The counts of `Distinct`, of any cards."""
    groups = [*LEVELS, *parts]
    counts = Counts()
    for row in _grouped(cards, groups, conditions):
        _add(counts, row, name, conditions, 1, parted)
    for row in _repetitions(cards, subject, groups, conditions):
        _add(counts, row, name, conditions, -1, parted)
    return _told(counts)


def _grouped(cards: "QuerySet[Any]", groups: list[str], conditions: dict[str, Q]) -> Iterable[dict[str, Any]]:
    sums = {f"c{place}": Count("id", filter=condition) for place, condition in enumerate(conditions.values())}
    rows: Iterable[dict[str, Any]] = cards.values(*groups).annotate(total=Count("id"), **sums).order_by()
    return rows


def _told(counts: Counts) -> Iterator[Tally]:
    for (indicator, code, part), value in counts.items():
        if indicator:
            yield Tally(indicator, code, part, value)


def _add(
    counts: Counts,
    row: dict[str, Any],
    name: str,
    conditions: Iterable[str],
    sign: int,
    parted: Collection[str],
) -> None:
    for code in row["codes"] if "codes" in row else _codes(row):
        counts[name, code, ""] += sign * row["total"]
        for part in _parts(row):
            counts[name, code, part] += sign * row["total"]
        for place, indicator in enumerate(conditions):
            counts[indicator, code, ""] += sign * row[f"c{place}"]
            for part in _parts(row) if indicator in parted and row[f"c{place}"] else ():
                counts[indicator, code, part] += sign * row[f"c{place}"]


def _parts(row: dict[str, Any]) -> set[str]:
    return {part for part in (row.get("kind", ""), *row.get("more_kinds", "").split(",")) if part}


def _repetitions(
    cards: "QuerySet[Any]", subject: str, groups: list[str], conditions: dict[str, Q]
) -> Iterator[dict[str, Any]]:
    """For each subject with several cards: the cards after its first in each region, to be taken off there.

    Who they are is asked of all cards, seen or not: the index by subject alone says it, and few are asked for more.
    """
    everything = cards.model._default_manager.order_by()
    several = everything.values(subject).annotate(n=Count("*")).filter(n__gt=1).values(subject)
    flags = {
        f"c{place}": Count("id", filter=condition) for place, condition in enumerate(conditions.values())
    }
    rows = (
        cards.filter(**{f"{subject}__in": several})
        .values("id", subject, *groups)
        .annotate(total=Count("id"), **flags)
    )
    seen: dict[str, set[Any]] = {}
    for row in rows.order_by(subject, *first_cards(cards.model)):
        known = seen.setdefault(str(row[subject]), set())
        again = [code for code in _codes(row) if code in known]
        known.update(_codes(row))
        if again:
            yield {**row, "codes": again}


def _codes(row: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(row[level] for level in LEVELS if row[level]))


_PERSONS = Distinct(PersonCard, PERSONS.name, "person_id", _of_persons, ("kind", "more_kinds"))
_PAPERS = Distinct(
    CredentialCard,
    "",
    "credential_id",
    papers_by_state,
    ("kind",),
    frozenset(each.name for each in PAPER_INDICATORS),
)
_FIRMS = Distinct(
    EnterpriseCard, "", "enterprise_id",
    lambda: {FIRMS.name: Q(mentioned_only=False), MENTIONED.name: Q(mentioned_only=True)},
)  # fmt: skip
_VEHICLES = Distinct(VehicleCard, VEHICLES.name, "vehicle_id", dict, ("kind",))


def _source(name: str, distinct: Distinct, until: Any = None, *indicators: Indicator) -> None:
    by_home = ByHome(distinct.count, distinct.repeated, *filter(None, [until]))
    MEASURES.add(name, MeasureSource(name, indicators, distinct.tally, by_home))


_source("people.persons", _PERSONS, _fresh_until, PERSONS, WITHOUT_ID, WITHOUT_PHONE, STALE)
_source("people.enterprises", _FIRMS, None, FIRMS, MENTIONED)
_source("people.vehicles", _VEHICLES, None, VEHICLES)
_source("people.credentials", _PAPERS, papers_until, *PAPER_INDICATORS)
MEASURES.add("people.own", MeasureSource("people.own", (), tally_own, added=own_indicators))
MEASURES.add("people.unresolved", MeasureSource("people.unresolved", (UNRESOLVED,), tally_unresolved))
for _crossing in REGISTERS_CROSSED:
    CROSSINGS.add(_crossing.name, _crossing)
