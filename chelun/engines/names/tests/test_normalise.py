"""Names out of ugly cells: one spelling, notes, and everything that is not a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.faults import Fault
from chelun.engines.names.normalise import PersonName, clean_text, is_plain, read_name, simplify, spelled


def name(text: str | None) -> PersonName:
    result = read_name(text)
    assert isinstance(result, PersonName), result
    return result


def code(text: str | None) -> str:
    result = read_name(text)
    assert isinstance(result, Fault), result
    return result.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffＡＢＣ　１２３\u200b", "ABC 123"),
        ("王\xa0伟\r\n", "王 伟"),
        ("货运，司机（川）：甲。", "货运，司机（川）：甲。"),
        ("⼈员", "人员"),
        ("ālì", "ālì"),
        ("a\u0304l", "āl"),
        ("葛\U000e0100", "葛"),
        ("\ue000\U00020000", "\ue000\U00020000"),
    ],
)
def test_text_is_cleaned(text: str, expected: str) -> None:
    assert clean_text(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("王伟", "王伟"),
        ("王 伟", "王伟"),
        ("王　　伟", "王伟"),
        (" 王\u200b伟\n", "王伟"),
        ("姓名：王伟", "王伟"),
        ("王伟(wangwei)", "王伟"),
        ("阿力（ālì）", "阿力"),
        ("阿力（a lì）", "阿力"),
        ("（王伟）", "王伟"),
        ("阿力•木沙", "阿力·木沙"),
        ("阿力・木沙", "阿力·木沙"),
        ("阿力‧木沙", "阿力·木沙"),
        ("阿力．木沙", "阿力·木沙"),
        ("阿力.木沙", "阿力·木沙"),
        ("阿力。木沙", "阿力·木沙"),
        ("阿力 · 木沙", "阿力·木沙"),
        ("阿力··木沙·", "阿力·木沙"),
        ("阿力-木沙", "阿力·木沙"),
        ("吉克 阿果 木乃", "吉克 阿果 木乃"),
        ("John  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("O'Neil", "O'Neil"),
        ("欧阳娜娜", "欧阳娜娜"),
        ("张伟B", "张伟B"),
        ("李\ue123", "李\ue123"),
        ("王\U00030edd", "王\U00030edd"),
        ("李〇", "李〇"),
        ("陳偉", "陳偉"),
        ("阿" * 14 + "·" + "木" * 15, "阿" * 14 + "·" + "木" * 15),
    ],
)
def test_name_gets_one_spelling(text: str, value: str) -> None:
    assert name(text).value == value


def test_traditional_name_keeps_its_spelling_and_gets_a_simplified_key() -> None:
    assert name("陳偉").simplified == "陈伟"
    assert name("陳 偉").key == name("陈伟").key == "陈伟"
    assert name("阿力·木沙").key == name("阿力木沙").key
    assert name("John Smith").key == "johnsmith"
    assert simplify("後龍\ue000A") == "后龙\ue000A"


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("王伟（外聘）", "王伟", "外聘"),
        ("王伟(小)(wangwei)", "王伟", "小"),
        ("王伟【队长】（已离职）", "王伟", "队长；已离职"),
        ("王伟（队长", "王伟", "队长"),
        ("王伟 WangWei", "王伟", "WangWei"),
        ("王伟", "王伟", ""),
    ],
)
def test_note_in_brackets_is_kept_beside_the_name(text: str, value: str, note: str) -> None:
    assert (name(text).value, name(text).note) == (value, note)


def test_note_does_not_show_in_logs() -> None:
    assert "外聘" not in repr(name("王伟（外聘）"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "name.empty"),
        ("", "name.empty"),
        ("\u200b \n", "name.empty"),
        ("（）", "name.empty"),
        ("张*", "name.masked"),
        ("*党**", "name.masked"),
        ("张＊＊", "name.masked"),
        ("张×", "name.masked"),
        ("张XX", "name.masked"),
        ("李○○", "name.masked"),
        ("●●", "name.masked"),
        ("王?", "name.garbled"),
        ("王□", "name.garbled"),
        ("王\ufffd", "name.garbled"),
        ("李某某", "name.placeholder"),
        ("张某", "name.placeholder"),
        ("无", "name.placeholder"),
        ("不详", "name.placeholder"),
        ("测试", "name.placeholder"),
        ("测试员", "name.placeholder"),
        ("同上", "name.placeholder"),
        ("N/A", "name.placeholder"),
        ("/", "name.placeholder"),
        ("合计", "name.placeholder"),
        ("王师傅", "name.title"),
        ("欧阳先生", "name.title"),
        ("王伟2", "name.digits"),
        ("13800000001", "name.digits"),
        ("王伟、李强", "name.several"),
        ("王伟/李强", "name.several"),
        ("王伟@", "name.bad_character"),
        ("=王伟", "name.bad_character"),
        ("王", "name.too_short"),
        ("A.", "name.too_short"),
        ("...", "name.empty"),
        ("木" * 31, "name.too_long"),
    ],
)
def test_cell_without_a_name_is_refused(text: str | None, expected: str) -> None:
    assert code(text) == expected


def test_long_name_says_how_long_it_is() -> None:
    result = read_name("木" * 31)
    assert isinstance(result, Fault)
    assert result.text == "姓名有 31 个字，最多 30 个字。请对照证件核对。"


@given(st.text(max_size=40))
def test_anything_gets_an_answer_and_a_read_name_stays(text: str) -> None:
    result = read_name(text)
    if isinstance(result, PersonName):
        assert len(result.value) <= 30
        again = read_name(result.value)
        assert isinstance(again, Fault) or again.value == result.value


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(
    st.from_regex("[赵钱孙李周吴郑王][伟芳娜敏静丽强磊军洋]{1,3}", fullmatch=True),
    st.sampled_from([" ", "\u3000", "\u200b", "\xa0"]),
)
def test_spaces_between_characters_change_nothing(text: str, space: str) -> None:
    assert name(space.join(text)) == name(text)


@given(st.text("王伟阿力木沙·-. （）(a)外聘□*?姓名：", max_size=12))
def test_a_name_is_spelled_as_it_is_read_and_plain_ones_are_as_they_stand(text: str) -> None:
    result = read_name(text)
    assert isinstance(result, Fault) or result.value == spelled(text)
    assert not is_plain(text) or spelled(text) == spelled(text, joined=False) == clean_text(text) == text
