"""Splink 5 on FEBRL with the model of its own demo of FEBRL 4: settings written by people who know this data, not a blind test."""

import logging
from collections.abc import Iterable

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.matching.peers import Pair, Table

MAX_PAIRS, RECALL, THRESHOLD = 1_000_000, 0.8, 0.01
BLOCKS = [
    block_on("given_name", "surname"),
    "l.given_name = r.surname and l.surname = r.given_name",
    block_on("date_of_birth"),
    block_on("soc_sec_id"),
    block_on("state", "address_1"),
    block_on("street_number", "address_1"),
    block_on("postcode"),
]
CERTAIN = [
    block_on("soc_sec_id"),
    block_on("given_name", "surname", "date_of_birth"),
    "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
]
COMPARISONS = [
    cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
    cl.NameComparison("surname").configure(term_frequency_adjustments=True),
    cl.DateOfBirthComparison(
        "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
    ),
    cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
    cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
    cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
]
EM = [block_on("date_of_birth"), block_on("postcode"), block_on("given_name", "surname")]


def match(left: Table, right: Table) -> Iterable[Pair]:
    """Pairs of two tables, or within one where both are the same object."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    tables = [left] if left is right else [left, right]
    settings = SettingsCreator(
        link_type="dedupe_only" if left is right else "link_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=BLOCKS,
        comparisons=COMPARISONS,
    )
    linker = Linker([api.register(_frame(table)) for table in tables], settings)
    linker.training.estimate_probability_two_random_records_match(CERTAIN, recall=RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=MAX_PAIRS)
    for rule in EM:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLD)
    found = predicted.as_duckdbpyrelation().project("id_l, id_r, match_probability").fetchall()
    ours = set() if left is right else {row["id"] for row in left.records()}
    return [
        (one, other, chance) if not ours or one in ours else (other, one, chance)
        for one, other, chance in found
    ]


def _frame(table: Table) -> pd.DataFrame:
    frame = pd.DataFrame(table.records(), dtype="object")
    return frame.where(frame != "", None)
