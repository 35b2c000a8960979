"""What this package says to a clerk, as values: a stable code, a Chinese sentence with gaps, what fills the gaps.

What lives here: why a column was taken for a field, or dropped. What does not: what is wrong with a cell (`faults.py`).
The templates are the msgids; the Django side translates `template` and fills in `params` (`label`, `other` and `kind`
are msgids themselves). A parameter never holds the value of a cell: only heads made safe, labels, columns and counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from chelun.engines.faults import N_

NOTHING: Mapping[str, str] = MappingProxyType({})

#: Why a column was taken for a field, or left out.
RECOGNISED: Mapping[str, str] = MappingProxyType(
    {
        "head_and_content": N_("表头和内容都像“{label}”"),
        "head_only": N_("表头是“{label}”"),
        "content_only": N_("没有表头，内容像“{label}”"),
        "unknown_head": N_("表头“{head}”不认识，内容像“{label}”，请确认"),
        "contradiction": N_("表头“{head}”与内容不符，内容像“{label}”，请确认"),
        "content_unlike": N_("表头是“{label}”，但多数内容不像，请确认"),
        "head_partial": N_("表头“{head}”只有一部分像“{label}”，请确认"),
        "close_call": N_("像“{label}”，也可能是“{other}”，请确认"),
        "duplicate": N_("“{label}”已由第 {column} 列提供，本列不导入"),
        "serial": N_("序号列，不导入"),
        "own": N_("退回表格时系统加的列，不导入"),
        "empty": N_("整列为空，不导入"),
        "unknown": N_("不认识的列，不导入"),
    }
)

#: Why a column or a cell may not come in.
FORBIDDEN: Mapping[str, str] = MappingProxyType(
    {
        "forbidden_head": N_("表头属于“{kind}”，名册不得带入，整列已丢弃，未保存"),
        "forbidden_content": N_("内容属于“{kind}”，名册不得带入，整列已丢弃，未保存"),
    }
)


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence: `template` is the msgid, `params` fills its gaps; `str()` is the Chinese sentence."""

    code: str
    template: str
    params: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def __str__(self) -> str:
        return self.template.format_map(self.params)


def reason(code: str, **params: str) -> Message:
    """The sentence for a recognition or a dropped column. Raises KeyError for an unknown code."""
    return Message(code, RECOGNISED.get(code) or FORBIDDEN[code], params)
