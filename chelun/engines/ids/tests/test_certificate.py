"""Certificates: both lengths of 从业资格证, the 12 digits, and the ways to say that there is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.faults import Fault
from chelun.engines.ids.cells import CellValue
from chelun.engines.ids.certificate import Absent, Certificate, read_qualification, read_transport_number
from chelun.engines.ids.idcard import make_id_number

OWN = make_id_number("511799", date(1980, 1, 2), 11)


def code(result: Certificate | Absent | Fault) -> str:
    assert isinstance(result, Fault)
    return result.code


def test_qualification_equal_to_an_id_number_is_marked() -> None:
    assert read_qualification(OWN) == Certificate(OWN, "qualification_18", is_id_number=True)
    assert read_qualification(f"证号：{OWN}", id_number=OWN) == Certificate(OWN, "qualification_18", True)


def test_qualification_with_nineteen_digits_is_not_an_id_number() -> None:
    assert read_qualification("5117990200115123456") == Certificate("5117990200115123456", "qualification_19")


def test_qualification_trusts_the_holders_own_number() -> None:
    odd = OWN[:17] + ("1" if OWN[17] != "1" else "2")
    assert code(read_qualification(odd)) == "certificate.qualification_check"
    assert read_qualification(odd, id_number=odd) == Certificate(odd, "qualification_18", True)


@pytest.mark.parametrize(
    "text",
    ["511725000000000000", "4.5吨以下免办", "4.5T及以下", "总质量4.5吨以下", "轻型货车", "蓝牌车不需要"],
)
def test_qualification_of_a_light_vehicle_is_absent_with_reason(text: str) -> None:
    assert read_qualification(text) == Absent("light_vehicle")


@pytest.mark.parametrize(
    ("text", "reason"), [("无", "none"), ("/", "none"), ("——", "none"), ("办理中", "in_progress")]
)
def test_missing_certificate_says_why(text: str, reason: str) -> None:
    result = read_qualification(text)
    assert isinstance(result, Absent)
    assert result.reason == reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "certificate.empty"),
        (5.1e17, "certificate.scientific"),
        ("5117**********1234", "certificate.masked"),
        ("资格证", "certificate.bad_character"),
        ("51172519800102001", "certificate.qualification_length"),
    ],
)
def test_qualification_is_refused_with_its_reason(text: CellValue, expected: str) -> None:
    assert code(read_qualification(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "511799001234",
        "5117 9900 1234",
        511799001234,
        "川交运管(许可)字511799001234号",
        "川交运管许可达字第511799001234号",
        "经营许可证号：511799001234",
    ],
)
def test_transport_number_is_read(text: CellValue) -> None:
    assert read_transport_number(text) == Certificate("511799001234", "transport")


def test_transport_number_of_a_light_vehicle_is_absent() -> None:
    assert read_transport_number("511725000000") == Absent("light_vehicle")


def test_transport_number_of_another_length_is_refused() -> None:
    assert code(read_transport_number("51179900123")) == "certificate.transport_length"
    assert code(read_transport_number("51179900123X")) == "certificate.transport_length"
    assert code(read_transport_number("")) == "certificate.empty"


@given(st.one_of(st.none(), st.text(max_size=40), st.integers(), st.floats()))
def test_anything_gets_an_answer(text: CellValue) -> None:
    assert isinstance(read_qualification(text), Certificate | Absent | Fault)
    assert isinstance(read_transport_number(text), Certificate | Absent | Fault)
