"""Nothing of a relative is kept without the consent of whoever may give it; below fourteen that is the guardian alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from chelun.core.errors import NotFound, Refused
from chelun.families.choices import Ends
from chelun.families.models import FamilyWish, Relative
from chelun.families.rules import CONTACT, SERVICES, birthday
from chelun.families.selectors import facts_of, relative_list, relatives_seen
from chelun.families.services.registering import (
    correct_relative,
    drop_wish,
    note_wish,
    register_relative,
    renew_consent,
)
from chelun.families.tests.homes import GUARDIAN, SYSTEM, aged, agreed, child, driver, notice, spouse
from chelun.people.tests.desk import HANBIN, ZIYANG
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.models import Consent, SubjectKey
from chelun.platform.privacy.services.consents import givers_of, publish_notice
from chelun.platform.privacy.tests.factories import assessed
from chelun.platform.regions.models import PlaceSetting

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> UUID:
    return driver()


def everything() -> str:
    """All that lies in the tables of families and consents, as text."""
    rows = [*Relative.objects.values(), *FamilyWish.objects.values(), *Consent.objects.values()]
    text = " ".join(str(value) for row in rows for value in row.values() if not isinstance(value, bytes))
    sealed = b"".join(
        bytes(value) for row in rows for value in row.values() if isinstance(value, bytes | memoryview)
    )
    return text + sealed.decode("utf-8", "ignore")


def test_adult_agrees_to_each_purpose_and_lies_under_a_key_of_his_own(person: UUID) -> None:
    told = notice()
    relative = spouse(person)
    assert facts_of([relative]) == {relative.pk: {"name": "卡嫂甲", "phone": "19900001234"}}
    assert keys_of([relative.pk]).keys() == {relative.pk}
    assert keys_of([relative.pk])[relative.pk] != keys_of([person])[person]
    assert not [word for word in ("卡嫂甲", "19900001234") if word in everything()]
    given = Consent.objects.filter(subject=relative.pk, subject_kind="relative")
    assert {(row.purpose, row.on_behalf, row.how, row.notice_id) for row in given} == {
        (purpose, "self", "signed", told.pk) for purpose in (CONTACT, SERVICES)
    }
    assert {row.until for row in given} == {birthday(timezone.localdate(), 1)} == {relative.until}
    trail = "".join(AuditEntry.objects.filter(target=str(relative.pk)).values_list("new", flat=True))
    assert "卡嫂甲" not in trail


def test_child_is_kept_by_the_guardians_consent_alone(person: UUID) -> None:
    notice()
    with pytest.raises(Refused, match="影响评估"):
        register_relative(
            actor=SYSTEM, person=person, relation="child", raw={"name": "卡娃", "birth": aged(8).isoformat()}, minor=True,
            agreed=agreed(guardian=GUARDIAN),
        )  # fmt: skip
    for missing, field in (
        ("relation", "guardian_relation"),
        ("proof", "guardian_proof"),
        ("name", "guardian_name"),
    ):
        with pytest.raises(Refused) as refusal:
            child(person, aged(8), guardian=GUARDIAN | {missing: ""})
        assert refusal.value.code == f"families.field.{field}"
    assert (Relative.objects.count(), SubjectKey.objects.exclude(subject=person).count()) == (0, 0)
    kept = child(person, aged(8))
    consent = Consent.objects.get(subject=kept.pk)
    assert (consent.purpose, consent.on_behalf) == (SERVICES, "guardian")
    assert givers_of([consent]) == {consent.pk: GUARDIAN}
    assert "甄监护" not in everything()
    assert facts_of([kept])[kept.pk] == {"name": "卡娃乙", "birth": aged(8).isoformat()}


def test_child_has_no_telephone_and_is_not_for_reaching_the_driver(person: UUID) -> None:
    assessed(ZIYANG)
    raw = {"name": "卡娃", "birth": aged(9).isoformat(), "phone": "19900001111"}
    said: Any = {"actor": SYSTEM, "person": person, "relation": "child", "raw": raw, "minor": True}
    with pytest.raises(Refused) as refusal:
        register_relative(**said, agreed=agreed(CONTACT, guardian=GUARDIAN))
    assert refusal.value.code == "families.field.purposes"
    kept = register_relative(**said, agreed=agreed(guardian=GUARDIAN))
    assert "phone" not in facts_of([kept])[kept.pk]


def test_telephone_of_an_adult_needs_the_consent_to_be_reached(person: UUID) -> None:
    said: Any = {"actor": SYSTEM, "person": person, "relation": "spouse", "minor": False}
    with pytest.raises(Refused, match="没有同意联系的，不登记电话"):
        register_relative(**said, raw={"name": "卡嫂", "phone": "19900001111"}, agreed=agreed(SERVICES))
    kept = register_relative(**said, raw={"name": "卡嫂", "phone": ""}, agreed=agreed(SERVICES))
    with pytest.raises(Refused, match="请先“重新同意”"):
        correct_relative(actor=SYSTEM, relative=kept.pk, relation="spouse", raw={"phone": "19900001111"})
    with pytest.raises(Refused, match="不登记电话"):
        renew_consent(actor=SYSTEM, relative=kept.pk, agreed=agreed(SERVICES), raw={"phone": "19900001111"})
    again = renew_consent(
        actor=SYSTEM, relative=kept.pk, agreed=agreed(SERVICES, CONTACT), raw={"phone": "19900001111"}
    )
    assert facts_of([again])[kept.pk]["phone"] == "19900001111"


def test_the_same_relative_is_not_registered_twice(person: UUID) -> None:
    notice()
    spouse(person)
    with pytest.raises(Refused, match="没有再登记一次"):
        spouse(person)
    child(person, aged(8))
    with pytest.raises(Refused, match="没有再登记一次"):
        child(person, aged(8))
    child(person, aged(9))
    spouse(driver("乙司机", 32))
    assert Relative.objects.count() == 4


@pytest.mark.parametrize("relation", ["spouse", "parent"])
def test_nobody_under_age_is_a_spouse_or_a_parent(person: UUID, relation: str) -> None:
    assessed(ZIYANG)
    raw = {"name": "卡娃", "birth": aged(15).isoformat()}
    with pytest.raises(Refused, match="未成年人不会是"):
        register_relative(
            actor=SYSTEM, person=person, relation=relation, raw=raw, minor=True, agreed=agreed(knows=True)
        )
    with pytest.raises(Refused, match="未成年人不会是"):
        note_wish(actor=SYSTEM, person=person, relation=relation, stage="teen")
    with pytest.raises(Refused, match="未成年人不会是"):
        correct_relative(actor=SYSTEM, relative=child(person, aged(8)).pk, relation=relation, raw={})


def test_from_fourteen_on_the_young_person_agrees(person: UUID) -> None:
    with pytest.raises(Refused) as refusal:
        child(person, aged(14), guardian=GUARDIAN)
    assert refusal.value.code == "families.field.knows"
    kept = child(person, aged(14), knows=True)
    consent = Consent.objects.get(subject=kept.pk)
    assert (kept.stage, consent.on_behalf, givers_of([consent])) == ("teen", "self", {})
    with pytest.raises(Refused, match="十八"):
        child(person, aged(18), knows=True)


@pytest.mark.parametrize(
    ("raw", "how", "purposes", "field"),
    [
        ({"name": ""}, "signed", (SERVICES,), "name"),
        ({"name": "卡嫂", "phone": "123"}, "signed", (SERVICES,), "phone"),
        ({"name": "卡嫂"}, "signed", (CONTACT,), "phone"),
        ({"name": "卡嫂"}, "", (SERVICES,), "how"),
        ({"name": "卡嫂"}, "signed", (), "purposes"),
        ({"name": "卡嫂"}, "signed", ("other",), "purposes"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(
    person: UUID, raw: dict[str, str], how: str, purposes: tuple[str, ...], field: str
) -> None:
    asked = replace(agreed(), how=how, purposes=purposes)
    with pytest.raises(Refused) as refusal:
        register_relative(actor=SYSTEM, person=person, relation="spouse", raw=raw, minor=False, agreed=asked)
    assert refusal.value.code == f"families.field.{field}"
    assert (Relative.objects.count(), Consent.objects.count()) == (0, 0)


def test_without_a_notice_or_with_an_old_one_nothing_is_kept(person: UUID) -> None:
    old = agreed()
    notice()
    publish_notice(actor=SYSTEM, region=ZIYANG, text="新版" * 30, valid_from=timezone.localdate())
    with pytest.raises(Refused, match="新版本"):
        register_relative(
            actor=SYSTEM, person=person, relation="spouse", raw={"name": "卡嫂"}, minor=False, agreed=old
        )
    assert Relative.objects.count() == 0


def test_rights_of_adults_and_of_minors_are_apart(person: UUID) -> None:
    grown, small = spouse(person), child(person, aged(6))
    seen = {
        role: {row.pk for row in relatives_seen(user_with(role, ZIYANG))}
        for role in (
            "clerk",
            "registrar",
            "counter",
            "member",
            "family_officer",
            "privacy_officer",
            "system_admin",
        )
    }
    assert seen == {
        "clerk": set(), "member": set(), "system_admin": set(), "registrar": {grown.pk}, "counter": {grown.pk},
        "family_officer": {grown.pk, small.pk}, "privacy_officer": {grown.pk, small.pk},
    }  # fmt: skip
    assert not relatives_seen(user_with("family_officer", HANBIN)).exists()
    with pytest.raises(NotFound):
        child(person, aged(6), actor=user_with("counter", ZIYANG))
    with pytest.raises(NotFound):
        spouse(person, actor=user_with("registrar", ZIYANG))
    with pytest.raises(NotFound):
        spouse(person, actor=user_with("family_officer", HANBIN))
    assert spouse(person, actor=user_with("counter", ZIYANG), name="卡嫂丙").home == ZIYANG


def test_wish_names_nobody_and_gives_way_to_the_consent(person: UUID) -> None:
    counter = user_with("counter", ZIYANG)
    wish = note_wish(actor=counter, person=person, relation="spouse", stage="adult")
    assert note_wish(actor=counter, person=person, relation="spouse", stage="adult") == wish
    assert {field.name for field in FamilyWish._meta.concrete_fields} == {
        "id", "province", "city", "county", "township", "person", "home", "relation", "stage", "until", "noted_by", "noted_at",
    }  # fmt: skip
    with pytest.raises(NotFound):
        note_wish(actor=counter, person=person, relation="child", stage="child")
    other = note_wish(
        actor=user_with("family_officer", ZIYANG), person=person, relation="child", stage="child"
    )
    with pytest.raises(NotFound):
        drop_wish(actor=counter, wish=other.pk)
    spouse(person, actor=counter)
    assert list(FamilyWish.objects.values_list("pk", flat=True)) == [other.pk]


def test_consent_given_anew_follows_the_age_of_today(person: UUID) -> None:
    kept = child(person, aged(14, 10))
    assert (kept.stage, kept.ends, kept.until) == (
        "child",
        Ends.FOURTEEN,
        birthday(aged(14, 10), 14) - timedelta(days=1),
    )
    officer = user_with("family_officer", ZIYANG)
    assert list(relative_list(officer, minors=True, state="fourteen")) == [kept]
    assert not relative_list(officer, minors=True, state="ending").exists()
    again = renew_consent(actor=officer, relative=kept.pk, agreed=agreed(guardian=GUARDIAN), raw={})
    assert again.until == kept.until
    assert Consent.objects.filter(subject=kept.pk, withdrawn_at=None).count() == 1
    grown = spouse(person)
    PlaceSetting.objects.create(region=ZIYANG, key="families.term", value="3", changed_by="x")
    renewed = renew_consent(actor=officer, relative=grown.pk, agreed=agreed(), raw={})
    assert renewed.until == birthday(timezone.localdate(), 3)


def test_correction_keeps_what_is_left_empty_and_stops_at_the_age(person: UUID) -> None:
    grown, small = spouse(person), child(person, aged(8))
    correct_relative(actor=SYSTEM, relative=grown.pk, relation="parent", raw={"name": "卡嫂丁", "phone": ""})
    grown.refresh_from_db()
    assert (grown.relation, facts_of([grown])[grown.pk]) == (
        "parent",
        {"name": "卡嫂丁", "phone": "19900001234"},
    )
    with pytest.raises(Refused, match="谁同意"):
        correct_relative(
            actor=SYSTEM, relative=small.pk, relation="child", raw={"birth": aged(15).isoformat()}
        )
