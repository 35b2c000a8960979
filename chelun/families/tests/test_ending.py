"""What was agreed to ends: by its day, by a withdrawal, with the driver; with a proof, and the key with it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from chelun.core.errors import NotFound
from chelun.families.models import FamilyWish, Relative
from chelun.families.rules import CONTACT, SERVICES
from chelun.families.selectors import facts_of, relative_list
from chelun.families.services.daily import review_families
from chelun.families.services.ending import withdraw
from chelun.families.services.looking import reveal_fact
from chelun.families.services.registering import note_wish, renew_consent
from chelun.families.tests.homes import SYSTEM, aged, agreed, child, driver, spouse
from chelun.people.models import Person
from chelun.people.tests.desk import ZIYANG
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.ledger import read_ledger
from chelun.platform.privacy.models import AccessRecord, Consent, Erasure, ErasureShare
from chelun.platform.privacy.services.consents import withdraw_consent
from chelun.platform.privacy.services.erasing import approve_erasure, carry_out, propose_erasure
from chelun.platform.privacy.services.holds import release_hold, set_hold
from chelun.platform.privacy.services.requests import register_request, withdraw_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> UUID:
    return driver()


def past(relative: Relative, days: int) -> None:
    """So many days ago the consent ended."""
    day = timezone.localdate() - timedelta(days=days)
    Relative.objects.filter(pk=relative.pk).update(until=day)
    Consent.objects.filter(subject=relative.pk).update(until=day)
    relative.until = day


def gone(relative: UUID) -> bool:
    """Whether nothing is left but the proof."""
    proven = Erasure.objects.filter(subject=relative, subject_kind="relative", state="done").exists()
    rows = Relative.objects.filter(pk=relative).exists() or keys_of([relative])
    return proven and not rows


def test_day_after_the_last_nothing_is_shown_and_after_the_wait_all_is_gone(person: UUID) -> None:
    relative = spouse(person)
    past(relative, 1)
    officer = user_with("family_officer", ZIYANG)
    assert facts_of([relative]) == {}
    assert list(relative_list(officer, minors=False, state="ending")) == [relative]
    with pytest.raises(NotFound):
        reveal_fact(actor=officer, relative=relative.pk, field="name", reason="核对活动名单")
    past(relative, 30)
    assert review_families(SYSTEM) == "0 + 0"
    past(relative, 31)
    assert review_families(SYSTEM) == "0 + 1"
    assert gone(relative.pk)
    ended = Consent.objects.filter(subject=relative.pk)
    assert [(row.withdrawn_at is None, row.withdrawn_by) for row in ended] == [(False, ""), (False, "")]
    share = ErasureShare.objects.get(erasure__subject=relative.pk, home=ZIYANG)
    assert (share.before["families.Relative"], "families.Relative" in share.after) == (1, False)
    assert relative.pk in {key for entry in read_ledger().entries for key in entry.keys}


def test_consent_given_in_the_wait_opens_again(person: UUID) -> None:
    relative = spouse(person)
    past(relative, 20)
    renew_consent(actor=SYSTEM, relative=relative.pk, agreed=agreed(), raw={})
    review_families(SYSTEM)
    relative.refresh_from_db()
    assert facts_of([relative])[relative.pk]["name"] == "卡嫂甲"


def test_with_the_last_consent_everything_goes_at_once(person: UUID) -> None:
    relative = spouse(person)
    counter = user_with("counter", ZIYANG)
    both = {row.purpose: str(row.pk) for row in Consent.objects.filter(subject=relative.pk)}
    assert withdraw(actor=counter, relative=relative.pk, consent=both[CONTACT])
    relative.refresh_from_db()
    assert facts_of([relative]) == {relative.pk: {"name": "卡嫂甲"}}, "the telephone went with its purpose"
    with pytest.raises(NotFound):
        withdraw(actor=counter, relative=relative.pk, consent=both[CONTACT])
    with pytest.raises(NotFound):
        withdraw(actor=user_with("registrar", ZIYANG), relative=relative.pk, consent=both[SERVICES])
    assert not withdraw(actor=counter, relative=relative.pk, consent=both[SERVICES])
    assert gone(relative.pk)
    assert Person.objects.filter(pk=person).exists()


def test_withdrawal_at_the_counter_of_privacy_acts_the_same(person: UUID) -> None:
    small = child(person, aged(7))
    withdraw_consent(
        actor=user_with("privacy_officer", ZIYANG), consent=Consent.objects.get(subject=small.pk).pk
    )
    assert gone(small.pk)


def test_dispute_keeps_what_was_taken_back_out_of_sight_until_it_is_over(person: UUID) -> None:
    relative, officer = spouse(person, SERVICES), user_with("privacy_officer", ZIYANG)
    hold = set_hold(
        actor=officer, subject_kind="relative", subject=relative.pk, ground="dispute", words="夏令营受伤的赔偿诉讼", until=None
    )  # fmt: skip
    withdraw_consent(actor=officer, consent=Consent.objects.get(subject=relative.pk).pk)
    relative.refresh_from_db()
    assert (relative.until, facts_of([relative])) == (None, {})
    assert review_families(SYSTEM) == "0 + 0"
    release_hold(actor=officer, hold=hold.pk)
    assert review_families(SYSTEM) == "0 + 1"
    assert gone(relative.pk)


def test_open_request_waits_for_its_answer_first(person: UUID) -> None:
    relative, officer = spouse(person), user_with("privacy_officer", ZIYANG)
    asked = register_request(
        actor=officer, subject_kind="relative", subject=relative.pk, kind="see", on_behalf="self", identity="card",
        words="", asked={},
    )  # fmt: skip
    past(relative, 90)
    assert review_families(SYSTEM) == "0 + 0"
    withdraw_request(actor=officer, request=asked.pk)
    assert review_families(SYSTEM) == "0 + 1"


def erased(person: UUID) -> Erasure:
    """The driver is erased as officers do it."""
    officer = user_with("privacy_officer", ZIYANG)
    erasure = propose_erasure(
        actor=officer, kind="person", subject=person, ground="objection", reason="本人要求"
    )
    approve_erasure(actor=user_with("privacy_officer", ZIYANG), erasure=erasure.pk)
    return carry_out(officer, erasure.pk)


def test_with_the_driver_goes_who_has_no_purpose_of_his_own(person: UUID) -> None:
    only_reached, own = spouse(person, CONTACT), spouse(person, name="卡嫂己")
    small, wish = (
        child(person, aged(9)),
        note_wish(actor=SYSTEM, person=person, relation="parent", stage="adult"),
    )
    erased(person)
    assert not Relative.objects.filter(pk=only_reached.pk).exists()
    assert keys_of([only_reached.pk]) == {}
    assert not FamilyWish.objects.filter(pk=wish.pk).exists()
    left = {row.pk: row for row in Relative.objects.all()}
    assert left.keys() == {own.pk, small.pk}
    assert {row.person_id for row in left.values()} == {None}
    standing = Consent.objects.filter(withdrawn_at=None).values_list("subject", "purpose")
    assert set(standing) == {(own.pk, SERVICES), (small.pk, SERVICES)}
    assert facts_of(left.values()).keys() == left.keys()
    review_families(SYSTEM)
    assert Relative.objects.count() == 2


def test_who_was_only_to_be_reached_goes_when_the_file_is_gone(person: UUID) -> None:
    relative, own = spouse(person, CONTACT), spouse(person, name="卡嫂庚")
    Relative.objects.update(person=None)
    assert review_families(SYSTEM) == "0 + 1"
    assert gone(relative.pk)
    assert Relative.objects.get().pk == own.pk


def test_wish_goes_by_its_day_with_a_line_in_the_trail(person: UUID) -> None:
    note_wish(actor=SYSTEM, person=person, relation="spouse", stage="adult")
    kept = note_wish(actor=SYSTEM, person=person, relation="parent", stage="adult")
    FamilyWish.objects.exclude(pk=kept.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert review_families(SYSTEM) == "1 + 0"
    assert list(FamilyWish.objects.all()) == [kept]
    row = AuditEntry.objects.get(action="families.wish.expired")
    assert (row.region, '"count":1' in row.new.replace(" ", "")) == (ZIYANG, True)


def test_looks_lose_their_reasons_with_the_relative(person: UUID) -> None:
    relative, officer = spouse(person), user_with("family_officer", ZIYANG)
    assert (
        reveal_fact(actor=officer, relative=relative.pk, field="phone", reason="通知亲子课程")
        == "19900001234"
    )
    assert AccessRecord.objects.get(subject=relative.pk).reason == "通知亲子课程"
    past(relative, 60)
    review_families(SYSTEM)
    assert AccessRecord.objects.get(subject=relative.pk).reason == ""
