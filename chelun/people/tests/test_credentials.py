"""Papers: known again by kind and holder, by both doors; who holds one comes with it."""

from datetime import date

import pytest

from chelun.core.errors import NotFound
from chelun.people.choices import PaperState
from chelun.people.models import (
    Credential,
    CredentialCard,
    CredentialSource,
    Enterprise,
    EnterpriseCard,
    Person,
    PersonCard,
    Vehicle,
    VehicleCard,
)
from chelun.people.reminders import Reminders
from chelun.people.selectors import Filters, credential_list
from chelun.people.services.door import RowRefused, register_person
from chelun.people.services.door import bring as by_hand
from chelun.people.services.intake.ledger import open_facts
from chelun.people.services.papers import register_paper
from chelun.people.tests.desk import (
    CLERK,
    HANBIN,
    ZIYANG,
    bring,
    checked,
    number,
    outcome,
    phone,
    scope_of,
    sheet,
)
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.models import SubjectKey
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.registers import REGISTERS, StagedRow
from chelun.platform.sheets.services.checking import intake_of
from chelun.platform.sheets.services.clearing import cancel_import
from chelun.platform.sheets.services.publishing import begin_publication
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet
from chelun.platform.sheets.staging import GOOD, chunks_of, read_chunk

pytestmark = pytest.mark.django_db
HEADS = (
    "证照种类", "姓名", "身份证号", "企业名称", "统一社会信用代码", "车牌号", "车牌颜色", "证号", "等级", "发证机关", "发证日期", "有效期至",
)  # fmt: skip
FIRM = "紫阳县示例货运有限公司"
QUALIFICATION = (
    "从业资格证",
    "李一",
    number(11),
    "",
    "",
    "",
    "",
    number(11),
    "经营性道路货物运输",
    "安康市交通运输局",
    "2022-01-10",
    "2028-01-09",
)
OPERATION = (
    "道路运输经营许可证",
    "",
    "",
    FIRM,
    "",
    "",
    "",
    "610924000001",
    "普通货运",
    "紫阳县交通运输局",
    "2023-05-01",
    "2027-04-30",
)
TRANSPORT = (
    "道路运输证",
    "",
    "",
    "",
    "",
    "陕G12345",
    "黄",
    "610924000777",
    "",
    "紫阳县交通运输局",
    "2024-01-01",
    "长期",
)
ROWS = [QUALIFICATION, OPERATION, TRANSPORT]


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def seen(region: str = ZIYANG) -> dict[str, CredentialCard]:
    return {card.kind: card for card in credential_list(scope_of(region), Filters())}


def secret(card: CredentialCard) -> object:
    return open_facts(keys_of([card.credential_id])[card.credential_id], bytes(card.sealed)).get("number")


def undone(brought: SheetImport) -> None:
    begin_undo(actor=CLERK, sheet_import=brought, reason="发错了文件")
    undo_sheet(actor=CLERK, sheet_import=brought)


def entered(**raw: str) -> CredentialCard:
    brought = by_hand("credential", actor=CLERK, region=ZIYANG, raw=raw)
    return CredentialCard.objects.get(credential=brought.subject)


def faults(**raw: str) -> list[tuple[str, str]]:
    with pytest.raises(RowRefused) as refusal:
        by_hand("credential", actor=CLERK, region=ZIYANG, raw=raw)
    return [(problem.field, problem.fault.code) for problem in refusal.value.problems]


LI = {"name": "李一", "id_number": number(11)}


def test_papers_come_in_by_sheet_with_their_holders() -> None:
    brought = bring(sheet(ROWS, HEADS), source="证照台账")
    assert outcome(brought, "credential") == {"created": 3}
    cards = seen()
    assert set(cards) == {"qualification", "operation", "transport"}
    assert secret(cards["qualification"]) == number(11)
    assert PersonCard.objects.get().person_id == cards["qualification"].person_id
    assert EnterpriseCard.objects.get().mentioned_only
    assert VehicleCard.objects.get().vehicle_id == cards["transport"].vehicle_id
    assert (cards["transport"].term, cards["operation"].valid_to) == ("ever", date(2027, 4, 30))


def test_numbers_lie_nowhere_in_the_clear() -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    clear = str(list(CredentialSource.objects.values_list("facts", flat=True)))
    trail = str(list(AuditEntry.objects.values_list("old", "new")))
    for hidden in (number(11), "610924000001", "610924000777"):
        assert hidden not in clear
        assert hidden not in trail
    assert "李一" not in trail


