"""Lights: what they need, when they go out, and that file and list say the same."""

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from chelun.engines.ids import make_uscc
from chelun.firms.choices import FactState, LightState
from chelun.firms.lights import FEEDS, LIGHTS, Firm, Known, Need, feed
from chelun.firms.models import FirmStanding
from chelun.firms.rules import cutoff, fact_state, light_state, listed_enough
from chelun.firms.selectors.lights import LightFilters, light_list, lights_of
from chelun.firms.services.reviewing import is_due, review_firms
from chelun.firms.terms import SHARE, Terms, term_key
from chelun.firms.tests.desk import (
    ANKANG,
    CLERK,
    HANBIN,
    NAME,
    SHAANXI,
    TODAY,
    WHOLE,
    ZIYANG,
    ago,
    firm,
    listed,
    scope_of,
    shown,
    staff,
    truck,
)  # fmt: skip
from chelun.people.selectors.records import held
from chelun.people.services.intake.shelf import ENTERPRISES
from chelun.people.tests.desk import bring, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.privacy.tests.factories import assessed
from chelun.platform.regions.place_settings import MEMBERSHIP, PACK, PACKS, SETTINGS
from chelun.platform.regions.services import set_place_setting
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.regions.words import values_for

pytestmark = pytest.mark.django_db
CODED = {**WHOLE, "uscc": make_uscc("610999", 7)}


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def decide(region: str, key: str, value: Any) -> None:
    if key == MEMBERSHIP:
        assessed(region)
    set_place_setting(actor=CLERK, region=region, key=key, value=value, reason="本县另有规定")


def test_facts_age_and_lights_count_what_is_fresh() -> None:
    term: Any = {"today": TODAY, "days": 30}
    assert [fact_state(day, **term) for day in (None, ago(31), ago(30), TODAY)] == [
        FactState.MISSING, FactState.OLD, FactState.FRESH, FactState.FRESH,
    ]  # fmt: skip
    assert fact_state(TODAY, enough=False, **term) == FactState.SHORT
    assert fact_state(date(1990, 1, 1), today=TODAY, days=0) == FactState.FRESH
    assert cutoff(TODAY, 0) == date.min
    assert [light_state(n, 3) for n in (0, 1, 2, 3)] == [
        LightState.OUT, LightState.HALF, LightState.HALF, LightState.ON,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("listed_", "stated", "share", "enough"),
    [(0, None, 100, False), (0, 0, 100, False), (1, None, 100, True), (9, 10, 100, False), (9, 10, 90, True), (11, 10, 100, True)],
)  # fmt: skip
def test_a_list_is_whole_when_it_names_as_many_as_were_stated(
    listed_: int, stated: int | None, share: int, enough: bool
) -> None:
    assert listed_enough(listed_, stated, share) is enough


def test_a_firm_of_which_everything_is_known_shines() -> None:
    found = firm(CODED)
    staff(NAME, 2)
    assert shown(found) == {"operations": "on", "staff": "on", "investors": "on"}
    assert listed() == {NAME: {"operations": "on", "staff": "on", "investors": "on"}}


def test_lights_go_out_by_themselves_when_facts_grow_old() -> None:
    found = firm(CODED)
    staff(NAME, 2)
    later = TODAY + timedelta(days=365)
    assert set(shown(found, later).values()) == {"on"}
    assert shown(found, later + timedelta(days=1)) == {
        "operations": "half",
        "staff": "out",
        "investors": "on",
    }
    assert shown(found, TODAY + timedelta(days=731)) == {
        "operations": "half",
        "staff": "out",
        "investors": "out",
    }
    assert listed(TODAY + timedelta(days=731))[NAME] == {
        "operations": "half",
        "staff": "out",
        "investors": "out",
    }


def test_the_stated_number_alone_is_no_list() -> None:
    found = firm(CODED)
    assert shown(found)["staff"] == "half"
    staff(NAME, 1)
    assert shown(found)["staff"] == "half"
    staff(NAME, 1, start=1)
    assert shown(found)["staff"] == "on"


