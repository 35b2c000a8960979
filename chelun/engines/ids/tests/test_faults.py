"""The catalogue: codes are distinct, sentences are whole, templates render with what the readers give."""

import pytest

from chelun.engines.faults import FaultKind
from chelun.engines.ids.faults import ALL_FAULTS

PARAMS: dict[str, str | int] = {"length": 17, "year": 1990, "years": 120, "missing": 1, "extra": 2}


def test_codes_are_distinct() -> None:
    assert len({kind.code for kind in ALL_FAULTS}) == len(ALL_FAULTS) > 40


@pytest.mark.parametrize("kind", ALL_FAULTS, ids=lambda kind: str(kind.code))
def test_fault_renders_as_two_sentences(kind: FaultKind) -> None:
    text = kind(**PARAMS).text
    assert kind.template.endswith("。")
    assert kind.advice.endswith("。")
    assert "{" not in text
    assert text == kind(**PARAMS).message + kind.advice


def test_fault_is_a_value() -> None:
    kind = ALL_FAULTS[0]
    assert kind() == kind()
    assert hash(kind()) == hash(kind())