def test_import_twice_changes_nothing() -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    before = [
        sorted(model.objects.values_list("pk", flat=True))
        for model in (Credential, CredentialCard, CredentialSource, Person)
    ]
    again = bring(sheet([*ROWS, ROWS[0]], HEADS), source="证照台账")
    assert outcome(again, "credential") == {"unchanged": 4}
    assert before == [
        sorted(model.objects.values_list("pk", flat=True))
        for model in (Credential, CredentialCard, CredentialSource, Person)
    ]


def test_a_later_ledger_renews_the_same_paper() -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    renewed = (*QUALIFICATION[:-2], "2028-01-10", "2034-01-09")
    brought = bring(sheet([renewed], HEADS), source="证照台账", as_of=date(2026, 11, 9))
    assert outcome(brought, "credential") == {"changed": 1}
    assert Credential.objects.count() == 3
    assert seen()["qualification"].valid_to == date(2034, 1, 9)


def test_undone_import_leaves_no_paper_and_nobody() -> None:
    brought = bring(sheet(ROWS, HEADS), source="证照台账")
    undone(brought)
    assert seen() == {}
    for model in (CredentialCard, PersonCard, EnterpriseCard, VehicleCard):
        assert not model.objects.exists(), model
    assert not CredentialSource.objects.visible(()).exists()


def test_undone_import_leaves_what_others_said() -> None:
    bring(sheet([QUALIFICATION], HEADS), source="证照台账")
    later = bring(sheet([(*QUALIFICATION[:-1], "2034-01-09"), *ROWS[1:]], HEADS), source="另一台账")
    undone(later)
    assert {kind: card.valid_to for kind, card in seen().items()} == {"qualification": date(2028, 1, 9)}


def test_cancelled_import_leaves_nothing_at_all() -> None:
    sheet_import = checked(sheet(ROWS, HEADS), source="证照台账")
    begin_publication(actor=CLERK, sheet_import=sheet_import)
    publisher = REGISTERS["credential"].publisher(intake_of(CLERK, sheet_import))
    for chunk in chunks_of(sheet_import.pk, GOOD, "credential"):
        publisher.apply([StagedRow(*row) for row in read_chunk(chunk)])
    assert seen() == {}
    cancel_import(actor=CLERK, sheet_import=sheet_import)
    for model in (
        Credential,
        CredentialCard,
        CredentialSource,
        Person,
        PersonCard,
        Enterprise,
        Vehicle,
        SubjectKey,
    ):
        assert not model._default_manager.exists(), model


def test_form_means_the_paper_of_the_sheet() -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    card = entered(paper="从业资格证", **LI, number=number(11), valid_to="2030-12-31")
    assert card.valid_to == date(2030, 12, 31)
    assert Credential.objects.count() == 3


def test_several_skills_are_told_apart_by_their_numbers() -> None:
    one = entered(paper="职业技能等级证书", **LI, number="Y003706009924500001", grade="五级/初级工")
    two = entered(paper="技能等级证书", **LI, number="Y003706009924500002", grade="四级/中级工")
    assert one.credential_id != two.credential_id
    assert (one.person_id, one.term) == (two.person_id, "ever")
    assert faults(paper="技能等级证书", **LI) == [("number", "paper.number_needed")]


@pytest.mark.parametrize("paper", ["党员证", "团员证", "工会会员证", "残疾人证", "健康证", "宗教教职人员证"])
def test_papers_of_membership_or_health_are_refused(paper: str) -> None:
    assert faults(paper=paper, **LI)[0][0] == "paper"
    assert not Credential.objects.exists()
    assert not Person.objects.exists()


def test_membership_papers_of_a_sheet_are_stored_nowhere() -> None:
    brought = bring(
        sheet([QUALIFICATION, *[("党员证", "王二", number(22), *[""] * 9)] * 2], HEADS), source="证照台账"
    )
    assert [card.name for card in PersonCard.objects.all()] in ([], ["李一"])
    kept = str([list(read_chunk(chunk)) for chunk in StagedChunk.objects.filter(sheet_import=brought)])
    assert "党员" not in kept


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"paper": "从业资格证", "name": "李一"}, ("id_number", "paper.holder_number")),
        ({"paper": "经营许可证"}, ("enterprise", "paper.holder_firm")),
        ({"paper": "道路运输证"}, ("plate", "paper.holder_plate")),
        ({"paper": "钓鱼证"}, ("paper", "paper.kind_unknown")),
        ({"paper": ""}, ("paper", "cell.required")),
        ({"paper": "从业资格证", **LI, "number": number(12)}, ("number", "paper.number_of_another")),
        ({"paper": "从业资格证", **LI, "number": "12345"}, ("number", "certificate.qualification_length")),
        ({"paper": "驾驶证", **LI, "number": number(12)}, ("number", "certificate.driving_differs")),
        ({"paper": "道路运输证", "plate": "陕G12345", "number": "1234"}, ("number", "certificate.transport_length")),
        ({"paper": "网约车驾驶员证", **LI, "number": "无此号"}, ("number", "certificate.paper_number_form")),
        ({"paper": "网约车驾驶员证", **LI, "number": "4.5吨以下免办"}, ("number", "paper.not_exempt")),
        ({"paper": "从业资格证", **LI, "presence": "未办", "valid_to": "2030-01-01"}, ("presence", "paper.absent_with_number")),
        ({"paper": "从业资格证", **LI, "valid_from": "2030-01-01", "valid_to": "2029-01-01"}, ("valid_to", "paper.order")),
    ],
)  # fmt: skip
def test_rows_that_are_no_papers_are_refused_with_a_sentence(
    raw: dict[str, str], code: tuple[str, str]
) -> None:
    assert faults(**raw) == [code]