def test_an_old_list_does_not_count() -> None:
    found = firm(CODED)
    staff(NAME, 2, as_of=ago(400))
    assert shown(found)["staff"] == "half"
    staff(NAME, 1, start=5)
    assert shown(found)["staff"] == "on"


def test_what_was_said_again_is_as_young_as_the_last_who_said_it() -> None:
    found = firm({**CODED, "status": "正常经营"}, as_of=ago(500))
    assert shown(found)["operations"] == "half"
    firm({"name": NAME, "status": "正常经营"}, as_of=ago(10), source="走访")
    assert shown(found)["operations"] == "on"


def test_what_another_source_contradicts_keeps_the_day_of_what_stands() -> None:
    found = firm(CODED, as_of=ago(400))
    heads = ("企业名称", "经营状况")
    bring(sheet([(NAME, "停业")], heads=heads), source="台账", as_of=ago(1))
    # The counter outweighs the roster: what stands is old, whatever the roster says today.
    assert shown(found)["operations"] == "half"


def test_a_county_decides_for_how_long_facts_are_fresh() -> None:
    found = firm(CODED, as_of=ago(100))
    other = firm(
        {**CODED, "name": "汉滨示例货运公司", "uscc": make_uscc("610999", 8)}, region=HANBIN, as_of=ago(100)
    )
    decide(SHAANXI, term_key("status"), "30")
    decide(ANKANG, term_key("status"), "180")
    decide(ZIYANG, term_key("status"), "90")
    assert shown(found)["operations"] == "half"
    assert shown(other, region=HANBIN)["operations"] == "on"
    said = listed()
    assert (said[NAME]["operations"], said["汉滨示例货运公司"]["operations"]) == ("half", "on")


def test_a_county_decides_how_much_of_a_list_is_enough() -> None:
    found = firm(CODED)
    staff(NAME, 1)
    decide(ANKANG, SHARE, "50")
    assert shown(found)["staff"] == listed()[NAME]["staff"] == "on"


def test_lights_of_rooms_that_do_not_stand_are_not_known_and_hold_nothing() -> None:
    found = firm(CODED)
    assert "members" not in shown(found)
    decide(ZIYANG, MEMBERSHIP, True)
    assert list(shown(found)) == ["operations", "staff", "members", "units", "investors"]
    _card, lines = lights_of(held(scope_of(ZIYANG), ENTERPRISES, found), values_for(ZIYANG), {}, TODAY)
    unknown = [line for line in lines if line.light.name in ("members", "units")]
    assert {line.state for line in unknown} == {LightState.UNKNOWN}
    assert [line.facts for line in unknown] == [(), ()]
    assert {"members", "units"} & {field.name for field in FirmStanding._meta.get_fields()} == set()


@pytest.mark.parametrize("pack", PACKS)
def test_lights_are_called_by_the_words_of_the_place(client: Client, pack: str) -> None:
    found = firm(CODED)
    decide(ZIYANG, MEMBERSHIP, True)
    decide(ZIYANG, PACK, pack)
    page = logged_in(client, user_with("clerk", ZIYANG)).get(
        reverse("people:enterprise_detail", args=[found])
    )
    assert ("党" in page.content.decode()) is (pack == "industry")
    assert str(LIGHTS["members"].labels[pack]) in page.content.decode()


