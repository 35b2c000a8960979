"""Every number of every pair of dimensions, in a county and above it, is as many as the list behind it shows."""

from datetime import date
from itertools import pairwise, product
from urllib.parse import parse_qsl, urlsplit

import pytest

from chelun.core.crossings import ALL, CROSSINGS
from chelun.people.displays.lists import LISTINGS
from chelun.people.selectors import Filters
from chelun.people.selectors.crossing import crossed
from chelun.people.tests.desk import HANBIN, HEADS, ZIYANG, bring, number, phone, scope_of, sheet
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
SHAANXI, ANKANG = "610000", "610900"
FORBIDDEN = ("party", "member", "ethnic", "nation", "relig", "health", "household", "political")


@pytest.fixture
def _registers() -> None:
    ensure_regions()
    heads = (*HEADS, "乡镇", "性别", "车牌颜色")
    firm = "紫阳县示例货运有限公司"
    li = ("李一", number(11), phone(1), "货车、客运", firm, "陕G12345", "城关镇", "男", "黄色")
    bring(
        sheet([li, ("王二", number(22, date(1960, 3, 4)), "", "快递、外卖", "", "", "", "女", ""),
               ("赵三", "", "", "", "", "", "蒿坪镇", "", "")], heads)
    )  # fmt: skip
    bring(
        sheet([(*li[:3], "公交", "汉滨区示例公司", "陕G12345", "", "男", "黄色")], heads),
        region=HANBIN,
        as_of=date(2024, 1, 1),
    )
    bring(sheet([li], heads), region=ANKANG, source="市级名单")
    bring(sheet([("李一", number(11), "", "", "", "", "", "", "")], heads), source="接龙")
    bring(
        sheet([(firm, "货车", "城关镇")], ("企业名称", "行业类别", "乡镇")), region=HANBIN, source="企业台账"
    )
    of_papers = ("证照种类", "姓名", "身份证号", "车牌号", "证号", "有效期至")
    papers = [
        ("从业资格证", "李一", number(11), "", number(11), "2020-01-01"), ("驾驶证", "李一", number(11), "", "", "长期"),
        ("从业资格证", "王二", number(22, date(1960, 3, 4)), "", "4.5吨以下免办", ""), ("道路运输证", "", "", "陕G12345", "", ""),
    ]  # fmt: skip
    bring(sheet(papers, of_papers), source="证照台账")
    bring(sheet(papers[:2], of_papers), region=HANBIN, source="证照台账", as_of=date(2024, 1, 1))
    bring(
        sheet([("陕G12345", "黄色", "货车")], ("车牌号", "车牌颜色", "车辆用途")),
        region=HANBIN,
        source="车辆台账",
    )


def pairs(names: list[str]) -> list[tuple[str, str]]:
    """Each dimension with the one after it and with the places; the others are the same by their making."""
    return [*pairwise(names), *((name, "region") for name in names if name != "region")]


@pytest.mark.usefixtures("_registers")
def test_every_number_is_as_many_as_its_list_shows() -> None:
    wrong, numbers = {}, 0
    for crossing, code in product(CROSSINGS, (ZIYANG, ANKANG, SHAANXI)):
        for one, other in pairs(list(crossing.by_name)):
            counts = crossed(crossing.name, code, one, other)
            assert counts[ALL, ALL] >= 1
            for (a, b), n in counts.items():
                address = crossing.rows(code, {one: a, other: b})
                filters = Filters.of(dict(parse_qsl(urlsplit(address).query)))
                shown = LISTINGS[crossing.name].rows(scope_of(code), filters).count()
                numbers += 1
                if shown != n:
                    wrong[crossing.name, code, one, a, other, b] = (n, shown)
    assert wrong == {}
    assert numbers > 600


@pytest.mark.usefixtures("_registers")
def test_a_person_of_two_counties_counts_once_above_and_in_each() -> None:
    counts = crossed("person", ANKANG, "region", "sex")
    assert (counts[ZIYANG, "M"], counts[HANBIN, "M"], counts[ALL, "M"]) == (1, 1, 1)
    assert counts[ALL, ALL] == 3


def test_no_dimension_hints_at_what_nobody_may_hold() -> None:
    names = [each.name for crossing in CROSSINGS for each in crossing.dimensions]
    assert len(names) > 15
    assert [name for name in names if any(word in name for word in FORBIDDEN)] == []
