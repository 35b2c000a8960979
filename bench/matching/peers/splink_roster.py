"""Splink 5 on rosters with the settings that its documentation shows: `PERSON`, `FIRM` and the steps of training, to be read.

The comparisons are those of its guides and demos: NameComparison for the name, DateOfBirthComparison for the birth, Damerau–Levenshtein for numbers,
Jaro–Winkler for firm and address, term frequencies where the guides use them. Blocking rules are what somebody who knows rosters writes down.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

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
FIRM = SettingsCreator(
    link_type="link_only",
    unique_id_column_name="id",
    blocking_rules_to_generate_predictions=[
        block_on("code"),
        block_on("phone"),
        block_on("firm"),
        block_on("address"),
        block_on("head"),
    ],
    comparisons=[
        cl.JaroWinklerAtThresholds("firm", [0.9, 0.8, 0.7]).configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("code", [1, 2]),
        cl.NameComparison("head").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("phone", [1, 2]),
        cl.JaroWinklerAtThresholds("address", [0.9, 0.7]),
    ],
)
RECALL = 0.7


@dataclass(frozen=True, slots=True)
class Model:
    """Settings, the rules by which the share of true pairs is guessed, those of EM, and the fields that are compared."""

    settings: SettingsCreator
    certain: tuple[object, ...]
    em: tuple[object, ...]
    fields: tuple[str, ...]


PEOPLE = Model(
    PERSON,
    (block_on("number"), block_on("name", "phone"), block_on("name", "birth", "firm")),
    (block_on("name"), block_on("birth"), block_on("number")),
    ("id", "name", "birth", "sex", "number", "phone", "plate", "certificate", "firm", "address"),
)
FIRMS = Model(
    FIRM,
    (block_on("code"), block_on("firm", "phone"), block_on("firm", "head")),
    (block_on("firm"), block_on("address"), block_on("code")),
    ("id", "firm", "code", "head", "phone", "address"),
)


def link(left: list[Record], right: list[Record]) -> Iterable[Pair]:
    """Train without labels and score, as the guides do step by step."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    model, api = PEOPLE if "name" in left[0] else FIRMS, DuckDBAPI()
    tables = [api.register(_frame(rows, model.fields)) for rows in (left, right)]
    linker = Linker(tables, model.settings)
    linker.training.estimate_probability_two_random_records_match(list(model.certain), recall=RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=MAX_PAIRS)
    for rule in model.em:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLD)
    columns = "id_l, id_r, match_probability"
    for one, other, probability in predicted.as_duckdbpyrelation().project(columns).fetchall():
        yield (one, other, probability) if one[0] == "A" else (other, one, probability)


def _frame(rows: list[Record], fields: tuple[str, ...]) -> pd.DataFrame:
    """Only the fields that are compared; an empty cell is no value."""
    frame = pd.DataFrame(rows, columns=list(fields), dtype="object")
    return frame.where(frame != "", None)
