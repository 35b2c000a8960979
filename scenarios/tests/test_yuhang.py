"""The register of 50 vehicles, worked out of the workbooks by themselves: a naive reader, a rule of ten lines, no product."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scenarios.tests.conftest import Made
from scenarios.tests.reading import id_check, read
from scenarios.yuhang.expected import REGISTER

PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}")
OWNERS, PLATES = ("业户名称", "所属企业", "企业名称"), ("车辆号牌", "车牌号")
COLOURS, KINDS = ("号牌颜色", "车牌颜色"), ("从业类别", "类别")
Line = dict[str, str]


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff\u00a0\u200e·•.]", "", unicodedata.normalize("NFKC", text)).upper()


def lines(path: Path, key: str) -> Iterator[Line]:
    """Each data row by its heads; a cell merged downwards counts for the rows below it."""
    tables: dict[str, dict[int, Line]] = {}
    for seen in read(path):
        tables.setdefault(seen.sheet, {}).setdefault(seen.row, {})[str(seen.column)] = seen.text
    for rows in tables.values():
        top = next(row for row, cells in sorted(rows.items()) if key in cells.values())
        heads, owner = rows[top], ""
        for row in sorted(row for row in rows if row > top):
            line = {head: rows[row].get(column, "") for column, head in heads.items()}
            named = next((bare(line[head]) for head in OWNERS if line.get(head)), "")
            owner = named or owner
            yield {**line, "owner": owner}


def first(line: Line, heads: tuple[str, ...]) -> str:
    return next((bare(line[head]) for head in heads if line.get(head)), "")


def fleets(paths: list[Path]) -> Counter[str]:
    """Vehicles of each owner by the newest file: plate and colour; a plate without colour means the only one so far."""
    owners: dict[tuple[str, str], str] = {}
    for path, key in zip(paths, ("车辆号牌", "车牌号", "车辆号牌", "车辆号牌"), strict=True):
        for line in lines(path, key):
            plate, colour = first(line, PLATES), first(line, COLOURS).removesuffix("色")
            if not PLATE.fullmatch(plate) or re.search("[IO]", plate[1:]):
                continue
            same = [known for known in owners if known[0] == plate]
            vehicle = same[0] if not colour and len(same) == 1 else (plate, colour)
            owners[vehicle] = line["owner"]
    return Counter(owners.values())


def at_work(paths: list[Path]) -> Counter[str]:
    """Drivers of each firm who have not left: whole ID numbers, each once."""
    firms: dict[str, str] = {}
    for path in paths:
        for line in lines(path, "身份证号"):
            number = bare(line["身份证号"])
            whole = len(number) == 18 and number[:17].isdigit() and id_check(number[:17]) == number[17]
            if whole and len(re.sub(r"\D", "", line["联系电话"])) >= 11:
                firms[number] = "" if "年" in line["离职日期"] else line["owner"]
    return Counter(firm for firm in firms.values() if firm)


def test_register_is_the_rule_worked_out_of_the_workbooks(made: Made) -> None:
    paths = {info.order: info.path for info in made["yuhang"]}
    freight = {line["owner"] for line in lines(paths[1], "企业名称") if first(line, KINDS) == "货车"}
    vehicles, drivers = fleets([paths[order] for order in (2, 3, 4, 7)]), at_work([paths[5], paths[6]])
    large = {firm: (vehicles[firm], drivers[firm]) for firm in freight if vehicles[firm] >= 50}
    assert large == REGISTER
    just_below = sorted(vehicles[firm] for firm in freight - large.keys())
    assert just_below == [6, 10, 12, 30, 47, 48, 49, 49, 49]


def test_fleets_listed_twice_or_stated_would_tell_another_story(made: Made) -> None:
    paths = {info.order: info.path for info in made["yuhang"]}
    rows = Counter(line["owner"] for line in lines(paths[2], "车辆号牌"))
    stated = {
        line["owner"]: int(re.sub(r"\D", "", line["车辆数"]) or 0) for line in lines(paths[1], "企业名称")
    }
    assert {firm for firm, count in rows.items() if count >= 50} != REGISTER.keys()
    assert {firm for firm, count in stated.items() if count >= 50} != REGISTER.keys()
