"""Firms, vehicles and papers are corrected as persons are: only what differs, as a record of the counter, in one place."""

from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from chelun.core.errors import NotFound, Refused
from chelun.engines.ids import make_uscc
from chelun.people.models import (
    CredentialCard,
    CredentialSource,
    Enterprise,
    EnterpriseCard,
    EnterpriseSource,
    VehicleCard,
    VehicleSource,
)
from chelun.people.services.correcting import correct_file
from chelun.people.services.door import RowRefused, bring
from chelun.people.services.intake.ledger import open_facts
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, made, number, sheet
from chelun.people.tests.desk import bring as bring_sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
CODE, OTHER = make_uscc("610999", 3), make_uscc("610999", 4)
FIRM = "紫阳县示例货运有限公司"


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def corrected(register: str, subject: UUID, **raw: str) -> str:
    return correct_file(actor=CLERK, register=register, subject=subject, home=ZIYANG, raw=raw).outcome


def test_firm_is_corrected_and_what_is_not_shown_stays() -> None:
    firm = made(
        "enterprise",
        name=FIRM,
        uscc=CODE,
        staff="12",
        phone="13900000000",
        status="operating",
        address="城关镇一路",
    )
    assert corrected("enterprise", firm, name="紫阳县示例物流有限公司", staff="15") == "changed"
    assert corrected("enterprise", firm, staff="15") == "unchanged"
    card = EnterpriseCard.objects.get()
    assert (card.name, card.staff_stated, card.uscc, card.status) == (
        "紫阳县示例物流有限公司",
        15,
        CODE,
        "operating",
    )
    assert open_facts(keys_of([firm])[firm], bytes(card.sealed)) == {"phones": ["13900000000"]}
    assert EnterpriseSource.objects.count() == 2
    assert AuditEntry.objects.filter(action="people.enterprise.corrected").count() == 1
    assert corrected("enterprise", firm, staff="", address="") == "changed"
    card = EnterpriseCard.objects.get()
    assert (card.staff_stated, card.address) == (None, "")


def test_code_is_added_once_and_never_changed() -> None:
    firm, other = made("enterprise", name=FIRM), made("enterprise", name="另一家示例公司", uscc=OTHER)
    with pytest.raises(Refused):
        corrected("enterprise", firm, uscc=OTHER)
    assert corrected("enterprise", firm, uscc=CODE) == "changed"
    assert Enterprise.objects.get(uscc=CODE).pk == firm
    with pytest.raises(Refused):
        corrected("enterprise", firm, uscc=OTHER)
    assert Enterprise.objects.get(uscc=OTHER).pk == other


def test_firm_that_was_only_mentioned_gets_its_first_record() -> None:
    made("person", name="李一", id_number=number(11), enterprise=FIRM)
    firm = EnterpriseCard.objects.get(mentioned_only=True).enterprise_id
    assert corrected("enterprise", firm, status="paused") == "changed"
    card = EnterpriseCard.objects.get()
    assert (card.name, card.status, card.mentioned_only) == (FIRM, "paused", False)


def test_vehicle_is_corrected_but_for_plate_and_colour() -> None:
    vehicle = made("vehicle", plate="陕G12345", plate_colour="黄", energy="柴油", enterprise=FIRM, uscc=CODE)
    assert corrected("vehicle", vehicle, energy="天然气", gross_mass="25") == "changed"
    card = VehicleCard.objects.get()
    assert (card.energy, card.gross_mass, card.enterprise_name) == ("gas", Decimal(25), FIRM)
    with pytest.raises(Refused):
        corrected("vehicle", vehicle, plate="陕G99999")
    with pytest.raises(RowRefused):
        corrected("vehicle", vehicle, gross_mass="很重")
    assert corrected("vehicle", vehicle, enterprise="另一家示例公司") == "changed"
    assert "uscc" not in {
        name for name, value in VehicleSource.objects.latest("known_at").facts.items() if value
    }
    assert VehicleCard.objects.get().enterprise_name == "另一家示例公司"


