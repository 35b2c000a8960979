"""Surname and given name, and the readings under which two writings of a name may meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.names import name_readings, pinyin_of, split_name, surname_readings
from chelun.engines.names.readings import COMPOUND_SURNAMES, OTHER_SURNAMES, SURNAMES
from chelun.engines.names.split import MOST_READINGS


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王伟", ("王", "伟")),
        ("王 伟", ("王", "伟")),
        ("張國偉", ("张", "国伟")),
        ("欧阳", ("欧", "阳")),
        ("欧阳娜", ("欧阳", "娜")),
        ("歐陽娜娜", ("欧阳", "娜娜")),
        ("司徒美", ("司徒", "美")),
        ("万俟明", ("万俟", "明")),
        ("李王小明", ("李", "王小明")),
        ("李\ue000", ("李", "\ue000")),
        ("李𣲗", ("李", "𣲗")),
        ("李〇", ("李", "〇")),
        ("阿力·木沙", ("", "阿力·木沙")),
        ("阿什木呷子", ("", "阿什木呷子")),
        ("王", ("", "王")),
        ("John Smith", ("", "John Smith")),
        ("王W", ("", "王W")),
        ("", ("", "")),
    ],
)
def test_name_divides(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@pytest.mark.parametrize(
    ("surname", "readings"),
    [
        ("王", ("wang",)),
        ("乐", ("yue", "le")),
        ("覃", ("qin", "tan")),
        ("单", ("shan",)),
        ("單", ("shan",)),
        ("镡", ("chan", "tan", "xin")),
        ("尉迟", ("yu chi",)),
        ("尉", ("wei", "yu")),
        ("", ()),
    ],
)
def test_surname_has_its_readings(surname: str, readings: tuple[str, ...]) -> None:
    assert surname_readings(surname) == readings


@pytest.mark.parametrize("surname", sorted(OTHER_SURNAMES))
def test_further_reading_is_not_the_usual_one(surname: str) -> None:
    usual, *others = surname_readings(surname)
    assert others == list(OTHER_SURNAMES[surname])
    assert usual == SURNAMES.get(surname, usual)


@pytest.mark.parametrize(
    ("one", "other"), [("覃辉", "谭辉"), ("盖丽", "改丽"), ("解明", "谢明"), ("张朝", "张招")]
)
def test_names_that_may_sound_alike_share_a_reading(one: str, other: str) -> None:
    assert {*name_readings(one)} & {*name_readings(other)}


@pytest.mark.parametrize(("one", "other"), [("单明", "丹明"), ("仇英", "愁英"), ("王伟", "黄伟")])
def test_names_that_do_not_sound_alike_share_none(one: str, other: str) -> None:
    assert not {*name_readings(one)} & {*name_readings(other)}


def test_usual_readings_of_all_characters_come_before_rare_ones_of_the_first() -> None:
    assert name_readings("王平朝") == ("wang ping chao", "wang pian chao", "wang ping zhao", "wang bing chao")


def test_usual_reading_comes_first_and_the_surname_next() -> None:
    assert name_readings("乐平")[:2] == ("yue ping", "le ping")
    assert name_readings("阿力·木沙")[0] == "a li mu sha"
    assert name_readings("John Smith") == ("john smith",)
    assert name_readings("") == ()


SIGNS = sorted({*"".join(COMPOUND_SURNAMES), *SURNAMES, *OTHER_SURNAMES, *"王伟永林阿木·aZ3 \ue000"})


@given(st.text(SIGNS, max_size=7))
def test_readings_are_few_distinct_and_begin_with_the_usual_one(name: str) -> None:
    readings = name_readings(name)
    assert len({*readings}) == len(readings) <= MOST_READINGS
    assert readings[0].replace(" ", "") == pinyin_of(name) if readings else not pinyin_of(name)


@given(st.text(SIGNS, max_size=7))
def test_nothing_is_lost_by_dividing(name: str) -> None:
    surname, rest = split_name(name)
    assert (surname + rest).replace(" ", "") == "".join(split_name(surname + rest)).replace(" ", "")
    assert len(surname) <= 2
