"""Firms with a record of their own stand before those that others only mentioned, on the list of firms and of the five clears."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.ui import Address, keyset_page
from chelun.engines.ids import make_uscc
from chelun.firms.models import FirmStanding
from chelun.firms.selectors.lights import ORDER, LightFilters, light_list
from chelun.firms.services.reviewing import review_firms
from chelun.people.models import EnterpriseCard
from chelun.people.selectors import Filters, enterprise_list
from chelun.people.selectors.lists import ENTERPRISE_ORDER
from chelun.people.selectors.lists_then import list_then
from chelun.people.services.door import bring as enter
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.tests.desk import CLERK, ZIYANG, bring, scope_of, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
HERE = scope_of(ZIYANG)
LEDGER, CODED, OWNER = "紫阳县示例运输有限公司", "示例货运有限公司", "白超"
LISTS = ("people:enterprise_list", "firms:light_list")


@pytest.fixture(autouse=True)
def firms() -> None:
    """A firm of the ledger, one that a vehicle's row names with its code, and an owner of which only a name is known."""
    ensure_regions()
    enter("enterprise", actor=CLERK, region=ZIYANG, raw={"name": LEDGER, "kinds": "货车"})
    heads = ("车牌号", "车牌颜色", "业户名称", "统一社会信用代码")
    rows = [
        ("陕G00001", "黄", OWNER, ""),
        ("陕G00002", "黄", CODED, make_uscc("610999", 1)),
        ("陕G00003", "黄", LEDGER, ""),
    ]
    bring(sheet(rows, heads), source="台账")
    review_firms()


def names(rows: Any) -> list[str]:
    return [row.name for row in rows]


def test_registered_come_first_then_codes_then_names() -> None:
    expected = [LEDGER, CODED, OWNER]
    assert names(enterprise_list(HERE, Filters())) == expected
    assert names(light_list(HERE, LightFilters.of({}))) == expected
    assert names(list_then(HERE, "enterprise", Filters(), timezone.now())[:9]) == expected
    assert list(FirmStanding.objects.order_by("known_by").values_list("known_by", flat=True)) == [0, 1, 2]


def test_own_record_moves_a_firm_to_the_front_and_its_end_back(monkeypatch: pytest.MonkeyPatch) -> None:
    enter("enterprise", actor=CLERK, region=ZIYANG, raw={"name": OWNER})
    review_firms()
    expected = [OWNER, LEDGER, CODED]
    assert names(enterprise_list(HERE, Filters())) == expected
    assert names(light_list(HERE, LightFilters.of({}))) == expected


def test_joined_and_parted_it_says_by_what_it_is_known() -> None:
    keys = dict(EnterpriseCard.objects.filter(superseded_by=None).values_list("name", "enterprise_id"))
    pair: dict[str, UUID] = {"leaf": keys[OWNER], "canonical": keys[CODED]}
    merge = merge_files(actor=CLERK, register="enterprise", reason="业户就是这家", **pair)
    assert names(enterprise_list(HERE, Filters())) == [LEDGER, CODED]
    unmerge_files(actor=CLERK, merge=merge.pk, reason="不是这一家")
    assert names(enterprise_list(HERE, Filters())) == [LEDGER, CODED, OWNER]


@pytest.mark.parametrize("address", LISTS)
def test_tabs_count_and_open_to_their_rows(client: Client, address: str) -> None:
    logged_in(client, user_with("clerk", ZIYANG))
    for asked, count, shown in (("", "3", 3), ("no", "1", 1), ("only", "2", 2)):
        page = client.get(reverse(address), {"mentioned": asked} if asked else {})
        (tab,) = [tab for tab in page.context["tabs"] if tab.current]
        assert (tab.count, len(page.context["page"].items)) == (count, shown)
    assert "mentioned=only" in page.content.decode()
    other = client.get(reverse(address), {"mentioned": "only", "q": OWNER})
    assert [tab.count for tab in other.context["tabs"]] == ["1", "0", "1"]


@pytest.mark.parametrize("selected", ["firms", "lights"])
def test_pages_turn_forward_and_back_over_all_of_them(selected: str) -> None:
    rows = [(f"陕G1{n:04}", "黄", f"{chr(0x4E00 + n)}某", "") for n in range(12)]
    bring(sheet(rows, ("车牌号", "车牌颜色", "业户名称", "统一社会信用代码")), source="台账二")
    review_firms()
    lists = {
        "firms": (enterprise_list(HERE, Filters()), ENTERPRISE_ORDER),
        "lights": (light_list(HERE, LightFilters.of({})), ORDER),
    }
    found, order = lists[selected]
    every, seen = names(found), list[str]()
    address, pages = "/", list[str]()
    while address:
        pages.append(address)
        page = keyset_page(found, order, _address(address), size=4)
        seen += names(page.items)
        address = page.next
    assert seen == every
    assert len(every) == 15
    back = keyset_page(
        found, order, _address(keyset_page(found, order, _address(pages[-1]), size=4).previous), size=4
    )
    assert names(back.items) == every[8:12]


def _address(text: str) -> Address:
    path, _mark, query = text.partition("?")
    return Address(
        path,
        tuple(
            (name, value) for name, _is, value in (each.partition("=") for each in query.split("&") if each)
        ),
    )
