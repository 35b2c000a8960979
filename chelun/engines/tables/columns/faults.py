"""What can be wrong with a cell, as fixed sentences: what is wrong, what to do. Never the cell's text.

Faults of ID numbers, phones, plates and codes stand in `chelun.engines.ids.faults`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from chelun.engines.faults import N_, Fault, FaultKind

__all__ = ["FAULTS", "Fault", "FaultKind", "fault"]

_WRITE_DAY = N_("请写成 2023-05-01 这样的日期。")

_KINDS = (
    FaultKind("cell.required", N_("必填，但单元格是空的。"), N_("请补上。")),
    FaultKind(
        "cell.formula_error",
        N_("单元格是公式错误，没有值。"),
        N_("请把这一列复制后“粘贴为数值”，改正后再导入。"),
    ),
    FaultKind("date.form", N_("看不出是哪一天。"), _WRITE_DAY),
    FaultKind("date.two_digit_year", N_("年份只有两位。"), N_("请写四位年份，如 2023-05-01。")),
    FaultKind("date.impossible", N_("日历上没有这一天。"), N_("请核对年、月、日。")),
    FaultKind("date.incomplete", N_("只有年份或年月，缺少日期。"), N_("请写全年、月、日，如 2023-05-01。")),
    FaultKind("date.range", N_("年份不在 1900 至 2200 之间。"), N_("请核对年份。")),
    FaultKind("date.order", N_("看不准哪个是月、哪个是日。"), _WRITE_DAY),
    FaultKind(
        "date.serial", N_("数字不像表格软件的日期序号。"), N_("请把单元格设为日期格式，核对后重新保存。")
    ),
    FaultKind("date.long_term", N_("这里不能填“长期”。"), N_("请写具体日期，如 2023-05-01。")),
    FaultKind(
        "period.form",
        N_("看不出起止日期。"),
        N_("请写成 2020-01-01至2026-01-01，没有期限的写“长期”。"),
    ),
    FaultKind("period.order", N_("截止日期早于起始日期。"), N_("请核对起止日期。")),
    FaultKind("number.form", N_("不是数字。"), N_("请只填数字，如 4.5。")),
    FaultKind("number.unit", N_("单位不是“{unit}”。"), N_("请换算单位后只填数字。")),
    FaultKind("number.whole", N_("应为整数。"), N_("请去掉小数。")),
    FaultKind("number.range", N_("数字不在 {low} 至 {high} 之间。"), N_("请核对数字和单位。")),
    FaultKind("number.least", N_("数字小于 {low}。"), N_("请核对数字和单位。")),
    FaultKind("number.most", N_("数字大于 {high}。"), N_("请核对数字和单位。")),
    FaultKind(
        "number.scientific",
        N_("数字变成了科学计数法，后几位已经丢失。"),
        N_("请把这一列设为文本格式，按原件重新填写。"),
    ),
    FaultKind("sex.form", N_("看不出是男还是女。"), N_("请填“男”或“女”。")),
    FaultKind("yes_no.form", N_("看不出是“是”还是“否”。"), N_("请填“是”或“否”。")),
    FaultKind("choice.form", N_("不在可选范围（{choices}）内。"), N_("请从可选范围里选一个。")),
    FaultKind("choice.several", N_("一格里有几个可选项（{choices}）。"), N_("请只保留一个。")),
    FaultKind("text.long", N_("超过了 {limit} 个字。"), N_("请缩短，多余的内容另存。")),
)

#: Every fault of this package by its code.
FAULTS: Mapping[str, FaultKind] = MappingProxyType({kind.code: kind for kind in _KINDS})


def fault(code: str, **params: str | int) -> Fault:
    """The fault with this code. Raises KeyError for an unknown code."""
    return FAULTS[code](**params)
