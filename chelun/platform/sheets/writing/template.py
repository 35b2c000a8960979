"""The template of a register's sheet: the heads, an example that an import passes over, and a sheet of explanation."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from chelun.engines.faults import N_
from chelun.engines.tables.columns import FieldSpec, check_fields
from chelun.platform.sheets.writing.book import Book, Target, open_book
from chelun.platform.sheets.writing.texts import Say, cell_text

GUIDE = N_("填写说明")
EXAMPLE = N_("【示例】")
_HEADS = (N_("列名"), N_("是否必填"), N_("怎么填"), N_("例子"), N_("可选内容"))
_REQUIRED, _OPTIONAL = N_("必填"), N_("选填")
_PICK = N_("请从下拉列表里选。")
_PICK_TITLE = N_("可选内容")
_GUIDE_LINES = (
    N_("从第 3 行起一人（一车、一户）填一行；第 2 行是示例，导入时会自动略过，可以不删。"),
    N_("表头带 * 的列必填。不需要的列可以空着，也可以删掉；列的先后可以调换。"),
    N_("证件号、电话等列已设为文本格式，请不要改动。"),
    N_("请不要加政治面貌、民族、宗教、健康、照片等列：名册不得带入，导入时会丢弃。"),
)
#: Rows that offer the list of choices.
_OFFERED_ROWS = 5_000
#: Excel refuses a list of choices that is longer, written out.
_LIST_LIMIT = 250


def write_template(
    target: Target,
    fields: Sequence[FieldSpec],
    *,
    sheet: str,
    say: Say = str,
    tmpdir: str | None = None,
) -> None:
    """Write a template as .xlsx to a path or an open binary file.

    `sheet` is the name of the first sheet, in the reader's language; labels, hints and the first word of each choice
    go through `say`. Raises ValueError when two fields share a name.
    """
    check_fields(fields)
    with open_book(target, tmpdir=tmpdir) as book:
        guide_name = say(GUIDE)
        _write_form(book, book.sheet(sheet), fields, guide_name, say)
        _write_guide(book, book.sheet(guide_name), fields, say)


def shown_choices(spec: FieldSpec, say: Say) -> list[str]:
    """The words that a clerk picks from: of each choice its first synonym."""
    return [say(next(iter(others), value)) for value, others in spec.choices.items()]


def _write_form(book: Book, sheet: Worksheet, fields: Sequence[FieldSpec], guide_name: str, say: Say) -> None:
    """The sheet to fill in: heads with hints, one example row, lists of choices."""
    sheet.freeze_panes(1, 0)
    for place, spec in enumerate(fields):
        head = say(spec.label) + ("*" if spec.required else "")
        column_format = book.styles["number" if spec.kind == "number" else "text"]
        sheet.set_column(
            place,
            place,
            min(30.0, max(12.0, 2.4 * len(head), 21.0 if spec.kind in _LONG else 0.0)),
            column_format,
        )
        book.put(sheet, 0, place, head, "head")
        if spec.hint:
            sheet.write_comment(0, place, cell_text(say(spec.hint)), {"x_scale": 2})
        if spec.choices:
            _offer(sheet, place, fields, guide_name, say)
    for place, spec in enumerate(fields):
        mark = say(EXAMPLE) if place == 0 else ""
        book.put(sheet, 1, place, mark + say(spec.example) if spec.example else mark, "example")


_LONG = frozenset({"id_number", "certificate", "uscc", "vin", "firm_name", "address"})


def _offer(sheet: Worksheet, place: int, fields: Sequence[FieldSpec], guide_name: str, say: Say) -> None:
    """A list to pick from, which warns and does not forbid: a clerk may paste what the office writes."""
    words = shown_choices(fields[place], say)
    source: list[str] | str = words
    if len(",".join(words)) > _LIST_LIMIT or any("," in word for word in words):
        row = _first_field_row() + place
        last = _column_letters(len(_HEADS) - 1 + len(words) - 1)
        source = f"='{guide_name}'!${_column_letters(len(_HEADS) - 1)}${row + 1}:${last}${row + 1}"
    rule = {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_message": say(_PICK)[:255],
        "error_title": say(_PICK_TITLE)[:32],
    }
    sheet.data_validation(1, place, _OFFERED_ROWS, place, rule)


def _first_field_row() -> int:
    """Row (from 0) of the first field on the sheet of explanation."""
    return len(_GUIDE_LINES) + 2


def _column_letters(column: int) -> str:
    """A, B … Z, AA … for a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _write_guide(book: Book, sheet: Worksheet, fields: Sequence[FieldSpec], say: Say) -> None:
    """The sheet of explanation: general lines, then a line per field; its choices one per cell."""
    for place, width in enumerate((22, 12, 48, 28, 14)):
        sheet.set_column(place, place, width)
    for line, text in enumerate(_GUIDE_LINES):
        book.put(sheet, line, 0, say(text), "plain")
    for place, head in enumerate(_HEADS):
        book.put(sheet, _first_field_row() - 1, place, say(head), "head")
    for line, spec in enumerate(fields, start=_first_field_row()):
        told = (
            say(spec.label),
            say(_REQUIRED if spec.required else _OPTIONAL),
            say(spec.hint) if spec.hint else "",
        )
        example = say(spec.example) if spec.example else ""
        for place, text in enumerate((*told, example, *shown_choices(spec, say))):
            book.put(sheet, line, place, text, "wrapped")
