"""Kinds of work are stored by the registers and named by the places: both must know the same ones."""

from chelun.people.choices import WorkKind
from chelun.platform.regions.place_settings import WORK_KINDS


def test_work_kinds_are_the_same_in_registers_and_settings() -> None:
    assert {code: str(label) for code, label in WorkKind.choices} == {
        code: str(label) for code, label in WORK_KINDS.items()
    }
