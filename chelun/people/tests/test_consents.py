"""A consent points at the notice that was shown; taking it back stops what rests on it at once, or is not taken back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.people.models import PersonCard
from chelun.people.tests.desk import HANBIN, ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.privacy.addresses import veil
from chelun.platform.privacy.models import Consent, Notice
from chelun.platform.privacy.purposes import PURPOSES, Purpose
from chelun.platform.privacy.services.consents import (
    Given,
    give_consent,
    givers_of,
    has_consent,
    notice_in_force,
    publish_notice,
    withdraw_consent,
    write_consent,
)
from chelun.platform.privacy.services.erasing import approve_erasure, carry_out, propose_erasure
from chelun.platform.privacy.services.holds import kept_for_now

TEXT = "紫阳县交通运输局处理您的姓名和电话，用于通知体检。保存一年。您可以到窗口查阅、复制、更正、删除，也可以随时撤回同意。"
TODAY = timezone.localdate


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> list[tuple[UUID, str]]:
    """What the test's own purpose was told when a consent was taken back."""
    told: list[tuple[UUID, str]] = []

    def withdrawn(actor: Actor, subject: UUID, home: str) -> None:
        told.append((subject, home))

    purpose = Purpose("test.checkup", "通知体检", "不同意不影响登记", withdrawn)
    monkeypatch.setitem(PURPOSES._values, purpose.name, purpose)
    return told


@pytest.fixture
def subject(db: None) -> UUID:
    bring(sheet([("甄同意", number(55), phone(55), "货车", "", "")]))
    return PersonCard.objects.get().person_id


@pytest.fixture
def officer(subject: UUID) -> User:
    return user_with("privacy_officer", ZIYANG)


def published(officer: User, days: int = 0, region: str = ZIYANG, text: str = TEXT) -> Notice:
    return publish_notice(actor=officer, region=region, text=text, valid_from=TODAY() + timedelta(days=days))


def given(actor: User, subject: UUID, notice: UUID, **other: Any) -> Consent:
    said = {"purpose": "test.checkup", "on_behalf": "self"} | other
    return give_consent(actor=actor, subject_kind="person", subject=subject, notice=notice, **said)


def test_nearest_notice_in_force_counts(officer: User) -> None:
    assert notice_in_force(ZIYANG) is None
    province = user_with("privacy_officer", "610000")
    above = published(province, region="610000")
    assert notice_in_force(ZIYANG) == above
    own, later = published(officer), published(officer, days=5)
    assert (own.number, later.number) == (1, 2)
    assert (notice_in_force(ZIYANG), notice_in_force(HANBIN)) == (own, above)
    assert notice_in_force(ZIYANG, TODAY() + timedelta(days=5)) == later
    with pytest.raises(Refused, match="今天"):
        published(officer, days=-1)
    with pytest.raises(Refused, match="50"):
        published(officer, text="太短")
    with pytest.raises(NotFound):
        published(officer, region=HANBIN)


def test_consent_points_at_the_version_that_was_shown(
    officer: User, subject: UUID, stopped: list[tuple[UUID, str]]
) -> None:
    counter = user_with("counter", ZIYANG)
    with pytest.raises(Refused, match="还没有生效"):
        given(counter, subject, UUID(int=1))
    old = published(officer)
    new = published(officer)
    with pytest.raises(Refused, match="新版本"):
        given(counter, subject, old.pk)
    with pytest.raises(Refused, match="只能由本人"):
        given(counter, subject, new.pk, on_behalf="agent")
    with pytest.raises(NotFound):
        given(counter, subject, new.pk, purpose="test.other")
    with pytest.raises(NotFound):
        given(user_with("counter", "513436"), subject, new.pk)
    consent = given(counter, subject, new.pk)
    assert (consent.notice, has_consent(subject=subject, home=ZIYANG, purpose="test.checkup")) == (new, True)
    with pytest.raises(Refused, match="已经同意"):
        given(counter, subject, new.pk)
    assert stopped == []


def test_withdrawal_acts_at_once_and_only_once(
    officer: User, subject: UUID, stopped: list[tuple[UUID, str]]
) -> None:
    consent = given(officer, subject, published(officer).pk)
    with pytest.raises(NotFound):
        withdraw_consent(actor=user_with("counter", HANBIN), consent=consent.pk)
    withdraw_consent(actor=officer, consent=consent.pk)
    assert stopped == [(subject, ZIYANG)]
    assert not has_consent(subject=subject, home=ZIYANG, purpose="test.checkup")
    with pytest.raises(Refused, match="已经撤回"):
        withdraw_consent(actor=officer, consent=consent.pk)
    again = given(officer, subject, Notice.objects.get().pk)
    assert Consent.objects.filter(subject=subject).count() == 2
    assert again.withdrawn_at is None


