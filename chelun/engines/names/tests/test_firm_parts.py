"""Firms' names taken apart: branch, place, legal form, and what is the firm's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.names import FirmPlace, branches_differ, firm_parts, normalise_firm, one_name_ends_other
from chelun.engines.names.firm_parts import _digits
from chelun.engines.names.place_names import PREFECTURES, PROVINCES


@pytest.mark.parametrize(
    ("name", "firm", "branch"),
    [
        ("顺达运输有限公司第二车队", "顺达运输有限公司", "2车队"),
        ("顺达运输有限公司2车队", "顺达运输有限公司", "2车队"),
        ("顺达运输有限公司-2号车队", "顺达运输有限公司", "2车队"),
        ("顺达运输公司（二车队）", "顺达运输公司", "2车队"),
        ("顺达运输公司车队二", "顺达运输公司", "2车队"),
        ("顺达运输第十二车队", "顺达运输", "12车队"),
        ("顺达运输公司第二分公司", "顺达运输公司", "2分公司"),
        ("顺达运输有限公司紫阳分公司", "顺达运输有限公司", "紫阳分公司"),
        ("顺达运输紫阳分公司", "顺达运输", "紫阳分公司"),
        ("顺达集团第三出租分公司", "顺达集团", "第三出租分公司"),
        ("顺达集团有限公司四川省分公司", "顺达集团有限公司", "四川省分公司"),
        ("顺达运输有限公司渔渡镇营业部", "顺达运输有限公司", "渔渡镇营业部"),
        ("顺达运输有限公司（原顺通公司）", "顺达运输有限公司", ""),
        ("顺达运输中心（有限合伙）", "顺达运输中心", ""),
        ("顺达运输集团有限公司", "顺达运输集团有限公司", ""),
        ("顺达车队", "顺达车队", ""),
        ("顺达集团运输", "顺达集团运输", ""),
        ("分公司", "分公司", ""),
        ("", "", ""),
    ],
)
def test_branch_stands_apart_from_its_firm(name: str, firm: str, branch: str) -> None:
    parts = firm_parts(name)
    assert (parts.firm, parts.branch) == (firm, branch)


@pytest.mark.parametrize(
    ("name", "short", "place"),
    [
        ("四川省成都市武侯区顺达运输有限公司", "顺达运输", FirmPlace("四川", "成都", "武侯")),
        ("成都顺达运输有限公司", "顺达运输", FirmPlace(prefecture="成都")),
        ("顺达（成都）运输有限公司", "顺达运输", FirmPlace(prefecture="成都")),
        ("顺达运输（四川）有限公司", "顺达运输", FirmPlace("四川")),
        ("四川顺达运输集团有限公司", "顺达运输", FirmPlace("四川")),
        ("紫阳县顺达运输有限公司第一车队", "顺达运输", FirmPlace(county="紫阳")),
        ("凉山彝族自治州美姑县顺达物流", "顺达物流", FirmPlace(prefecture="凉山", county="美姑")),
        ("新疆维吾尔自治区顺达货运", "顺达货运", FirmPlace("新疆")),
        ("安顺运输有限公司", "安顺运输", FirmPlace()),
        ("成都安顺运输有限公司", "安顺运输", FirmPlace(prefecture="成都")),
        ("紫阳县运输公司", "紫阳县运输", FirmPlace()),
        ("红旗连锁超市", "红旗连锁超市", FirmPlace()),
        ("九州通运输", "九州通运输", FirmPlace()),
        ("顺达（集团）运输公司", "顺达(集团)运输", FirmPlace()),
        ("", "", FirmPlace()),
    ],
)
def test_place_and_form_are_left_out_if_enough_stays(name: str, short: str, place: FirmPlace) -> None:
    parts = firm_parts(name)
    assert (parts.short, parts.place) == (short, place)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("成都顺达运输", "绵阳顺达运输", True),
        ("成都顺达运输", "顺达运输", False),
        ("四川顺达运输", "成都顺达运输", False),
        ("四川成都顺达运输", "四川绵阳顺达运输", True),
        ("顺达运输", "顺达运输", False),
    ],
)
def test_places_differ_only_where_both_say_one_of_a_rank(one: str, other: str, differ: bool) -> None:
    left, right = firm_parts(one).place, firm_parts(other).place
    assert left.differs(right) is right.differs(left) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("顺达运输公司一车队", "顺达运输公司第二车队", True),
        ("顺达运输公司二车队", "顺达运输公司第2车队", False),
        ("顺达运输公司", "顺达运输公司第2车队", False),
    ],
)
def test_branches_differ_only_where_both_are_named(one: str, other: str, differ: bool) -> None:
    assert branches_differ(firm_parts(one), firm_parts(other)) is differ
    assert branches_differ(firm_parts(other), firm_parts(one)) is differ


@pytest.mark.parametrize(
    ("one", "other", "ends"),
    [
        ("渔渡顺达运输", "顺达运输有限公司", True),
        ("顺达运输", "顺达运输", False),
        ("顺达运输", "运输公司", False),
        ("顺达运输", "顺通运输", False),
        ("", "顺达运输", False),
    ],
)
def test_one_name_may_be_the_end_of_the_other(one: str, other: str, ends: bool) -> None:
    left, right = firm_parts(one), firm_parts(other)
    assert one_name_ends_other(left, right) is one_name_ends_other(right, left) is ends


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("二", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("一百零三", "103"),
        ("一〇", "10"),
        ("02", "2"),
        ("0", "0"),
    ],
)
def test_chinese_numerals_become_digits(number: str, digits: str) -> None:
    assert _digits(number) == digits


PLACES = st.sampled_from(["", "四川", "成都市", "紫阳县", "四川省成都市"])
FORMS = st.sampled_from(["", "有限公司", "有限责任公司", "集团有限公司"])
BRANCHES = st.sampled_from(["", "第二车队", "紫阳分公司", "（三车队）", "营业部"])


@given(PLACES, st.sampled_from(["顺达", "鸿运通", "安顺达"]), FORMS, BRANCHES)
def test_the_firm_of_a_branch_is_the_firm(place: str, own: str, form: str, branch: str) -> None:
    whole = firm_parts(f"{place}{own}运输{form}")
    part = firm_parts(f"{place}{own}运输{form}{branch}")
    assert whole.short == f"{own}运输"
    assert whole.branch == ""
    if form or branch in ("第二车队", "（三车队）"):
        assert (part.firm, part.short, part.place) == (whole.firm, whole.short, whole.place)
        assert bool(part.branch) == bool(branch)


@given(st.text("四川成都市县区顺达运输有限公司集团第二车队分()（1", max_size=20))
def test_anything_is_taken_apart_and_its_firm_has_a_key(text: str) -> None:
    parts = firm_parts(text)
    assert normalise_firm(parts.firm) == parts.firm
    assert bool(parts.short) == bool(parts.firm)
    assert not branches_differ(parts, parts)
    assert not parts.place.differs(parts.place)
    assert not one_name_ends_other(parts, parts)


def test_names_of_places_are_sound() -> None:
    assert len(PROVINCES) == len({*PROVINCES}) == 34
    assert len(PREFECTURES) == len({*PREFECTURES}) == 333
    assert all(len(name) >= 2 for name in (*PROVINCES, *PREFECTURES))
