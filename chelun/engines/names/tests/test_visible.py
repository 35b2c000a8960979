"""What hidden names show, and that what they hide is never filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.names import PersonName, read_name, visible_name


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("张*明", "张", "明"),
        ("张*", "张", ""),
        ("張＊＊", "张", ""),
        ("*明", "", "明"),
        ("李某某", "李", ""),
        ("李某", "李", ""),
        ("李□明", "李", "明"),
        ("李?", "李", ""),
        ("李〓", "李", ""),
        ("王XX", "王", ""),
        ("王x", "王", ""),
        ("欧阳**", "欧阳", ""),
        ("王师傅", "王", ""),
        ("欧阳女士", "欧阳", ""),
        ("阿力·木*", "阿力·木", ""),
        ("张 * 明", "张", "明"),
    ],
)
def test_hidden_name_shows_its_ends(text: str, begin: str, end: str) -> None:
    shown = visible_name(text)
    assert shown is not None
    assert (shown.begin, shown.end) == (begin, end)
    assert not isinstance(read_name(text), PersonName)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "王伟",
        "阿力·木沙",
        "***",
        "*党*",
        "某某",
        "无",
        "不详*",
        "XX",
        "12*",
        "王X伟1*",
        "Max Xu",
        "Xi Xin",
    ],
)
def test_nothing_hidden_or_nothing_shown(text: str | None) -> None:
    assert visible_name(text) is None


@pytest.mark.parametrize(
    ("text", "name", "agrees"),
    [
        ("张*明", "张小明", True),
        ("张*明", "張曉明", True),
        ("张*明", "张明", False),
        ("张*明", "张小名", False),
        ("张**", "张伟", True),
        ("张**", "李伟", False),
        ("*明", "李明", True),
        ("王师傅", "王伟", True),
        ("王师傅", "王", False),
    ],
)
def test_whole_name_may_be_the_hidden_one(text: str, name: str, agrees: bool) -> None:
    shown = visible_name(text)
    assert shown is not None
    assert shown.agrees(name) is agrees


def test_text_form_hides_what_is_shown() -> None:
    assert "张" not in repr(visible_name("张*明"))


@given(st.text("王李张伟明娜欧阳国建", min_size=2, max_size=4), st.integers(0, 3), st.integers(1, 4))
def test_a_name_agrees_with_its_own_mask(name: str, place: int, stars: int) -> None:
    place = min(place, len(name) - 1)
    shown = visible_name(name[:place] + "*" * stars + name[place + 1 :])
    assert shown is not None
    assert shown.agrees(name)
