"""A template that was fetched in English comes back: its heads are known again, and every word that it offers is understood."""

import io
from collections.abc import Iterator

import pytest
from django.utils.translation import get_language, gettext, override
from openpyxl import load_workbook

from chelun.engines.ids import read_colour
from chelun.engines.ids.faults import ID_CHECK_SWAPPED
from chelun.engines.tables.columns import ColumnSample, recognise
from chelun.engines.tables.columns.own import is_own_row, is_own_sheet
from chelun.engines.tables.columns.values import clean_sex
from chelun.people.choices import FirmStatus, PaperKind, PaperStatus, PlateColour, Presence, Sex, WorkKind
from chelun.people.rules.cells import kinds_in
from chelun.people.rules.credentials import paper_of, presence_of, status_of
from chelun.people.rules.rows import SEXES, firm_status
from chelun.platform.sheets.registers import REGISTERS, Register
from chelun.platform.sheets.services.downloads import template_bytes
from chelun.platform.sheets.writing import CellProblem, RefusedRow, RefusedTable, write_refusals
from tests.texts import CHINESE


@pytest.fixture(params=["en", "zh-hans"], autouse=True)
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    with override(request.param):
        yield


@pytest.mark.parametrize("register", list(REGISTERS), ids=lambda register: register.name)
def test_template_is_known_again(register: Register) -> None:
    book = load_workbook(io.BytesIO(template_bytes(register)))
    form, guide = book.worksheets
    assert is_own_sheet(guide.title)
    heads, example = ([str(cell.value or "") for cell in row] for row in form.iter_rows(max_row=2))
    assert is_own_row(example)
    guesses = recognise([ColumnSample(place, head, []) for place, head in enumerate(heads)], register.fields)
    assert [(guess.field, guess.sure) for guess in guesses] == [(spec.name, True) for spec in register.fields]


@pytest.mark.parametrize("kind", list(WorkKind))
def test_kind_of_work_is_understood(kind: WorkKind) -> None:
    assert kinds_in(gettext(str(kind.label))) == [kind.value]


@pytest.mark.parametrize("colour", list(PlateColour))
def test_colour_is_understood(colour: PlateColour) -> None:
    assert read_colour(str(colour.label)) == int(colour.value)


@pytest.mark.parametrize("status", list(FirmStatus))
def test_state_of_an_enterprise_is_understood(status: FirmStatus) -> None:
    assert firm_status(str(status.label)) == status.value


@pytest.mark.parametrize("kind", list(PaperKind))
def test_kind_of_paper_is_understood(kind: PaperKind) -> None:
    assert paper_of(str(kind.label)) == kind.value


@pytest.mark.parametrize("presence", list(Presence))
def test_why_there_is_no_paper_is_understood(presence: Presence) -> None:
    assert presence_of(str(presence.label)) == presence.value


@pytest.mark.parametrize("status", list(PaperStatus))
def test_standing_of_a_paper_is_understood(status: PaperStatus) -> None:
    assert status_of(str(status.label)) == status.value


@pytest.mark.parametrize("sex", list(Sex))
def test_sex_is_understood(sex: Sex) -> None:
    assert SEXES[str(clean_sex(str(sex.label)))] == sex.value


def test_refusal_workbook_speaks_the_readers_language() -> None:
    table = RefusedTable("Roster", ["Name"], [RefusedRow(3, ["x"], [_problem()])])
    target = io.BytesIO()
    write_refusals(target, [table], say=gettext)
    rows, guide = load_workbook(target).worksheets
    told = [str(cell.value or "") for page in (rows, guide) for row in page.iter_rows() for cell in row]
    told += [cell.comment.text for row in rows.iter_rows() for cell in row if cell.comment]
    assert is_own_sheet(guide.title)
    assert any(CHINESE.search(text) for text in told) is (get_language() != "en")


def _problem() -> CellProblem:
    return CellProblem(0, gettext(ID_CHECK_SWAPPED.template), gettext(ID_CHECK_SWAPPED.advice))
