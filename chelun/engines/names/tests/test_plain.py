"""Names that need no cleaning take a shorter way, and it leads to the same place as the long one."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.names import (
    clean_text,
    initials_of,
    look_alike_keys,
    name_readings,
    part_keys,
    pinyin_of,
    search_keys,
    shown_writings,
    simplify,
    split_name,
    usual_writing,
)
from chelun.engines.names.normalise import is_plain, spelled
from chelun.engines.names.readings import COMPOUND_SURNAMES, GIVEN, OTHER_SURNAMES, SURNAMES

UNSEEN = "\u200b"
"""It goes when a text is cleaned, so that a name with it takes the long way."""
SIGNS = "".join(
    sorted({*"".join(COMPOUND_SURNAMES), *SURNAMES, *OTHER_SURNAMES, *GIVEN, *"王偉陳單吕女朝行重"})
)
USUAL = [
    bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
]

PARTS: list[Callable[[str], object]] = [
    clean_text,
    spelled,
    pinyin_of,
    initials_of,
    search_keys,
    name_readings,
    split_name,
    usual_writing,
    part_keys,
    look_alike_keys,
    shown_writings,
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
@given(
    name=st.text(SIGNS, min_size=2, max_size=4)
    | st.text("\u4e00\u4e8c\u9fa5\u9fff\u7adc", min_size=2, max_size=4)
)
def test_both_ways_tell_the_same(part: Callable[[str], object], name: str) -> None:
    assert is_plain(name)
    assert not is_plain(name + UNSEEN)
    assert part(name) == part(name + UNSEEN)


def test_both_ways_tell_the_same_of_every_usual_character() -> None:
    names = [f"{one}{other}" for one, other in zip(USUAL, reversed(USUAL), strict=True) if one and other]
    assert len(names) > 6_000
    for part in (pinyin_of, search_keys, name_readings, usual_writing):
        assert [part(name) for name in names] == [part(name + UNSEEN) for name in names]


def test_nothing_of_a_plain_name_needs_cleaning() -> None:
    block = "".join(map(chr, range(0x4E00, 0xA000)))
    assert clean_text(block) == block
    assert len(simplify(block)) == len(block)


@pytest.mark.parametrize(
    "text", ["", "王", "王伟王伟王", "王 伟", "王·伟", "王\ue000", "ab", "王伟\n", "𠂇𠂉"]
)
def test_what_is_not_plain(text: str) -> None:
    assert not is_plain(text)
