"""By what the rows of the lists can be told apart: how a row's value is read, and how a list is narrowed to it.

None of them is, or hints at, membership, ethnicity, religion or health.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chelun.core.crossings import NOT_KNOWN
from chelun.people.choices import (
    Energy,
    FirmStatus,
    KnownBy,
    PaperKind,
    PaperState,
    PlateColour,
    Sex,
    WorkKind,
)
from chelun.people.reminders import Reminders
from chelun.people.selectors.sources import stale_before

Text = str | Promise
NEW_DAYS = 90
AGES: Mapping[str, tuple[int, int]] = {
    "20s": (0, 29), "30s": (30, 39), "40s": (40, 49), "50s": (50, 59), "60s": (60, 200),
}  # fmt: skip
"""Bands of age: from, to (years reached in this calendar year)."""


LIGHT = Decimal("4.5")
"""Tonnes of gross mass up to which ordinary freight needs neither 道路运输证 nor 从业资格证 (道路运输条例 §22, §24)."""
MASSES: Mapping[str, Text] = {"light": _("4.5 吨及以下"), "heavy": _("4.5 吨以上")}


@dataclass(frozen=True, slots=True)
class Facet:
    """One such thing. `columns` are what rows are grouped by, `values` what a group's columns say, `condition` the rows of a value."""

    name: str
    label: Text
    words: Mapping[str, Text]
    columns: Callable[[], Mapping[str, Any]]
    values: Callable[..., Iterable[str]]
    condition: Callable[[str], Q]
    note: Text = field(default="")


def _plain(name: str, label: Text, words: Mapping[str, Text], column: str) -> Facet:
    """A column of which '' is not known."""
    return Facet(
        name, label, words, lambda: {f"of_{name}": F(column)}, lambda value: [value or NOT_KNOWN],
        lambda value: Q(**{column: "" if value == NOT_KNOWN else value}),
    )  # fmt: skip


def _decided(
    name: str, label: Text, words: Mapping[str, Text], conditions: Callable[[], Mapping[str, Q]]
) -> Facet:
    """The first condition that holds."""

    def columns() -> dict[str, Any]:
        cases = [When(condition, then=Value(value)) for value, condition in conditions().items()]
        return {f"of_{name}": Case(*cases, default=Value(NOT_KNOWN))}

    return Facet(
        name,
        label,
        words,
        columns,
        lambda value: [value],
        lambda value: conditions().get(value, Q(pk__in=[])),
    )


def _kinds(kind: str, more: str) -> Iterable[str]:
    return dict.fromkeys(part for part in (kind, *more.split(",")) if part) or [NOT_KNOWN]


def of_kind(value: str) -> Q:
    """Persons with that kind of work among theirs; with none for `NOT_KNOWN`."""
    if value == NOT_KNOWN:
        return Q(kind="", more_kinds="")
    return Q(kind=value) | Q(more_kinds__contains=value)


def _ages() -> dict[str, Q]:
    year = timezone.localdate().year
    found = {band: Q(birth_year__range=(year - high, year - low)) for band, (low, high) in AGES.items()}
    found["20s"], found["60s"] = Q(birth_year__gte=year - 29), Q(birth_year__lte=year - 60)
    return {**found, NOT_KNOWN: Q(birth_year=None)}


def _freshness() -> dict[str, Q]:
    new, old = timezone.localdate() - timedelta(days=NEW_DAYS), stale_before()
    return {"new": Q(as_of__gte=new), "year": Q(as_of__gte=old, as_of__lt=new), "old": Q(as_of__lt=old)}


def _masses() -> dict[str, Q]:
    return {
        "light": Q(gross_mass__lte=LIGHT),
        "heavy": Q(gross_mass__gt=LIGHT),
        NOT_KNOWN: Q(gross_mass=None),
    }


