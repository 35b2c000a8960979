"""Splink 5 on a roster with the settings that its documentation shows for persons: `SETTINGS` and the steps of training, to be read.

The comparisons are those of its guides and demos: NameComparison for the name, DateOfBirthComparison for the birth, Damerau–Levenshtein for numbers,
Jaro–Winkler for firm and address, term frequencies where the guides use them. Blocking rules are what somebody who knows rosters writes down.
"""

import logging
from collections.abc import Iterable

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.matching.peers import Pair, Record

MAX_PAIRS = 1_000_000
THRESHOLD = 0.01
"""Pairs below are not written out; figures look at 0.5 and above, and for the best threshold at all that is written."""
PERSON = SettingsCreator(
    link_type="link_only",
    unique_id_column_name="id",
    blocking_rules_to_generate_predictions=[
        block_on("number"),
        block_on("phone"),
        block_on("plate"),
        block_on("certificate"),
        block_on("name"),
        block_on("substr(name, 1, 1)", "birth"),
        block_on("birth", "firm"),
        block_on("birth", "address"),
    ],
    comparisons=[
        cl.NameComparison("name").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birth", input_is_string=True, invalid_dates_as_null=True),
        cl.ExactMatch("sex"),
        cl.DamerauLevenshteinAtThresholds("number", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("phone", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("plate", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("certificate", [1]),
        cl.JaroWinklerAtThresholds("firm", [0.9, 0.7]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("address", [0.9, 0.7]),
    ],
)
CERTAIN = [block_on("number"), block_on("name", "phone"), block_on("name", "birth", "firm")]
RECALL = 0.7
EM = [block_on("name"), block_on("birth"), block_on("number")]
FIELDS = ("id", "name", "birth", "sex", "number", "phone", "plate", "certificate", "firm", "address")


def link(left: list[Record], right: list[Record]) -> Iterable[Pair]:
    """Train without labels and score, as the guides do step by step."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    linker = Linker([api.register(_frame(left)), api.register(_frame(right))], PERSON)
    linker.training.estimate_probability_two_random_records_match(CERTAIN, recall=RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=MAX_PAIRS)
    for rule in EM:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLD)
    columns = "id_l, id_r, match_probability"
    for one, other, probability in predicted.as_duckdbpyrelation().project(columns).fetchall():
        yield (one, other, probability) if one[0] == "A" else (other, one, probability)


def _frame(rows: list[Record]) -> pd.DataFrame:
    """Only the fields that are compared; an empty cell is no value."""
    frame = pd.DataFrame(rows, columns=list(FIELDS), dtype="object")
    return frame.where(frame != "", None)
