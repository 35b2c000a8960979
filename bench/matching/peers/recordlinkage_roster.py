"""recordlinkage on cleaned fields, as its guide has it: blocks, exact and Jaro–Winkler comparisons made binary, ECM without labels."""

from collections.abc import Iterable

import pandas as pd
import recordlinkage

from bench.matching.peers import Pair, Record, Table
from bench.matching.peers.cleaned import clean

PERSON = (
    (
        "number",
        "phone",
        "plate",
        "certificate",
        ["name", "birth"],
        ["name", "firm"],
        ["name", "address"],
        ["birth", "firm"],
        ["birth", "address"],
    ),
    ("number", "phone", "plate", "certificate", "birth", "sex"),
    ("name", "firm", "address"),
)
FIRM = (("code", "phone", "firm", "address", "head"), ("code", "phone", "head"), ("firm", "address"))
"""Blocks; fields compared for equality; fields compared by Jaro–Winkler."""
SIMILAR = 0.85


def match(left: Table, right: Table) -> Iterable[Pair]:
    """All pairs of the blocks with the probability that ECM gives them."""
    one, other = _frame(left), _frame(right)
    blocks, same, similar = PERSON if "name" in one else FIRM
    candidates = pd.MultiIndex.from_arrays([[], []], names=["id_1", "id_2"])
    for block in blocks:
        columns = [block] if isinstance(block, str) else block
        index = recordlinkage.Index()
        index.block(left_on=columns, right_on=columns)
        candidates = candidates.union(index.index(one.dropna(subset=columns), other.dropna(subset=columns)))
    features = _compare(same, similar).compute(candidates, one, other)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(features)
    found = classifier.prob(features)
    return [(str(first), str(second), float(chance)) for (first, second), chance in found.items()]


def _compare(same: tuple[str, ...], similar: tuple[str, ...]) -> recordlinkage.Compare:
    compare = recordlinkage.Compare()
    for field in same:
        compare.exact(field, field, label=field)
    for field in similar:
        compare.string(field, field, method="jarowinkler", threshold=SIMILAR, label=field)
    return compare


def _frame(table: Table) -> pd.DataFrame:
    rows: list[Record] = [clean(row) for row in table.records()]
    frame = pd.DataFrame(rows, dtype="object").set_index("id")
    return frame.where(frame != "", None)
