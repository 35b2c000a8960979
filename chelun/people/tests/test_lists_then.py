"""The lists as they were at a moment: pages, several places, what is gone from them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.scope import Scope
from chelun.core.together import Together
from chelun.people.models import EnterprisePast, PersonCard, PersonPast
from chelun.people.selectors.lists import Filters
from chelun.people.selectors.lists_then import kept_whole, list_then
from chelun.people.services.corrections import correct_person
from chelun.people.services.forgetting import forget_value
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, checked, number, phone, scope_of, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import Batch
from chelun.platform.sheets.registers import REGISTERS, StagedRow
from chelun.platform.sheets.services.checking import intake_of
from chelun.platform.sheets.services.publishing import begin_publication
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet
from chelun.platform.sheets.staging import GOOD, chunks_of, read_chunk

pytestmark = pytest.mark.django_db
CITY = scope_of("610900")
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
CHANGED = (*LI[:2], phone(9), "网约车", "紫阳县示例快运有限公司", "陕G54321")
WANG = ("王二", number(22), phone(2), "快递", "紫阳县示例快递有限公司", "")


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def then(scope: Scope, moment: datetime, register: str = "person", **query: str) -> list[Any]:
    return list(list_then(scope, register, Filters.of(query), moment))


def kinds(moment: datetime, scope: Scope | None = None, **query: str) -> list[tuple[str, str]]:
    return [(card.name, card.kind) for card in then(scope or scope_of(ZIYANG), moment, **query)]


@pytest.mark.parametrize("register", REGISTERS.names())
@pytest.mark.parametrize(
    "text", ["li", "王二", "陕G12345", "91110000000000001X", "100", "19900000001", "王 1234"]
)
def test_whatever_is_searched_for_opens_the_list_of_a_moment(
    client: Client, register: str, text: str
) -> None:
    bring(sheet([LI, WANG]))
    reader = logged_in(client, user_with("clerk", ZIYANG))
    moment = timezone.localtime() + timedelta(minutes=1)
    asked = {"known": moment.strftime("%Y-%m-%dT%H:%M"), "q": text}
    assert reader.get(reverse(f"people:{register}_list"), asked).status_code == 200


def test_list_shows_what_stood_then_and_narrows_by_it() -> None:
    before = timezone.now()
    bring(sheet([LI, WANG]))
    first = timezone.now()
    bring(sheet([CHANGED]), as_of=date(2026, 11, 2))
    assert kinds(before) == []
    assert kinds(first) == [("李一", "truck"), ("王二", "courier")]
    assert dict(kinds(timezone.now()))["李一"] == "ride_hail"
    assert kinds(first, kind="truck") == [("李一", "truck")]
    assert kinds(timezone.now(), kind="truck") == []
    assert kinds(first, q="陕G12345") == kinds(first, q="li") == [("李一", "truck")]
    assert kinds(timezone.now(), q="陕G12345") == []
    assert PersonPast.objects.count() == 1


def test_list_of_several_places_shows_a_person_once() -> None:
    bring(sheet([LI]))
    bring(sheet([LI]), region=HANBIN)
    moment = timezone.now()
    bring(sheet([CHANGED]), as_of=date(2026, 11, 2))
    (card,) = then(CITY, moment)
    assert card.kind == "truck"
    assert len(then(CITY, timezone.now())) == 1
    assert len(then(CITY, moment, q="李一")) == 2


def test_list_before_the_showing_of_a_batch_does_not_show_it_and_after_its_undoing_neither() -> None:
    bring(sheet([LI]))
    waiting = checked(sheet([CHANGED, WANG]), source="平台")
    begin_publication(actor=CLERK, sheet_import=waiting)
    publisher = REGISTERS["person"].publisher(intake_of(CLERK, waiting))
    publisher.apply(
        [StagedRow(*row) for chunk in chunks_of(waiting.pk, GOOD, "person") for row in read_chunk(chunk)]
    )
    assert kinds(timezone.now() + timedelta(days=1)) == [("李一", "truck")]


def test_list_forgets_whom_an_undone_import_alone_had_named() -> None:
    bring(sheet([LI]))
    second = bring(sheet([CHANGED, WANG]), source="平台", as_of=date(2026, 11, 2))
    moment = timezone.now()
    begin_undo(actor=CLERK, sheet_import=second, reason="传错了文件")
    undo_sheet(actor=CLERK, sheet_import=second)
    assert kinds(moment) == [("李一", "ride_hail")]
    assert kinds(timezone.now()) == [("李一", "truck")]
    firms = [card.name for card in then(scope_of(ZIYANG), moment, "enterprise")]
    assert "紫阳县示例快递有限公司" not in firms
    assert not EnterprisePast.objects.filter(name="紫阳县示例快递有限公司").exists()


def test_list_no_longer_tells_a_value_that_was_corrected_at_the_persons_request() -> None:
    bring(sheet([LI]))
    moment = timezone.now()
    key = PersonCard.objects.get().person_id
    correct_person(actor=CLERK, person=key, home=ZIYANG, raw={"phone": phone(5)})
    assert PersonPast.objects.exclude(phone_index="").count() == 1
    forget_value(
        actor=CLERK, register="person", subject=key, field="phones", value=phone(1), reason="本人要求"
    )
    assert kinds(moment) == [("李一", "truck")]
    assert not PersonPast.objects.filter(known_from__lte=moment).exclude(phone_index="").exists()
    correct_person(actor=CLERK, person=key, home=ZIYANG, raw={"name": "李义"})
    assert PersonPast.objects.filter(name="李一").exists()
    forget_value(actor=CLERK, register="person", subject=key, field="name", value="李一", reason="本人要求")
    assert not PersonPast.objects.filter(name="李一").exists()


def test_page_says_that_it_is_not_today_and_opens_to_the_files_of_then(client: Client) -> None:
    bring(sheet([LI, WANG]))
    PersonCard.objects.update(updated_at=timezone.now())
    page = logged_in(client, user_with("clerk", ZIYANG))
    address = reverse("people:person_list")
    moment = (timezone.localtime() + timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M")
    shown = page.get(address, {"known": moment}).content.decode()
    assert "不是今天的情况" in shown
    assert f"/past/?moment={moment}" in shown
    assert phone(1) not in shown
    for nothing in ("2020-01-01T00:00", "昨天"):
        found = page.get(address, {"known": nothing})
        assert found.status_code == 200
        assert "李一" not in found.content.decode()
    firms = page.get(reverse("people:enterprise_list"), {"known": moment}).content.decode()
    assert "示例快递" in firms
    assert "在册职工" not in firms
    assert page.get(reverse("people:vehicle_list"), {"known": moment, "q": "陕G"}).status_code == 200
    other = logged_in(Client(), user_with("clerk", HANBIN))
    assert "李一" not in other.get(address, {"known": moment}).content.decode()


def test_pages_turn_through_cards_of_today_and_of_the_past_in_one_order() -> None:
    rows = [(f"李{'一二三四五六七八九'[n]}", number(n + 1), phone(n), "货车", "", "") for n in range(9)]
    bring(sheet(rows))
    moment = timezone.now()
    bring(sheet([(*row[:3], "快递", "", "") for row in rows[::2]]), as_of=date(2026, 11, 3))
    whole: Together[PersonCard] = list_then(scope_of(ZIYANG), "person", Filters(), moment)
    keys = [(card.pinyin, card.pk) for card in whole]
    assert keys == sorted(keys)
    assert [(card.pinyin, card.pk) for card in whole.order_by("-pinyin", "-id")[:4]] == keys[:4:-1]
    assert len(keys) == whole.count() == 9
    assert whole.order_by()[:5].count() >= 5
    assert {card.kind for card in whole} == {"truck"}


def test_what_gave_way_before_the_upgrade_is_said_to_be_missing() -> None:
    assert kept_whole(timezone.now() - timedelta(days=900))
    bring(sheet([LI]))
    Batch.objects.update(published_at=timezone.now() - timedelta(days=800))
    assert not kept_whole(timezone.now() - timedelta(days=900))
    assert kept_whole(timezone.now())


def test_then_is_counted_no_further_than_asked_for() -> None:
    bring(sheet([LI, WANG]))
    first = timezone.now()
    bring(sheet([CHANGED]), as_of=date(2026, 11, 2))
    rows = list_then(scope_of(ZIYANG), "person", Filters(), first)
    assert [rows[:most].count() for most in (1, 2, 3)] == [1, 2, 2]
    assert rows.count() == 2
