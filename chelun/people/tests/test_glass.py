"""Break-glass: three hours, a reason, nowhere but where a security administrator said; told to the person, reviewed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.errors import NotFound, Refused
from chelun.people.models import PersonCard
from chelun.people.services.door import bring
from chelun.people.services.glass import ask_for_file, phones_through
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, number, phone
from chelun.platform.accounts.models import Grant, User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.reasons import purposes_of
from chelun.platform.privacy.models import AccessRecord, BreakGlass, GlassArea
from chelun.platform.privacy.services.glass import (
    close_glass,
    end_area,
    look_through,
    name_area,
    review_glass,
    tell_person,
)

pytestmark = pytest.mark.django_db
CITY, OTHER_CITY = "610900", "510100"
WHY = "高速追尾，联系不上本人家属"


@pytest.fixture
def officer() -> User:
    """A registrar of one county, in whose city a person is known in another county."""
    raw = {"name": "甄在外", "id_number": number(61), "phone": phone(61), "kinds": "货车"}
    bring("person", actor=CLERK, region=HANBIN, raw=raw)
    name_area(actor=user_with("security_admin", CITY), role="registrar", region=CITY)
    return user_with("registrar", ZIYANG)


def asked(officer: User, typed: str = number(61), reason: str = WHY) -> BreakGlass:
    return ask_for_file(actor=officer, number=typed, reason=reason)


def test_file_opens_is_marked_and_says_so_to_the_person(officer: User, client: Client) -> None:
    reader = logged_in(client, officer)
    assert (
        reader.get(reverse("people:person_detail", args=[PersonCard.objects.get().person_id])).status_code
        == 404
    )
    answer = reader.post(reverse("people:glass_ask"), {"number": number(61), "reason": WHY})
    glass = BreakGlass.objects.get()
    assert answer["Location"] == reverse("people:glass_file", args=[glass.pk])
    page = reader.get(answer["Location"]).content.decode()
    assert "甄在外" in page
    assert phone(61) not in page
    assert number(61) not in page
    assert phone(61) in reader.post(answer["Location"]).content.decode()
    looks = AccessRecord.objects.filter(subject=glass.subject).order_by("id")
    assert [(look.what, look.region, look.reason) for look in looks] == [
        ("glass", HANBIN, WHY), ("revealed:phones", HANBIN, WHY),
    ]  # fmt: skip
    there = logged_in(Client(), user_with("registrar", HANBIN))
    file = reverse("people:person_detail", args=[glass.subject])
    seen = there.get(file, {"part": "looks"}).content.decode()
    assert "紧急查看" in seen
    assert WHY in seen
    copy = there.post(
        reverse("people:person_copy", args=[glass.subject]), {"reason": "本人来要"}
    ).content.decode()
    assert WHY in copy
    # The usual way is as closed as before.
    assert reader.get(file).status_code == 404
    entry = AuditEntry.objects.get(action="privacy.glass.opened")
    assert (entry.purpose, purposes_of([entry])) == ("", {entry.pk: WHY})


def test_it_ends_to_the_second(officer: User) -> None:
    glass = asked(officer)
    assert glass.until - glass.opened_at == timedelta(hours=3)
    assert look_through(actor=officer, glass=glass.pk, now=glass.until - timedelta(microseconds=1))
    for late in (glass.until, glass.until + timedelta(seconds=1)):
        with pytest.raises(Refused, match="已经结束"):
            look_through(actor=officer, glass=glass.pk, now=late)
    BreakGlass.objects.update(until=timezone.now())
    with pytest.raises(Refused, match="已经结束"):
        phones_through(actor=officer, glass=glass.pk)


def test_nobody_else_and_nothing_after_it_was_taken_away(officer: User) -> None:
    glass = asked(officer)
    colleague = user_with("registrar", ZIYANG)
    with pytest.raises(NotFound):
        look_through(actor=colleague, glass=glass.pk)
    with pytest.raises(NotFound):
        close_glass(actor=colleague, glass=glass.pk)
    with pytest.raises(NotFound):
        end_area(actor=user_with("security_admin", ZIYANG), area=GlassArea.objects.get().pk)
    end_area(actor=user_with("security_admin", CITY), area=GlassArea.objects.get().pk)
    with pytest.raises(Refused, match="取消"):
        look_through(actor=officer, glass=glass.pk)
    name_area(actor=user_with("security_admin", CITY), role="registrar", region=CITY)
    assert look_through(actor=officer, glass=glass.pk)
    Grant.objects.filter(user=officer).delete()
    with pytest.raises(Refused, match="取消"):
        look_through(actor=User.objects.get(pk=officer.pk), glass=glass.pk)


def test_closed_by_oneself(officer: User) -> None:
    glass = asked(officer)
    close_glass(actor=officer, glass=glass.pk)
    with pytest.raises(Refused, match="已经结束"):
        look_through(actor=officer, glass=glass.pk)


@pytest.mark.parametrize(
    ("who", "typed", "reason", "code"),
    [
        (("registrar", ZIYANG), number(61), "急用", "privacy.glass.reason"),
        (("registrar", ZIYANG), "甄在外", WHY, "people.glass.number"),
        (("registrar", ZIYANG), number(61)[-4:], WHY, "people.glass.number"),
        (("registrar", ZIYANG), number(62), WHY, "people.glass.nobody"),
        (("registrar", HANBIN), number(61), WHY, "privacy.glass.usual"),
        (("registrar", "513436"), number(61), WHY, "people.glass.nobody"),
        (("clerk", ZIYANG), number(61), WHY, "people.glass.nobody"),
        (("privacy_officer", ZIYANG), number(61), WHY, "people.glass.nobody"),
    ],
)
def test_refusals(officer: User, who: tuple[str, str], typed: str, reason: str, code: str) -> None:
    """Outside the area there is one answer, whether the number is known there or not."""
    with pytest.raises(Refused) as refusal:
        asked(user_with(*who), typed, reason)
    assert refusal.value.code == code
    assert not BreakGlass.objects.exists()


def test_without_an_area_nobody_reaches_anything(officer: User) -> None:
    GlassArea.objects.update(region=ZIYANG)
    with pytest.raises(Refused, match="没有登记这个号码"):
        asked(officer)


def test_area_is_named_by_a_security_administrator_of_the_place(officer: User) -> None:
    above: Any = user_with("security_admin", CITY)
    for actor, role, region in (
        (user_with("security_admin", ZIYANG), "registrar", CITY),
        (user_with("system_admin", CITY), "registrar", CITY),
        (above, "registrar", OTHER_CITY),
    ):
        with pytest.raises(NotFound):
            name_area(actor=actor, role=role, region=region)
    with pytest.raises(Refused, match="没有紧急查看的权限"):
        name_area(actor=above, role="clerk", region=CITY)
    with pytest.raises(Refused, match="已经指定"):
        name_area(actor=above, role="registrar", region=CITY)
    page = logged_in(Client(), above).get(reverse("privacy:glass_areas")).content.decode()
    assert ("取消：档案管理员（陕西省 安康市）" in page, f"（{CITY}）" in page) == (True, False)


def test_not_more_than_three_a_day(officer: User) -> None:
    for _ in range(3):
        asked(officer)
    with pytest.raises(Refused, match="3 次"):
        asked(officer)
    BreakGlass.objects.update(opened_at=timezone.now() - timedelta(hours=25))
    assert asked(officer)


def test_number_of_several_opens_none(officer: User) -> None:
    bring("person", actor=CLERK, region=HANBIN, raw={"name": "同号人", "phone": phone(61), "kinds": "货车"})
    with pytest.raises(Refused, match="不止一人"):
        asked(officer, phone(61))


def test_person_is_told_by_another_and_the_audit_administrator_reviews(officer: User) -> None:
    glass = asked(officer)
    Grant.objects.create(user=officer, role="privacy_officer", node_key=CITY)
    both = User.objects.get(pk=officer.pk)
    with pytest.raises(Refused, match="以外的人"):
        tell_person(actor=both, glass=glass.pk, how="phone")
    with pytest.raises(NotFound):
        tell_person(actor=user_with("privacy_officer", ZIYANG), glass=glass.pk, how="phone")
    there = user_with("privacy_officer", HANBIN)
    with pytest.raises(Refused, match="怎样"):
        tell_person(actor=there, glass=glass.pk, how="mail")
    tell_person(actor=there, glass=glass.pk, how="phone")
    with pytest.raises(Refused, match="已经告知"):
        tell_person(actor=there, glass=glass.pk, how="phone")
    auditor = user_with("audit_admin", HANBIN)
    page = logged_in(Client(), auditor).get(reverse("privacy:glass_reviews")).content.decode()
    assert WHY in page
    assert "甄在外" not in page
    assert (officer.person_name in page, officer.username in page) == (True, False)
    review_glass(actor=auditor, glass=glass.pk, verdict="doubt", note="白天可以联系当地")
    with pytest.raises(Refused, match="已经复核"):
        review_glass(actor=auditor, glass=glass.pk, verdict="fine", note="")
    glass.refresh_from_db()
    assert (glass.told_how, glass.verdict) == ("phone", "doubt")
