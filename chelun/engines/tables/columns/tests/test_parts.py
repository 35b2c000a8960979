"""The parts under recognition: characters, heads, labels of cells, assignment, marks of our own workbooks."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.tables.columns.faults import FAULTS, fault
from chelun.engines.tables.columns.fields import FieldSpec, check_fields
from chelun.engines.tables.columns.heads import fold, fold_all, head_score, parse_head
from chelun.engines.tables.columns.kinds import FITS, is_serial, label, read_content
from chelun.engines.tables.columns.matching import assign
from chelun.engines.tables.columns.messages import reason
from chelun.engines.tables.columns.own import is_own_head, is_own_row, is_own_sheet
from chelun.engines.tables.columns.script import all_simplified, compact, plain, safe_head, simplified


def test_plain_text_loses_width_and_invisible_marks() -> None:
    assert plain("\u200b　１２３\ufeffＡ ") == "123A"
    assert compact("张 　三") == "张三"
    assert all_simplified(["電話", "a\nb", "黨員"]) == ["电话", "a b", "党员"]
    assert all_simplified([]) == []
    assert simplified("證件") == "证件"


def test_safe_head_masks_and_clips() -> None:
    assert safe_head("手机\n13900000000") == "手机 ***********"
    assert len(safe_head("长" * 500)) == 60


def test_fold_brings_spellings_together() -> None:
    assert {fold(text) for text in ("姓 名", "＊姓名：", "姓名*", "姓、名")} == {"姓名"}


@pytest.mark.parametrize(
    ("head", "low", "high"),
    [
        ("手机号", 0.99, 1),
        ("驾驶员手机号", 0.9, 1),
        ("紧急联系人手机号", 0, 0.2),
        ("手机号（本人）", 0.9, 1),
        ("手机号A1", 0.5, 0.99),
        ("姓名", 0, 0),
        ("联系/手机号", 0.85, 1),
        ("备用手机号", 0, 0.2),
    ],
)
def test_head_score_weighs_the_head(head: str, low: float, high: float) -> None:
    assert low <= head_score(parse_head(head), fold_all(("手机号", "电话")), True) <= high


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("999001198501010013", "id"),
        ("999001198501010010", "id_like"),
        ("999001850101001", "id_like"),
        ("139 0000 0001", "phone"),
        ("+86-13900000001", "phone"),
        ("13900000001/13900000002", "phone"),
        ("0915-4421234", "landline"),
        ("5.10E+17", "damaged"),
        ("陕G12345", "plate"),
        ("川W·D12345", "plate"),
        ("陕GA123挂", "plate"),
        ("黄色", "colour"),
        ("男", "sex"),
        ("是", "yes_no"),
        ("2023.5.1", "date"),
        ("二〇二三年五月一日", "date"),
        ("45047", "serial_day"),
        ("4.5吨", "number"),
        ("王建国", "person"),
        ("阿卓·木呷", "person"),
        ("紫阳县", "place"),
        ("紫阳县城关镇河堤路12号", "address"),
        ("顺达运输有限公司", "firm"),
        ("9990010201231000001", "certificate"),
        ("LSVAA4187E2184847", "vin"),
        ("", ""),
        ("—", ""),
        ("货车", "text"),
    ],
)
def test_label_names_the_look_of_a_cell(value: str, expected: str) -> None:
    assert label(value) == expected


def test_content_fit_says_nothing_without_values() -> None:
    assert read_content(["", " "]).fit("phone") is None
    assert read_content(["随便"]).fit("note") is None
    assert set(FITS) <= {
        "person_name",
        "firm_name",
        "id_number",
        "certificate",
        "phone",
        "uscc",
        "plate",
        "plate_colour",
        "vin",
        "date",
        "sex",
        "yes_no",
        "number",
        "region",
        "address",
    }


def test_serial_numbers_count_up() -> None:
    assert is_serial(["1", "2", "", "3"])
    assert not is_serial(["1", "5", "9"])
    assert not is_serial(["1"])


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), min_size=1, max_size=3))
def test_assignment_is_the_best_of_all(table: list[list[float]]) -> None:
    scores = [dict(enumerate(row)) for row in table]
    given_out = assign(scores)
    assert len(set(given_out.values())) == len(given_out)
    best = max(
        sum(table[row][target] for row, target in enumerate(order))
        for order in permutations(range(3), len(table))
    )
    assert abs(sum(table[row][target] for row, target in given_out.items()) - best) < 1e-9


def test_assignment_leaves_a_row_out() -> None:
    assert assign([{0: 0.5}, {0: 0.9}, {}]) == {1: 0}
    assert assign([{}]) == {}


def test_own_marks_are_known_in_both_languages() -> None:
    assert is_own_head(" 问题 ")
    assert is_own_head("what to do")
    assert not is_own_head("问题描述")
    assert is_own_sheet("填写说明")
    assert not is_own_sheet("名册")
    assert is_own_row(["", "【示例】张三"])
    assert is_own_row(["[Example] Zhang"])
    assert is_own_row(["※ 导出人"])
    assert not is_own_row(["张三", "【示例】"])
    assert not is_own_row([])


def test_fields_refuse_mistakes() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        FieldSpec("a", "甲", "magic")
    with pytest.raises(ValueError, match="needs choices"):
        FieldSpec("a", "甲", "choice")
    with pytest.raises(ValueError, match="twice: a"):
        check_fields([FieldSpec("a", "甲", "text"), FieldSpec("a", "乙", "text")])


def test_messages_fill_their_gaps() -> None:
    assert str(reason("head_only", label="姓名")) == "表头是“姓名”"
    assert fault("sex.form").text == "看不出是男还是女。请填“男”或“女”。"
    assert all(kind.template.endswith("。") and kind.advice.endswith("。") for kind in FAULTS.values())
    with pytest.raises(KeyError):
        reason("nonsense")
