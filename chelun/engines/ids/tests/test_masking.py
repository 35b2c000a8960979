"""Masks: what they show, and that they show no more."""

from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.ids.masking import mask_certificate, mask_id_number, mask_name, mask_phone, mask_within

SAMPLE = "11010519491231002X"  # the example printed in GB 11643


def test_id_number_shows_province_and_two_last() -> None:
    assert mask_id_number(SAMPLE) == "11**************2X"
    assert mask_certificate(SAMPLE) == "11**************2X"
    assert mask_id_number("1234") == "****"
    assert mask_id_number("") == ""


def test_phone_shows_three_and_two() -> None:
    assert mask_phone("13800000078") == "138******78"
    assert mask_phone("0834-8222278") == "0834-*****78"
    assert mask_phone("12345") == "*****"


def test_name_shows_its_first_character() -> None:
    assert mask_name("欧阳小明") == "欧**"
    assert mask_name("王伟") == "王**"
    assert mask_name("") == ""


def test_numbers_within_a_text_are_masked() -> None:
    text = f"第 3 行 {SAMPLE} 电话13800000078，资格证 5117990200115123456"
    assert mask_within(text) == "第 3 行 11**************2X 电话138******78，资格证 51***************56"
    assert mask_within("2026-11-21 共 1234567 人") == "2026-11-21 共 1234567 人"


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True))
def test_mask_hides_fourteen_of_eighteen(value: str) -> None:
    assert mask_id_number(value).count("*") == 14
    assert len(mask_id_number(value)) == 18