def _yes_no(name: str, label: Text, yes: Text, no: Text, condition: Q) -> Facet:
    return _decided(name, label, {"yes": yes, "no": no}, lambda: {"yes": condition, "no": ~condition})


_KINDS = {each.value: each.label for each in WorkKind}
_KIND = Facet(
    "kind", _("工种"), _KINDS, lambda: {"of_kind": F("kind"), "of_more": F("more_kinds")}, _kinds, of_kind,
    _("一人有几个工种的，各算一次"),
)  # fmt: skip
_AGE_WORDS = {
    "20s": _("不满 30 岁"),
    "30s": _("30–39 岁"),
    "40s": _("40–49 岁"),
    "50s": _("50–59 岁"),
    "60s": _("60 岁以上"),
}
_FRESH = _decided(
    "fresh", _("数据日期"), {"new": _("90 天以内"), "year": _("一年以内"), "old": _("一年以上")}, _freshness
)
_FIRM = _yes_no("firm", _("所属企业"), _("写明企业"), _("没有写明"), Q(enterprise__isnull=False))
_LEDGER = _decided(
    "mentioned", _("台账"), {"no": _("有台账"), "only": _("仅被提及")},
    lambda: {"only": Q(mentioned_only=True), "no": Q(mentioned_only=False)},
)  # fmt: skip
_KNOWN_BY = _decided(
    "mentioned", _("台账"), {"no": _("有台账"), "only": _("仅被提及")},
    lambda: {"only": Q(known_by__gt=KnownBy.RECORD), "no": Q(known_by=KnownBy.RECORD)},
)  # fmt: skip

FACETS: dict[str, tuple[Facet, ...]] = {
    "person": (
        _KIND,
        _plain("sex", _("性别"), {each.value: each.label for each in Sex}, "sex"),
        _decided("age", _("年龄"), _AGE_WORDS, _ages),
        _FIRM,
        _yes_no("id", _("身份证号"), _("有"), _("缺"), Q(has_id=True)),
        _yes_no("phone", _("联系电话"), _("有"), _("缺"), ~Q(phone_index="")),
        _FRESH,
    ),
    "enterprise": (
        _plain("kind", _("行业类别"), _KINDS, "kind"),
        _plain("status", _("经营状况"), {each.value: each.label for each in FirmStatus}, "status"),
        _KNOWN_BY,
        _FRESH,
    ),
    "vehicle": (
        _plain("kind", _("用途"), _KINDS, "kind"),
        _plain("colour", _("车牌颜色"), {each.value: each.label for each in PlateColour}, "colour"),
        _plain("energy", _("能源类型"), {each.value: each.label for each in Energy}, "energy"),
        _decided("mass", _("总质量"), MASSES, _masses),
        _yes_no("trailer", _("挂车"), _("是挂车"), _("不是挂车"), Q(trailer=True)),
        _FIRM,
        _LEDGER,
        _FRESH,
    ),
    "credential": (
        _plain("kind", _("证照种类"), {each.value: each.label for each in PaperKind}, "kind"),
        _decided(
            "state", _("状态"), {each.value: each.label for each in PaperState},
            lambda: {state.value: condition for state, condition in Reminders.of().conditions().items()},
        ),
        _FRESH,
    ),
}  # fmt: skip
NAMES = frozenset(facet.name for facets in FACETS.values() for facet in facets)


def facet(register: str, name: str) -> Facet | None:
    """A facet of a register by its name."""
    return next((each for each in FACETS[register] if each.name == name), None)


def value_words(facet: Facet, value: str) -> Text:
    """A value in words."""
    return _("没有写明") if value == NOT_KNOWN else facet.words.get(value, value)


def narrowed_by(register: str, asked: Iterable[tuple[str, str]]) -> Q:
    """The rows that have all the asked values; a name that the register has not narrows nothing."""
    condition = Q()
    for name, value in asked:
        known = facet(register, name)
        if known is not None:
            condition &= known.condition(value)
    return condition
