"""Why a workbook cannot be a form: a stable code and what to do. What no reader reads is refused by `reading.sentences`."""

from chelun.engines.faults import N_

REFUSALS: dict[str, str] = {
    "not_xlsx": N_("版式要用 .xlsx 文件。请用 Excel 或 WPS 打开，另存为“Excel 工作簿 (*.xlsx)”，再上传。"),
    "too_big": N_("版式文件超过 {limit} MB。请删掉大图片和多余的行，只留空白表，再上传。"),
    "too_much": N_("“{sheet}”里的格子太多，不像一张空白表。请只留表头、几行空行和表下的说明，再上传。"),
    "part": N_("文件里有 {part}，版式里不能有。请在 Excel 或 WPS 里删掉它，另存一份再上传。"),
    "link": N_("文件里有指向外面的链接。请取消超链接和数据链接，另存一份再上传。"),
    "function": N_(
        "{cell} 的公式用了 {function}，版式的公式只能做求和、计数一类的计算。请改掉这个公式再上传。"
    ),
    "formula": N_("{cell} 的公式看不懂，或者引用了别的文件。请改掉这个公式再上传。"),
    "sheet_gone": N_("文件里没有工作表“{sheet}”了，请重新上传版式。"),
    "body": N_("表格的起止行不对：第一行要在表头下面，最后一行不能在第一行上面。"),
    "beneath": N_("第 {row} 行是合计或说明，不能算在表格里，否则会被清掉。请把最后一行改到它上面。"),
    "tall": N_("表格的空行超过 {limit} 行。请只留需要的空行，再上传。"),
    "too_long": N_("名单有 {rows} 行，这份版式最多放 {limit} 行。请缩小条件，分几次导出。"),
    "gone": N_("版式的文件已经清除，请重新上传这份版式。"),
}


class Unusable(Exception):
    """A workbook that cannot serve as a form; `code` is stable, the sentence says what is wrong and what to do."""

    def __init__(self, code: str, **params: str | int) -> None:
        """Take the sentence of `code`."""
        self.code = code
        self.message = REFUSALS[code]
        self.params = params
        super().__init__(self.message.format(**params))
