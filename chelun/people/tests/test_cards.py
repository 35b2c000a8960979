"""What a card shows of the facts that stand."""

from datetime import date

from chelun.people.rules.cards import person_values

DAY = date(2026, 11, 1)


def test_person_values_names_each_kind_of_work_once() -> None:
    facts = {"name": "赵安一", "kinds": ["truck", "courier"]}
    values = person_values(facts, DAY, sources=2, enterprise=None, more_kinds=("courier", "truck", "bus"))
    assert (values["kind"], values["more_kinds"]) == ("truck", "courier,bus")
