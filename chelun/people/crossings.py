"""The registers as they can be crossed: their dimensions, and where the rows behind a number are."""

from collections.abc import Callable, Mapping
from functools import partial

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from chelun.core.crossings import ALL, NOT_KNOWN, Crossing, Dimension
from chelun.people.displays.ranks import source_name
from chelun.people.displays.words import UNITS
from chelun.people.selectors.crossing import REGION, SOURCE, crossed
from chelun.people.selectors.facets import FACETS, Facet, value_words
from chelun.platform.regions.selectors import name_of

Text = str | Promise
_LABELS: Mapping[str, Text] = {
    "person": _("人员"),
    "enterprise": _("企业"),
    "vehicle": _("车辆"),
    "credential": _("证照"),
}


def _of_facet(facet: Facet) -> Dimension:
    return Dimension(
        facet.name, facet.label, partial(value_words, facet), (*facet.words, NOT_KNOWN), facet.note
    )


def _place_words(code: str) -> Text:
    return _("没有写明") if code == NOT_KNOWN else name_of(code)


REGION_DIMENSION = Dimension(
    REGION, _("地区"), _place_words, note=_("一人（家、辆）在几个地方登记的，各地都算，合计只算一次")
)
SOURCE_DIMENSION = Dimension(
    SOURCE, _("来源"), source_name, note=_("几个来源都提到的，各来源都算；一个来源在几个地方提到的，各地都算")
)


def _rows(register: str) -> Callable[[str, Mapping[str, str]], str]:
    def address(code: str, asked: Mapping[str, str]) -> str:
        query = {"region": code}
        for name, value in asked.items():
            if value == ALL:
                continue
            if name == REGION:
                query |= {"unplaced": "on"} if value == NOT_KNOWN else {"region": value}
            else:
                query[name] = value
        return f"{reverse(f'people:{register}_list')}?{urlencode(query)}"

    return address


def _crossing(register: str) -> Crossing:
    label, unit = _LABELS[register], UNITS[register]
    dimensions = (*map(_of_facet, FACETS[register]), REGION_DIMENSION, SOURCE_DIMENSION)
    return Crossing(register, label, unit, dimensions, partial(crossed, register), _rows(register))


REGISTERS_CROSSED = tuple(_crossing(register) for register in FACETS)
