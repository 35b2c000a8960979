"""`{% load words %}{% word "station" %}`: the words of the reader's place, or of `place=code`. One query a page."""

from django import template
from django.template import Context

from chelun.core.pages import PageRequest
from chelun.platform.regions.models import Placed
from chelun.platform.regions.selectors import name_of, path_of
from chelun.platform.regions.words import PlaceValues, home_region, values_for

register = template.Library()

_KEPT = "_place_values"


def request_place(request: PageRequest) -> str:
    """The region in whose words a page speaks: that of the page's scope, else the reader's office."""
    if home := home_region(request.scope):
        return home
    reader: object = request.user
    return (reader.county or reader.city or reader.province) if isinstance(reader, Placed) else ""


def _values(context: Context, place: str | None) -> PlaceValues:
    request: PageRequest | None = context.get("request")
    if request is None or not hasattr(request, "scope"):
        return values_for(place or "")
    kept: dict[str, PlaceValues] = request.__dict__.setdefault(_KEPT, {})
    code = request_place(request) if place is None else place
    if code not in kept:
        kept[code] = values_for(code)
    return kept[code]


@register.simple_tag(takes_context=True)
def word(context: Context, name: str, place: str | None = None) -> str:
    """What the place calls a station, a committee, a unit (place_settings.WORDS)."""
    return _values(context, place).word(name)


@register.simple_tag(takes_context=True)
def work_kind(context: Context, code: str, place: str | None = None) -> str:
    """What the place calls a kind of work."""
    return _values(context, place).kind(code)


@register.filter
def region_name(code: str) -> str:
    """A region's own name."""
    return name_of(code)


@register.filter
def region_path(code: str) -> str:
    """A region's names from the province down, in one line."""
    return " ".join(path_of(code)) or code