def test_consent_stands_when_what_rests_on_it_cannot_stop(
    officer: User, subject: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(actor: Actor, person: UUID, home: str) -> None:
        raise Refused("test.busy", "现在停不下来")

    monkeypatch.setitem(
        PURPOSES._values, "test.checkup", Purpose("test.checkup", "通知体检", "不影响", stuck)
    )
    consent = given(officer, subject, published(officer).pk)
    with pytest.raises(Refused, match="停不下来"):
        withdraw_consent(actor=officer, consent=consent.pk)
    assert has_consent(subject=subject, home=ZIYANG, purpose="test.checkup")


def test_consent_for_a_term_ends_by_itself_and_one_given_anew_takes_its_place(
    officer: User, subject: UUID, stopped: list[tuple[UUID, str]]
) -> None:
    told = published(officer)
    over = Given("test.checkup", told.pk, "self", "signed", TODAY() - timedelta(days=1))
    said: Any = {"actor": officer, "subject_kind": "person", "subject": subject, "home": ZIYANG}
    past = write_consent(**said, given=over)
    assert not has_consent(subject=subject, home=ZIYANG, purpose="test.checkup")
    assert kept_for_now("person", ZIYANG, [subject]) == {}
    held = write_consent(**said, given=Given("test.checkup", told.pk, "self", "signed", TODAY()))
    assert has_consent(subject=subject, home=ZIYANG, purpose="test.checkup")
    assert kept_for_now("person", ZIYANG, [subject]) == {subject: "privacy.consent"}
    past.refresh_from_db()
    assert (past.withdrawn_at is not None, past.withdrawn_by, held.withdrawn_at) == (True, "", None)
    with pytest.raises(Refused, match="新版本"):
        write_consent(**said, given=Given("test.checkup", UUID(int=5), "self"))
    assert stopped == []


def test_who_agreed_for_somebody_lies_under_his_key_and_ends_with_him(
    officer: User, subject: UUID, stopped: list[tuple[UUID, str]]
) -> None:
    by = {"name": "甄监护", "relation": "母亲"}
    given_by = Given("test.checkup", published(officer).pk, "guardian", "signed", TODAY(), by)
    consent = write_consent(
        actor=officer, subject_kind="person", subject=subject, home=ZIYANG, given=given_by
    )
    assert givers_of([consent]) == {consent.pk: by}
    assert "甄监护".encode() not in bytes(consent.sealed)
    asked: Any = {"actor": officer, "kind": "person", "subject": subject, "ground": "withdrawn"}
    erasure = propose_erasure(**asked, reason="本人撤回")
    approve_erasure(actor=user_with("privacy_officer", ZIYANG, username="second"), erasure=erasure.pk)
    carry_out(officer, erasure.pk)
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert givers_of([consent]) == {}


def test_generic_page_does_not_ask_for_what_a_room_asks_by_itself(
    officer: User, subject: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(actor: Actor, person: UUID, home: str) -> None:
        raise AssertionError

    for name, more in (("test.own", {"own_form": True}), ("test.firm", {"kind": "enterprise"})):
        monkeypatch.setitem(PURPOSES._values, name, Purpose(name, "另有表格", "", nothing, **more))
        with pytest.raises(NotFound):
            given(officer, subject, published(officer).pk, purpose=name)
    page = logged_in(Client(), officer).get(f"/privacy/consents/person/{veil(subject)}/").content.decode()
    assert 'value="test.own"' not in page
    assert 'value="test.firm"' not in page


def test_pages_tell_everybody_and_take_consents(
    client: Client, officer: User, subject: UUID, stopped: list[tuple[UUID, str]]
) -> None:
    inside = logged_in(Client(), officer)
    assert "法定职责" in client.get(f"/privacy/notice/{ZIYANG}/").content.decode()
    sent: Any = {"region": ZIYANG, "valid_from": TODAY().isoformat(), "text": TEXT}
    assert inside.post("/privacy/notices/new/", {**sent, "text": "短"}).status_code == 422
    assert inside.post("/privacy/notices/new/", sent).status_code == 302
    public = client.get(f"/privacy/notice/{ZIYANG}/").content.decode()
    assert "通知体检" in public
    assert f"/privacy/notice/{ZIYANG}/" in client.get("/privacy/notice/").content.decode()
    page = f"/privacy/consents/person/{veil(subject)}/"
    sent = {"purpose": "test.checkup", "on_behalf": "self", "notice": str(Notice.objects.get().pk)}
    assert inside.post(page, sent).status_code == 302
    consent = Consent.objects.get()
    assert "撤回：" in inside.get(page).content.decode()
    path = f"/privacy/consents/{consent.pk}/withdraw/"
    asked = inside.get(path).content.decode()
    assert ("立即停止" in asked, "最后一项" in asked, stopped) == (True, False, [])
    assert inside.post(path).status_code == 302
    assert inside.get(path)["Location"] == page
    assert stopped == [(subject, ZIYANG)]
    assert "人员档案卡" in inside.get("/privacy/purposes/").content.decode()
