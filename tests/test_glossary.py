"""The glossary pairs every table of the house with its Chinese term."""

import re

import pytest

from tests.house import ROOT, our_models

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| (\w+\.\w+) \| ([^|]+) \|$", re.MULTILINE)
TEXT = (ROOT / "docs/glossary.md").read_text("utf-8")
ROWS = {label: (chinese, english, meaning) for chinese, english, label, meaning in ROW.findall(TEXT)}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_glossary_holds_every_table_once_and_no_other() -> None:
    labels = [label for _chinese, _english, label, _meaning in ROW.findall(TEXT)]
    assert labels == [model._meta.label for model in our_models()]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_glossary_says_what_a_table_is_called_and_holds(model: type) -> None:
    chinese, english, meaning = ROWS[model._meta.label]  # type: ignore[attr-defined]
    assert chinese == str(model._meta.verbose_name)  # type: ignore[attr-defined]
    assert english
    assert not CHINESE.search(english)
    assert len(meaning) > 15


def test_glossary_gives_each_term_one_meaning() -> None:
    terms = [row[0] for row in ROWS.values()]
    assert len(terms) == len(set(terms))
