"""Registers by threshold: which rule holds, who crosses and when, as of a day, and what a changed rule would do."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.errors import NotFound, Refused
from chelun.firms.choices import Counting
from chelun.firms.models import FirmStanding, Stay
from chelun.firms.selectors.registers import (
    crossings,
    month_of,
    preview_of,
    registers_of,
    stays_as_of,
    unnoted,
)
from chelun.firms.services.crossing import Crossed, find_crossings
from chelun.firms.services.deciding import decide_rule
from chelun.firms.services.reviewing import KIND, review_firms
from chelun.firms.tests.desk import CLERK, HANBIN, NAME, SHAANXI, TODAY, ZIYANG, firm, scope_of, truck
from chelun.firms.thresholds import FLEET, STANDING, Book, Rule
from chelun.people.models import VehicleCard
from chelun.people.tests.desk import bring, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.models import Job
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
THREE = Rule(FLEET, "三辆车以上", Counting.VEHICLES, 3, ("truck",), date(2026, 1, 1), ZIYANG, "本县文件")


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def row(**values: Any) -> dict[str, Any]:
    """What is counted of a firm."""
    empty = {
        "kind": "",
        "vehicle_kinds": {},
        "vehicles": 0,
        "vehicles_stated": None,
        "staff": 0,
        "staff_stated": None,
    }
    return empty | values


@pytest.mark.parametrize(
    ("rule", "counted", "n"),
    [
        (THREE, row(kind="truck", vehicle_kinds={"truck": 2, "": 1, "coach": 4}), 3),
        (THREE, row(kind="coach", vehicle_kinds={"truck": 2, "": 1, "coach": 4}), 2),
        (replace(THREE, kinds=()), row(vehicles=7), 7),
        (replace(THREE, counting=Counting.VEHICLES_STATED), row(kind="truck", vehicles_stated=9), 9),
        (replace(THREE, counting=Counting.VEHICLES_STATED), row(kind="coach", vehicles_stated=9), 0),
        (replace(THREE, counting=Counting.STAFF_STATED, kinds=()), row(), 0),
        (replace(THREE, counting=Counting.STAFF), row(kind="truck", staff=4), 4),
    ],
)
def test_a_rule_counts_what_it_says(rule: Rule, counted: dict[str, Any], n: int) -> None:
    assert rule.count(counted) == n


def test_the_nearest_place_and_the_newest_rule_hold() -> None:
    later = replace(THREE, since=date(2026, 6, 1), at_least=5)
    above = replace(THREE, home=SHAANXI, at_least=30)
    off = replace(THREE, home=HANBIN, counting=Counting.OFF, at_least=None)

    def number(day: date, home: str) -> int | None:
        rule = Book([later, THREE, above, off], day).rule(FLEET, home)
        return rule.at_least if rule else None

    assert [number(date(2026, month, 1), ZIYANG) for month in (1, 5, 6)] == [3, 3, 5]
    assert number(date(2025, 12, 31), ZIYANG) == STANDING[0].at_least == 50
    assert number(TODAY, "610902") is None
    assert number(TODAY, "610925") == 30
    assert Book([off], TODAY).rules(HANBIN) == []
    assert [rule.at_least for rule in Book([], TODAY).rules(HANBIN)] == [50]


@pytest.fixture
def fleet() -> Any:
    """A firm with three trucks in a county that wants three."""
    decide_rule(actor=CLERK, rule=THREE)
    found = firm()
    for n in range(3):
        truck(n, NAME)
    review_firms(today=TODAY)
    return found


def inside(day: date, region: str = ZIYANG) -> list[Any]:
    return [stay.enterprise_id for stay in stays_as_of(scope_of(region), FLEET, day)]


def test_who_reaches_the_number_is_in_from_that_day(fleet: Any) -> None:
    stay = Stay.objects.get()
    assert (stay.enterprise_id, stay.from_day, stay.count_in, stay.to_day) == (fleet, TODAY, 3, None)
    assert (inside(TODAY - timedelta(days=1)), inside(TODAY), inside(TODAY + timedelta(days=9))) == (
        [],
        [fleet],
        [fleet],
    )
    assert find_crossings(TODAY + timedelta(days=1)) == Crossed(0, 0)


def test_who_falls_below_is_out_from_that_day_and_its_past_stays(fleet: Any) -> None:
    VehicleCard.objects.filter(plate="陕G00002").update(enterprise=None)
    later = TODAY + timedelta(days=20)
    review_firms(today=later)
    stay = Stay.objects.get()
    assert (stay.to_day, stay.count_out) == (later, 2)
    assert (inside(later - timedelta(days=1)), inside(later)) == ([fleet], [])
    came = crossings(scope_of(ZIYANG), FLEET, TODAY)
    left = crossings(scope_of(ZIYANG), FLEET, later)
    assert [(day, way) for day, way, _stay in came] == [(TODAY, True)]
    assert [(day, way) for day, way, _stay in left] == [(later, False)]
    VehicleCard.objects.filter(plate="陕G00002").update(enterprise=fleet)
    review_firms(today=later)
    assert Stay.objects.get().to_day is None
    review_firms(today=later + timedelta(days=1))
    assert Stay.objects.count() == 1


def test_what_comes_and_goes_within_a_day_leaves_no_trace(fleet: Any) -> None:
    VehicleCard.objects.filter(plate="陕G00002").update(enterprise=None)
    review_firms(today=TODAY)
    assert not Stay.objects.exists()


def test_an_import_brings_a_firm_in_and_its_undoing_takes_it_out() -> None:
    decide_rule(actor=CLERK, rule=replace(THREE, at_least=2))
    rows = [(f"陕G1000{n}", "黄色", "货车", NAME) for n in range(2)]
    done = bring(sheet(rows, heads=("车牌号", "车牌颜色", "车辆用途", "所属企业")), source="车辆台账")
    assert Job.objects.filter(kind=KIND).count() == 2
    review_firms(today=TODAY)
    assert len(inside(TODAY)) == 1
    begin_undo(actor=CLERK, sheet_import=done, reason="录错了表")
    undo_sheet(actor=CLERK, sheet_import=done)
    review_firms(today=TODAY + timedelta(days=1))
    assert (len(inside(TODAY)), inside(TODAY + timedelta(days=1))) == (0, [])
    assert not FirmStanding.objects.exists()


def test_a_rule_of_one_county_is_none_of_another(fleet: Any) -> None:
    other = "汉滨区示例货运公司"
    firm({"name": other, "kinds": "货车"}, region=HANBIN)
    for n in range(10, 13):
        truck(n, other, region=HANBIN)
    review_firms(today=TODAY)
    assert Stay.objects.get().enterprise_id == fleet
    assert (inside(TODAY, SHAANXI), inside(TODAY, HANBIN)) == ([fleet], [])


def test_preview_says_what_a_rule_would_change_and_writes_nothing(fleet: Any) -> None:
    other = "紫阳县演示货运公司"
    smaller = firm({"name": other, "kinds": "货车"})
    for n in range(20, 22):
        truck(n, other)
    review_firms(today=TODAY)
    scope = scope_of(ZIYANG)
    less = preview_of(scope, replace(THREE, at_least=2, since=TODAY), ZIYANG, TODAY)
    assert (less.inside, less.came, less.left) == (2, [(smaller, ZIYANG, 2)], [])
    more = preview_of(scope, replace(THREE, at_least=4, since=TODAY), ZIYANG, TODAY)
    assert (more.inside, more.came, more.left) == (0, [], [(fleet, ZIYANG, 3)])
    off = preview_of(scope, replace(THREE, counting=Counting.OFF, at_least=None, since=TODAY), ZIYANG, TODAY)
    assert off.left == [(fleet, ZIYANG, 0)]
    assert Stay.objects.count() == 1
    decide_rule(actor=CLERK, rule=replace(THREE, at_least=2, since=TODAY))
    review_firms(today=TODAY)
    assert set(inside(TODAY)) == {fleet, smaller}


@pytest.mark.parametrize(
    "wrong",
    [{"label": " "}, {"at_least": None}, {"at_least": 0}, {"kinds": ("plane",)}, {"home": "610924100"}],
)
def test_a_rule_that_says_nothing_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((Refused, NotFound)):
        decide_rule(actor=CLERK, rule=replace(THREE, **wrong))
    assert not AuditEntry.objects.filter(action="firms.rule.changed").exists()


def test_a_rule_is_decided_only_in_ones_own_place() -> None:
    with pytest.raises(NotFound):
        decide_rule(actor=user_with("registrar", HANBIN), rule=THREE)
    decide_rule(actor=user_with("registrar", ZIYANG), rule=THREE)
    assert AuditEntry.objects.get(action="firms.rule.changed").region == ZIYANG


def test_registers_of_a_place_with_their_numbers(fleet: Any) -> None:
    (found,) = registers_of(scope_of(ZIYANG), ZIYANG, TODAY)
    assert (found.rule.label, found.inside, found.came, found.left) == ("三辆车以上", 1, 1, 0)
    assert month_of(date(2026, 12, 5)) == (date(2026, 12, 1), date(2026, 12, 31))


def test_crossings_wait_until_somebody_has_looked(client: Client, fleet: Any) -> None:
    clerk = user_with("clerk", ZIYANG)
    assert (unnoted(scope_of(ZIYANG)).count(), unnoted(scope_of(HANBIN)).count()) == (1, 0)
    page = logged_in(client, clerk)
    page.post(reverse("firms:crossings_noted", args=[FLEET]))
    assert unnoted(scope_of(ZIYANG)).count() == 0
    VehicleCard.objects.filter(plate="陕G00002").update(enterprise=None)
    review_firms(today=TODAY + timedelta(days=1))
    assert unnoted(scope_of(ZIYANG)).count() == 1


def test_register_as_a_reader_sees_it(client: Client, fleet: Any) -> None:
    page = logged_in(client, user_with("registrar", ZIYANG))
    shown = page.get(reverse("firms:register_detail", args=[FLEET])).content.decode()
    assert NAME in shown
    assert "本县文件" in shown
    before = page.get(reverse("firms:register_detail", args=[FLEET]), {"day": "2026-01-01"}).content.decode()
    assert "没有企业在这个名册里" in before
    assert page.get(reverse("firms:register_detail", args=["nobodys"])).status_code == 404
    assert "三辆车以上" in page.get(reverse("firms:registers")).content.decode()
    history = page.get(
        reverse("people:enterprise_detail", args=[fleet]), {"part": "history"}
    ).content.decode()
    assert "进入名册" in history
    file = page.get(reverse("people:enterprise_detail", args=[fleet])).content.decode()
    assert (
        f'<a href="{reverse("firms:register_detail", args=[FLEET])}?region={ZIYANG}">三辆车以上</a>' in file
    )
    assert "所在名册" in file
    assert "进入时的数是 3" in file
    stranger = logged_in(Client(), user_with("registrar", HANBIN))
    assert NAME not in stranger.get(reverse("firms:register_detail", args=[FLEET])).content.decode()


def test_a_rule_is_changed_after_a_look_at_what_it_would_do(client: Client, fleet: Any) -> None:
    page = logged_in(client, user_with("registrar", ZIYANG))
    address = reverse("firms:rule_change", args=[FLEET])
    assert "三辆车以上" in page.get(address).content.decode()
    today = timezone.localdate().isoformat()
    said = {
        "label": "四辆车以上",
        "counting": "vehicles",
        "kinds": ["truck"],
        "at_least": "4",
        "since": today,
        "criterion": "新文件",
    }
    shown = page.post(address, said | {"preview": "on"}).content.decode()
    assert "会离开 1 家" in shown
    assert NAME in shown
    assert page.post(address, said | {"at_least": "", "save": "on"}).status_code == 422
    assert page.post(address, said | {"save": "on"})["Location"] == reverse(
        "firms:register_detail", args=[FLEET]
    )
    assert "四辆车以上" in page.get(reverse("firms:registers")).content.decode()
    offered = page.get(reverse("firms:register_new")).content.decode()
    # A register that nobody has yet is neither put aside nor left to those above.
    assert ('value="staff"' in offered, 'value="off"' in offered, 'value="above"' in offered) == (
        True,
        False,
        False,
    )
    made = page.post(
        reverse("firms:register_new"), said | {"label": "规模企业", "counting": "staff_stated", "save": "on"}
    )
    assert made.status_code == 302
    assert "规模企业" in page.get(reverse("firms:registers")).content.decode()
