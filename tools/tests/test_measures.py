"""The page on indicators says what the registry says."""

from chelun.core.measures import indicators
from tools.measures import PATH, english, page


def test_measures_page_is_up_to_date() -> None:
    assert PATH.read_text("utf-8") == page(), "run: python -m tools.measures"


def test_measures_page_is_in_both_languages() -> None:
    texts = [
        text
        for each in indicators().values()
        for text in (each.label, each.definition, each.region, each.formula, each.unit)
    ]
    assert len(texts) >= 40
    assert all(english(text) for text in texts)
