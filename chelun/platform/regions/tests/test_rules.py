"""What the digits of a code say."""

import pytest

from chelun.platform.regions.rules import level_of, normal_code


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("610000", "province"),
        ("610900", "city"),
        ("610924", "county"),
        ("610924100", "township"),
        ("441900", "city"),
        ("442000", "city"),
        ("460400", "city"),
        ("620200", "city"),
        ("429004", "county"),
        ("469001", "county"),
        ("659001", "county"),
        ("110101", "county"),
        ("710000", "province"),
    ],
)
def test_level_follows_form(code: str, level: str) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("610924", "610924"),
        ("６１０９２４", "610924"),
        ("610924000000", "610924"),
        ("610924100000", "610924100"),
        ("610924100", "610924100"),
        (" 610924 ", "610924"),
        ("6109", ""),
        ("紫阳", ""),
        ("", ""),
    ],
)
def test_normal_code_cuts_to_tables_form(text: str, code: str) -> None:
    assert normal_code(text) == code
