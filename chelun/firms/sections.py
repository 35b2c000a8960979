"""What the firms app shows on a firm's file: its lights, its staff, its vehicles. Built from what other rooms know."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from chelun.core.ui import Address, Fact, Table
from chelun.firms.displays.lights import Lamp, lamps
from chelun.firms.displays.registers import stay_lines
from chelun.firms.selectors.lights import lights_of
from chelun.firms.selectors.registers import standing_in
from chelun.people.addresses import veil
from chelun.people.displays.lists import LISTINGS
from chelun.people.displays.words import place_name
from chelun.people.sections import FACT_LINES, SECTIONS, Opened, Section
from chelun.people.selectors import Filters
from chelun.platform.regions.words import home_region, values_for

MOST = 20


@dataclass(frozen=True, slots=True)
class Lights:
    """The lights of a firm; `place` names whose record they speak of where several places know the firm."""

    lamps: list[Lamp]
    place: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of a list of this firm, and the address of the whole list ('' where these are all)."""

    name: str
    table: Table
    more_url: str


def lights_section(opened: Opened) -> Section | None:
    """The five clears of a firm, at this moment."""
    if opened.register != "enterprise":
        return None
    values = values_for(home_region(opened.scope))
    card, lights = lights_of(opened.held, values, opened.kinds)
    place = place_name(card.home) if len(opened.held.homes) > 1 else ""
    return Section("firms/lights.html", Lights(lamps(lights, timezone.localdate()), place), first=True)


def rows_section(opened: Opened) -> Section | None:
    """Who works for the firm and which vehicles it has."""
    if opened.register != "enterprise":
        return None
    firm = opened.held.subject
    lists = [_rows(opened, firm, register) for register in ("person", "vehicle")]
    return Section("firms/rows.html", [each for each in lists if each.table.rows])


def register_lines(opened: Opened) -> list[Fact]:
    """In which registers the firm stands today."""
    if opened.register != "enterprise":
        return []
    stays = standing_in(opened.scope, opened.held.parts, opened.held.homes, timezone.localdate())
    return stay_lines(stays, several=len(opened.held.homes) > 1)


def _rows(opened: Opened, firm: UUID, register: str) -> Rows:
    listing = LISTINGS[register]
    cards = list(listing.rows(opened.scope, Filters(enterprise=firm))[: MOST + 1])
    table = listing.table(opened.scope, cards[:MOST], opened.kinds, Address(""))
    url = f"{reverse(f'people:{register}_list')}?enterprise={veil(firm)}"
    return Rows(register, table, url if len(cards) > MOST else "")


FACT_LINES.add("firms.registers", register_lines)
SECTIONS.add("firms.lights", lights_section)
SECTIONS.add("firms.rows", rows_section)
