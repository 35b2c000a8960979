"""One table of everything in which places differ from above: settings, rules of sources, thresholds, own fields."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from chelun.core.actors import SystemActor
from chelun.firms.choices import Counting
from chelun.firms.services.deciding import decide_rule
from chelun.firms.thresholds import FLEET, Rule
from chelun.people.models import SourceRank
from chelun.people.tests.desk import HANBIN, ZIYANG
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.fields.rules import Draft
from chelun.platform.fields.services import add_field
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.services import set_place_setting
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
ANKANG, SHAANXI = "610900", "610000"
ADMIN = SystemActor("test", "nobody")
WHY = {
    "setting": "本县驿站早已挂牌",
    "rank": "平台名单更新更勤",
    "rule": "县里企业都小",
    "field": "按片区走访用",
}


def rank(home: str, day: date, reason: str, *sources: str) -> None:
    """A standing rule of sources of a place."""
    place = {name: code for name, code in placed(home).items() if name != "township"}
    lines = {"": [["sheet", source] for source in sources]}
    SourceRank.objects.create(
        **place,
        home=home,
        register="person",
        lines=lines,
        reason=reason,
        decided_by="x",
        decided_at=f"{day}T08:00Z",
    )


@pytest.fixture(autouse=True)
def _differences(db: None) -> None:
    ensure_regions()
    set_place_setting(actor=ADMIN, region=ZIYANG, key="word.station", value="暖心驿站", reason=WHY["setting"])
    rank(ZIYANG, date(2026, 5, 1), WHY["rank"], "平台名单")
    own = Rule(FLEET, "三辆以上", Counting.VEHICLES, 3, ("truck",), date(2026, 1, 1), ZIYANG, WHY["rule"])
    decide_rule(actor=ADMIN, rule=own)
    add_field(
        actor=ADMIN,
        region=ZIYANG,
        register="person",
        type_="text",
        sealed=False,
        draft=Draft("责任片区", help=WHY["field"]),
    )


def shown(reader: Client, region: str) -> dict[str, list[str]]:
    """Reason → the texts of its line."""
    table = reader.get(f"/cockpit/{region}/deviations/").context["table"]
    lines = [[str(getattr(cell, "text", cell)) for cell in row.cells] for row in table.rows]
    return {line[4]: line for line in lines}


@pytest.mark.parametrize("region", [SHAANXI, ANKANG, ZIYANG])
def test_every_level_sees_what_its_counties_do_otherwise_and_why(region: str, client: Client) -> None:
    reader = logged_in(client, user_with("member", region))
    found = shown(reader, region)
    assert set(found) == set(WHY.values())
    assert {line[0] for line in found.values()} == {"紫阳县"}
    assert found[WHY["setting"]][2:4] == ["暖心驿站", "司机之家"]
    assert found[WHY["field"]][3] == "上级没有"
    assert {line[6] for line in found.values()} == {""}


def test_what_is_changed_above_is_marked_and_the_local_one_stays(client: Client) -> None:
    set_place_setting(actor=ADMIN, region=SHAANXI, key="word.station", value="秦岭驿站")
    rank(ANKANG, date(2026, 6, 1), "全市统一口径", "县里名册")
    above = Rule(FLEET, "三十辆", Counting.VEHICLES, 30, ("truck",), date(2026, 1, 1), SHAANXI, "省厅文件")
    decide_rule(actor=ADMIN, rule=above)
    found = shown(logged_in(client, user_with("member", SHAANXI)), SHAANXI)
    for matter in ("setting", "rank", "rule"):
        assert found[WHY[matter]][6] == "上级后来又改了", matter
    assert found[WHY["setting"]][2:4] == ["暖心驿站", "秦岭驿站"]
    assert found[WHY["field"]][6] == ""
    assert found["全市统一口径"][0] == "安康市"


def test_kinds_narrow_the_table_and_the_workbook_holds_all(client: Client) -> None:
    reader = logged_in(client, user_with("member", ZIYANG))
    page = reader.get(f"/cockpit/{ZIYANG}/deviations/")
    kinds = {label: url for label, url, _n, _chosen in page.context["kinds"]}
    assert len(kinds) == 5
    one = reader.get(kinds["地方设置"]).context["rows"]
    assert [str(each.reason) for each in one] == [WHY["setting"]]
    book = load_workbook(BytesIO(reader.get(f"/cockpit/{ZIYANG}/deviations/table/").content), read_only=True)
    text = str([row for name in book.sheetnames for row in book[name].iter_rows(values_only=True)])
    assert all(reason in text for reason in WHY.values())


def test_nobody_looks_into_other_places(client: Client) -> None:
    reader = logged_in(client, user_with("member", HANBIN))
    assert shown(reader, HANBIN) == {}
    assert "都与上级相同" in reader.get(f"/cockpit/{HANBIN}/deviations/").content.decode()
    for code in (ZIYANG, ANKANG, SHAANXI, "999999"):
        assert reader.get(f"/cockpit/{code}/deviations/").status_code == 404
        assert reader.get(f"/cockpit/{code}/deviations/table/").status_code == 404


def test_links_lead_only_where_the_reader_may_go(client: Client) -> None:
    reader = logged_in(client, user_with("member", ZIYANG))
    table = reader.get(f"/cockpit/{ZIYANG}/deviations/").context["table"]
    urls = [cell.url for row in table.rows for cell in row.cells if getattr(cell, "url", "")]
    assert not [url for url in urls if url.startswith(("/regions/settings", "/fields/"))]
    assert {url: reader.get(url).status_code for url in urls if reader.get(url).status_code != 200} == {}
