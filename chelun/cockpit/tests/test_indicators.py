"""The page of one indicator and the map of a day: they say what was computed, and their numbers open to their rows."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from chelun.cockpit.models import Computation, IndicatorValue
from chelun.cockpit.services import compute_indicators
from chelun.cockpit.tests.links import opened
from chelun.core.measures import indicators
from chelun.people.tests.desk import HANBIN, HEADS, ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("indicators")]
SHAANXI, ANKANG = "610000", "610900"
EARLIER = date(2026, 1, 2)


@pytest.fixture(scope="module", autouse=True)
def _register(shared_rows: Path) -> None:
    ensure_regions()
    heads = (*HEADS, "乡镇")
    firm = "紫阳县示例货运有限公司"
    rows = [
        ("李一", number(11), phone(1), "货车", firm, "陕G12345", "城关镇"),
        ("王二", number(22), phone(2), "快递、外卖", "", "", ""),
        ("赵三", "", "", "公交", "", "", "蒿坪镇"),
    ]
    bring(sheet(rows, heads))
    bring(sheet(rows[:1], heads), region=HANBIN)
    first = compute_indicators()
    Computation.objects.filter(pk=first.pk).update(day=EARLIER)
    IndicatorValue.objects.filter(computation=first, indicator="people.persons", part="").update(value=9)
    compute_indicators()


def page(path: str, place: str = SHAANXI, role: str = "clerk", **more: str) -> str:
    reader = logged_in(Client(), user_with(role, place))
    answer = reader.get(path, headers=more)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_indicator_page_says_what_the_number_is_and_opens_to_its_rows() -> None:
    for each in indicators().values():
        shown = page(f"/cockpit/{ZIYANG}/{each.name}/")
        for text in (each.definition, each.region, each.formula, each.unit, each.query):
            assert str(text) in shown, each.name
    reader = logged_in(Client(), user_with("clerk", ZIYANG))
    for name in ("people.persons", "people.persons.without_id"):
        found = opened(reader, f"/cockpit/{ZIYANG}/{name}/")
        assert len(found) >= 2
        assert {url: pair for url, pair in found.items() if pair[0] != pair[1]} == {}


def test_indicator_page_leads_only_those_to_the_rows_who_may_see_them() -> None:
    for role, leads in (("clerk", True), ("member", False)):
        shown = page(f"/cockpit/{ZIYANG}/people.unresolved/", role=role)
        assert ("/people/unresolved/" in shown.split("<main")[1]) is leads
        assert ("没有打开这些记录的权限" in shown) is not leads


def test_indicator_page_of_a_day_shows_that_day() -> None:
    then = page(f"/cockpit/{ANKANG}/people.persons/?day={EARLIER}")
    assert "这是那一天的数字" in then
    now = page(f"/cockpit/{ANKANG}/people.persons/")
    assert "比 2026-01-02 少 6" in now
    assert "这是那一天的数字" not in now


def test_indicator_workbook_has_places_parts_and_days() -> None:
    reader = logged_in(Client(), user_with("clerk", SHAANXI))
    answer = reader.get(f"/cockpit/{ANKANG}/people.persons/table/")
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["按地区", "按工种", "逐日"]
    cells = {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}
    assert ["安康市", 3] in [row[:2] for row in cells["按地区"]]
    assert ["紫阳县", 3] in [row[:2] for row in cells["按地区"]]
    assert ["快递", 1] in [row[:2] for row in cells["按工种"]]
    assert ["2026-01-02", 9] in [row[:2] for row in cells["逐日"]]
    share = reader.get(f"/cockpit/{ANKANG}/people.persons.without_id/table/")
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(share.content)).worksheets[0]]
    assert next(row for row in rows if row[0] == "安康市")[2] == pytest.approx(1 / 3)


def test_what_is_no_indicator_is_not_found() -> None:
    reader = logged_in(Client(), user_with("clerk", SHAANXI))
    assert reader.get(f"/cockpit/{ZIYANG}/people.nothing/").status_code == 404
    assert reader.get("/cockpit/510000/people.persons/").status_code == 404
    assert reader.get("/cockpit/510000/map/").status_code == 404


def test_map_of_a_day_has_one_scale_for_all_days() -> None:
    reader = logged_in(Client(), user_with("clerk", SHAANXI))
    charts = {day: reader.get(f"/cockpit/{ANKANG}/map/?day={day}").context["chart"] for day in ("", EARLIER)}
    values = {day: sum(chart.series[0].values) for day, chart in charts.items()}
    assert values == {"": 4, EARLIER: 18}
    assert {chart.most for chart in charts.values()} == {9}


def test_another_day_costs_a_piece_of_the_page_and_is_said() -> None:
    whole = page(f"/cockpit/{ANKANG}/map/")
    assert f'<option value="{EARLIER}"' in whole
    piece = page(f"/cockpit/{ANKANG}/map/?day={EARLIER}", **{"HX-Request": "true"})
    assert "<html" not in piece
    assert 'hx-swap-oob="innerHTML:#map-said"' in piece
    assert "2026-01-02：在册人员 9 人" in piece
    assert 'id="map-spec"' in piece
    assert len(piece) < len(whole) / 2


def test_county_stands_on_the_map_among_its_neighbours() -> None:
    reader = logged_in(Client(), user_with("clerk", ZIYANG))
    chart = reader.get(f"/cockpit/{ZIYANG}/map/").context["chart"]
    assert (list(chart.keys), list(chart.series[0].values)) == ([ZIYANG], [3])
