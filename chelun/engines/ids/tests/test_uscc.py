"""Credit codes: published samples, refusals with reasons, no single change slips past."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.faults import Fault
from chelun.engines.ids.cells import CellValue
from chelun.engines.ids.uscc import ALPHABET, Uscc, make_uscc, read_uscc

SAMPLES = ["91350100M000100Y43", "91110000600037341L"]  # public examples of the code
codes = st.builds(make_uscc, st.sampled_from(["511799", "513499"]), st.integers(0, 10**8 - 1))


def read(text: CellValue, *, demo: bool = True) -> Uscc | Fault:
    return read_uscc(text, demo_areas=demo)


def fault_code(text: CellValue, *, demo: bool = True) -> str:
    result = read(text, demo=demo)
    assert isinstance(result, Fault)
    return result.code


@pytest.mark.parametrize("sample", SAMPLES)
def test_public_sample_is_read(sample: str) -> None:
    result = read(f" {sample[:8].lower()} {sample[8:]}")
    assert isinstance(result, Uscc)
    assert result.value == sample
    assert (result.registrar, result.area) == ("9", sample[2:8])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "uscc.empty"),
        ("无", "uscc.empty"),
        (9.135e17, "uscc.scientific"),
        ("9.135E+17", "uscc.scientific"),
        ("91350100********43", "uscc.masked"),
        ("91XXXXXXXXXXXXXX43", "uscc.masked"),
        ("510100000012345", "uscc.old_registration"),
        ("60003734-1", "uscc.organisation_code"),
        ("600037341", "uscc.organisation_code"),
        ("91350100M000100Y4", "uscc.length"),
        ("9135O100M000100Y43", "uscc.confused_letter"),
        ("91350100MOOO1OOY43", "uscc.confused_letter"),
        ("91350100M000100Y4号", "uscc.bad_character"),
        ("91350100M000100Y34", "uscc.check_swapped"),
        ("91350100M000100Y4B", "uscc.check"),
    ],
)
def test_code_is_refused_with_its_reason(text: CellValue, expected: str) -> None:
    assert fault_code(text) == expected


def test_unknown_registrar_is_refused() -> None:
    assert fault_code(make_uscc("511799", 1, registrar="B")) == "uscc.registrar"


def test_area_must_be_digits() -> None:
    assert fault_code(make_uscc("5117AA", 1)) == "uscc.area"


def test_demo_code_is_refused_in_earnest() -> None:
    assert fault_code(make_uscc("511799", 1), demo=False) == "uscc.demo_area"


def test_serial_beyond_eight_digits_is_an_error() -> None:
    with pytest.raises(ValueError, match="serial"):
        make_uscc("511799", 10**8)


@given(codes)
def test_made_code_is_read_back(value: str) -> None:
    result = read(value)
    assert isinstance(result, Uscc)
    assert result.value == value


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET + "IOSVZ"))
def test_single_change_is_always_caught(value: str, place: int, char: str) -> None:
    changed = value[:place] + char + value[place + 1 :]
    assert changed == value or isinstance(read(changed), Fault)


@given(st.one_of(st.none(), st.text(max_size=40), st.integers(), st.floats()))
def test_anything_gets_an_answer(text: CellValue) -> None:
    assert isinstance(read(text), Uscc | Fault)