def test_nineteen_digits_and_a_term_in_one_cell_are_read() -> None:
    card = entered(paper="从业资格证", **LI, number="6109240000122300001", valid_to="2022-01-10至2028-01-09")
    assert (secret(card), card.valid_from, card.valid_to) == (
        "6109240000122300001",
        date(2022, 1, 10),
        date(2028, 1, 9),
    )


def test_number_that_is_the_id_number_tells_the_holder() -> None:
    card = entered(paper="从业资格证", name="李一", number=number(11))
    assert Person.objects.get().pk == card.person_id
    assert PersonCard.objects.get().has_id


@pytest.mark.parametrize("number_cell", ["4.5吨以下免办", f"{number(11)[:6]}000000000000", "蓝牌免办"])
def test_exempt_driver_is_without_paper_and_says_why(number_cell: str) -> None:
    card = entered(paper="从业资格证", **LI, number=number_cell)
    assert (card.presence, card.missing) == ("light_vehicle", "")
    assert Reminders.of().state(card) == PaperState.ABSENT


def test_a_paper_got_later_ends_the_exemption() -> None:
    entered(paper="从业资格证", **LI, number="4.5吨以下免办")
    card = entered(paper="从业资格证", **LI, number=number(11), valid_to="2099-01-01")
    assert (card.presence, Credential.objects.count()) == ("held", 1)


def test_paper_on_the_file_of_somebody_without_id_number() -> None:
    person = register_person(actor=CLERK, region=ZIYANG, raw={"name": "王二", "phone": phone(2)}).subject
    other = register_person(actor=CLERK, region=ZIYANG, raw={"name": "张三", "phone": phone(3)}).subject
    assert person
    assert other
    for each in (person, other):
        brought = register_paper(
            actor=CLERK,
            register="person",
            subject=each,
            home=ZIYANG,
            raw={"paper": "qualification", "presence": "light_vehicle"},
        )
        assert brought.outcome == "created"
    assert set(CredentialCard.objects.values_list("person", flat=True)) == {person, other}
    with pytest.raises(NotFound):
        register_paper(actor=CLERK, register="person", subject=person, home=HANBIN, raw={"paper": "driving"})
    with pytest.raises(NotFound):
        register_paper(
            actor=CLERK, register="person", subject=person, home=ZIYANG, raw={"paper": "transport"}
        )


def test_number_of_another_is_refused_on_the_file_as_well() -> None:
    person = register_person(actor=CLERK, region=ZIYANG, raw=LI).subject
    assert person
    for kind in ("qualification", "driving"):
        with pytest.raises(RowRefused) as refusal:
            register_paper(
                actor=CLERK,
                register="person",
                subject=person,
                home=ZIYANG,
                raw={"paper": kind, "number": number(12)},
            )
        assert [problem.field for problem in refusal.value.problems] == ["number"]
    register_paper(
        actor=CLERK,
        register="person",
        subject=person,
        home=ZIYANG,
        raw={"paper": "driving", "number": number(11)},
    )
    assert number(11) not in str(list(CredentialSource.objects.values_list("facts", flat=True)))
    assert CredentialSource.objects.get().facts["name"] == "李一"


def test_another_county_learns_nothing() -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    assert seen(HANBIN) == {}
    there = bring(sheet([QUALIFICATION], HEADS), source="别县台账", region=HANBIN)
    assert outcome(there, "credential") == {"created": 1}
    assert Credential.objects.count() == 3
    assert {card.home for card in CredentialCard.objects.filter(kind="qualification")} == {ZIYANG, HANBIN}
