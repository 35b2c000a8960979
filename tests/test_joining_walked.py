"""A pair of likely duplicates in a real browser: read why, compare, join, live with it, take it apart."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from chelun.people.models import EnterpriseCard, Merge
from chelun.people.services.door import bring
from chelun.people.services.likeness import find_likenesses
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions
from tests.browser import Look, OpenScreen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HERE, FULL, SHORT = "513436", "美姑县示例货运有限公司", "示例货运"


def registrar() -> Client:
    """A registrar of a county in which a roster writes a firm otherwise than its ledger."""
    ensure_regions()
    user = user_with("registrar", HERE)
    bring("enterprise", actor=user, region=HERE, raw={"name": FULL, "kinds": "货车", "status": "正常经营"})
    for n, firm in enumerate((FULL, SHORT, SHORT)):
        raw = {
            "name": f"单小{'甲乙丙'[n]}",
            "phone": f"1990000000{n}",
            "kinds": "货车",
            "enterprise": firm,
            "plate": f"川W0000{n}",
        }
        bring("person", actor=user, region=HERE, raw=raw)
    bring(
        "vehicle",
        actor=user,
        region=HERE,
        raw={"plate": "川W00001", "plate_colour": "黄", "enterprise": SHORT},
    )
    find_likenesses()
    return logged_in(Client(), user)


@pytest.mark.parametrize("width", [1280, 390])
def test_likely_duplicates_are_compared_joined_and_taken_apart(screen_for: OpenScreen, width: int) -> None:
    screen = screen_for(registrar(), Look(width=width))
    page = screen.page
    assert screen.open(reverse("people:likeness_list")) == 200
    expect(page.locator("main")).to_contain_text("去掉地名和“有限公司”等字样后名称相同")
    expect(page.locator("main")).to_contain_text("车牌号相同，其中一份没有写颜色")
    assert screen.overflow() <= 0
    page.get_by_role("row").filter(has_text=SHORT).filter(has_text=FULL).get_by_role(
        "link", name="对照"
    ).click()
    expect(page.locator("h1")).to_contain_text("这两份是同一家企业吗")
    assert screen.overflow() <= 0
    page.get_by_role("radio").last.check()
    page.locator("input[name=reason]").fill("地址和法人都对得上")
    page.get_by_role("button", name="合并").click()
    expect(page.locator("main")).to_contain_text("由 2 份合并而成")
    expect(page.locator("main")).to_contain_text("单小丙")
    assert screen.overflow() <= 0
    assert EnterpriseCard.objects.filter(superseded_by=None).count() == 1
    screen.open(reverse("people:merge_undo", args=[Merge.objects.get().pk]))
    page.locator("input[name=reason]").fill("其实是两家企业")
    page.get_by_role("button", name="拆分").click()
    expect(page.locator("main")).to_contain_text("已拆分")
    assert EnterpriseCard.objects.filter(superseded_by=None).count() == 2
    assert screen.faults() == []
