"""Indicators of papers: by kind, as many as their lists show, and another number as soon as a place is reminded sooner."""

import pytest

from chelun.cockpit.models import IndicatorValue
from chelun.cockpit.services import compute_indicators
from chelun.people.choices import PaperState
from chelun.people.reminders import DAYS
from chelun.people.selectors import Filters, credential_list
from chelun.people.tests.desk import HANBIN, ZIYANG, bring, number, scope_of, sheet
from chelun.people.tests.test_paper_calendar import HEADS, papers
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.regions.services.settings import set_place_setting
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.batches import place_states


@pytest.fixture
def _regions(db: None) -> None:
    ensure_regions()


def counted(indicator: str, code: str, part: str = "") -> int:
    rows = IndicatorValue.objects.filter(indicator=f"people.credentials.{indicator}", code=code, part=part)
    return rows.latest("computation__computed_at").value if rows.exists() else 0


@pytest.mark.usefixtures("_regions")
def test_indicators_count_by_kind_and_open_to_their_rows() -> None:
    papers(-1, 20, 300, "长期", "")
    papers(-1, region=HANBIN)
    bring(sheet([("从业资格证", "王二", number(50), "4.5吨以下免办", "", "")], HEADS), source="证照台账")
    compute_indicators()
    assert [counted(state, ZIYANG) for state in ("expired", "expiring", "valid", "undated", "absent")] == [
        1,
        1,
        2,
        1,
        1,
    ]
    assert (counted("expired", "610900"), counted("expired", "610000")) == (1, 1)
    assert (counted("absent", ZIYANG, "qualification"), counted("absent", ZIYANG, "driving")) == (1, 0)
    for state in PaperState:
        rows = credential_list(scope_of("610900"), Filters.of({"region": "610900", "state": state.value}))
        assert rows.count() == counted(state.value, "610900")


@pytest.mark.usefixtures("_regions")
def test_another_span_of_reminding_is_another_number_at_once() -> None:
    papers(20, 80)
    compute_indicators()
    before = place_states()[ZIYANG]
    assert counted("expiring", ZIYANG) == 1
    set_place_setting(actor=user_with("system_admin", "610000"), region="610000", key=DAYS, value="90")
    assert place_states()[ZIYANG] > before
    compute_indicators()
    assert counted("expiring", ZIYANG) == 2
