"""The product's own readers take every value that a workbook means to be right, and refuse those meant to be wrong."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from chelun.engines import ids
from scenarios.common.model import WorkbookInfo
from scenarios.meigu import ledgers as meigu_ledgers
from scenarios.tests.conftest import FIXED, Made
from scenarios.tests.reading import Seen, read
from scenarios.yuhang import ledgers as yuhang_ledgers
from scenarios.zhaoyuan import ledgers as zhaoyuan_ledgers
from scenarios.ziyang import ledgers

TODAY = date(2026, 11, 21)
ID_HEADS = {"身份证号码", "公民身份号码", "身份证号", "证件号码", "公民身份號碼", "drivingLicense(身份证号)"}
PHONE_HEADS = {
    "联系电话",
    "手机",
    "手机号",
    "手机号码",
    "联系方式",
    "聯繫電話",
    "电话",
    "telephone(联系电话)",
}
COLOUR_HEADS = {"号牌颜色", "颜色", "车牌颜色"}
CODE_HEADS = {"统一社会信用代码", "社会信用代码"}
PLATE_HEADS = {
    "号牌号码",
    "车辆号牌",
    "车牌（颜色）",
    "车号",
    "车牌号（颜色）",
    "车牌号",
    "车牌号码",
    "車牌號碼",
}


def below(info: WorkbookInfo, heads: set[str]) -> list[Seen]:
    """Cells below each such head, notes left out."""
    cells = read(info.path)
    tops = [seen for seen in cells if seen.text in heads]
    grid = {(seen.sheet, seen.column, seen.row): seen for seen in cells}
    found: list[Seen] = []
    for top in tops:
        rows = sorted(row for sheet, column, row in grid if (sheet, column) == (top.sheet, top.column))
        found += [grid[top.sheet, top.column, row] for row in rows if row > top.row]
    return [seen for seen in found if not seen.text.startswith(("填表", "注", "说明"))]


def cell(seen: Seen) -> str | float | None:
    return seen.value if isinstance(seen.value, str | int | float) else None


def faults_of_ids(info: WorkbookInfo) -> list[ids.Fault]:
    read_cells = [
        ids.read_id_number(cell(seen), today=TODAY, areas={}, demo_areas=True)
        for seen in below(info, ID_HEADS)
    ]
    return [value for value in read_cells if isinstance(value, ids.Fault)]


def faults_of_phones(info: WorkbookInfo) -> list[ids.Fault]:
    parts = [part for seen in below(info, PHONE_HEADS) if seen.text for part in ids.split_phones(cell(seen))]
    return [value for value in map(ids.read_phone, parts) if isinstance(value, ids.Fault)]


@pytest.mark.parametrize("name", FIXED)
def test_readers_refuse_id_numbers_only_where_meant(name: str, made: Made) -> None:
    infos = [info for info in made[name] if info.register in ("person", "credential")]
    codes = Counter(fault.code for info in infos for fault in faults_of_ids(info))
    meant = {"ziyang": 6 + 5 + 2, "meigu": 3, "zhaoyuan": 11 + 9 + 3 + 6, "yuhang": 4}[name]
    assert sum(codes.values()) == meant, codes
    assert not any(faults_of_ids(info) for info in infos if "更正后" in info.path.name)


@pytest.mark.parametrize("name", FIXED)
def test_readers_refuse_phones_only_where_meant(name: str, made: Made) -> None:
    faults = [fault for info in made[name] for fault in faults_of_phones(info)]
    meant = {"ziyang": 3, "meigu": 0, "zhaoyuan": 6, "yuhang": 1}[name]
    assert len(faults) == meant, faults


@pytest.mark.parametrize("name", FIXED)
def test_readers_refuse_credit_codes_only_where_meant(name: str, made: Made) -> None:
    codes = [seen for info in made[name] for seen in below(info, CODE_HEADS)]
    faults = [seen for seen in codes if isinstance(ids.read_uscc(seen.text, demo_areas=True), ids.Fault)]
    assert len(codes) > len(faults)
    assert len(faults) == {"zhaoyuan": len(zhaoyuan_ledgers.BROKEN_CODES)}.get(name, 0), faults


@pytest.mark.parametrize("name", FIXED)
def test_readers_refuse_plates_only_where_meant(name: str, made: Made) -> None:
    plates = [seen.text for info in made[name] for seen in below(info, PLATE_HEADS)]
    refused = {text for text in plates if isinstance(ids.read_plate(text), ids.Fault)}
    broken: dict[str, dict[Any, str]] = {
        "ziyang": ledgers.BROKEN_PLATES,
        "meigu": meigu_ledgers.BROKEN_PLATES,
        "zhaoyuan": zhaoyuan_ledgers.BROKEN_PLATES,
        "yuhang": yuhang_ledgers.BROKEN,
    }
    assert {text.split("(")[0] for text in refused} == set(broken[name].values())


@pytest.mark.parametrize("name", FIXED)
def test_readers_take_plate_colours(name: str, made: Made) -> None:
    colours = {seen.text for info in made[name] for seen in below(info, COLOUR_HEADS)}
    assert colours
    assert not [text for text in colours if isinstance(ids.read_colour(text), ids.Fault)]
