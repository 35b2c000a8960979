"""Every refusal and notice of this folder, by stable code: what is wrong, and how the clerk saves the file."""

from chelun.engines.faults import N_
from chelun.engines.tables.reading.values import Notice

REFUSALS: dict[str, str] = {
    "empty": N_("这个文件是空的，里面没有任何内容。请检查是否选错了文件。"),
    "no_rows": N_("这个文件里没有一行有内容。请检查是否选错了文件，或者内容在图片里。"),
    "no_table": N_(
        "这个文件里有文字，但没有找到一行一人 (或一车、一户) 的表。请整理成一行表头、下面一行一条的表，再上传。"
    ),
    "form": N_(
        "这像是一人一张的登记表，不是花名册。请把各人的内容抄到一张表里：一行表头，下面一人一行，再上传。"
    ),
    "too_big": N_("文件有 {size} MB，超过了 {limit} MB 的上限。请删掉图片，或者拆成几个文件再上传。"),
    "et": N_("这是 WPS 表格的 .et 文件。请在 WPS 里选“文件 → 另存为”，类型选“Excel 文件 (*.xlsx)”，再上传。"),
    "password": N_("这个文件加了密码。请打开后在“文件 → 信息 → 保护工作簿”里去掉密码，保存后再上传。"),
    "macros": N_("这个文件带有宏程序，为了安全不能读。请另存为“Excel 工作簿 (*.xlsx)”，再上传。"),
    "external_links": N_(
        "这个文件引用了别的文件里的数据。请在“数据 → 编辑链接”里断开链接（数值会保留），保存后再上传。"
    ),
    "binary_workbook": N_("这是二进制工作簿 (.xlsb)。请另存为“Excel 工作簿 (*.xlsx)”，再上传。"),
    "old_excel": N_("这是很旧的 Excel 格式 (Excel 4 或更早)。请用 Excel 或 WPS 另存为 .xlsx，再上传。"),
    "web_page": N_("这个文件其实是网页，里面没有表格。请用 Excel 或 WPS 打开，另存为 .xlsx，再上传。"),
    "document": N_(
        "这是文字文档或演示文稿，不是表格。请把里面的表格复制到 Excel 或 WPS 表格，存为 .xlsx，再上传。"
    ),
    "pdf": N_("这是 PDF 文件，不是表格。请向提供单位要 Excel 原件，存为 .xlsx，再上传。"),
    "image": N_("这是图片，不是表格。请向提供单位要 Excel 原件，存为 .xlsx，再上传。"),
    "archive": N_("这是压缩包。请先解压，再把里面的表格一个一个上传。"),
    "not_a_sheet": N_("认不出这个文件是什么表格。请用 Excel 或 WPS 打开，另存为 .xlsx，再上传。"),
    "broken": N_("文件已损坏，读到一半读不下去了。请用 Excel 或 WPS 打开，另存为一份新的 .xlsx，再上传。"),
    "bomb": N_(
        "文件解开后大得不合常理，为了安全不再读。请把需要的行复制到一个新表里，另存为 .xlsx，再上传。"
    ),
    "unpacked": N_(
        "文件解开后有 {size} MB，超过了 {limit} MB 的上限。请另存为 .xlsx，或者拆成几个文件再上传。"
    ),
    "blanks": N_("“{sheet}”里有大片带格式的空白格子。请把有内容的行复制到一张新表里，再上传。"),
    "entities": N_("文件里带有不该有的 XML 声明 (DOCTYPE)，为了安全不能读。请另存为一份新的 .xlsx，再上传。"),
    "too_many_sheets": N_("文件里有 {count} 张工作表，最多读 {limit} 张。请拆成几个文件再上传。"),
    "too_many_rows": N_("“{sheet}”的行数超过了 {limit} 行。请拆成几个文件再上传。"),
    "too_many_cells": N_("“{sheet}”的格子超过了 {limit} 个。请删掉多余的空白行列，或者拆成几个文件再上传。"),
    "too_many_merges": N_("“{sheet}”的合并单元格超过了 {limit} 处。请取消一部分合并，再上传。"),
    "too_many_tables": N_("“{sheet}”里的表超过了 {limit} 张。请一张工作表只放一张表，再上传。"),
    "too_wide": N_("“{sheet}”第 {row} 行在第 {limit} 列以外还有内容。请删掉右边多余的列，再上传。"),
    "repeated": N_("“{sheet}”第 {row} 行连着重复了 {count} 次。请删掉多余的行，再上传。"),
    "cell_too_long": N_("“{sheet}”里有一个格子的文字超过了 {limit} 个字。请删短后再上传。"),
    "row_too_long": N_("“{sheet}”第 {row} 行的文字超过了 {limit} 个字。请删短后再上传。"),
    "line_too_long": N_(
        "第 {row} 行太长，不像表格的一行。请用 Excel 或 WPS 打开检查，另存为 .xlsx，再上传。"
    ),
    "open_quote": N_("第 {row} 行有一个英文引号没有配对，后面的行会连成一格。请补上或删掉它，再上传。"),
    "encoding": N_("文字编码认不出来。请用 Excel 或 WPS 打开，另存为 .xlsx，再上传。"),
}

NOTICES: dict[str, str] = {
    "hidden_sheet": N_("工作表“{sheet}”是隐藏的，也读进来了。"),
    "other_sheet": N_("“{sheet}”是图表，没有行可读。"),
    "external_links": N_("文件引用了别的文件，没有去打开，只用了文件里存着的数值。"),
    "bad_bytes": N_("有 {count} 处文字读不出来，用“�”代替了。"),
    "extension": N_("文件名是 {extension}，内容其实是 {format}，已按内容读。"),
}


class Unreadable(Exception):
    """A file or a part of it cannot be read; `code` is stable, the sentence says what is wrong and how to save it."""

    def __init__(self, code: str, **params: str | int) -> None:
        """Take the sentence of `code` and fill it with `params`."""
        self.code = code
        self.message = REFUSALS[code]
        self.params = params
        super().__init__(self.message.format(**params))


def notice(code: str, **params: str | int) -> Notice:
    """Return the notice of `code`, its sentence filled with `params`."""
    return Notice(code, NOTICES[code], params)
