"""What a card shows of the facts that stand."""

from datetime import date

import pytest

from chelun.engines.ids import make_id_number
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


BORN = "610999198503120217"


@pytest.mark.parametrize(
    "cell", ["1985.03", "1985年3月", "198503", "1985-3", "1985", "1985年", "一九八五年三月", ""]
)
def test_month_of_birth_that_agrees_with_the_number_refuses_nobody(cell: str) -> None:
    row = check_person(
        {"name": "赵安一", "id_number": BORN, "birth": cell}, CheckContext(DAY, None, True, {})
    )
    assert (row.problems, row.facts["birth"]) == ([], "1985-03-12")


def test_month_of_birth_that_a_program_shortened_is_october_as_well() -> None:
    october = make_id_number("610999", date(1985, 10, 12), 21)
    row = check_person(
        {"name": "赵安一", "id_number": october, "birth": "1985.1"}, CheckContext(DAY, None, True, {})
    )
    assert row.problems == []


@pytest.mark.parametrize("cell", ["1985.04", "1986年", "1986.03", "198512", "1985.3.13"])
def test_birth_that_contradicts_the_number_refuses_the_row(cell: str) -> None:
    row = check_person(
        {"name": "赵安一", "id_number": BORN, "birth": cell}, CheckContext(DAY, None, True, {})
    )
    assert [problem.fault.code for problem in row.problems] == ["cell.birth_differs"]


def test_month_of_birth_without_a_number_is_no_day() -> None:
    row = check_person({"name": "赵安一", "birth": "1985.03"}, CheckContext(DAY, None, True, {}))
    assert [problem.fault.code for problem in row.problems] == ["date.incomplete"]


@pytest.mark.parametrize("cell", ["2019.3", "2019年", "二〇二三年", "二〇二三年五月", "201903"])
def test_first_day_without_a_day_is_left_out_and_told(cell: str) -> None:
    row = check_person({"name": "赵安一", "start": cell}, CheckContext(DAY, None, True, {}))
    assert (row.problems, "start" in row.facts) == ([], False)
    assert [(each.field, each.fault.code) for each in row.warnings] == [("start", "cell.month_alone")]


def test_last_day_without_a_day_refuses_the_row() -> None:
    row = check_person({"name": "赵安一", "end": "2024.5"}, CheckContext(DAY, None, True, {}))
    assert [problem.fault.code for problem in row.problems] == ["date.incomplete"]
