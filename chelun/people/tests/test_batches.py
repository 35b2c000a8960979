"""A batch shows all at once, is taken back as a whole, and leaves nothing when it is given up."""

import pytest

from chelun.people.models import (
    DriverTie,
    Engagement,
    Enterprise,
    EnterpriseCard,
    Person,
    PersonCard,
    PersonSource,
    UnresolvedRow,
    Vehicle,
)
from chelun.people.services.corrections import correct_person
from chelun.people.services.intake.persons import PersonPublisher
from chelun.people.tests.desk import (
    AS_OF,
    CLERK,
    HANBIN,
    ZIYANG,
    bring,
    checked,
    number,
    phone,
    seen,
    sheet,
    snapshot,
)
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.privacy.models import SubjectKey
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import Batch, SheetImport
from chelun.platform.sheets.registers import REGISTERS, Intake, StagedRow
from chelun.platform.sheets.services.checking import intake_of
from chelun.platform.sheets.services.clearing import cancel_import
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet
from chelun.platform.sheets.staging import GOOD, chunks_of, read_chunk

pytestmark = pytest.mark.django_db
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WANG = ("王二", number(22), phone(2), "快递", "紫阳县示例快递有限公司", "")


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def half_way(sheet_import: SheetImport) -> None:
    """Write the rows of an import as publication does, and stop before they show."""
    begin_publication(actor=CLERK, sheet_import=sheet_import)
    publisher = REGISTERS["person"].publisher(intake_of(CLERK, sheet_import))
    for chunk in chunks_of(sheet_import.pk, GOOD, "person"):
        publisher.apply([StagedRow(*row) for row in read_chunk(chunk)])
        chunk.applied, chunk.applied_rows = True, chunk.rows
        chunk.save()


def test_batch_hides_everything_before_publication() -> None:
    bring(sheet([LI]))
    before = snapshot()
    changed = (*LI[:2], phone(9), "网约车", "紫阳县示例快运有限公司", "陕G54321")
    half_way(checked(sheet([changed, WANG]), source="平台"))
    assert PersonCard.objects.count() == 3
    assert snapshot() == before


def test_batch_goes_on_after_an_interruption() -> None:
    sheet_import = checked(sheet([LI, WANG]))
    half_way(sheet_import)
    assert seen() == []
    publish_sheet(actor=CLERK, sheet_import=sheet_import)
    assert [person["name"] for person in seen()] == ["李一", "王二"]
    assert PersonSource.objects.count() == 2


def test_batch_cancelled_leaves_nothing() -> None:
    bring(sheet([LI]))
    before, keys = snapshot(), SubjectKey.objects.count()
    changed = (*LI[:2], phone(9), "网约车", "紫阳县示例快运有限公司", "陕G54321")
    sheet_import = checked(sheet([changed, WANG]), source="平台")
    half_way(sheet_import)
    cancel_import(actor=CLERK, sheet_import=sheet_import)
    assert snapshot() == before
    assert (Person.objects.count(), PersonCard.objects.count(), PersonSource.objects.count()) == (1, 1, 1)
    assert (Enterprise.objects.count(), Vehicle.objects.count()) == (1, 1)
    assert SubjectKey.objects.count() == keys
    assert not Batch.objects.filter(hidden=True).exists()


def test_import_undone_restores_what_was_seen() -> None:
    bring(sheet([LI]))
    before = snapshot()
    changed = (*LI[:2], phone(9), "网约车", "紫阳县示例快运有限公司", "陕G54321")
    rows = [changed, WANG, ("李一", "", phone(77), "货车", "", "")]
    sheet_import = bring(sheet(rows), source="平台")
    assert len(seen()) == 3
    begin_undo(actor=CLERK, sheet_import=sheet_import, reason="传错了文件")
    undo_sheet(actor=CLERK, sheet_import=sheet_import)
    after = snapshot()
    assert after["persons"] == before["persons"]
    assert (after["firms"], after["vehicles"], after["waiting"]) == (before["firms"], before["vehicles"], 0)
    assert [tie[1:] for tie in after["ties"]] == [tie[1:] for tie in before["ties"]]
    assert sheet_import.state == "undone"
    assert verify_chain().whole


def test_import_undone_under_a_correction_keeps_the_correction_for_later() -> None:
    sheet_import = bring(sheet([LI, WANG]))
    person = Person.objects.get(cards__name="李一").pk
    correct_person(actor=CLERK, person=person, home=ZIYANG, raw={"phone": phone(8)})
    begin_undo(actor=CLERK, sheet_import=sheet_import, reason="传错了文件")
    undo_sheet(actor=CLERK, sheet_import=sheet_import)
    assert seen() == []
    bring(sheet([LI]), source="又一")
    assert [each["phones"] for each in seen()] == [[phone(8)]]


def test_import_undone_forgets_persons_it_brought() -> None:
    sheet_import = bring(sheet([LI, WANG]))
    begin_undo(actor=CLERK, sheet_import=sheet_import, reason="传错了文件")
    undo_sheet(actor=CLERK, sheet_import=sheet_import)
    for model in (
        Person,
        PersonCard,
        PersonSource,
        Engagement,
        DriverTie,
        Enterprise,
        EnterpriseCard,
        UnresolvedRow,
        SubjectKey,
    ):
        assert not model.objects.exists(), model


def test_import_undone_is_remembered_only_where_the_place_still_speaks_of_the_person() -> None:
    """Another place that knows him is no reason to remember him here: else it would tell that he is known there."""
    bring(sheet([LI]), region=HANBIN)
    first = bring(sheet([LI]))
    second = bring(sheet([(*LI[:2], phone(9), *LI[3:])]), source="平台")
    for sheet_import in (second, first):
        begin_undo(actor=CLERK, sheet_import=sheet_import, reason="传错了文件")
        undo_sheet(actor=CLERK, sheet_import=sheet_import)
        remembered = PersonSource.objects.filter(home=ZIYANG)
        assert remembered.count() == (2 if sheet_import is second else 0)
    assert [person["name"] for person in seen(HANBIN)] == ["李一"]
    assert (Person.objects.count(), SubjectKey.objects.count()) == (1, 1)


def test_single_door_during_a_batch_is_not_lost() -> None:
    bring(sheet([LI]))
    sheet_import = checked(sheet([(*LI[:2], phone(9), *LI[3:])]), source="平台")
    half_way(sheet_import)
    facts = {"name": "李一", "id_number": LI[1], "phones": [phone(5)], "kinds": ["truck"]}
    PersonPublisher(Intake(CLERK, placed(ZIYANG), "窗口", AS_OF, "form")).apply([StagedRow("", 0, facts)])
    assert seen()[0]["phones"] == [phone(5)]
    publish_sheet(actor=CLERK, sheet_import=sheet_import)
    (person,) = seen()
    assert person["phones"] == [phone(5)]
    assert PersonCard.objects.count() == 1


def test_single_door_for_a_person_whom_a_batch_is_bringing() -> None:
    sheet_import = checked(sheet([LI]))
    half_way(sheet_import)
    facts = {"name": "李一", "id_number": LI[1], "phones": [phone(5)], "kinds": ["truck"]}
    counts = PersonPublisher(Intake(CLERK, placed(ZIYANG), "窗口", AS_OF, "form")).apply(
        [StagedRow("", 0, facts)]
    )
    assert counts["created"] == 1
    publish_sheet(actor=CLERK, sheet_import=sheet_import)
    assert len(seen()) == 1
