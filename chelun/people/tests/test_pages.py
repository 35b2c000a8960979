"""The pages of the registers: what a reader sees, and what he cannot."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chelun.engines.ids import make_id_number
from chelun.people.models import PersonCard
from chelun.people.selectors import lists
from chelun.people.services.door import bring, register_person, register_vehicle
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.regions.testing import ensure_regions

MEIGU, ZIYANG = "513436", "610924"
NUMBER = make_id_number("510999", date(1985, 3, 2), 12)
ROW = {
    "name": "单小明", "id_number": NUMBER, "phone": "19900001234", "kinds": "货车", "enterprise": "示例货运有限公司",
    "plate": "川W12345", "plate_colour": "黄",
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db: None) -> User:
    ensure_regions()
    return user_with("clerk", MEIGU)


@pytest.fixture
def page(client: Client, clerk: User) -> Client:
    return logged_in(client, clerk)


@pytest.fixture
def card(clerk: User) -> PersonCard:
    register_person(actor=clerk, region=MEIGU, raw=ROW)
    return PersonCard.objects.get()


def text(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"people:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_lists_show_masked_numbers_only(page: Client, card: PersonCard) -> None:
    shown = text(page, "person_list")
    assert "单小明" in shown
    assert "19900001234" not in shown
    assert "199******34" in shown
    assert NUMBER not in shown
    assert "示例货运有限公司" in text(page, "enterprise_list")
    assert "川W12345" in text(page, "vehicle_list")


def test_a_file_says_once_that_nobody_else_speaks(page: Client, clerk: User, card: PersonCard) -> None:
    alone = "没有别的来源可以对照"
    file = text(page, "person_detail", card.person_id)
    assert file.count(alone) == 1
    assert "各项都只有所注的这一处写过" in file
    bring("person", actor=clerk, region=MEIGU, raw=ROW, source="另一处")
    both = text(page, "person_detail", card.person_id)
    assert both.count("因为各处说法一致") > 2
    assert alone not in both
    bring("person", actor=clerk, region=MEIGU, raw={**ROW, "position": "车队长"}, source="第三处")
    mixed = text(page, "person_detail", card.person_id)
    assert mixed.count("没有注明理由的各项，都只有所注的这一处写过") == 1
    assert alone in text(page, "past", "person", card.person_id)


def test_empty_lists_say_what_to_do(page: Client) -> None:
    assert "还没有登记人员" in text(page, "person_list")
    assert "没有符合条件的登记" in text(page, "enterprise_list", q="无此企业")


@pytest.mark.parametrize("typed", ["示例货运有限公司", "货运", "單小明", "单小"])
def test_persons_and_vehicles_are_found_by_their_firm(page: Client, clerk: User, typed: str) -> None:
    register_person(actor=clerk, region=MEIGU, raw=ROW)
    other = {"name": "米小有", "phone": "19900004321", "kinds": "货车", "enterprise": "演示快运有限公司"}
    register_person(actor=clerk, region=MEIGU, raw=other)
    shown = text(page, "person_list", q=typed)
    assert ("单小明" in shown, "米小有" in shown) == (True, False)


def test_firms_of_elsewhere_find_nobody(page: Client, card: PersonCard) -> None:
    there = user_with("clerk", ZIYANG)
    register_person(
        actor=there, region=ZIYANG, raw={"name": "石小远", "kinds": "货车", "enterprise": "远方货运公司"}
    )
    assert "没有符合条件的登记" in text(page, "person_list", q="远方货运")


def test_list_of_elsewhere_cannot_even_be_asked_for(client: Client, clerk: User) -> None:
    page = logged_in(client, user_with("registrar", MEIGU))
    path = reverse("people:export_new", args=["person"])
    assert [page.get(path, {"region": code}).status_code for code in (MEIGU, ZIYANG)] == [200, 404]


def test_too_many_firms_are_looked_for_in_the_statement(
    page: Client, card: PersonCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "FIRMS_NAMED", 0)
    assert "单小明" in text(page, "person_list", q="货运")


def test_vehicles_are_found_by_the_middle_of_a_firms_name(page: Client, clerk: User) -> None:
    raw = {"plate": "川W12345", "plate_colour": "黄", "kinds": "货车", "enterprise": "示例货运有限公司"}
    register_vehicle(actor=clerk, region=MEIGU, raw=raw)
    assert "川W12345" in text(page, "vehicle_list", q="货运")
    assert "没有符合条件的登记" in text(page, "vehicle_list", q="客运")


def test_person_file_opens_and_is_written_down(page: Client, clerk: User, card: PersonCard) -> None:
    shown = text(page, "person_detail", card.person_id)
    assert "窗口登记" in shown
    assert "1985-**-**" in shown
    assert NUMBER not in shown
    record = AccessRecord.objects.get()
    assert (record.actor, record.what, record.region) == (clerk.username, "opened", MEIGU)
    assert "打开档案" in text(page, "person_detail", card.person_id, part="looks")
    assert "登记入册" in text(page, "person_detail", card.person_id, part="history")


def test_enterprise_and_vehicle_files_open(page: Client, card: PersonCard) -> None:
    assert "在册职工" in text(page, "enterprise_detail", card.enterprise_id)
    vehicle = card.person.vehicles.get().vehicle_id
    assert "单小明" in text(page, "vehicle_detail", vehicle)


def test_files_of_persons_and_vehicles_lead_to_the_firm(page: Client, clerk: User, card: PersonCard) -> None:
    raw = {"plate": "川W12345", "plate_colour": "黄", "kinds": "货车", "enterprise": "示例货运有限公司"}
    vehicle = register_vehicle(actor=clerk, region=MEIGU, raw=raw).subject
    link = (
        f'<dd><a href="{reverse("people:enterprise_detail", args=[card.enterprise_id])}">示例货运有限公司</a>'
    )
    assert link in text(page, "person_detail", card.person_id)
    assert link in text(page, "vehicle_detail", vehicle)


def test_files_of_other_counties_are_not_found(client: Client, card: PersonCard) -> None:
    stranger = logged_in(client, user_with("clerk", ZIYANG))
    for name, subject in (("person_detail", card.person_id), ("enterprise_detail", card.enterprise_id)):
        assert stranger.get(reverse(f"people:{name}", args=[subject])).status_code == 404
    assert stranger.get(reverse("people:person_list"), {"region": MEIGU}).status_code == 404
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["单小", "shanxiao", "danxiao", "sxm", "川W12345", "W12345", "w·12345", "川w123", "示例货运", "shili"],
)
def test_search_finds_by_what_stands_in_the_clear(page: Client, card: PersonCard, typed: str) -> None:
    assert "单小明" in text(page, "search", q=typed) or "示例货运有限公司" in text(page, "search", q=typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [(NUMBER, True), ("19900001234", True), ("单 1234", True), ("单小明1234", True), ("单 9999", False)],
)
def test_search_by_numbers_leaves_no_address_and_is_written_down(
    page: Client, card: PersonCard, typed: str, found: bool
) -> None:
    assert page.get(reverse("people:search"), {"q": typed}).status_code == 302
    answer = page.post(reverse("people:search"), {"q": typed})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    assert ("单小明" in answer.content.decode()) == found
    assert AccessRecord.objects.filter(what__startswith="lookup:").count() == 1


def test_search_by_last_digits_alone_is_refused(page: Client, card: PersonCard) -> None:
    assert "连同姓名" in page.post(reverse("people:search"), {"q": "1234"}).content.decode()


@pytest.mark.parametrize("typed", [NUMBER[:-1], NUMBER[:-1] + "?", "1990000123"])
def test_search_by_a_mistyped_number_leaves_no_address(page: Client, typed: str) -> None:
    answer = page.post(reverse("people:search"), {"q": typed})
    assert answer.status_code == 200
    assert "填写" in answer.content.decode()
    assert typed not in answer.content.decode()
    assert page.get(reverse("people:search"), {"q": typed})["Location"] == reverse("people:search")


def test_form_refuses_at_the_field(page: Client) -> None:
    answer = page.post(reverse("people:person_new"), {**ROW, "phone": "123", "kinds": ["货车"]})
    assert answer.status_code == 422
    assert 'href="#id_phone"' in answer.content.decode()
    assert not PersonCard.objects.exists()


def test_form_registers(page: Client) -> None:
    answer = page.post(reverse("people:person_new"), {**ROW, "kinds": ["货车"]})
    card = PersonCard.objects.get()
    assert answer["Location"] == reverse("people:person_detail", args=[card.person_id])
    assert card.county == MEIGU


@pytest.mark.parametrize("name", ["person_new", "enterprise_new", "vehicle_new"])
def test_entry_forms_open(page: Client, name: str) -> None:
    assert "保存" in text(page, name)


def test_search_by_last_digits_takes_as_many_statements_for_many_as_for_one(
    page: Client, clerk: User
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert page.post(reverse("people:search"), {"q": "单 1234"}).status_code == 200
        AccessRecord.objects.all().delete()
        return len(taken)

    register_person(actor=clerk, region=MEIGU, raw=ROW)
    statements()
    one = statements()
    for sequence in (30, 32, 34):
        number = make_id_number("510999", date(1985, 3, 2), sequence)
        register_person(
            actor=clerk,
            region=MEIGU,
            raw={"name": "单小明", "id_number": number, "phone": f"199{sequence:04d}1234"},
        )
    assert statements() == one
    page.post(reverse("people:search"), {"q": "单 1234"})
    assert AccessRecord.objects.filter(what="searched").count() == 4


def test_search_by_a_name_passes_over_no_vehicle(page: Client, clerk: User, card: PersonCard) -> None:
    with CaptureQueriesContext(connection) as taken:
        assert page.get(reverse("people:search"), {"q": "单小明"}).status_code == 200
    assert [each["sql"] for each in taken if 'FROM "people_vehiclecard"' in each["sql"]] == []
    assert "川W12345" in text(page, "search", q="示例货运")
    assert "川W12345" in text(page, "vehicle_list", q="川")


@pytest.mark.parametrize(
    ("typed", "found"), [("shan", True), ("sxm", True), ("shanxiao", True), ("sxi", False), ("xm", False)]
)
def test_letters_are_a_reading_or_first_letters(
    page: Client, card: PersonCard, typed: str, found: bool
) -> None:
    assert ("单小明" in text(page, "person_list", q=typed)) is found
