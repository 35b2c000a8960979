"""Readings: surnames, compounds, other readings for searching, firms and places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.names.pinyin import MOST_KEYS, beginnings, initials_of, pinyin_of, search_keys
from chelun.engines.names.readings import COMPOUND_SURNAMES, GIVEN, SURNAMES


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("王伟", "wangwei"),
        ("单雄信", "shanxiongxin"),
        ("單雄信", "shanxiongxin"),
        ("仇英", "qiuying"),
        ("曾国", "zengguo"),
        ("解缙", "xiejin"),
        ("查良", "zhaliang"),
        ("区小明", "ouxiaoming"),
        ("翟明", "zhaiming"),
        ("繆敏", "miaomin"),
        ("覃辉", "qinhui"),
        ("朴正", "piaozheng"),
        ("盖丽", "geli"),
        ("乐嘉乐", "yuejiale"),
        ("尉迟恭", "yuchigong"),
        ("尉遲恭", "yuchigong"),
        ("万俟明", "moqiming"),
        ("长孙无忌", "zhangsunwuji"),
        ("令狐冲", "linghuchong"),
        ("欧阳娜娜", "ouyangnana"),
        ("上官婉", "shangguanwan"),
        ("单于飞", "chanyufei"),
        ("吕布", "lvbu"),
        ("王长生", "wangchangsheng"),
        ("李晟", "lisheng"),
        ("阿什木呷", "ashimuga"),
        ("阿力·木沙", "alimusha"),
        ("John Smith", "johnsmith"),
        ("张伟B", "zhangweib"),
        ("李\ue000", "li\ue000"),
        ("", ""),
    ],
)
def test_person_is_read(name: str, reading: str) -> None:
    assert pinyin_of(name) == reading


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("重庆", "chongqing"),
        ("单县", "shanxian"),
        ("什邡市", "shifangshi"),
        ("紫阳县", "ziyangxian"),
        ("美姑县", "meiguxian"),
        ("大城县", "daichengxian"),
        ("都匀长治", "duyunchangzhi"),
        ("DHL 快递2部", "dhlkuaidi2bu"),
        ("DHL Express", "dhlexpress"),
    ],
)
def test_firm_or_place_is_read(name: str, reading: str) -> None:
    assert pinyin_of(name, surname=False) == reading


def test_initials_follow_the_reading() -> None:
    assert initials_of("单雄信") == "sxx"
    assert initials_of("John Smith") == "js"
    assert initials_of("重庆", surname=False) == "cq"
    assert initials_of("") == ""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("单雄信", "danxiongxin"),
        ("王伟", "wangwei"),
        ("吕布", "lyubu"),
        ("张朝", "zhangzhao"),
        ("牟平", "muping"),
    ],
)
def test_other_reading_still_finds(name: str, key: str) -> None:
    assert key in search_keys(name)
    assert pinyin_of(name) in search_keys(name)


def test_search_keys_of_places_hold_the_spelled_reading() -> None:
    assert {"chongqing", "zhongqing"} <= search_keys("重庆", surname=False)
    assert search_keys("DHL快递A部2号", surname=False) >= {pinyin_of("DHL快递A部2号", surname=False)}


@given(st.text(max_size=30), st.booleans())
def test_search_keys_are_few_and_hold_the_reading(name: str, surname: bool) -> None:
    keys = search_keys(name, surname=surname)
    assert pinyin_of(name, surname=surname) in keys
    assert len(keys) <= MOST_KEYS


@given(st.text(max_size=30))
def test_initials_are_as_many_as_syllables_at_most(name: str) -> None:
    assert len(initials_of(name)) <= max(len(pinyin_of(name)), 0)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("王", {"wang"}),
        ("彭永林", {"pengyonglin"}),
        ("曾", {"zeng", "ceng"}),
        ("尉", {"wei", "yu"}),
        ("尉迟", {"weichi", "yuchi"}),
        ("单于飞", {"danyufei", "shanyufei", "chanyufei"}),
        ("单雄", {"shanxiong", "danxiong"}),
        ("", set()),
        ("·", set()),
    ],
)
def test_beginnings_are_those_of_whole_names(text: str, readings: set[str]) -> None:
    assert beginnings(text) == readings


SIGNS = sorted({*"".join(COMPOUND_SURNAMES), *SURNAMES, *GIVEN, *"王伟永林阿木·aZ3 "})


@given(st.text(SIGNS, min_size=1, max_size=7), st.integers(1, 7))
def test_every_name_is_read_like_one_of_its_beginnings(name: str, width: int) -> None:
    text = name[:width]
    assert pinyin_of(name).startswith(tuple(beginnings(text)) or "")
