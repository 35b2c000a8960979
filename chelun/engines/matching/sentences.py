"""Every refusal of the matching engine, by stable code: what is wrong and what to do. None holds a value of a row."""

from chelun.engines.faults import N_

REFUSALS: dict[str, str] = {
    "cancelled": N_("匹配已取消，没有写出结果。"),
    "no_file": N_("没有找到文件 {name}。请检查路径和文件名。"),
    "no_right": N_("没有权限读文件 {name}。请检查文件的权限。"),
    "unreadable": N_("{name} 读不下去，文件可能不完整或已损坏。请重新导出一份再试。"),
    "unknown_source": N_("不能匹配 {kind} 这种数据。请给文件路径，或者 Arrow、pandas、polars、DuckDB 的表。"),
    "column_type": N_("“{head}”这一列里是列表、记录或二进制数据，不能匹配。请去掉这一列，或者改成文字。"),
    "folder": N_("工作目录 {folder} 不能写。请换一个目录 (--work)，或者检查权限。"),
    "disk": N_("磁盘放不下匹配时的临时数据。请腾出空间，或者用 --work 换一个目录。"),
    "memory": N_("{limit} 内存不够这次匹配。请用 --memory 给多一些，或者把数据分成几份。"),
    "broken": N_("匹配在“{step}”这一步出了意外，没有写出结果。请带着这句话联系维护人员。"),
}


class MatchingError(Exception):
    """A run cannot go on; `code` is stable, the sentence says why and what to do, in Chinese."""

    def __init__(self, code: str, **params: str | int) -> None:
        """Take the sentence of `code` and fill it with `params`, which are never values of rows."""
        self.code = code
        self.message = REFUSALS[code]
        self.params = params
        super().__init__(self.message.format(**params))
