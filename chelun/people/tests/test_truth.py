"""Rows that others confirmed or contradicted: the rule, what is kept of it, and that the list shows just these rows."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from chelun.core.identifiers import uuid7
from chelun.people.models import Person, PersonCard, RowVerdict
from chelun.people.rules.facts import Record
from chelun.people.rules.ranks import DEFAULT, Origin, ranking_of
from chelun.people.rules.truth import CHANGES_AFTER_DAYS, CONFIRMED, CONTRADICTED, verdicts
from chelun.people.services.corrections import correct_person
from chelun.people.services.judging import judge_homes
from chelun.people.services.merging import merge_files
from chelun.people.tests.desk import AS_OF, CLERK, HANBIN, HEADS, ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.privacy.subjects import tables_of
from chelun.platform.regions.testing import ensure_regions

SUBJECT = UUID(int=7)
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WANG = ("王二", number(22), phone(2), "快递", "", "")


def said(
    source: str, facts: Mapping[str, Any], day: date = AS_OF, *, door: str = "sheet", known: int = 0
) -> Record:
    """What a source said, known so many days after the first of November."""
    moment = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=known)
    return Record(uuid7(), SUBJECT, facts, source, day, moment, door)


def judged(*records: Record, ranking: Any = DEFAULT) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {each.record.source: (each.verdict, each.by, each.facts) for each in verdicts(records, ranking)}


def test_one_source_alone_is_not_judged() -> None:
    assert judged(said("甲", {"name": "李一"}), said("甲", {"name": "李二"}, known=1)) == {}


def test_a_later_source_confirms_and_is_not_judged_by_the_earlier() -> None:
    found = judged(said("甲", {"name": "李一"}), said("乙", {"name": "李一"}, known=1))
    assert found == {"甲": (CONFIRMED, "sheet", ("name",))}


def test_a_later_source_contradicts() -> None:
    found = judged(
        said("甲", {"name": "李一", "sex": "1"}), said("乙", {"name": "李一", "sex": "2"}, known=1)
    )
    assert found == {"甲": (CONTRADICTED, "sheet", ("sex",))}


def test_what_was_known_later_but_speaks_of_an_earlier_day_judges_nobody() -> None:
    older = AS_OF - timedelta(days=400)
    assert judged(said("甲", {"name": "李一"}), said("乙", {"name": "李二"}, older, known=1)) == {}


def test_the_counter_judges_also_what_came_after_it() -> None:
    found = judged(said("窗口", {"sex": "1"}, door="form"), said("甲", {"sex": "2"}, known=3))
    assert found == {"甲": (CONTRADICTED, "form", ("sex",))}


def test_a_roster_does_not_contradict_the_counter_unless_the_place_says_so() -> None:
    records = said("窗口", {"sex": "1"}, door="form"), said("甲", {"sex": "2"}, known=3)
    trusting = ranking_of("person", {"": (Origin("sheet"), Origin("form"))})
    found = judged(*records, ranking=trusting)
    assert found == {"窗口": (CONTRADICTED, "sheet", ("sex",))}


def test_what_changes_by_itself_contradicts_only_soon() -> None:
    for days, expected in ((CHANGES_AFTER_DAYS, {"甲"}), (CHANGES_AFTER_DAYS + 1, set())):
        later = AS_OF + timedelta(days=days)
        found = judged(said("甲", {"phones": ["1"]}), said("乙", {"phones": ["2"]}, later, known=days))
        assert set(found) == expected
    later = AS_OF + timedelta(days=900)
    assert set(judged(said("甲", {"sex": "1"}), said("乙", {"sex": "2"}, later, known=900))) == {"甲"}


def test_one_telephone_in_common_is_enough() -> None:
    found = judged(said("甲", {"phones": ["1"]}), said("乙", {"phones": ["2", "1"]}, known=1))
    assert found["甲"][0] == CONFIRMED


def test_only_the_newest_issue_of_a_source_is_judged() -> None:
    found = list(
        verdicts(
            [said("甲", {"sex": "1"}), said("甲", {"sex": "2"}, known=1), said("乙", {"sex": "2"}, known=2)],
            DEFAULT,
        )
    )
    assert [(each.record.facts["sex"], each.verdict) for each in found] == [("2", CONFIRMED)]


def test_what_is_only_noted_is_not_judged() -> None:
    assert judged(said("甲", {"note": "x"}), said("乙", {"note": "y"}, known=1)) == {}


@pytest.fixture
def _regions(db: None) -> None:
    ensure_regions()


def tally(home: str = ZIYANG) -> dict[tuple[str, str], int]:
    """(source, verdict) → rows, as judged now."""
    found: dict[tuple[str, str], int] = {}
    for at, counts in judge_homes(None):
        for (register, source, verdict, _by), n in counts.items():
            if at == home and register == "person":
                found[source, verdict] = found.get((source, verdict), 0) + n
    return found


@pytest.mark.usefixtures("_regions")
def test_sealed_facts_are_compared_and_only_their_names_are_kept() -> None:
    bring(sheet([LI, WANG]), source="甲")
    bring(sheet([(*LI[:2], phone(9), *LI[3:]), WANG]), source="乙")
    assert tally() == {("甲", CONTRADICTED): 1, ("甲", CONFIRMED): 1}
    row = RowVerdict.objects.get(verdict=CONTRADICTED)
    assert row.facts == ["phones"]
    everything = " ".join(str(value) for value in RowVerdict.objects.values().filter(pk=row.pk)[0].values())
    assert phone(1) not in everything
    assert phone(9) not in everything


@pytest.mark.usefixtures("_regions")
def test_places_do_not_judge_each_other() -> None:
    bring(sheet([LI]), source="甲", region=ZIYANG)
    bring(sheet([(*LI[:2], phone(9), *LI[3:])]), source="乙", region=HANBIN)
    assert tally() == tally(HANBIN) == {}


@pytest.mark.usefixtures("_regions")
def test_a_correction_at_the_counter_judges_the_roster() -> None:
    bring(sheet([LI]), source="甲")
    card = PersonCard.objects.get()
    correct_person(actor=CLERK, person=card.person_id, home=ZIYANG, raw={"phone": phone(5)})
    assert tally() == {("甲", CONTRADICTED): 1}
    assert RowVerdict.objects.get().by == "form"


@pytest.mark.usefixtures("_regions")
def test_joined_files_are_judged_as_one() -> None:
    bring(sheet([LI]), source="甲")
    bring(sheet([("李一", "", phone(8), "货车", "", "")]), source="乙")
    assert tally() == {}
    one, other = (
        Person.objects.get(pk=pk)
        for pk in PersonCard.objects.order_by("has_id").values_list("person", flat=True)
    )
    merge_files(actor=CLERK, register="person", leaf=one.pk, canonical=other.pk, reason="确是同一个人")
    assert tally() == {("甲", CONTRADICTED): 1}
    assert RowVerdict.objects.get().subject == other.pk


@pytest.mark.usefixtures("_regions")
def test_judging_again_changes_nothing_and_forgets_a_home_without_rows() -> None:
    bring(sheet([LI]), source="甲")
    bring(sheet([LI]), source="乙")
    first, again = tally(), tally()
    assert first == again == {("甲", CONFIRMED): 1}
    RowVerdict.objects.update(home="610925", county="610925")
    assert tally() == first
    assert RowVerdict.objects.count() == 1


@pytest.mark.usefixtures("_regions")
def test_verdicts_go_with_the_person() -> None:
    assert RowVerdict in {table.model for table in tables_of("person", Person)}


@pytest.mark.usefixtures("_regions")
def test_the_list_shows_its_places_rows_and_no_value(client: Client) -> None:
    for region in (ZIYANG, HANBIN):
        bring(sheet([LI, WANG], HEADS), source="甲", region=region)
        bring(sheet([(*LI[:2], phone(9), *LI[3:]), WANG]), source="乙", region=region)
    list(judge_homes(None))
    reader = logged_in(client, user_with("member", ZIYANG))
    page = reader.get("/people/verdicts/?source=甲")
    assert len(page.context["page"].items) == 2
    text = page.content.decode()
    assert "联系电话" in text
    assert phone(9) not in text
    assert len(reader.get("/people/verdicts/?verdict=contradicted").context["page"].items) == 1
    assert reader.get(f"/people/verdicts/?region={HANBIN}").status_code == 404