@pytest.fixture
def _own_feeds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test feeds is gone after it."""
    kept, settings = dict(FEEDS._values), dict(SETTINGS._values)
    yield
    FEEDS._values, SETTINGS._values = kept, settings


@pytest.mark.usefixtures("_own_feeds")
def test_a_room_above_can_feed_a_light() -> None:
    def told(one: Firm) -> Known:
        return Known("有", one.standing.as_of)

    feed("units", [Need("founded", "成立", "去问", "90", F("as_of"), told)])
    decide(ZIYANG, MEMBERSHIP, True)
    found = firm(CODED, as_of=ago(80))
    assert shown(found)["units"] == "on"
    assert listed()[NAME]["units"] == "on"
    assert shown(found, TODAY + timedelta(days=20))["units"] == "out"
    decide(ZIYANG, term_key("founded"), "30")
    assert shown(found)["units"] == "out"


def test_file_and_list_say_the_same_of_any_firm() -> None:
    """Two ways to the same answer: by Python for one firm, by the database for all."""
    chance = random.Random(20261121)
    decide(SHAANXI, term_key("status"), "180")
    decide(HANBIN, SHARE, "50")
    firms = {}
    for n in range(24):
        region, name = chance.choice([ZIYANG, HANBIN]), f"示例{n}号运输公司"
        raw = {key: value for key, value in CODED.items() if chance.random() < 0.6}
        raw |= {"name": name, "uscc": make_uscc("610999", 20 + n) if chance.random() < 0.5 else ""}
        days = ago(chance.choice([0, 179, 181, 364, 366, 730, 731]))
        firms[name] = (firm(raw, region=region, as_of=days), region)
        staff(name, chance.choice([0, 1, 2]), region=region, as_of=days, start=10 * n)
    said = listed()
    assert {name: shown(found, region=region) for name, (found, region) in firms.items()} == said
    assert {state for each in said.values() for state in each.values()} == {"on", "half", "out"}


def test_a_review_brings_in_what_is_new_and_drops_what_is_gone() -> None:
    firm(CODED)
    roster = bring(sheet([("李一", "", "", "货车", "示例快运有限公司", "")]), source="名册")
    assert review_firms(today=TODAY).changed == 2
    assert set(FirmStanding.objects.values_list("name", "staff")) == {(NAME, 0), ("示例快运有限公司", 1)}
    assert review_firms(today=TODAY).changed == 0
    truck(1, NAME)
    assert review_firms(today=TODAY).changed == 1
    assert FirmStanding.objects.get(name=NAME).vehicle_kinds == {"truck": 1}
    assert roster.state == "published"
    FirmStanding.objects.filter(name=NAME).delete()
    assert review_firms(today=TODAY).changed == 1


def test_a_review_is_due_when_anything_was_done_to_the_registers() -> None:
    assert is_due()
    review_firms()
    assert not is_due()
    firm(CODED)
    assert is_due()
    review_firms()
    bring(sheet([("李一", "", "", "货车", "示例快运有限公司", "")]), source="名册")
    assert is_due()


def test_a_firm_of_two_counties_stands_once_above_them() -> None:
    firm(CODED, region=ZIYANG, as_of=ago(400))
    firm(CODED, region=HANBIN, as_of=ago(1))
    review_firms(today=TODAY)
    terms, filters = Terms.of(TODAY), LightFilters.of({"light": "operations:on"})
    assert [row.home for row in light_list(scope_of(SHAANXI), filters, terms)] == [HANBIN]
    assert [row.home for row in light_list(scope_of(ZIYANG, HANBIN), filters, terms)] == [HANBIN]
    assert list(light_list(scope_of(ZIYANG), filters, terms)) == []
    assert [row.home for row in light_list(scope_of(ZIYANG), LightFilters.of({}), terms)] == [ZIYANG]


def test_list_and_file_as_a_reader_sees_them(client: Client) -> None:
    found = firm(CODED, as_of=date.today())
    staff(NAME, 25, as_of=date.today())
    truck(7, NAME, as_of=date.today())
    review_firms()
    page = logged_in(client, user_with("clerk", ZIYANG))
    listing = page.get(reverse("firms:light_list"), {"light": "operations:on"})
    assert NAME in listing.content.decode()
    assert (
        "没有符合条件" in page.get(reverse("firms:light_list"), {"light": "operations:out"}).content.decode()
    )
    assert "没有符合条件" in page.get(reverse("firms:light_list"), {"light": "nonsense:on"}).content.decode()
    file = page.get(reverse("people:enterprise_detail", args=[found])).content.decode()
    assert 'id="light-operations"' in file
    assert "陕G00007" in file
    assert len(set(re.findall(r'"/people/persons/[0-9a-f]{32}/"', file))) == 20
    assert "看全部" in file
    assert LIGHTS.names() == ["operations", "staff", "members", "units", "investors"]
