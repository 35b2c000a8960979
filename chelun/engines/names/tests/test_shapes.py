"""Look-alike characters: what is alike by corners, by component, and what is not."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.names import look_alike, look_alike_keys, simplify
from chelun.engines.names.shapes import _ALIKE
from chelun.engines.names.tables import rows

LARGEST = 400_000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李未", "李末"),
        ("张伟", "张玮"),
        ("張偉", "张炜"),
        ("王晴", "王睛"),
        ("杨明", "扬明"),
        ("杨明", "杨朋"),
        ("昊天", "吴天"),
        ("李戌", "李戍"),
        ("王俪", "王丽"),
        ("欧阳治", "欧阳冶"),
        ("阿力·木沙", "阿刀木沙"),
        ("王 伟", "王伟"),
    ],
)
def test_names_look_alike_and_share_a_key(one: str, other: str) -> None:
    assert look_alike(one, other)
    assert any(map(str.__eq__, look_alike_keys(one), look_alike_keys(other)))


def test_two_kinds_of_likeness_in_one_name_share_no_key_but_are_alike() -> None:
    assert look_alike("未玮", "末伟")
    assert not any(map(str.__eq__, look_alike_keys("未玮"), look_alike_keys("末伟")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王伟", "王强"),
        ("王伟", "王伟伟"),
        ("王伟", "伟王"),
        ("李未", "李林"),
        ("", ""),
        ("·", ""),
        ("", "王伟"),
    ],
)
def test_names_that_do_not_look_alike(one: str, other: str) -> None:
    assert not look_alike(one, other)


def test_keys_of_one_kind_only_are_compared() -> None:
    assert look_alike_keys("") == look_alike_keys(" · ") == ("", "")
    assert look_alike_keys("王\ue000A") == ("王 \ue000 A", "王 \ue000 A")


SIGNS = "".join((*_ALIKE, "伟玮炜韦晴睛清陳張·a \ue000"))


@given(st.text(SIGNS, max_size=6), st.text(SIGNS, max_size=6))
def test_likeness_is_symmetric_and_follows_from_a_shared_key(one: str, other: str) -> None:
    assert look_alike(one, other) == look_alike(other, one)
    shared = any(left == right != "" for left, right in zip(*map(look_alike_keys, (one, other)), strict=True))
    assert look_alike(one, other) or not shared


@given(st.text(SIGNS, max_size=6))
def test_a_name_is_like_itself_if_it_says_anything(name: str) -> None:
    assert look_alike(name, name) == (look_alike_keys(name) != ("", ""))


def test_sets_do_not_overlap() -> None:
    signs = "".join(_ALIKE)
    assert len({*signs}) == len(signs)
    assert simplify(signs) == signs


@pytest.mark.parametrize("name", ["shapes.tsv", "variants.tsv"])
def test_table_is_small_and_names_its_origin(name: str) -> None:
    text = files("chelun.engines.names").joinpath(name).read_text("utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert len(text.encode()) <= LARGEST
    assert "Unicode-3.0" in "".join(head)
    signs = [row[0] for row in rows(name, 4)]
    assert signs == sorted({*signs})
    assert simplify("".join(signs)) == "".join(signs)
