"""Cells that say nothing: empty ones, and the words clerks write instead of leaving a cell empty."""

from chelun.engines.tables.columns.script import compact, words

_BLANKS = words(
    "无 暂无 没有 不详 未知 不明 待定 待补 未填 未提供 空 略 缺 — —— - -- --- / // \\ · . 。 … ... n/a na n.a. n.a null none nil nan undefined tbd ? ?? 无此项 不适用"
)
_FORMULA_ERRORS = words("#n/a #ref! #value! #name? #div/0! #num! #null! #spill! #calc! #getting_data #error!")


def is_blank(text: str) -> bool:
    """Does the cell say nothing (empty, 无, —, N/A, 不详 …)? For yes/no fields 无 says something: do not ask there."""
    if not text:
        return True
    return len(text) <= 9 and (not (bare := compact(text).casefold()) or bare in _BLANKS)


def is_formula_error(text: str) -> bool:
    """Is the cell the error of a formula (#N/A, #REF! …) and no value?"""
    return text[:1] in "#＃" and compact(text).casefold() in _FORMULA_ERRORS
