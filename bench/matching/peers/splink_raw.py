"""Splink on the fields as they stand in the tables, put under common heads; only placeholders are taken out.

With 无 and / left in, every row without a number would be joined with every other one.
"""

from collections.abc import Iterable

from bench.matching.peers import Pair, Table
from bench.matching.peers.cleaned import without_placeholders
from bench.matching.peers.splink_roster import link


def match(left: Table, right: Table) -> Iterable[Pair]:
    """The documented settings on raw fields."""
    return link(
        list(map(without_placeholders, left.records())), list(map(without_placeholders, right.records()))
    )
