"""Corrections, ends of engagements, decisions on waiting rows, and values in the clear."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings as plain_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from chelun.core.crypto.keys import with_new_data_key
from chelun.core.errors import NotFound, Refused
from chelun.engines.ids import mask_phone
from chelun.people.models import Engagement, PersonCard, PersonSource, UnresolvedRow
from chelun.people.selectors import (
    Filters,
    person_file,
    person_list,
    staff_counts,
    unresolved_list,
    waiting_row,
)
from chelun.people.selectors.unresolved import facts_of
from chelun.people.services.corrections import correct_person, end_engagement
from chelun.people.services.door import RowRefused, register_person
from chelun.people.services.revealing import reveal_value
from chelun.people.services.settling import purge_settled, settle_unresolved
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, phone, scope_of, sheet
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.rotation import enqueue_rotation
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
HERE = scope_of(ZIYANG)
FIRM = "紫阳示例货运有限公司"
RAW = {
    "name": "王伟",
    "id_number": number(1),
    "phone": phone(1),
    "kinds": "货车",
    "enterprise": FIRM,
    "start": "2024-01-01",
}


@pytest.fixture
def registrar() -> User:
    return user_with("registrar", ZIYANG)


@pytest.fixture
def person() -> UUID:
    found = register_person(actor=CLERK, region=ZIYANG, raw=RAW).subject
    assert found
    return found


def correct(person: UUID, **raw: str) -> str:
    return correct_person(actor=CLERK, person=person, home=ZIYANG, raw=raw).outcome


def test_correction_is_a_record_of_what_changed(person: UUID) -> None:
    assert correct(person, phone=phone(2), platform="") == "changed"
    newest = PersonSource.objects.order_by("-known_at")[0]
    assert (newest.door, newest.facts) == ("form", {})
    found = person_file(HERE, person)
    assert found.held.value("phones") == [phone(2)]
    assert found.held.facts["phones"].disputed
    assert found.works[0].firm == FIRM
    assert AuditEntry.objects.filter(action="people.person.corrected").count() == 1


def test_correction_that_changes_nothing_leaves_nothing(person: UUID) -> None:
    assert correct(person, name="王伟", kinds="货车", enterprise=FIRM) == "unchanged"
    assert PersonSource.objects.count() == 1


def test_correction_of_the_firm_moves_the_engagement(person: UUID) -> None:
    correct(person, enterprise="安康示例物流公司")
    works = person_file(HERE, person).works
    assert [(work.firm, work.engagement.kind, work.engagement.from_date) for work in works] == [
        ("安康示例物流公司", "truck", None)
    ]


def test_correction_that_names_the_firm_first_keeps_the_start() -> None:
    raw = {name: value for name, value in RAW.items() if name != "enterprise"} | {"platform": "演示约车平台"}
    person = register_person(actor=CLERK, region=ZIYANG, raw=raw).subject
    assert person
    correct(person, enterprise=FIRM)
    held = person_file(HERE, person).held
    assert (held.value("enterprise"), held.value("start"), held.value("platform")) == (
        FIRM, "2024-01-01", "演示约车平台",
    )  # fmt: skip


def test_correction_can_empty_a_fact(person: UUID) -> None:
    correct(person, enterprise="")
    assert person_file(HERE, person).held.value("enterprise") == ""
    assert PersonCard.objects.get().enterprise_name == ""


def test_correction_keeps_the_rules_and_the_number(person: UUID) -> None:
    with pytest.raises(RowRefused) as refused:
        correct(person, sex="女")
    assert [problem.field for problem in refused.value.problems] == ["sex"]
    with pytest.raises(Refused, match="另行登记"):
        correct(person, id_number=number(2))


def test_form_says_what_stands_and_that_another_number_is_added(person: UUID) -> None:
    client = logged_in(Client(), user_with("clerk", ZIYANG))
    page = client.get(reverse("people:person_correct", args=[person])).content.decode()
    assert page.count("要添加一个电话才填，已登记的保留。") == 1
    assert page.count(mask_phone(phone(1))) == 1, "not beside the field that adds a number"


def test_correction_is_not_found_elsewhere(person: UUID) -> None:
    stranger = user_with("clerk", HANBIN)
    with pytest.raises(NotFound):
        correct_person(actor=stranger, person=person, home=ZIYANG, raw={"phone": phone(2)})


def test_engagement_ends_and_stays_in_the_file(person: UUID) -> None:
    tie = Engagement.objects.get()
    firm = tie.enterprise_id
    assert firm
    yesterday = timezone.localdate() - timedelta(days=1)
    end_engagement(actor=CLERK, person=person, engagement=tie.pk, to_date=yesterday)
    ended = Engagement.objects.get()
    assert (ended.enterprise_id, ended.from_date, ended.to_date) == (firm, tie.from_date, yesterday)
    assert staff_counts(HERE, [firm]) == {}
    assert not person_list(HERE, Filters(enterprise=firm)).exists()
    correct(person, phone=phone(3))
    assert Engagement.objects.get().to_date == yesterday


def test_engagement_ends_though_a_roster_still_says_it(person: UUID) -> None:
    bring(sheet([["王伟", number(1), phone(1), "货车", FIRM, ""]]))
    tie = Engagement.objects.get()
    end_engagement(actor=CLERK, person=person, engagement=tie.pk, to_date=timezone.localdate())
    assert [row.to_date for row in Engagement.objects.all()] == [timezone.localdate()]


@pytest.mark.parametrize("days", [1, -5000])
def test_engagement_end_out_of_order_is_told_beside_the_day(client: Client, person: UUID, days: int) -> None:
    page, day = logged_in(client, user_with("clerk", ZIYANG)), timezone.localdate() + timedelta(days=days)
    path = reverse("people:engagement_end", args=[person, Engagement.objects.get().pk])
    answer = page.post(path, {"to_date": day.isoformat()})
    assert (answer.status_code, f'value="{day.isoformat()}"' in answer.content.decode()) == (422, True)
    assert list(answer.context["form"].errors) == ["to_date"]


@pytest.mark.parametrize("days", [1, -5000])
def test_engagement_end_is_refused_out_of_order(person: UUID, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused):
        end_engagement(actor=CLERK, person=person, engagement=Engagement.objects.get().pk, to_date=day)


def waiting() -> UnresolvedRow:
    """A row of an import that may be one of two persons of the same name."""
    for n in (2, 3):
        register_person(actor=CLERK, region=ZIYANG, raw={"name": "单小明", "phone": phone(n)})
    bring(sheet([["单小明", "", "", "货车", FIRM, ""]]))
    row: UnresolvedRow = unresolved_list(HERE).get()
    return row


def test_waiting_row_joins_whom_the_clerk_chose() -> None:
    row = waiting()
    candidates = waiting_row(HERE, row.pk).candidates
    assert len(candidates) == 2
    chosen = candidates[0].card.person_id
    assert settle_unresolved(actor=CLERK, row=row.pk, person=chosen) == chosen
    found = person_file(HERE, chosen)
    assert found.held.value("kinds") == ["truck"]
    assert not unresolved_list(HERE).exists()
    with pytest.raises(Refused, match="认定过"):
        settle_unresolved(actor=CLERK, row=row.pk, person=chosen)


def test_waiting_row_becomes_somebody_new() -> None:
    row = waiting()
    person = settle_unresolved(actor=CLERK, row=row.pk, person=None)
    assert person_file(HERE, person).card.name == "单小明"
    assert PersonCard.objects.count() == 3


def test_settled_row_goes_with_its_import() -> None:
    row = waiting()
    chosen = waiting_row(HERE, row.pk).candidates[0].card.person_id
    settle_unresolved(actor=CLERK, row=row.pk, person=chosen)
    again = bring(sheet([["单小明", "", "", "货车", FIRM, ""]]), source="另一份")
    first = SheetImport.objects.exclude(pk=again.pk).get()
    begin_undo(actor=CLERK, sheet_import=first, reason="发错了文件")
    undo_sheet(actor=CLERK, sheet_import=first)
    assert person_file(HERE, chosen).held.value("kinds") is None


def test_waiting_row_is_not_found_elsewhere_nor_for_strangers(registrar: User) -> None:
    row = waiting()
    stranger = user_with("clerk", HANBIN)
    with pytest.raises(NotFound):
        settle_unresolved(actor=stranger, row=row.pk, person=None)
    other = register_person(actor=CLERK, region=ZIYANG, raw={"name": "李明", "phone": phone(9)}).subject
    with pytest.raises(NotFound):
        settle_unresolved(actor=registrar, row=row.pk, person=other)


def test_settled_rows_go_after_thirty_days() -> None:
    row = waiting()
    settle_unresolved(actor=CLERK, row=row.pk, person=None)
    assert purge_settled(CLERK) == 0
    UnresolvedRow.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert purge_settled(CLERK) == 1


def test_value_is_shown_once_for_a_reason(registrar: User, client: Client, person: UUID) -> None:
    url = reverse("people:reveal", args=["person", person, "phones"])
    logged_in(client, registrar)
    assert phone(1) not in client.get(url).content.decode()
    assert client.post(url, {"reason": "看"}).status_code == 422
    answer = client.post(url, {"reason": "电话通知体检"}, headers={"HX-Request": "true"})
    assert phone(1) in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"
    record = AccessRecord.objects.get(what="revealed:phones")
    assert (record.reason, record.region) == ("电话通知体检", ZIYANG)


def test_value_is_not_found_without_right_or_scope(client: Client, person: UUID) -> None:
    url = reverse("people:reveal", args=["person", person, "phones"])
    assert logged_in(client, user_with("clerk", ZIYANG)).get(url).status_code == 404
    assert logged_in(client, user_with("registrar", HANBIN)).get(url).status_code == 404
    with pytest.raises(NotFound):
        reveal_value(actor=CLERK, register="person", subject=person, field="name", reason="没有遮住的")


def test_waiting_row_opens_when_the_old_key_is_gone(settings: Settings) -> None:
    row, old = waiting(), json.loads(plain_settings.CHELUN_KEYS)
    facts = facts_of(row)
    settings.CHELUN_KEYS = with_new_data_key(plain_settings.CHELUN_KEYS, "new")
    enqueue_rotation(actor=CLERK)
    run_waiting()
    ring = json.loads(settings.CHELUN_KEYS)
    settings.CHELUN_KEYS = json.dumps(ring | {"data": {"new": ring["data"]["new"]}})
    assert old["active"] not in json.loads(settings.CHELUN_KEYS)["data"]
    assert facts_of(UnresolvedRow.objects.get(pk=row.pk)) == facts
