"""Every ugliness that rosters have is really present in some file of some place, as a naive reader sees it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from scenarios.common import lexicon
from scenarios.common.model import WorkbookInfo
from scenarios.tests.conftest import Made
from scenarios.tests.reading import Seen, id_check, read


def all_infos(made: Made) -> list[WorkbookInfo]:
    return [info for infos in made.values() for info in infos]


def has_text(pattern: str) -> Callable[[list[Seen]], bool]:
    compiled = re.compile(pattern)
    return lambda cells: any(isinstance(seen.value, str) and compiled.search(seen.value) for seen in cells)


def has_value(test: Callable[[Seen], bool]) -> Callable[[list[Seen]], bool]:
    return lambda cells: any(map(test, cells))


def is_lost_id(seen: Seen) -> bool:
    return isinstance(seen.value, int | float) and not isinstance(seen.value, bool) and seen.value > 1e17


def is_serial_day(seen: Seen) -> bool:
    return isinstance(seen.value, int) and 39_000 < seen.value < 47_000


def is_wrong_check(seen: Seen) -> bool:
    text = seen.text if isinstance(seen.value, str) else ""
    return bool(re.fullmatch(r"\d{4}99\d{11}[\dX]", text)) and id_check(text[:17]) != text[17]


CELLS: dict[str, Callable[[list[Seen]], bool]] = {
    "title row": has_value(lambda seen: seen.row == 1 and "名册" in seen.text),
    "same as above": has_text("^同上$"),
    "ditto mark": has_text("^〃$"),
    "note under the table": has_text("^(注|填表说明|备注)："),
    "date cell": has_value(lambda seen: isinstance(seen.value, date)),
    "serial number": has_value(is_serial_day),
    "date as text": has_text(r"^\d{4}年\d+月\d+日$"),
    "dotted date": has_text(r"^\d{4}\.\d+\.\d+$"),
    "Chinese numerals": has_text("^二〇[〇一二三四五六七八九]{2}年"),
    "full-width digits": has_text("[０-９]{11}"),
    "spaces": has_text(r"\d{6} \d{8} "),
    "invisible characters": has_text("[\u200b\ufeff\u00a0\u200e]"),
    "two phones": has_text(r"\d{11}[/、 ]\d{11}"),
    "ID lost as number": has_value(is_lost_id),
    "ID lost as text": has_text(r"^6\.10999E\+17$"),
    "15 digits": has_text(r"^\d{15}$"),
    "traditional characters": has_text("[駕駛號碼國車類別]"),
    "reading in brackets": has_text(r"[\u4e00-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü ]+\)"),
    "masked name": has_text(r"^[\u4e00-\u9fff]\*+$"),
    "middle dot": has_text("[\u4e00-\u9fff]·[\u4e00-\u9fff]"),
    "other dot": has_text("[\u4e00-\u9fff][•・．‧∙.][\u4e00-\u9fff]"),
    "long name": has_text("^[\u4e00-\u9fff]{4}·[\u4e00-\u9fff]{4}·[\u4e00-\u9fff]{4}·"),
    "rare character": has_text("|".join(lexicon.RARE)),
    "double surname": has_text("^(" + "|".join(lexicon.DOUBLE_SURNAMES) + ")"),
    "plate with dot": has_text("^[陕川][A-Z][·•]"),
    "plate without dot": has_text("^[陕川][A-Z][A-Z0-9]{5}$"),
    "plate with colour": has_text(r"^[陕川].*[)）]$"),
    "new-energy plate": has_text(r"^陕G·?(D\d{5}|\d{5}D)"),
    "wrong check digit": has_value(is_wrong_check),
    "day in the future": has_text("2062年"),
    "short phone": has_text(r"^199\d{6}$"),
    "forbidden head": has_text("^政治面貌$"),
    "forbidden under another head": has_text("^(族别|族別|身份|属性|党派)$"),
    "health column": has_text("^(健康状况|身体状况)$"),
    "sum": has_value(lambda seen: (seen.formula or "").startswith("=SUM")),
    "look-up with cached value": has_value(lambda s: "VLOOKUP" in (s.formula or "") and bool(s.text)),
    "formula without cached value": has_value(lambda s: "VLOOKUP" in (s.formula or "") and not s.text),
}


@pytest.mark.parametrize("ugliness", CELLS)
def test_ugliness_is_present(ugliness: str, made: Made) -> None:
    assert any(CELLS[ugliness](read(info.path)) for info in all_infos(made))


def test_forbidden_columns_are_in_two_files_at_least(made: Made) -> None:
    assert sum(1 for info in all_infos(made) if info.figures.dropped) >= 2


def workbook_has(test: Callable[[openpyxl.Workbook], bool], made: Made) -> bool:
    paths = [info.path for info in all_infos(made) if info.path.suffix == ".xlsx"]
    return any(test(openpyxl.load_workbook(path)) for path in paths)


def test_firm_names_are_merged_downwards(made: Made) -> None:
    def merged_down(book: openpyxl.Workbook) -> bool:
        ranges = [area for sheet in book.worksheets for area in sheet.merged_cells.ranges]
        return any(area.max_row - area.min_row > 10 and area.min_col == area.max_col for area in ranges)

    assert workbook_has(merged_down, made)


def test_heads_have_two_lines(made: Made) -> None:
    def two_lines(book: openpyxl.Workbook) -> bool:
        ranges = [area for sheet in book.worksheets for area in sheet.merged_cells.ranges]
        return any(area.max_row - area.min_row == 1 for area in ranges)

    assert workbook_has(two_lines, made)


def test_sheets_and_rows_are_hidden(made: Made) -> None:
    def hidden_sheet(book: openpyxl.Workbook) -> bool:
        return any(sheet.sheet_state == "hidden" for sheet in book.worksheets)

    def hidden_row(book: openpyxl.Workbook) -> bool:
        return any(size.hidden for sheet in book.worksheets for size in sheet.row_dimensions.values())

    assert workbook_has(hidden_sheet, made)
    assert workbook_has(hidden_row, made)


def test_two_tables_lie_side_by_side(made: Made) -> None:
    heads = [seen for info in all_infos(made) for seen in read(info.path) if seen.text == "从业人员姓名"]
    assert len({(seen.sheet, seen.row) for seen in heads}) < len(heads)


def test_a_file_has_no_head_at_all(made: Made) -> None:
    first = [seen.text for seen in read(by_name(made, "05_外卖骑手接龙.csv")) if seen.row == 1]
    assert first[0] == "1"
    assert re.search(r"\d{11}", " ".join(first))


def test_files_come_in_three_formats_and_two_encodings(made: Made) -> None:
    paths = [info.path for info in all_infos(made)]
    assert {path.suffix for path in paths} == {".xlsx", ".csv", ".ods"}
    with pytest.raises(UnicodeDecodeError):
        by_name(made, "03_新就业群体摸排表_乡镇上报.csv").read_text(encoding="utf-8")


def by_name(made: Made, name: str) -> Path:
    return next(info.path for info in all_infos(made) if info.path.name == name)
