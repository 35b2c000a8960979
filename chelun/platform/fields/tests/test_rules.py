"""What may be a field of a place, and what its cells say."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chelun.core.errors import Refused
from chelun.engines.faults import Fault
from chelun.engines.tables.columns.own_fields import OwnColumn
from chelun.platform.fields.rules import Draft, judge, sealed_at_first, taken_heads
from chelun.platform.sheets.registers import REGISTERS

AREA = Draft("所属片区", options=(("", "城东"), ("", "城西")))


def judged(draft: Draft, type_: str = "choice", *, sealed: bool = False) -> str:
    """The code of the refusal, '' when the field may be."""
    try:
        judge(draft, type_, sealed=sealed)
    except Refused as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize(
    "label",
    [
        "政治面貌", "政 治 面 貌", "政治\u200b面貌", "政治面貌（选填）", "ＺＺＭＭ", "zhengzhimianmao", "是否党员", "党\u200b员", "黨員", "党員身份", "入党时间",
        "民族", "民 族", "宗教信仰", "是否信教", "健康状况", "血型", "残疾等级", "病史", "Party member", "ethnicity", "思想动态", "重点人员", "上访情况",
    ],
)  # fmt: skip
def test_forbidden_kinds_are_no_fields(label: str) -> None:
    assert judged(replace(AREA, label=label)) == "fields.forbidden"
    assert judged(replace(AREA, heads=("片区", label[:30]))) == "fields.forbidden"
    assert judged(Draft(label), "text", sealed=True) == "fields.forbidden"
    assert judged(Draft("类别一", help=f"填{label}"), "text") == "fields.forbidden"


@pytest.mark.parametrize(
    "options",
    [("党员", "其他"), ("中共党员", "群众"), ("汉", "彝", "藏"), ("汉族", "其他"), ("党", "团", "群"), ("DY", "QZ"), ("A", "B", "O", "AB"),
     ("信教", "不信教"), ("残疾一级", "无"), ("黨 員", "無"), ("健康", "良好"), ("高血压", "正常")],
)  # fmt: skip
def test_options_are_judged_as_the_cells_of_a_column(options: tuple[str, ...]) -> None:
    assert (
        judged(replace(AREA, label="类型", options=tuple(("", each) for each in options)))
        == "fields.forbidden"
    )


def test_a_word_cut_in_two_is_found() -> None:
    assert judged(Draft("政治", heads=("面貌",)), "text") == "fields.forbidden"
    assert judged(Draft("是否党", unit="员"), "number") == "fields.forbidden"
    assert judged(Draft("政治", options=(("", "面貌甲"), ("", "面貌乙")))) == "fields.forbidden"


def test_plain_fields_may_be() -> None:
    for draft, type_ in (
        (AREA, "choice"),
        (Draft("已装北斗", counted=True, shown=True), "yes_no"),
        (Draft("核定座位", unit="座", low=Decimal(1), high=Decimal(60), counted=True), "number"),
        (Draft("最近培训日期", heads=("培训时间",)), "day"),
        (Draft("常跑路线", help="例如美姑到西昌"), "text"),
    ):
        assert judged(draft, type_) == ""


def test_refusals_of_shape() -> None:
    assert judged(Draft("\u2ea0族"), "text") == "fields.odd"
    taken = taken_heads(REGISTERS["person"].fields, [("片区的自定字段", ["网格"])])
    assert judged(Draft("单位", taken=taken), "text") == "fields.taken"
    assert judged(Draft("身份证 号码", taken=taken), "text") == "fields.taken"
    assert judged(Draft("路线", heads=("网格",), taken=taken), "text") == "fields.taken"
    assert judged(Draft("12"), "text") == "fields.label"
    assert judged(Draft("甲/乙"), "text") == "fields.head"
    assert judged(replace(AREA, options=(("", "城东"),))) == "fields.options"
    assert judged(replace(AREA, options=(("", "城东"), ("", "城 东")))) == "fields.options_twice"
    assert judged(Draft("座位", low=Decimal(5), high=Decimal(1)), "number") == "fields.bounds"
    assert judged(Draft("路线", shown=True), "text", sealed=True) == "fields.sealed_use"
    assert judged(Draft("路线", counted=True), "text") == "fields.counted"


def test_what_lies_sealed_at_first() -> None:
    assert [sealed_at_first("person", type_) for type_ in ("text", "day", "number", "choice", "yes_no")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert not sealed_at_first("vehicle", "text")


COLUMNS = {
    "choice": OwnColumn("own_c1", "片区", "choice", options=(("opt1", "城东"), ("opt2", "城西")), offered=frozenset({"opt1"})),
    "number": OwnColumn("own_c2", "座位", "number", unit="座", low=Decimal(1), high=Decimal(60)),
    "times": OwnColumn("own_c3", "次数", "number", unit="次"),
    "day": OwnColumn("own_c4", "培训日期", "day"),
    "yes_no": OwnColumn("own_c5", "北斗", "yes_no"),
    "text": OwnColumn("own_c6", "路线", "text"),
    "sealed": OwnColumn("own_s7", "紧急联系", "text"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        ("choice", "城东", "opt1"), ("choice", "城西", "choice.form"), ("choice", "opt2", "opt2"), ("choice", "", None),
        ("number", "１２座", "12"), ("number", "61", "number.range"), ("number", "十二", "12"), ("number", "4.50", "4.5"),
        ("times", "3次", "3"), ("times", "3吨", "number.form"), ("day", "2026年3月1日", "2026-03-01"), ("day", "2026", "date.incomplete"),
        ("yes_no", "√", "yes"), ("yes_no", "无", "no"), ("yes_no", "也许", "yes_no.form"),
        ("text", " 美姑　到 西昌 ", "美姑 到 西昌"), ("text", "他是党员", None), ("text", "信教", None), ("text", "哥哥13900001111", "own.numbered"),
        ("text", "51343619900101001X", "own.numbered"), ("sealed", "哥哥13900001111", "哥哥13900001111"), ("text", "长" * 61, "text.long"),
    ],
)  # fmt: skip
def test_cells(type_: str, cell: str, value: str | None) -> None:
    read = COLUMNS[type_].read(cell)
    assert (read.code if isinstance(read, Fault) else read) == value
