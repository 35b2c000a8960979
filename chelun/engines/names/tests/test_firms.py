"""Firms: keys for equality and short forms for hints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.names.firms import normalise_firm, short_firm


@pytest.mark.parametrize(
    "text",
    [
        "四川（成都）顺达运输有限公司",
        "四川(成都)顺达运输有限公司",
        " 四川 【成都】顺达运输\u200b有限公司 ",
        "四川（成都）順達運輸有限公司",
    ],
)
def test_spellings_of_a_firm_have_one_key(text: str) -> None:
    assert normalise_firm(text) == "四川(成都)顺达运输有限公司"


def test_latin_letters_are_upper_case() -> None:
    assert normalise_firm("ａbc-物流") == "ABC物流"


@pytest.mark.parametrize(
    ("name", "places", "short"),
    [
        ("顺达运输有限责任公司", (), "顺达运输"),
        ("顺达运输股份有限公司", (), "顺达运输"),
        ("顺达运输（集团）有限公司", (), "顺达运输"),
        ("顺达运输集团", (), "顺达运输"),
        ("顺达运输集团股份有限公司", (), "顺达运输"),
        ("紫阳县顺达运输有限公司", (), "紫阳县顺达运输"),
        ("紫阳县顺达运输有限公司", ("紫阳县",), "顺达运输"),
        ("紫阳顺达运输有限公司", ("紫阳县",), "顺达运输"),
        ("陕西省安康市紫阳县顺达运输", ("陕西省", "安康市", "紫阳县"), "顺达运输"),
        ("顺达（紫阳）运输有限公司", ("紫阳",), "顺达运输"),
        ("紫阳县公司", ("紫阳县",), "紫阳县"),
        ("顺达运输有限公司紫阳分公司", (), "顺达运输有限公司紫阳分公司"),
        ("集团", (), "集团"),
    ],
)
def test_short_form_leaves_out_legal_form_and_given_places(
    name: str, places: tuple[str, ...], short: str
) -> None:
    assert short_firm(name, places) == short


@given(st.text(max_size=30))
def test_key_of_a_key_is_itself(text: str) -> None:
    assert normalise_firm(normalise_firm(text)) == normalise_firm(text)
