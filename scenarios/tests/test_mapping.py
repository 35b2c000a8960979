"""Hints of a workbook become what a clerk corrects."""

import pytest

from chelun.platform.sheets.models import SheetImport
from scenarios.common.model import Figures, WorkbookInfo
from scenarios.mapping import corrected_choices
from scenarios.places import PLACES
from scenarios.tables import table
from scenarios.tests.conftest import Made

HEADS = ("其他/姓名", "电话", "证件")


def sheet_import(sheet: str) -> SheetImport:
    columns = [{"at": at, "letter": "ABC"[at], "head": head} for at, head in enumerate(HEADS)]
    guessed = {"0": "name", "1": "phone"}
    found = {"sheet": sheet, "rows": 1, "register": "person", "columns": columns, "mapping": guessed}
    return SheetImport(tables=[found])


def corrected(sheet: str, made: Made, **hints: str) -> dict[str, str]:
    info = made["meigu"][0]
    person = WorkbookInfo(info.path, "名册", "person", 1, Figures(1, 1), hints)
    [choice] = corrected_choices(sheet_import(sheet), person)
    assert choice["register"] == "person"
    return dict(choice["mapping"])


def test_hint_goes_before_the_guess(made: Made) -> None:
    assert corrected("", made, 列C="身份证号") == {"0": "name", "1": "phone", "2": "id_number"}
    assert corrected("", made, 列C="联系电话") == {"0": "name", "2": "phone"}
    assert corrected("", made, 电话="不导入") == {"0": "name"}


def test_hint_of_another_sheet_changes_nothing(made: Made) -> None:
    assert corrected("甲", made, **{"甲!姓名": "不导入", "乙!电话": "不导入"}) == {"1": "phone"}


def test_hint_with_an_unknown_label_is_a_mistake(made: Made) -> None:
    with pytest.raises(KeyError):
        corrected("", made, 列A="序号")


def test_hints_of_all_places_name_fields(made: Made) -> None:
    assert all(made[name] for name in PLACES)
    for infos in made.values():
        for info in infos:
            assert corrected_choices(SheetImport(tables=[]), info) == []


def test_table_counts_two_columns_for_a_character() -> None:
    assert table([("编号", "x"), ("a", "y")]) == ["编号  x", "a     y"]
