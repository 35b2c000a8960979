"""One name in other characters: rare, private-use, by its parts, or missing; and that what is missing is never different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.names import (
    agree_but_for_hidden,
    composed_writings,
    shown_writings,
    simplify,
    usual_writing,
    with_one_hidden,
)
from chelun.engines.names.tables import rows
from chelun.engines.names.variants import HIDDEN, MOST_WRITINGS, _old_font


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李喆", "李哲"),
        ("王堃", "王坤"),
        ("曹昇", "曹升"),
        ("高峯", "高峰"),
        ("陳偉", "陈伟"),
        ("蕭红", "肖红"),
        ("傅强", "付强"),
        ("阎明", "闫明"),
        ("王 伟", "王伟"),
        ("王（方方土）", "王堃"),
        ("王⿱⿰方方土", "王堃"),
        ("李[吉+吉]", "李喆"),
        ("李\ue81a", "李㑇"),
        ("李\ue854", "李龺"),
        ("阿力·木沙", "阿力木沙"),
        ("John Smith", "JOHN SMITH"),
        ("王伟（外聘）", "王伟"),
    ],
)
def test_one_name_has_one_key(one: str, other: str) -> None:
    assert usual_writing(one) == usual_writing(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("王伟", "王玮"), ("张萧", "张肖"), ("萧", "肖"), ("王\ue123", "王\ue124")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert usual_writing(one) != usual_writing(other)


@pytest.mark.parametrize("name", ["", "王□", "王?", "王〓明", "王[女+弟]", "\ufffd"])
def test_a_name_that_lacks_a_character_has_no_key(name: str) -> None:
    assert usual_writing(name) == ""


@pytest.mark.parametrize(
    ("name", "writings"),
    [
        ("王方方土", ("王堃",)),
        ("李吉吉", ("李喆",)),
        ("李氵水", ("李沝",)),
        ("王伟", ()),
        ("方方土", ()),
        ("", ()),
    ],
)
def test_neighbours_may_be_one_rare_character(name: str, writings: tuple[str, ...]) -> None:
    assert composed_writings(name) == writings


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王□明", ("王?明",)),
        ("王〓", ("王?",)),
        ("王\ufffd", ("王?",)),
        ("王\ue123明", ("王?明",)),
        ("王?", ("王?",)),
        ("王？", ("王?",)),
        ("王??", ("王??", "王?")),
        ("王□□", ("王??",)),
        ("王（女+弟）", ("王?",)),
        ("王(左女右弟)", ("王?",)),
        ("王⿰女弟明", ("王?明",)),
        ("王（方方土）", ()),
        ("王伟（外聘）", ()),
        ("王伟", ()),
        ("王*明", ()),
        ("□□", ()),
        ("??", ()),
        ("", ()),
    ],
)
def test_missing_characters_are_shown_one_by_one(text: str, shown: tuple[str, ...]) -> None:
    assert shown_writings(text) == shown


def test_a_long_run_of_marks_has_few_writings() -> None:
    assert len(shown_writings("王" + "?" * 40 + "明" + "?" * 40)) == MOST_WRITINGS
    assert usual_writing("⿰" * 5000) == ""


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("王?明", "王小明", True),
        ("王?明", "王晓?", True),
        ("王?明", "王小民", False),
        ("王?", "王小明", False),
        ("??", "王明", False),
        ("", "", False),
        ("王·明", "王明", True),
    ],
)
def test_agree_wherever_both_show(one: str, other: str, agrees: bool) -> None:
    assert agree_but_for_hidden(one, other) is agree_but_for_hidden(other, one) is agrees


NAMES = st.text("王李张伟明娜欧阳国建喆堃萧蕭\ue81a", min_size=2, max_size=5)


@given(NAMES, st.integers(0, 4), st.sampled_from("□〓\ufffd?\ue123▢"))
def test_a_name_agrees_with_itself_where_a_character_is_missing(name: str, place: int, sign: str) -> None:
    name = simplify(name.translate(_old_font()))
    place %= len(name)
    (shown,) = shown_writings(name[:place] + sign + name[place + 1 :])
    assert shown in with_one_hidden(name)
    assert agree_but_for_hidden(shown, name)
    assert shown.count(HIDDEN) == 1


@given(st.text("王李喆堃萧昇峯a·( )（）+⿰女弟□?\ue81a\ue123", max_size=8))
def test_key_of_a_key_is_itself(text: str) -> None:
    key = usual_writing(text)
    assert usual_writing(key) == key
    assert not key or HIDDEN not in key


def test_what_stands_for_a_rare_character_stands_for_itself() -> None:
    table = dict(rows("variants.tsv", 2))
    assert not {*table} & {*table.values()}
    assert simplify("".join(table.values())) == "".join(table.values())
    assert table.keys() > {"堃", "喆", "犇", "邨", "栢"}
    assert len(_old_font()) == 80
