"""Firms and vehicles joined and parted: what is tied to any leaf is found on the one file, and goes back where it came from."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from chelun.core.errors import NotFound, Refused
from chelun.engines.ids import make_uscc
from chelun.people.addresses import veil
from chelun.people.choices import AT_COUNTER
from chelun.people.models import (
    DriverTie,
    Engagement,
    Enterprise,
    EnterpriseCard,
    Leaf,
    LeafName,
    Merge,
    PersonCard,
    Vehicle,
    VehicleCard,
)
from chelun.people.selectors import (
    Filters,
    credential_list,
    enterprise_file,
    enterprise_list,
    person_file,
    person_list,
    recognise,
    staff_counts,
    vehicle_file,
    vehicle_list,
)
from chelun.people.selectors.papers import names_of_holders, papers_of
from chelun.people.selectors.records import moved_to
from chelun.people.services.correcting import correct_file
from chelun.people.services.corrections import end_engagement
from chelun.people.services.door import bring as enter
from chelun.people.services.intake.shelf import ENTERPRISES, VEHICLES
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, outcome, phone, scope_of, sheet, snapshot
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
HERE, CITY, REASON = scope_of(ZIYANG), "610900", "同一家两种写法"
CODE, OTHER = make_uscc("610999", 1), make_uscc("610999", 2)
FULL, SHORT = "紫阳县示例运输有限公司", "示例运输"


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


@pytest.fixture
def registrar() -> User:
    return user_with("registrar", ZIYANG)


def entered(register: str, raw: Mapping[str, str], region: str = ZIYANG, source: str = AT_COUNTER) -> UUID:
    found = enter(register, actor=CLERK, region=region, raw=raw, source=source).subject
    assert found
    return found


def driver(n: int, firm: str = "", plate: str = "", region: str = ZIYANG, **more: str) -> UUID:
    raw = {
        "name": f"单{'甲乙丙丁戊己庚辛'[n]}",
        "phone": phone(n),
        "kinds": "货车",
        "enterprise": firm,
        "plate": plate,
    }
    return entered("person", {name: value for name, value in (raw | more).items() if value}, region)


def firm_of(person: UUID) -> UUID:
    found = PersonCard.objects.get(person=person, superseded_by=None).enterprise_id
    assert found
    return found


def joined(actor: Any, register: str, leaf: UUID, canonical: UUID) -> Merge:
    return merge_files(actor=actor, register=register, leaf=leaf, canonical=canonical, reason=REASON)


@pytest.fixture
def full() -> UUID:
    """The firm of the ledger, with one driver and one vehicle."""
    firm = entered("enterprise", {"name": FULL, "uscc": CODE, "kinds": "货车"})
    driver(0, FULL)
    entered("vehicle", {"plate": "陕G00001", "plate_colour": "黄", "kinds": "货车", "enterprise": FULL})
    return firm


@pytest.fixture
def short(full: UUID) -> UUID:
    """The same firm as rosters write it: no ledger has named it; two drivers, one of them of the other as well."""
    found = firm_of(driver(1, SHORT, platform="示例平台"))
    of_both = {"name": "单甲", "phone": phone(0), "kinds": "网约车", "enterprise": SHORT}
    entered("person", of_both, source="平台")
    entered("vehicle", {"plate": "陕G00002", "plate_colour": "蓝", "kinds": "网约车", "enterprise": SHORT})
    assert found != full
    return found


def told(firm: UUID) -> tuple[int, int, tuple[str, ...]]:
    file = enterprise_file(HERE, firm)
    return file.staff, file.vehicles, file.platforms


def everything() -> Any:
    """What readers see, with the keys by which rows name firms."""
    firms = EnterpriseCard.objects.visible(()).values_list("enterprise", "name", "uscc", "mentioned_only")
    cars = VehicleCard.objects.visible(()).values_list(
        "vehicle", "plate", "colour", "mentioned_only", "enterprise"
    )
    return snapshot(), sorted(map(str, firms)), sorted(map(str, cars))


def test_joined_firm_is_one_file_with_all_that_is_tied_to_either(
    registrar: User, full: UUID, short: UUID
) -> None:
    before = everything()
    assert (told(full), told(short)) == ((1, 1, ()), (2, 1, ("示例平台",)))
    merge = joined(registrar, "enterprise", short, full)
    # Who works for both is one.
    assert told(full) == (2, 2, ("示例平台",))
    assert staff_counts(HERE, [full]) == {full: 2}
    filters = Filters(enterprise=full)
    assert {card.name for card in person_list(HERE, filters)} == {"单甲", "单乙"}
    assert {card.plate for card in vehicle_list(HERE, filters)} == {"陕G00001", "陕G00002"}
    assert [card.enterprise_id for card in enterprise_list(HERE, Filters())] == [full]
    assert set(enterprise_file(HERE, full).held.parts) == {full, short}
    with pytest.raises(NotFound):
        enterprise_file(HERE, short)
    assert moved_to(HERE, ENTERPRISES, short) == full
    # No key was re-pointed, and nothing written about persons.
    assert Engagement.objects.filter(enterprise=short, superseded_by=None).count() == 2
    assert unmerge_files(actor=registrar, merge=merge.pk, reason="其实是两家") == 0
    assert everything() == before
    assert not Leaf.objects.exists()
    assert not LeafName.objects.exists()
    assert verify_chain().whole


def test_old_address_and_old_filter_lead_to_the_joined_firm(registrar: User, full: UUID, short: UUID) -> None:
    joined(registrar, "enterprise", short, full)
    assert {card.name for card in person_list(HERE, Filters(enterprise=short))} == {"单甲", "单乙"}
    assert not person_list(scope_of(HANBIN), Filters(enterprise=short)).exists()


def test_works_of_a_driver_of_both_is_one_line_with_the_firms_name(
    registrar: User, full: UUID, short: UUID
) -> None:
    again = driver(2, FULL)
    of_both = {"name": "单丙", "phone": phone(2), "kinds": "货车", "enterprise": SHORT}
    entered("person", of_both, source="平台")
    assert len(person_file(HERE, again).works) == 2
    joined(registrar, "enterprise", short, full)
    works = person_file(HERE, again).works
    assert [work.firm for work in works] == [FULL]


def test_rows_that_name_a_leaf_stay_on_it(registrar: User, full: UUID, short: UUID) -> None:
    merge = joined(registrar, "enterprise", short, full)
    found = bring(
        sheet([("单丁", "", phone(3), "货车", SHORT, ""), ("单戊", "", phone(4), "货车", FULL, "")])
    )
    assert outcome(found) == {"created": 2}
    assert Enterprise.objects.count() == 2
    assert told(full)[0] == 4
    unmerge_files(actor=registrar, merge=merge.pk, reason="其实是两家")
    assert {firm: told(firm)[0] for firm in (full, short)} == {full: 2, short: 3}


def test_ledger_row_of_a_leaf_stays_on_it_and_is_told_from_the_other(
    registrar: User, full: UUID, short: UUID
) -> None:
    merge = joined(registrar, "enterprise", short, full)
    found = bring(
        sheet([(SHORT, "", "网约车", "正常经营")], ("企业名称", "统一社会信用代码", "行业类别", "经营状况")),
        source="台账",
    )
    assert outcome(found, "enterprise") == {"created": 1}
    file = enterprise_file(HERE, full)
    assert {record.subject for record in file.held.records} == {full, short}
    unmerge_files(actor=registrar, merge=merge.pk, reason="其实是两家")
    card = enterprise_file(HERE, short).card
    assert (card.name, card.status, card.mentioned_only) == (SHORT, "operating", False)
    assert enterprise_file(HERE, full).card.name == FULL


def test_search_finds_who_works_for_either_name(registrar: User, full: UUID, short: UUID) -> None:
    joined(registrar, "enterprise", short, full)
    assert {card.name for card in person_list(HERE, Filters(asked=recognise("示例运输")))} >= {"单甲", "单乙"}


def test_two_credit_codes_are_named_and_refused(registrar: User, full: UUID) -> None:
    other = entered("enterprise", {"name": "紫阳县示例货运有限公司", "uscc": OTHER})
    with pytest.raises(Refused) as refused:
        joined(registrar, "enterprise", other, full)
    assert refused.value.code == "people.merge.codes"
    assert CODE in refused.value.message
    assert OTHER in refused.value.message
    assert not Merge.objects.exists()


def test_three_firms_are_parted_in_any_order(registrar: User, full: UUID, short: UUID) -> None:
    third = firm_of(driver(5, "紫阳示例运输公司"))
    before = everything()
    first, second = (
        joined(registrar, "enterprise", third, short),
        joined(registrar, "enterprise", short, full),
    )
    assert told(full)[0] == 3
    unmerge_files(actor=registrar, merge=first.pk, reason="不是一家")
    assert (told(full)[0], told(third)[0]) == (2, 1)
    unmerge_files(actor=registrar, merge=second.pk, reason="不是一家")
    assert everything() == before


def test_merge_of_a_county_touches_no_other_county(registrar: User, full: UUID, short: UUID) -> None:
    there = driver(6, SHORT, region=HANBIN)
    assert firm_of(there) != short
    entered("enterprise", {"name": SHORT, "uscc": CODE}, HANBIN)
    joined(registrar, "enterprise", short, full)
    assert person_list(scope_of(HANBIN), Filters(enterprise=firm_of(there))).count() == 1
    assert not AuditEntry.objects.filter(action__contains="merged", region=HANBIN).exists()


def test_city_joins_what_two_counties_only_mention(full: UUID) -> None:
    there = firm_of(driver(6, SHORT, region=HANBIN))
    merge = joined(user_with("registrar", CITY), "enterprise", there, full)
    assert merge.home == CITY
    card = EnterpriseCard.objects.get(home=HANBIN, superseded_by=None)
    assert (card.enterprise_id, card.name, card.mentioned_only) == (full, SHORT, True)
    assert enterprise_file(scope_of(CITY), full).staff == 2
    assert enterprise_file(scope_of(HANBIN), full).staff == 1
    # A further row of the county means the same leaf.
    driver(7, SHORT, region=HANBIN)
    assert set(Engagement.objects.filter(home=HANBIN).values_list("enterprise", flat=True)) == {there}
    unmerge_files(actor=user_with("registrar", CITY, username="again"), merge=merge.pk, reason="不是一家")
    assert EnterpriseCard.objects.get(home=HANBIN, superseded_by=None).enterprise_id == there


def test_papers_of_both_are_on_the_joined_firm(registrar: User, full: UUID, short: UUID) -> None:
    for name, number in ((FULL, "610924000001"), (SHORT, "610924000002")):
        entered(
            "credential",
            {"paper": "道路运输经营许可证", "enterprise": name, "number": number, "valid_to": "2027-05-01"},
        )
    joined(registrar, "enterprise", short, full)
    parts = list(enterprise_file(HERE, full).held.parts)
    cards = papers_of(HERE, "enterprise", parts)
    assert len(cards) == 1
    assert set(names_of_holders(HERE, cards).values()) == {FULL}
    assert credential_list(HERE, Filters(enterprise=full)).count() == 1
    unmerge_files(actor=registrar, merge=Merge.objects.get().pk, reason="其实是两家")
    assert credential_list(HERE, Filters(enterprise=short)).count() == 1


def test_ending_an_engagement_with_a_leaf_means_that_leaf(registrar: User, full: UUID, short: UUID) -> None:
    joined(registrar, "enterprise", short, full)
    tie = Engagement.objects.get(enterprise=short, platform="示例平台")
    end_engagement(actor=registrar, person=tie.person_id, engagement=tie.pk, to_date=date(2026, 11, 20))
    ended = Engagement.objects.filter(person=tie.person_id, superseded_by=None).exclude(to_date=None)
    assert [row.enterprise_id for row in ended] == [short]


@pytest.fixture
def plain() -> UUID:
    """A vehicle that a roster mentions without its colour."""
    return DriverTie.objects.get(person=driver(0, plate="陕G12345")).vehicle_id


@pytest.fixture
def coloured(plain: UUID) -> UUID:
    """The same plate in the ledger, with its colour."""
    return entered(
        "vehicle", {"plate": "陕G12345", "plate_colour": "黄", "kinds": "货车", "enterprise": FULL}
    )


def test_plate_without_colour_is_joined_with_the_vehicle_and_parted(
    registrar: User, plain: UUID, coloured: UUID
) -> None:
    assert plain != coloured
    before = everything()
    merge = joined(registrar, "vehicle", plain, coloured)
    file = vehicle_file(HERE, coloured)
    assert [each.name for each in file.drivers] == ["单甲"]
    assert [card.vehicle_id for card in vehicle_list(HERE, Filters())] == [coloured]
    person = DriverTie.objects.get().person_id
    assert [each.plate for each in person_file(HERE, person).vehicles] == ["陕G12345"]
    assert [card.person_id for card in person_list(HERE, Filters(asked=recognise("陕G12345")))] == [person]
    assert moved_to(HERE, VEHICLES, plain) == coloured
    driver(1, plate="陕G12345")
    assert len(vehicle_file(HERE, coloured).drivers) == 2
    assert Vehicle.objects.count() == 2
    unmerge_files(actor=registrar, merge=merge.pk, reason="其实是两辆车")
    assert len(vehicle_file(HERE, plain).drivers) == 2
    assert everything()[2] == before[2]


def test_vehicle_kept_without_colour_takes_it_from_its_leaf(
    registrar: User, plain: UUID, coloured: UUID
) -> None:
    joined(registrar, "vehicle", coloured, plain)
    card = VehicleCard.objects.get(superseded_by=None)
    assert (card.vehicle_id, card.colour, card.mentioned_only, card.enterprise_name) == (
        plain,
        "2",
        False,
        FULL,
    )


def test_two_mentions_are_one_mention(registrar: User, plain: UUID) -> None:
    other = (
        DriverTie.objects.exclude(vehicle=plain)
        .get(person=driver(1, plate="陕G12345", plate_colour="蓝"))
        .vehicle_id
    )
    merge = joined(registrar, "vehicle", plain, other)
    card = VehicleCard.objects.get(superseded_by=None)
    assert (card.vehicle_id, card.colour, card.mentioned_only) == (other, "1", True)
    unmerge_files(actor=registrar, merge=merge.pk, reason="其实是两辆车")
    assert {(card.vehicle_id, card.colour) for card in VehicleCard.objects.filter(superseded_by=None)} == {
        (plain, ""), (other, "1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"plate": "陕G12345", "plate_colour": "蓝"}, "people.merge.colours"),
        ({"plate": "陕G12346", "plate_colour": "黄"}, "people.merge.plates"),
    ],
)
def test_two_plates_or_two_colours_are_two_vehicles(
    registrar: User, coloured: UUID, raw: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        joined(registrar, "vehicle", entered("vehicle", raw), coloured)
    assert refused.value.code == code


def test_import_beneath_a_joined_vehicle_can_be_undone(registrar: User, plain: UUID) -> None:
    heads = ("车牌号", "车牌颜色", "燃料种类")
    found = bring(sheet([("陕G12345", "黄", "柴油")], heads), source="车辆台账")
    coloured = Vehicle.objects.get(colour="2").pk
    merge = joined(registrar, "vehicle", plain, coloured)
    begin_undo(actor=CLERK, sheet_import=found, reason="传错了文件")
    undo_sheet(actor=CLERK, sheet_import=found)
    card = VehicleCard.objects.get(superseded_by=None)
    assert (card.vehicle_id, card.mentioned_only) == (coloured, True)
    unmerge_files(actor=registrar, merge=merge.pk, reason="其实是两辆车")
    assert VehicleCard.objects.get(superseded_by=None).vehicle_id == plain


def test_correction_of_a_joined_firm_stays_with_the_kept_file_and_is_shown_before_parting(
    client: Client, registrar: User, full: UUID, short: UUID
) -> None:
    entered("enterprise", {"name": SHORT, "status": "停业"})
    merge = joined(registrar, "enterprise", short, full)
    correct_file(
        actor=registrar,
        register="enterprise",
        subject=full,
        home=ZIYANG,
        raw={"legal_representative": "单小明"},
    )
    logged_in(client, registrar)
    page = client.get(reverse("people:merge_undo", args=[merge.pk])).content.decode()
    assert "单小明" in page
    unmerge_files(actor=registrar, merge=merge.pk, reason="其实是两家")
    assert enterprise_file(HERE, full).card.legal_representative == "单小明"
    assert enterprise_file(HERE, short).card.legal_representative == ""


def test_pages_find_compare_join_and_part_firms(
    client: Client, registrar: User, full: UUID, short: UUID
) -> None:
    logged_in(client, registrar)
    find = reverse("people:file_merge", args=["enterprise", full])
    file = reverse("people:enterprise_detail", args=[full])
    assert find in client.get(file).content.decode()
    # Firms are looked for by name or code: no hint of ID numbers and telephones.
    assert "完整的身份证号" not in client.get(find).content.decode()
    compare = reverse("people:file_compare", args=["enterprise", full, short])
    assert compare in client.post(find, {"q": SHORT}).content.decode()
    shown = client.get(compare).content.decode()
    assert "这两份是同一家企业吗" in shown
    # Of a mere mention the name is compared as well: in the table and at the choice of which to keep.
    assert shown.count(SHORT) - shown.count(FULL) == 2
    answer = client.post(compare, {"keep": veil(full), "reason": REASON})
    assert answer["Location"] == file
    assert "由 2 份合并而成" in client.get(file).content.decode()
    assert client.get(reverse("people:enterprise_detail", args=[short]))["Location"] == file
    assert SHORT in client.get(reverse("people:merge_list")).content.decode()
    undo = reverse("people:merge_undo", args=[Merge.objects.get().pk])
    asked = client.get(undo).content.decode()
    # Nothing was corrected meanwhile, so nothing is listed below.
    assert ("核对后是两家企业" in asked, "下面列出的内容" in asked) == (True, False)
    assert client.post(undo, {"reason": "其实是两家"}).status_code == 302
    assert client.get(reverse("people:enterprise_detail", args=[short])).status_code == 200


def test_page_names_the_conflict_and_offers_no_join(client: Client, registrar: User, full: UUID) -> None:
    other = entered("enterprise", {"name": "紫阳县示例货运有限公司", "uscc": OTHER})
    logged_in(client, registrar)
    compare = reverse("people:file_compare", args=["enterprise", full, other])
    shown = client.get(compare).content.decode()
    assert CODE in shown
    assert 'name="reason"' not in shown
    assert client.post(compare, {"keep": veil(full), "reason": REASON}).status_code == 422


def test_pages_of_joined_vehicles(client: Client, registrar: User, plain: UUID, coloured: UUID) -> None:
    logged_in(client, registrar)
    find = reverse("people:file_merge", args=["vehicle", coloured])
    compare = reverse("people:file_compare", args=["vehicle", coloured, plain])
    assert compare in client.post(find, {"q": "陕G12345"}).content.decode()
    client.post(compare, {"keep": veil(coloured), "reason": REASON})
    file = reverse("people:vehicle_detail", args=[coloured])
    assert client.get(reverse("people:vehicle_detail", args=[plain]))["Location"] == file
    assert "由 2 份合并而成" in client.get(file).content.decode()
