"""`chelun import`: exact counts, exit codes, what to pass with --map; refused rows and templates come back in by themselves."""

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from django.core.management import CommandError, call_command
from django.utils.translation import override
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from chelun.people.models import PersonCard
from chelun.platform.accounts.models import User
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.services.downloads import template_bytes
from chelun.platform.sheets.tests.samples import HEADS, csv_roster, id_number, person, workbook

pytestmark = pytest.mark.usefixtures("regions")
Rows = Sequence[Sequence[str]]


def run(clerk: User, *args: object) -> dict[str, Any]:
    """What the command prints as JSON."""
    out = io.StringIO()
    call_command("import", *map(str, args), user=clerk.username, json=True, stdout=out, stderr=io.StringIO())
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def refused(clerk: User, *args: object) -> tuple[int, str, str]:
    """(exit code, what stands on stderr, what stands on stdout) of a command that fails."""
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command(
            "import", *map(str, args), user=clerk.username, json=True, stdout=out, stderr=io.StringIO()
        )
    return caught.value.returncode, str(caught.value), out.getvalue()


def file_of(folder: Path, content: bytes, name: str = "名册.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def balanced(told: dict[str, Any]) -> bool:
    """Whether every row that was read became something."""
    done = ("created", "changed", "unchanged", "unresolved", "refused", "left_out")
    return bool(told["read"] == sum(told[name] for name in done) + sum(told["skipped"].values()))


def ugly() -> bytes:
    sections = [row for n in range(600) for row in ((f"第{n}组（共1人）",), person(n))]
    first = [
        ("货车司机名册",),
        HEADS,
        *sections,
        ("合计", "600人"),
        ("备注：以上截至三月",),
        ("安坏", "999", "1"),
    ]
    side = [
        (*HEADS[:3], "", *HEADS[:3]),
        *((*person(n)[:3], "", *person(n + 50)[:3]) for n in range(700, 705)),
    ]
    return workbook(("甲", first), ("乙", side), ("说明", [("填表说明：请如实填写。",)]))


def test_every_row_is_counted(clerk: User, tmp_path: Path) -> None:
    told = run(clerk, file_of(tmp_path, ugly()), "--source", "甲")
    assert balanced(told)
    assert (told["created"], told["refused"], told["dropped_columns"]) == (610, 1, 0)
    assert told["skipped"] == {"title": 1, "head": 3, "section": 600, "total": 1, "note": 2}
    assert told["refusals"] == f"/sheets/{told['import']}/refusals/"


def test_same_file_changes_nothing(clerk: User, tmp_path: Path) -> None:
    path = file_of(tmp_path, ugly())
    first, second = (run(clerk, path, "--source", "甲") for _ in range(2))
    assert (first["repeated"], second["repeated"]) == (False, True)
    for told in (first, second):
        per_register = [counts["created"] + counts["changed"] for counts in told["registers"].values()]
        assert sum(per_register) == told["created"] + told["changed"]
    assert (second["created"], second["unchanged"]) == (0, first["created"])
    assert balanced(second)


def test_table_that_nobody_took_is_told(clerk: User, tmp_path: Path) -> None:
    content = workbook(
        ("甲", [HEADS, person(1)]),
        ("乙", [("桩号", "日期", "数量"), ("12.5", "2026-03-01", "3"), ("13.5", "2026-03-02", "4")]),
    )
    told = run(clerk, file_of(tmp_path, content), "--source", "甲", "--yes")
    assert balanced(told)
    assert (told["created"], told["left_out"]) == (1, 2)
    out = io.StringIO()
    call_command("import", tmp_path / "名册.xlsx", user=clerk.username, source="甲", stdout=out)
    assert "“乙”没有选登记类别，2 行都没有导入" in out.getvalue()


def test_what_the_pages_tell_is_told_by_the_command_as_well(clerk: User, tmp_path: Path) -> None:
    heads = ("姓名", "身份证号", "联系电话", "入职日期")
    rows = [heads, (*person(1)[:3], "2019.3"), ("合计", "1人", "", "")]
    told = run(clerk, file_of(tmp_path, workbook(("名册", rows))), "--source", "甲")
    assert (told["created"], told["refused"]) == (1, 0)
    assert any("合计行" in line for line in told["beside"])
    assert len(told["warnings"]) == 1
    assert told["warnings"][0].startswith("开始日期 只有年份或年月，没有登记这个日期。（")
    out = io.StringIO()
    call_command("import", tmp_path / "名册.xlsx", user=clerk.username, source="甲", stdout=out)
    assert told["warnings"][0] in out.getvalue()


UNSURE = ("姓名", "证号码", "紧急联系人电话", "面貌")


def unsure_rows() -> list[tuple[str, ...]]:
    return [UNSURE, *((*person(n)[:2], "19911110000", "群众") for n in range(1, 6))]


def test_unsure_column_says_what_to_pass(clerk: User, tmp_path: Path) -> None:
    path = file_of(tmp_path, workbook(("名册", unsure_rows())))
    code, said, printed = refused(clerk, path, "--source", "甲")
    assert code == 2
    assert "照猜测写 B=id_number，不导入写 B=" in said
    assert (json.loads(printed)["map"], json.loads(printed)["state"]) == ("B=id_number", "mapping")
    assert f"--resume {json.loads(printed)['import']} --as {clerk.username} --map 'B=id_number'" in said
    assert not PersonCard.objects.exists()
    told = run(clerk, "--resume", json.loads(printed)["import"], "--map", "B=身份证号")
    assert (told["created"], told["dropped"]) == (5, ["D 面貌"])


def test_several_tables_are_named_by_number(clerk: User, tmp_path: Path) -> None:
    content = workbook(("党员", unsure_rows()), ("乙", unsure_rows()))
    code, _said, printed = refused(clerk, file_of(tmp_path, content), "--source", "甲")
    told = json.loads(printed)
    assert (code, told["map"]) == (2, "1!B=id_number,2!B=id_number")
    assert run(clerk, "--resume", told["import"], "--map", told["map"])["created"] == 5


@pytest.mark.parametrize("wish", ["Z=name", "D=note", "丙!A=name"])
def test_wish_for_a_column_that_is_not_there_is_refused(clerk: User, tmp_path: Path, wish: str) -> None:
    path = file_of(tmp_path, workbook(("名册", unsure_rows())))
    code, said, _ = refused(clerk, path, "--source", "甲", "--map", wish)
    assert code == 1
    assert wish.partition("=")[0] in said


def test_unreadable_file_is_a_sentence(clerk: User, tmp_path: Path) -> None:
    code, said, _ = refused(clerk, file_of(tmp_path, ugly(), "名册.et"), "--source", "甲")
    assert code == 1
    assert "另存为" in said


def as_xls(rows: Rows) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("名册")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    book.save(out)
    return out.getvalue()


def as_ods(rows: Rows) -> bytes:
    document, out = OpenDocumentSpreadsheet(), io.BytesIO()
    table = Table(name="名册")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(out)
    return out.getvalue()


MAKERS: dict[str, Callable[[Rows], bytes]] = {
    "名册.xlsx": lambda rows: workbook(("名册", rows)),
    "名册.xls": as_xls,
    "名册.ods": as_ods,
    "名册.csv": lambda rows: csv_roster(rows[1:], rows[0]),
}


@pytest.mark.parametrize("name", MAKERS)
def test_refused_rows_come_back_corrected(clerk: User, tmp_path: Path, name: str) -> None:
    rows = unsure_rows()
    wrong = id_number(9)
    swapped = f"{wrong[:14]}{wrong[15]}{wrong[14]}{wrong[16:]}"
    rows.insert(3, ("安小九", swapped, "19911110000", "党员"))
    path, back = file_of(tmp_path, MAKERS[name](rows), name), tmp_path / "退回.xlsx"
    told = run(clerk, path, "--source", "甲", "--map", "B=id_number", "--refusals", back)
    assert (told["created"], told["refused"], told["refusals"]) == (5, 1, str(back))
    book = openpyxl.load_workbook(back)
    sheet = book.worksheets[0]
    cells = list(sheet.values)
    assert cells[0] == (*UNSURE[:3], "问题", "怎么办")
    assert len(cells) == 2
    assert cells[1][:3] == ("安小九", swapped, "19911110000")
    assert "原表第 4 行" in str(cells[1][3])
    assert wrong not in back.read_bytes().decode("latin-1")
    assert all(wrong not in str(cell) for row in cells for cell in row)
    assert [cell.fill.fill_type for cell in sheet[2]][:3] == [None, "solid", None]
    sheet["B2"] = wrong
    book.save(back)
    again = run(clerk, back, "--source", "甲")
    assert (again["created"], again["refused"]) == (1, 0)
    assert balanced(again)


FILLED = {
    "person": {0: "安小一", 1: id_number(1), 2: "19900000001", 10: "川W12345"},
    "enterprise": {0: "顺达物流有限公司", 6: "12"},
    "vehicle": {0: "川W12345", 1: "黄"},
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("register", FILLED)
def test_template_comes_in_without_a_question(
    clerk: User, tmp_path: Path, register: str, language: str
) -> None:
    with override(language):
        book = openpyxl.load_workbook(io.BytesIO(template_bytes(REGISTERS[register])))
    for place, value in FILLED[register].items():
        book.worksheets[0].cell(3, place + 1, value)
    path = tmp_path / "模板.xlsx"
    book.save(path)
    told = run(clerk, path, "--source", "模板")
    assert told["registers"][register]["created"] == 1
    assert balanced(told)
    table = SheetImport.objects.get().tables[0]
    assert len(table["mapping"]) == len(REGISTERS[register].fields)
