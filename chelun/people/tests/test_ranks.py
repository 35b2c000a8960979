"""Which source outweighs which: without a rule exactly the standard, with one what its sentence says, in any order of records."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.core.identifiers import uuid7
from chelun.people.displays.ranks import order_sentence, why_text
from chelun.people.models import PersonCard, SourceRank
from chelun.people.rules.facts import Record, decided_otherwise, reason, standing_facts, survivors
from chelun.people.rules.ranks import (
    DEFAULT,
    REST,
    Origin,
    common_path,
    from_json,
    nearest,
    ranking_of,
    to_json,
)
from chelun.people.selectors import person_file
from chelun.people.services.door import register_person
from chelun.people.services.intake.ranking import decided, path_of_place
from chelun.people.tests.desk import CLERK, ZIYANG, bring, number, phone, scope_of, seen, sheet
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.testing import ensure_regions

SUBJECT = uuid7()
SOURCES = ("办证系统", "企业名册", "平台名单")
FACTS = ("name", "phones", "enterprise", "note", "own_field")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def record(door: str, source: str, day: int, minute: int, **facts: Any) -> Record:
    """What one source said: true on a day, known at a minute."""
    known = BEGIN + timedelta(minutes=minute)
    return Record(uuid7(), SUBJECT, facts, source, date(2026, 1, day), known, door)


values = st.dictionaries(st.sampled_from(FACTS), st.sampled_from(["甲", "乙", "丙"]), min_size=1)
records = st.lists(
    st.builds(
        lambda door, source, day, minute, facts: record(door, source, day, minute, **facts),
        st.sampled_from(["form", "sheet", "other"]),
        st.sampled_from(SOURCES),
        st.integers(1, 5),
        st.integers(0, 9),
        values,
    ),
    min_size=1,
    max_size=7,
)
origins = st.builds(Origin, st.sampled_from(["", "form", "sheet"]), st.sampled_from(["", *SOURCES]))
orders = st.lists(origins, max_size=4, unique=True).map(tuple)
lines = st.dictionaries(st.sampled_from(["who", "contact", "work", REST]), orders)


@given(records)
def test_ranks_without_a_rule_the_counter_then_the_date_then_the_knowledge(said: list[Record]) -> None:
    trust = {"form": 2, "sheet": 1}
    found = standing_facts(said, DEFAULT)
    for name, value in found.items():
        having = [each for each in said if name in each.facts]
        best = max(having, key=lambda each: (trust.get(each.door, 0), each.as_of, each.known_at, each.id.int))
        assert value == best.facts[name]
    assert found.keys() == {name for each in said for name in each.facts}


@given(records, lines, st.randoms())
def test_ranks_do_not_depend_on_the_order_of_records(said: list[Record], rule: Any, chance: Any) -> None:
    ranking = ranking_of("person", rule)
    mixed = list(said)
    chance.shuffle(mixed)
    assert survivors(mixed, ranking).keys() == survivors(said, ranking).keys()
    assert standing_facts(mixed, ranking) == standing_facts(said, ranking)


@given(records, lines)
def test_ranks_no_record_that_the_rule_puts_first_loses(said: list[Record], rule: Any) -> None:
    ranking = ranking_of("person", rule)
    for name, survivor in survivors(said, ranking).items():
        order = ranking.order_of(name)
        having = [each for each in said if name in each.facts]
        for origin in order:
            covered = [each for each in having if origin.covers(each)]
            if covered:
                assert survivor.record in covered
                break
        assert len(survivor.others) + survivor.seconded + 1 == len(having)
        assert all(each.facts[name] != survivor.value for each in survivor.others)


@given(records, lines)
def test_ranks_say_why_what_stands_does(said: list[Record], rule: Any) -> None:
    ranking = ranking_of("person", rule)
    for name, survivor in survivors(said, ranking).items():
        why = reason(name, survivor, ranking)
        assert (why.before is None) == (why.kind in ("only", "agreed"))
        assert (why.kind == "only") == (sum(name in each.facts for each in said) == 1)
        told = why_text(why, survivor.record, ranking.order_of(name))
        assert told.startswith("因为") if why.kind != "only" else told == ""


@given(records, lines)
def test_ranks_a_record_alone_stands_whatever_the_rule(said: list[Record], rule: Any) -> None:
    ranking = ranking_of("person", rule)
    assert standing_facts(said[:1], ranking) == said[0].facts
    assert not decided_otherwise(said[:1], ranking, DEFAULT)
    assert not decided_otherwise(said, ranking, ranking)


@given(lines)
def test_ranks_are_kept_as_they_were_decided(rule: Any) -> None:
    assert from_json(to_json(rule)) == rule


def test_ranks_facts_of_one_matter_follow_one_line() -> None:
    ranking = ranking_of("person", {"contact": (Origin("", "平台名单"),), REST: (Origin("", "办证系统"),)})
    assert ranking.order_of("phones") == ranking.order_of("address") == (Origin("", "平台名单"),)
    assert ranking.order_of("name") == ranking.order_of("own_field") == (Origin("", "办证系统"),)


def test_ranks_the_finest_place_on_the_path_decides() -> None:
    kept = [("610000", 1), ("610900", 2)]
    assert nearest(kept, ["610924", "610900", "610000"]) == 2
    assert nearest(kept[:1], ["610924", "610900", "610000"]) == 1
    assert nearest([], ["610924"]) is None
    assert common_path([["610924", "610900", "610000"], ["610902", "610900", "610000"]]) == [
        "610900",
        "610000",
    ]


def test_ranks_read_as_a_sentence() -> None:
    order = (Origin("form"), Origin("", "办证系统"), Origin("sheet"))
    assert order_sentence(order).startswith(
        "窗口登记优先于“办证系统”，再优先于导入的名单，再优先于其他来源。"
    )
    assert order_sentence(()).startswith("不分来源。")


def decide(home: str, rule: Any, register: str = "person") -> None:
    """A place's rule as it stands once it was applied."""
    place = {**placed(home), "home": home, "register": register, "reason": "试", "decided_by": "试"}
    SourceRank.objects.create(**place, lines=to_json(rule), decided_at=datetime.now(UTC))


@pytest.mark.django_db
def test_rank_of_the_place_decides_in_both_doors() -> None:
    ensure_regions()
    row = ("李一", number(1), phone(1), "货车", "紫阳县示例货运有限公司", "")
    decide("610900", {"contact": (Origin("", "办证系统"),)})
    bring(sheet([row]), source="办证系统")
    bring(sheet([(*row[:2], phone(2), *row[3:])]), source="平台名单")
    register_person(
        actor=CLERK, region=ZIYANG, raw={"name": "李一", "id_number": number(1), "phone": phone(3)}
    )
    (person,) = seen()
    assert person["phones"] == [phone(1)]
    found = person_file(scope_of(ZIYANG), PersonCard.objects.get(superseded_by=None).person_id)
    assert found.held.value("phones") == [phone(1)]
    assert decided(SourceRank.objects.all(), "person", path_of_place(placed("610924"))) != DEFAULT
    assert decided(SourceRank.objects.all(), "vehicle", path_of_place(placed("610924"))) == DEFAULT
    assert decided(SourceRank.objects.all(), "person", path_of_place(placed("510000"))) == DEFAULT
