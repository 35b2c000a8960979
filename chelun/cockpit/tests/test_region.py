"""The page of a region: every link of it opens to as many rows as its number says, for who may see them."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from chelun.cockpit.services import compute_indicators
from chelun.cockpit.tests.links import opened
from chelun.people.tests.desk import HEADS, ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("region")]
FIRM = "紫阳县示例货运有限公司"


@pytest.fixture(scope="module", autouse=True)
def _register(shared_rows: Path) -> None:
    ensure_regions()
    heads = (*HEADS, "乡镇")
    rows = [
        ("李一", number(11), phone(1), "货车", FIRM, "陕G12345", "城关镇"),
        ("王二", number(22), phone(2), "快递、外卖", "", "", ""),
        ("赵三", "", "", "公交", "", "", "蒿坪镇"),
    ]
    bring(sheet(rows, heads))
    bring(sheet([(FIRM, "货车", "城关镇")], heads=("企业名称", "行业类别", "乡镇")), source="企业台账")
    bring(sheet([("李一", "", "", "", "", "", "城关镇")], heads), source="接龙")
    compute_indicators()


@pytest.mark.parametrize(
    "page", [f"/cockpit/{ZIYANG}/", "/start/", f"/cockpit/{ZIYANG}/?measure=people.vehicles"]
)
def test_every_number_of_a_page_opens_to_as_many_rows(page: str, client: Client) -> None:
    found = opened(logged_in(client, user_with("clerk", ZIYANG)), page)
    assert len(found) >= 8
    assert {url: pair for url, pair in found.items() if pair[0] != pair[1]} == {}


def test_lines_of_a_county_add_up(client: Client) -> None:
    found = opened(logged_in(client, user_with("clerk", ZIYANG)), f"/cockpit/{ZIYANG}/")
    people = {url: said for url, (said, _shown) in found.items() if url.startswith("/people/persons/")}
    lines = [said for url, said in people.items() if url.count("=") == 1 + ("unplaced" in url)]
    assert sum(lines) == 2 * people[f"/people/persons/?region={ZIYANG}"] == 6
    firms = {url for url in found if url.startswith("/people/enterprises/") and "region=610924100" in url}
    assert len(firms) == 1


def test_numbers_lead_nowhere_that_the_reader_may_not_go(client: Client) -> None:
    reader = logged_in(client, user_with("member", ZIYANG))
    page = reader.get(f"/cockpit/{ZIYANG}/").content.decode()
    links = {unescape(url) for url in re.findall(r'href="(/[^"#]+)"', page) if "/static/" not in url}
    assert {url: status for url in links if (status := reader.get(url, follow=True).status_code) != 200} == {}


def test_list_says_what_a_link_narrowed_it_to(client: Client) -> None:
    reader = logged_in(client, user_with("clerk", ZIYANG))
    page = reader.get(f"/people/persons/?region={ZIYANG}&unplaced=on&source=名册").content.decode()
    for text in ("没有写明", "名册", "去掉条件"):
        assert text in page
    assert 'type="hidden" name="unplaced" value="on"' in page
    assert 'name="enterprise"' not in page


def test_numbers_of_an_import_open_to_as_many_rows(client: Client) -> None:
    again = bring(
        sheet([
            ("李一", number(11), phone(1), "货车", FIRM, "陕G12345"), ("孙四", number(44), phone(4), "货车", "", ""),
            ("孙四", number(44), phone(4), "货车", "", ""), ("李一", "", "", "", "", ""),
        ]),
        source="平台名单",
    )  # fmt: skip
    found = opened(logged_in(client, user_with("clerk", ZIYANG)), f"/sheets/{again.pk}/")
    assert {url: pair for url, pair in found.items() if pair[0] != pair[1]} == {}
    assert sorted(found.values()) == [(1, 1), (1, 1)]
