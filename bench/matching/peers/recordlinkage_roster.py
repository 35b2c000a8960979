"""recordlinkage on cleaned fields, as its guide has it: blocks, exact and Jaro–Winkler comparisons made binary, ECM without labels."""

from collections.abc import Iterable

import pandas as pd
import recordlinkage

from bench.matching.peers import Pair, Record, Table
from bench.matching.peers.cleaned import clean

BLOCKS = (
    "number",
    "phone",
    "plate",
    "certificate",
    ["name", "birth"],
    ["name", "firm"],
    ["name", "address"],
    ["birth", "firm"],
    ["birth", "address"],
)
SIMILAR = 0.85


def match(left: Table, right: Table) -> Iterable[Pair]:
    """All pairs of the blocks with the probability that ECM gives them."""
    one, other = _frame(left), _frame(right)
    candidates = pd.MultiIndex.from_arrays([[], []], names=["id_1", "id_2"])
    for block in BLOCKS:
        columns = [block] if isinstance(block, str) else block
        index = recordlinkage.Index()
        index.block(left_on=columns, right_on=columns)
        candidates = candidates.union(index.index(one.dropna(subset=columns), other.dropna(subset=columns)))
    features = _compare().compute(candidates, one, other)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    found = classifier.prob(features)
    return [(str(first), str(second), float(chance)) for (first, second), chance in found.items()]


def _compare() -> recordlinkage.Compare:
    compare = recordlinkage.Compare()
    for field in ("number", "phone", "plate", "certificate", "birth", "sex"):
        compare.exact(field, field, label=field)
    for field in ("name", "firm", "address"):
        compare.string(field, field, method="jarowinkler", threshold=SIMILAR, label=field)
    return compare


def _frame(table: Table) -> pd.DataFrame:
    rows: list[Record] = [clean(row) for row in table.records()]
    frame = pd.DataFrame(rows, dtype="object").set_index("id")
    return frame.where(frame != "", None)
