"""Counting only what changed gives what counting everything gives, whatever was done in between."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from chelun.cockpit.models import IndicatorValue, PlaceTally, SourceQuality
from chelun.cockpit.services import compute_indicators
from chelun.core.measures import MEASURES
from chelun.people.models import PersonCard
from chelun.people.services.door import bring as bring_one
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, checked, number, phone, sheet
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
ANKANG = "610900"
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WANG = ("王二", number(22), phone(2), "快递、外卖", "", "")


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def said(*, full: bool) -> tuple[set[Any], set[Any]]:
    compute_indicators(full=full)
    values = IndicatorValue.objects.values_list("indicator", "part", "code", "value")
    sources = SourceQuality.objects.values_list(
        "source", "home", "register", "subjects", "without_id", "stale"
    )
    return set(values), set(sources)


def same_both_ways() -> set[Any]:
    some, everything = said(full=False), said(full=True)
    assert some == everything
    return everything[0]


def test_after_each_act_some_is_as_good_as_all() -> None:
    compute_indicators()
    first = bring(sheet([LI, WANG]))
    assert ("people.persons", "", ANKANG, 2) in same_both_ways()
    bring(sheet([LI, ("赵三", "", "", "公交", "", "")]), region=HANBIN)
    assert ("people.persons", "", ANKANG, 3) in same_both_ways()
    bring(sheet([LI]), region=ANKANG, source="市级名单")
    assert ("people.persons", "", ANKANG, 3) in same_both_ways()
    bring_one("person", actor=CLERK, region=ZIYANG, raw={"name": "孙四", "kinds": "公交"})
    assert ("people.persons", "bus", ANKANG, 2) in same_both_ways()
    begin_undo(actor=CLERK, sheet_import=first, reason="名单有误")
    undo_sheet(actor=CLERK, sheet_import=first)
    values = same_both_ways()
    assert ("people.persons", "", ZIYANG, 1) in values
    assert ("people.persons", "", ANKANG, 3) in values


def test_a_batch_counts_when_it_shows() -> None:
    bring(sheet([LI]))
    compute_indicators()
    waiting = checked(sheet([WANG]), source="另一份")
    begin_publication(actor=CLERK, sheet_import=waiting)
    assert ("people.persons", "", ZIYANG, 1) in same_both_ways()
    publish_sheet(actor=CLERK, sheet_import=waiting)
    assert ("people.persons", "", ZIYANG, 2) in same_both_ways()


def test_what_grows_stale_by_itself_is_counted_again() -> None:
    bring(sheet([LI]), as_of=timezone.localdate() - timedelta(days=364))
    assert not [row for row in same_both_ways() if row[0] == "people.persons.stale"]
    then = timezone.localdate() + timedelta(days=2)
    with patch("django.utils.timezone.localdate", return_value=then):
        assert ("people.persons.stale", "", ZIYANG, 1) in same_both_ways()


def test_only_the_places_that_changed_are_counted() -> None:
    bring(sheet([LI]))
    bring(sheet([WANG]), region=HANBIN)
    compute_indicators()
    kept = {row.home: row.version for row in PlaceTally.objects.filter(source="people.persons")}
    assert {ZIYANG, HANBIN} <= kept.keys()
    # Behind the back of the door: nobody is told, so nobody counts it.
    PersonCard.objects.filter(home=HANBIN).update(kind="taxi")
    bring_one("person", actor=CLERK, region=ZIYANG, raw={"name": "孙四", "kinds": "公交"})
    values = said(full=False)[0]
    assert ("people.persons", "bus", ZIYANG, 1) in values
    assert ("people.persons", "courier", HANBIN, 1) in values
    assert ("people.persons", "taxi", HANBIN, 1) in said(full=True)[0]


def test_counting_by_home_and_at_once_is_the_same_for_every_source() -> None:
    bring(sheet([LI, WANG]))
    bring(sheet([LI]), region=HANBIN, as_of=date(2024, 1, 1))
    for source in MEASURES:
        if source.by_home is None:
            continue
        sums: dict[tuple[str, str, str], int] = {}
        parts = [*(tally for _home, tally in source.by_home.count(None)), *source.by_home.repeated()]
        for tally in parts:
            key = (tally.indicator, tally.code, tally.part)
            sums[key] = sums.get(key, 0) + tally.value
        at_once = {
            (each.indicator, each.code, each.part): each.value for each in source.tally() if each.value
        }
        assert {key: n for key, n in sums.items() if n} == at_once