def test_paper_is_corrected_and_can_turn_out_to_be_absent() -> None:
    paper = made(
        "credential",
        paper="从业资格证",
        name="李一",
        id_number=number(11),
        number=number(11),
        valid_to="2030-01-01",
    )
    assert corrected("credential", paper, valid_to="2031-01-01", issuer="安康市交通运输局") == "changed"
    card = CredentialCard.objects.get()
    assert (str(card.valid_to), card.issuer) == ("2031-01-01", "安康市交通运输局")
    assert corrected("credential", paper, presence="light_vehicle") == "changed"
    card = CredentialCard.objects.get()
    assert (card.presence, card.term, bytes(card.sealed)) == ("light_vehicle", "unknown", card.sealed)
    assert open_facts(keys_of([paper])[paper], bytes(card.sealed)).get("number", "") == ""
    with pytest.raises(Refused):
        corrected("credential", paper, paper="driving")
    assert corrected("credential", paper, presence="held", long_term="yes") == "changed"
    assert CredentialCard.objects.get().term == "ever"


def test_skill_keeps_its_number() -> None:
    paper = made("credential", paper="技能等级证书", name="李一", id_number=number(11), number="Y0001")
    with pytest.raises(Refused):
        corrected("credential", paper, number="Y0002")
    assert corrected("credential", paper, grade="四级/中级工") == "changed"
    assert CredentialSource.objects.count() == 2


def test_correction_is_of_one_place_and_for_those_who_may() -> None:
    vehicle = made("vehicle", plate="陕G12345", plate_colour="黄")
    bring("vehicle", actor=CLERK, region=HANBIN, raw={"plate": "陕G12345", "plate_colour": "黄"})
    corrected("vehicle", vehicle, energy="柴油")
    assert dict(VehicleCard.objects.values_list("home", "energy")) == {ZIYANG: "diesel", HANBIN: ""}
    stranger = user_with("clerk", HANBIN)
    with pytest.raises(NotFound):
        correct_file(actor=stranger, register="vehicle", subject=vehicle, home=ZIYANG, raw={"energy": "汽油"})
    with pytest.raises(NotFound):
        corrected("person", vehicle, name="张三")


def test_undone_ledger_under_a_correction_leaves_the_correction_for_later() -> None:
    heads, rows = ("车牌号", "车牌颜色", "车辆用途"), [("陕G12345", "黄", "货车")]
    ledger = bring_sheet(sheet(rows, heads), source="车辆台账")
    corrected("vehicle", VehicleCard.objects.get().vehicle_id, energy="柴油")
    begin_undo(actor=CLERK, sheet_import=ledger, reason="传错了文件")
    undo_sheet(actor=CLERK, sheet_import=ledger)
    assert not VehicleCard.objects.exists()
    bring_sheet(sheet(rows, heads), source="又一本台账")
    assert VehicleCard.objects.get().energy == "diesel"


def test_pages_of_corrections(client: Client) -> None:
    reader = logged_in(client, user_with("clerk", ZIYANG))
    firm = made("enterprise", name=FIRM, uscc=CODE, phone="13900000000", staff="12")
    address = reverse("people:file_correct", args=["enterprise", firm])
    page = reader.get(address).content.decode()
    assert 'value="12"' in page
    assert "13900000000" not in page
    assert 'name="uscc"' not in page
    assert reader.post(address, {"name": FIRM, "staff": "13", "kinds": []}).status_code == 302
    card = EnterpriseCard.objects.get()
    assert card.staff_stated == 13
    assert open_facts(keys_of([firm])[firm], bytes(card.sealed)) == {"phones": ["13900000000"]}
    assert reader.post(address, {"name": "", "staff": "13"}).status_code == 422
    paper = made("credential", paper="驾驶证", name="李一", id_number=number(11), long_term="yes")
    page = reader.get(reverse("people:file_correct", args=["credential", paper])).content.decode()
    assert "9999" not in page
    assert 'name="id_number"' not in page
    assert reader.get(reverse("people:file_correct", args=["person", firm])).status_code == 404
