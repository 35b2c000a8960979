"""Which records still say for whom somebody works, and what a card shows of the facts."""

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chelun.core.identifiers import uuid7
from chelun.people.rules.cards import person_values
from chelun.people.rules.facts import Record, latest_per_source, standing_facts, survivors
from chelun.people.rules.ranks import STANDARD, Order, Origin, Ranking
from chelun.people.tests.desk import AS_OF, number

SUBJECT = uuid7()


def record(source: str, day: int, batch: UUID | None = None) -> Record:
    known = datetime(2026, 11, day, tzinfo=UTC)
    return Record(uuid7(), SUBJECT, {}, source, date(2026, 11, day), known, "sheet", batch=batch)


def test_latest_per_source_forgets_older_issues() -> None:
    old, new, other = record("名册", 1, uuid7()), record("名册", 2, uuid7()), record("台账", 1)
    assert set(map(id, latest_per_source([new, old, other]))) == {id(new), id(other)}


def test_latest_per_source_keeps_all_rows_of_one_import() -> None:
    batch = uuid7()
    roster, phones = record("名册", 2, batch), record("名册", 2, batch)
    assert len(latest_per_source([record("名册", 1, uuid7()), roster, phones])) == 2


def test_latest_per_source_keeps_one_form_only() -> None:
    assert len(latest_per_source([record("窗口", 1), record("窗口", 2)])) == 1


def test_card_lacks_a_plate_only_where_the_work_comes_with_a_vehicle() -> None:
    facts = {"name": "李一", "id_number": number(1), "phones": ["19900000001"], "enterprise": "示例公司"}
    bus = person_values({**facts, "kinds": ["bus"]}, AS_OF, sources=1, enterprise=None)
    truck = person_values({**facts, "kinds": ["truck"]}, AS_OF, sources=1, enterprise=None)
    assert (bus["missing"], truck["missing"]) == ("", "plate")


def test_card_names_each_kind_of_work_once() -> None:
    facts = {"name": "李一", "kinds": ["truck", "bus"]}
    card = person_values(facts, AS_OF, sources=1, enterprise=None, more_kinds=("truck", "coach"))
    assert (card["kind"], card["more_kinds"]) == ("truck", "bus,coach")


FIELDS = ("name", "phones", "enterprise", "plate", "own.x")
ORDERS = st.sampled_from([STANDARD, (Origin(source="甲"),), (Origin("sheet", "乙"), Origin("form"))])
SAID = st.builds(
    Record,
    st.uuids(),
    st.just(UUID(int=1)),
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["", "一", "二", ["三"]])),
    st.sampled_from(["甲", "乙"]),
    st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 2), timezones=st.just(UTC)),
    st.sampled_from(["form", "sheet"]),
)


@given(st.lists(SAID, max_size=4), ORDERS, st.dictionaries(st.sampled_from(FIELDS), ORDERS))
def test_values_that_stand_are_those_of_the_survivors(
    records: list[Record], rest: Order, by_fact: dict[str, Order]
) -> None:
    ranking = Ranking(rest, by_fact)
    told = {name: each.value for name, each in survivors(records, ranking).items()}
    assert standing_facts(records, ranking) == told
