"""Indicators that places add: how many cards have a value of a counted field, and which."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chelun.core.measures import Indicator, Tally
from chelun.engines.tables.columns.own_fields import NO, YES
from chelun.people.displays.words import UNITS
from chelun.people.models import OwnValue
from chelun.people.selectors.owned import ANY
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.platform.fields.choices import FieldType
from chelun.platform.fields.models import OwnField
from chelun.platform.fields.selectors import counted_fields
from chelun.platform.regions.models import LEVELS
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.registers import REGISTERS

Part = tuple[str, str, str]


def own_indicators() -> Iterator[Indicator]:
    """An indicator for each counted field, known only in its place and below. One query."""
    for row in counted_fields():
        if row.register in SHELVES:
            yield _indicator(row)


def name_of_field(row: OwnField) -> str:
    """The name of a field's indicator."""
    return f"people.{row.key}"


def _indicator(row: OwnField) -> Indicator:
    register = REGISTERS[row.register]
    definition = format_lazy(
        _("本地自定的字段“{label}”已登记的{register}"), label=row.label, register=_(register.label)
    )
    # Of a yes or no the bare name would read as if all counted said yes.
    name = format_lazy(_("{label}（已登记）"), label=row.label)
    return Indicator(
        name_of_field(row), name, definition, _("按名单所属地区（提供名单的县、市）计，不按户籍地"),
        _("按档案去重计数；几个县登记得不同时，各项分别算"), UNITS[row.register], _rows(row), _parts(row), place=row.home, parts_head=_("登记的值"),
    )  # fmt: skip


def _parts(row: OwnField) -> dict[str, Any]:
    if row.type == FieldType.YES_NO:
        return {YES: _("是"), NO: _("否")}
    return {option["code"]: option["label"] for option in row.options}


def _rows(row: OwnField) -> Any:
    def address(code: str, part: str) -> str:
        return f"{reverse(f'people:{row.register}_list')}?{urlencode({'region': code, row.key: part or ANY})}"

    return address


def tally_own() -> Iterator[Tally]:
    """One pass over the values of counted fields; a subject of several places counts once in each region above."""
    hidden = hidden_batches()
    for register, shelf in SHELVES.items():
        fields = {row.key: row for row in counted_fields() if row.register == register}
        shown = Exists(shelf.cards.visible(hidden).filter(pk=OuterRef("card")))
        values = OwnValue.objects.filter(shown, field__in=list(fields))
        parted = {key for key, row in fields.items() if _parts(row)}
        counts: Counter[Part] = Counter()
        for row in values.values(*LEVELS, "field", "word").annotate(n=Count("id")).order_by():
            for part in _told(row, parted):
                counts[part] += row["n"]
        for part in _again(shelf, values, parted):
            counts[part] -= 1
        yield from (Tally(f"people.{key}", code, part, n) for (key, code, part), n in counts.items())


def _again(shelf: Shelf, values: Any, parted: set[str]) -> Iterator[Part]:
    """What subjects with several cards, whether they show or not, were counted for more than once."""
    cards = shelf.cards.values(shelf.subject).annotate(n=Count("id")).filter(n__gt=1).order_by()
    several = cards.values(shelf.subject)
    rows = (
        values.filter(subject__in=several)
        .values(*LEVELS, "subject", "field", "word")
        .order_by("subject", "id")
    )
    seen: dict[Any, set[Part]] = {}
    for row in rows.iterator():
        known = seen.setdefault(row["subject"], set())
        told = _told(row, parted)
        yield from told & known
        known |= told


def _told(row: dict[str, Any], parted: set[str]) -> set[Part]:
    """The counts to which one value belongs: (field, region, part or '')."""
    parts = {"", row["word"]} if row["field"] in parted else {""}
    return {(row["field"], row[level], part) for level in LEVELS if row[level] for part in parts}
