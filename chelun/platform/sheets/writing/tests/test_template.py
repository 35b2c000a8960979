"""The template: its heads are recognised, its example is passed over, its lists offer the choices."""

from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po
from openpyxl import load_workbook

from chelun.engines.tables import reading
from chelun.engines.tables.columns import (
    ColumnSample,
    FieldSpec,
    is_own_head,
    is_own_row,
    is_own_sheet,
    recognise,
)
from chelun.platform.sheets.writing import refusals, template, write_template

MANY = {f"value{number}": (f"第{number}种从业类别的名称很长",) for number in range(30)}
FIELDS = (
    FieldSpec(
        "name", "姓名", "person_name", ("姓名",), required=True, example="吉克阿木", hint="与身份证一致"
    ),
    FieldSpec("id_number", "身份证号", "id_number", ("身份证号",), example="999001198501010013"),
    FieldSpec(
        "work",
        "工种",
        "choice",
        ("工种",),
        choices={"truck": ("货车", "货车司机"), "taxi": ("出租车",)},
        example="货车",
    ),
    FieldSpec("kind", "细类", "choice", ("细类",), choices=MANY),
    FieldSpec("tonnage", "吨位", "number", ("吨位",)),
)


def made() -> BytesIO:
    """The template in memory."""
    target = BytesIO()
    write_template(target, FIELDS, sheet="从业人员")
    return BytesIO(target.getvalue())


def test_template_has_heads_and_one_example() -> None:
    sheet = load_workbook(made())["从业人员"]
    assert [cell.value for cell in sheet[1]] == ["姓名*", "身份证号", "工种", "细类", "吨位"]
    assert [cell.value for cell in sheet[2]][:3] == ["【示例】吉克阿木", "999001198501010013", "货车"]
    assert sheet["A1"].comment.text == "与身份证一致"
    assert sheet.column_dimensions["B"].width >= 21


def test_template_offers_the_choices() -> None:
    book = load_workbook(made())
    rules = {str(rule.sqref): rule.formula1 for rule in book["从业人员"].data_validations.dataValidation}
    assert rules == {"C2:C5001": '"货车,出租车"', "D2:D5001": "'填写说明'!$E$10:$AH$10"}
    guide = book["填写说明"]
    assert guide["A10"].value == "细类"
    assert (guide["E10"].value, guide["AH10"].value) == (
        "第0种从业类别的名称很长",
        "第29种从业类别的名称很长",
    )


def test_template_is_recognised_when_it_comes_back() -> None:
    stream = made()
    book = reading.inspect(stream)
    assert [is_own_sheet(sheet.name) for sheet in book.sheets] == [False, True]
    found = next(iter(reading.tables(stream)))
    guesses = recognise(
        [ColumnSample(place, column.head, ()) for place, column in enumerate(found.columns)], FIELDS
    )
    assert [guess.field for guess in guesses] == ["name", "id_number", "work", "kind", "tonnage"]
    assert all(is_own_row(row.cells) for row in reading.rows(stream, found) if row.kind == "data")


def test_own_marks_are_known_in_every_language() -> None:
    path = Path(template.__file__).parents[1] / "locale/en/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        english = {str(message.id): str(message.string) for message in read_po(file)}
    for head in (refusals.PROBLEM, refusals.ADVICE):
        assert is_own_head(head)
        assert is_own_head(english[head])
    for name in (refusals.GUIDE, template.GUIDE):
        assert is_own_sheet(name)
        assert is_own_sheet(english[name])
    assert is_own_row([english[template.EXAMPLE] + "x"])
    assert is_own_row([template.EXAMPLE])
