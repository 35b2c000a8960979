"""Names of parts: the writings in which they meet, and those in which they do not."""

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chelun.engines.names import PartKeys, name_parts, order_key, part_keys
from chelun.engines.names.near import sound_of
from chelun.engines.names.parts import FEWEST_SYLLABLES
from chelun.engines.names.transliterations import FINALS, INITIALS, ONE_WORD


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("阿力·木沙", ("阿力", "木沙")),
        ("阿力.木沙", ("阿力", "木沙")),
        ("阿力-木沙（ālì）", ("阿力", "木沙")),
        ("木沙 阿力", ("木沙", "阿力")),
        ("吉克 阿果 木乃", ("吉克", "阿果", "木乃")),
        ("阿力木沙", ("阿力木沙",)),
        ("王 伟", ("王伟",)),
        ("王 小明", ("王", "小明")),
        ("John Smith", ("John", "Smith")),
        ("", ()),
        ("·", ()),
    ],
)
def test_a_name_has_its_parts(name: str, parts: tuple[str, ...]) -> None:
    assert name_parts(name) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿力·木沙", "阿力木沙"),
        ("阿力・木沙", "阿力 木沙"),
        ("阿力·木沙", "木沙·阿力"),
        ("阿力·木沙", "阿利·穆萨"),
        ("阿力·木沙（ālì）", "阿力•木沙"),
        ("买买提·吐尔逊", "图尔荪·麦合买提"),
        ("阿卜杜热合曼·买买提", "阿不都热合满·麦麦提"),
        ("库尔班江·吾买尔", "胡尔班江·乌麦尔"),
        ("努尔古丽·买买提", "努尔古力·买合买提"),
        ("扎西多吉", "札西·多杰"),
        ("尼玛次仁", "尼玛才仁"),
        ("吉克 阿果 木乃", "吉克阿果木乃"),
        ("John Smith", "smith john"),
        ("王 小明", "小明 王"),
    ],
)
def test_writings_of_one_name_meet(one: str, other: str) -> None:
    assert part_keys(one).same_parts(part_keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王伟", "王微"),
        ("王伟", "伟王"),
        ("阿力·木沙", "阿力·买买提"),
        ("欧阳娜娜", "欧阳明明"),
        ("王□", "王□"),
        ("", ""),
        ("王", "王"),
    ],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert not part_keys(one).same_parts(part_keys(other))


@pytest.mark.parametrize(
    ("one", "other", "less"),
    [
        ("艾力·买买提", "艾力", True),
        ("吉克 阿果 木乃", "阿果木乃", True),
        ("吉克 阿果 木乃", "木乃·阿果", True),
        ("阿卜杜热合曼·买买提", "阿不都热合曼", True),
        ("吉克 阿果 木乃", "木乃", False),
        ("王伟", "王", False),
        ("阿力·木沙", "阿力·木沙", False),
        ("", "阿力", False),
    ],
)
def test_a_part_may_be_left_out(one: str, other: str, less: bool) -> None:
    assert (
        part_keys(one).one_part_less(part_keys(other))
        is part_keys(other).one_part_less(part_keys(one))
        is less
    )


def test_order_of_characters_does_not_count_in_its_key() -> None:
    assert order_key("王小明") == order_key("小明王") == order_key("明 小 王") != order_key("王小小")
    assert order_key("李喆") == order_key("哲李")
    assert order_key("") == ""


def test_keys_say_nothing_of_what_kind_a_name_is() -> None:
    assert {field.name for field in dataclasses.fields(PartKeys)} == {"alike", "without"}
    assert repr(part_keys("阿力·木沙")) == "PartKeys()"


SYLLABLES = st.lists(
    st.sampled_from(["阿力", "木沙", "买买提", "吐尔逊", "王", "小明", "多杰", "ann"]), min_size=1, max_size=4
)


@given(SYLLABLES, st.sampled_from(["·", "•", "-", ".", "‧"]))
def test_dots_and_order_do_not_count(parts: list[str], dot: str) -> None:
    one = part_keys("·".join(parts))
    assert one.same_parts(part_keys("·".join(reversed(parts)))) == bool(one.alike)
    if "ann" not in parts:
        assert one.alike == part_keys(dot.join(parts)).alike
        assert one.same_parts(part_keys("".join(parts))) == bool(one.alike)


@given(SYLLABLES)
def test_whoever_leaves_out_a_part_is_found(parts: list[str]) -> None:
    whole, less = part_keys("·".join(parts)), part_keys("·".join(parts[1:]))
    assume(any(len(part) > 1 for part in parts))
    assert len(parts) == 1 or not less.alike or whole.one_part_less(less)


def test_data_are_sound() -> None:
    assert INITIALS.keys() >= {*INITIALS.values()}
    known = [
        (sound_of(syllable) or "").partition("|")[2]
        for syllable in ("ai", "wo", "wen", "yang", "xiong", "yin")
    ]
    assert {*known} <= FINALS.keys()
    words = [word for line in ONE_WORD for word in line.split()]
    assert len({*words}) == len(words)
    assert all(len(word) >= 2 for word in words)
    assert max(map(len, ["欧阳", "王小明"])) < FEWEST_SYLLABLES
