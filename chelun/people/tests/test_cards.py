"""What a card shows of the facts that stand."""

from datetime import date

import pytest

from chelun.people.rules.cards import person_values
from chelun.people.rules.rows import check_person
from chelun.platform.sheets.registers import CheckContext

DAY = date(2026, 11, 1)


def test_person_values_names_each_kind_of_work_once() -> None:
    facts = {"name": "赵安一", "kinds": ["truck", "courier"]}
    values = person_values(facts, DAY, sources=2, enterprise=None, more_kinds=("courier", "truck", "bus"))
    assert (values["kind"], values["more_kinds"]) == ("truck", "courier,bus")


@pytest.mark.parametrize(("cell", "end"), [("在职", None), ("至今", None), ("2026年3月31日", "2026-03-31")])
def test_last_day_says_that_somebody_is_still_there(cell: str, end: str | None) -> None:
    row = check_person({"name": "赵安一", "end": cell}, CheckContext(DAY, None, True, {}))
    assert (row.problems, row.facts.get("end")) == ([], end)
