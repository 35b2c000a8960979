"""The catalogue of what a name can be refused for, as fixed Chinese sentences.

What lives here: one `FaultKind` a line and `ALL_FAULTS`, from which the Django side translates and documents.
What does not: the decisions; they are in `normalise.py`.
"""

from chelun.engines.faults import N_, Fault, FaultKind

__all__ = ["ALL_FAULTS", "Fault", "FaultKind"]

NAME_EMPTY = FaultKind("name.empty", N_("姓名是空的。"), N_("请补上姓名。"))
NAME_MASKED = FaultKind("name.masked", N_("姓名被遮住了一部分。"), N_("请向来源单位要完整的姓名。"))
NAME_GARBLED = FaultKind(
    "name.garbled", N_("姓名里有字没有显示出来。"), N_("多半是生僻字在转换时丢失了，请对照证件重新填写。")
)
NAME_PLACEHOLDER = FaultKind(
    "name.placeholder", N_("这不是姓名，只是占位的字样。"), N_("请填写证件上的姓名。")
)
NAME_TITLE = FaultKind("name.title", N_("这里只写了称呼，没有写姓名。"), N_("请填写证件上的姓名。"))
NAME_DIGITS = FaultKind("name.digits", N_("姓名里有数字。"), N_("请填写证件上的姓名；编号请另放一列。"))
NAME_SEVERAL = FaultKind("name.several", N_("这一格里像是有几个人的姓名。"), N_("请每人单独填一行。"))
NAME_BAD_CHARACTER = FaultKind(
    "name.bad_character",
    N_("姓名里有不该出现的符号。"),
    N_("请填写证件上的姓名；说明文字请放在括号里或另放一列。"),
)
NAME_TOO_SHORT = FaultKind("name.too_short", N_("姓名只有一个字。"), N_("请填写证件上的全名。"))
NAME_TOO_LONG = FaultKind(
    "name.too_long", N_("姓名有 {length} 个字，最多 {limit} 个字。"), N_("请对照证件核对。")
)

ALL_FAULTS: tuple[FaultKind, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, FaultKind)
)
