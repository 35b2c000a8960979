"""Two tables with different heads, and the truth about them, in a folder.

left.csv, right.csv (or .xlsx)   the tables
truth.csv                        left_id,right_id: all true pairs, those of duplicates as well
rows.csv                         side,id,entity,number,phone: whose row it is; 1 where a number, a telephone stands whole
about.json                       what was asked for, field → head of each side, counts
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook

from bench.matching.batches import Written, cut, write_batch
from bench.matching.dice import Dice
from bench.matching.difficulty import DIFFICULTIES
from bench.matching.hands import Fill
from bench.matching.heads import heads_of
from bench.matching.rows import FIRM_CELLS, PERSON_CELLS
from bench.matching.world import SIDES, firm_rows, people_rows

VERSION = 2
"""Goes up when the same seed gives other tables."""
MOST_ROWS = {"csv": 3_500_000, "xlsx": 1_048_575}
PREFIX = {"left": "A", "right": "B"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What tables are wanted. `kind` is person or firm, `form` csv or xlsx."""

    difficulty: str
    seed: int
    rows: int
    kind: str = "person"
    form: str = "csv"


def make(asked: Asked, folder: Path) -> dict[str, object]:
    """Write the set into a folder; returns what about.json says."""
    if not 1 <= asked.rows <= MOST_ROWS[asked.form]:
        raise ValueError(f"rows must be between 1 and {MOST_ROWS[asked.form]:,} for {asked.form}")
    folder.mkdir(parents=True, exist_ok=True)
    tables = _tables(asked)
    cells = PERSON_CELLS if asked.kind == "person" else FIRM_CELLS
    heads = {side: heads_of(asked.seed, side, cells) for side in SIDES}
    for side in SIDES:
        _write_table(folder / f"{side}.{asked.form}", heads[side], _numbered(side, tables[side]))
    counts = _write_truth(folder, tables)
    about = {
        "version": VERSION, "difficulty": asked.difficulty, "seed": asked.seed, "rows": asked.rows, "kind": asked.kind,
        "form": asked.form, "heads": heads, "counts": counts,
    }  # fmt: skip
    (folder / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return about


def _tables(asked: Asked) -> dict[str, list[Written]]:
    """Both tables in memory: batches of all counties, in another order on each side."""
    difficulty = DIFFICULTIES[asked.difficulty]
    rows_of = people_rows if asked.kind == "person" else firm_rows
    batches: dict[str, list[list[Written]]] = {side: [] for side in SIDES}
    named = "name" if asked.kind == "person" else "firm"
    shares = {cell: share for cell, share in difficulty.fill.items() if cell != named}
    fills = {side: Fill(shares) for side in SIDES}
    for county, sides in rows_of(asked.seed, asked.rows, difficulty):
        for side in SIDES:
            dice = Dice(asked.seed, "hands", asked.kind, side, county.area)
            for batch in cut(sides[side], dice):
                batches[side].append(write_batch(batch, dice, difficulty, fills[side], later=side == "right"))
    return {
        side: [
            row
            for batch in Dice(asked.seed, "order of batches", side).shuffled(batches[side])
            for row in batch
        ]
        for side in SIDES
    }


def _id(side: str, place: int) -> str:
    return f"{PREFIX[side]}{place:07d}"


def _numbered(side: str, rows: Sequence[Written]) -> Iterator[dict[str, str]]:
    for place, row in enumerate(rows, start=1):
        yield {"id": _id(side, place), **row.cells}


def _write_table(path: Path, heads: dict[str, str], rows: Iterable[dict[str, str]]) -> None:
    lines = ([row[cell] for cell in heads] for row in rows)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(heads.values())
            writer.writerows(lines)
        return
    with Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, heads.values())
        for place, line in enumerate(lines, start=1):
            sheet.write_row(place, 0, line)


def _write_truth(folder: Path, tables: dict[str, list[Written]]) -> dict[str, int]:
    """truth.csv and rows.csv; returns how many pairs there are, and of these with a number or telephone on both sides."""
    held: dict[str, list[tuple[str, Written]]] = defaultdict(list)
    for place, row in enumerate(tables["right"], start=1):
        held[row.entity].append((_id("right", place), row))
    counts = {"true_pairs": 0, "number_on_both": 0, "phone_on_both": 0, "neither_on_both": 0}
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("left_id,right_id\n")
        for place, row in enumerate(tables["left"], start=1):
            for other_id, other in held.get(row.entity, ()):
                file.write(f"{_id('left', place)},{other_id}\n")
                number, phone = row.number and other.number, row.phone and other.phone
                counts["true_pairs"] += 1
                counts["number_on_both"] += number
                counts["phone_on_both"] += phone
                counts["neither_on_both"] += not (number or phone)
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("side,id,entity,number,phone\n")
        for side in SIDES:
            for place, row in enumerate(tables[side], start=1):
                file.write(f"{side},{_id(side, place)},{row.entity},{row.number:d},{row.phone:d}\n")
    return counts
