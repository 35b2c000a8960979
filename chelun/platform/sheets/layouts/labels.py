"""Words beside a table that ask for something: «填报单位：», «填表日期：  年  月  日», «填报人：»."""

import re
from collections.abc import Iterator, Mapping

from chelun.platform.sheets.layouts.shape import COUNT, DAY, PLACE, PURPOSE, WHO

_WORDS = {
    PLACE: ("填报单位", "填表单位", "报送单位", "上报单位", "填报地区", "报送地区", "单位（盖章）", "单位(盖章)", "单位"),
    DAY: ("填报日期", "填表日期", "填报时间", "填表时间", "制表日期", "制表时间", "报送日期", "报送时间", "统计时间", "截止日期",
          "截至日期", "日期", "时间"),
    WHO: ("填报人", "填表人", "制表人", "经办人"),
    COUNT: ("总人数", "总车辆数", "总户数", "合计人数", "总数", "共计"),
    PURPOSE: ("用途", "报送用途"),
}  # fmt: skip
_SERIAL = frozenset({"序号", "编号", "序", "号", "No", "No.", "NO"})
_GAP = r"[ \t\u3000_＿]*"
_BLANK = re.compile(r"[ \t\u3000_＿]*(?:年[ \t\u3000_＿]*月[ \t\u3000_＿]*日?)?[ \t\u3000_＿]*")


def _label(word: str) -> re.Pattern[str]:
    letters = _GAP.join(map(re.escape, word))
    seal = "" if word.endswith(("）", ")")) else r"(?:[（(](?:盖章|公章|签字|签名|章)[）)])?"
    return re.compile(rf"(?<![\u4e00-\u9fff]){letters}{seal}{_GAP}[:：]")


_LABELS = {what: tuple(map(_label, words)) for what, words in _WORDS.items()}


def counts_rows(head: str) -> bool:
    """Whether a head stands over numbers that count the rows."""
    return head.strip() in _SERIAL


def asked(text: str) -> list[str]:
    """What a cell's text asks for, each once."""
    return [what for what in _LABELS if next(_found(text, what), None)]


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """The text with each value behind its label, in place of blanks and of 年月日; without a label the value alone.

    A value that somebody left out stays a blank to be filled by hand.
    """
    placed = []
    for what, value in values.items():
        found = next(_found(text, what), None)
        if found and value:
            placed.append((found.end(), value))
    if not placed:
        unlabelled = [
            value for what, value in values.items() if value and next(_found(text, what), None) is None
        ]
        return unlabelled[0] if unlabelled else text
    for at, value in sorted(placed, reverse=True):
        blank = _BLANK.match(text, at)
        end = blank.end() if blank else at
        rest = text[end:]
        text = f"{text[:at]}{value}{'　　' if rest else ''}{rest}"
    return text


def _found(text: str, what: str) -> Iterator[re.Match[str]]:
    for pattern in _LABELS[what]:
        match = pattern.search(text)
        if match:
            yield match
