"""The marks by which our own workbooks are known again: columns, rows and sheets that an import passes over.

Both languages are listed, because a clerk may fetch a workbook in one and send it back in the other.
"""

from collections.abc import Iterable

from chelun.engines.tables.columns.script import compact, plain

#: Heads of the two columns that a refusal workbook adds (writing/refusals.py).
PROBLEM_HEADS = ("问题", "Problem")
ADVICE_HEADS = ("怎么办", "What to do")
#: First characters of the first cell of a template's example row (writing/template.py).
EXAMPLE_MARKS = ("【示例】", "[Example]")
#: First characters of a line that we wrote for a reader, not for an import (watermark, notes).
NOTE_MARKS = ("※",)
#: Sheets of explanation.
GUIDE_SHEETS = ("填写说明", "How to fill in", "退回说明", "About the refusals")

_OWN_HEADS = frozenset(compact(head).casefold() for head in (*PROBLEM_HEADS, *ADVICE_HEADS))
_GUIDES = frozenset(compact(name).casefold() for name in GUIDE_SHEETS)
_EXAMPLES = tuple(plain(mark) for mark in EXAMPLE_MARKS)


def is_own_head(head: str) -> bool:
    """Was this column added by a refusal workbook?"""
    return compact(head).casefold() in _OWN_HEADS


def is_own_sheet(name: str) -> bool:
    """Is this a sheet of explanation that holds no rows?"""
    return compact(name).casefold() in _GUIDES


def is_own_row(cells: Iterable[str]) -> bool:
    """Is this a template's example row or a line of ours (watermark, note)? Only the first filled cell is looked at."""
    first = next((text for text in map(plain, cells) if text), "")
    return first.startswith(_EXAMPLES) or first.startswith(NOTE_MARKS)
