"""What a person asks for at the counter is really done, answered in time, or refused with a lawful exception."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from chelun.core.crypto import blind_index
from chelun.core.errors import NotFound, Refused
from chelun.people.models import Engagement, Person, PersonSource
from chelun.people.tests.desk import HANBIN, ZIYANG, bring, number, phone, scope_of, seen, sheet
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.privacy.acts import act_for
from chelun.platform.privacy.addresses import veil
from chelun.platform.privacy.choices import RequestState
from chelun.platform.privacy.models import PersonRequest
from chelun.platform.privacy.rules import due_on
from chelun.platform.privacy.selectors import count_overdue, count_requests
from chelun.platform.privacy.services.erasing import approve_erasure, decline_erasure
from chelun.platform.privacy.services.requests import (
    content_of,
    grant_deletion,
    grant_request,
    refuse_request,
    register_request,
    withdraw_request,
)

NAME, NUMBER = "甄要问", number(66)
HEADS = ("姓名", "身份证号", "联系电话", "从业类别", "所属企业")


@pytest.fixture
def subject(db: None) -> UUID:
    """A person whom two rosters of a county and one of another name."""
    bring(sheet([(NAME, NUMBER, phone(66), "货车", "紫阳甲公司")], HEADS))
    bring(sheet([(NAME, NUMBER, phone(67), "", "")], HEADS), source="另一份名册", as_of=date(2026, 11, 2))
    bring(sheet([(NAME, NUMBER, phone(68), "货车", "汉滨乙公司")], HEADS), region=HANBIN)
    return Person.objects.get(id_index=blind_index("id_number", NUMBER)).pk


@pytest.fixture
def officer(subject: UUID) -> User:
    return user_with("privacy_officer", ZIYANG)


def asked(subject: UUID, kind: str, actor: User | None = None, **said: str) -> PersonRequest:
    words: Any = {"on_behalf": "self", "identity": "card", "words": "他这样说的"}
    counter = actor or user_with("counter", ZIYANG)
    return register_request(
        actor=counter, subject_kind="person", subject=subject, kind=kind, asked=said, **words
    )


@pytest.mark.parametrize(
    ("received", "term", "due"),
    [
        (date(2026, 11, 2), "w5", date(2026, 11, 9)),
        (date(2026, 11, 6), "w5", date(2026, 11, 13)),
        (date(2026, 11, 7), "w1", date(2026, 11, 9)),
        (date(2026, 11, 7), "c30", date(2026, 12, 7)),
    ],
)
def test_term_counts_working_or_calendar_days(received: date, term: str, due: date) -> None:
    assert due_on(received, term) == due


def test_correction_is_made_by_the_rules_of_the_register(officer: User, subject: UUID) -> None:
    wrong = asked(subject, "correct", phone="12345")
    with pytest.raises(Refused, match="手机"):
        grant_request(actor=officer, request=wrong.pk, answer="已经更正")
    right = asked(subject, "correct", phone=phone(99))
    with pytest.raises(Refused, match="答复"):
        grant_request(actor=officer, request=right.pk, answer="好")
    done = grant_request(actor=officer, request=right.pk, answer="已经更正")
    assert (done.state, content_of(done)["answer"]) == (RequestState.DONE, "已经更正")
    (person,) = seen()
    assert person["phones"][0] == phone(99)
    with pytest.raises(Refused, match="已经办结"):
        grant_request(actor=officer, request=right.pk, answer="再办一次")


def test_employment_ends_that_the_person_has_left(officer: User, subject: UUID) -> None:
    tie = Engagement.objects.get(person=subject, home=ZIYANG)
    request = asked(subject, "left_firm", engagement=str(tie.pk), to_date="2026-11-01")
    grant_request(actor=officer, request=request.pk, answer="已登记离岗")
    ends = Engagement.objects.filter(person=subject, home=ZIYANG).values_list("to_date", flat=True)
    assert list(ends) == [date(2026, 11, 1)]


def test_record_that_is_not_him_is_taken_off_and_the_last_is_not(officer: User, subject: UUID) -> None:
    act = act_for("person", "not_me")
    (ask,) = act.asks(scope_of(ZIYANG), subject, ZIYANG)
    by_source = {label.split(" ")[0]: key for key, label in ask.choices}
    assert set(by_source) == {"名册", "另一份名册"}
    request = asked(subject, "not_me", record=by_source["另一份名册"])
    grant_request(actor=officer, request=request.pk, answer="已经去掉")
    (person,) = seen()
    assert person["phones"] == [phone(66)]
    assert PersonSource.objects.filter(person=subject).count() == 2
    last = asked(subject, "not_me", record=by_source["名册"])
    with pytest.raises(Refused, match="仅有的一条"):
        grant_request(actor=officer, request=last.pk, answer="已经去掉")
    foreign = PersonSource.objects.get(person=subject, home=HANBIN)
    withdraw_request(actor=officer, request=last.pk)
    other = asked(subject, "not_me", record=str(foreign.pk))
    with pytest.raises(NotFound):
        grant_request(actor=officer, request=other.pk, answer="已经去掉")


def test_deletion_ends_with_its_erasure_and_its_words_cannot_be_read(officer: User, subject: UUID) -> None:
    second = user_with("privacy_officer", ZIYANG)
    request, other = asked(subject, "delete"), asked(subject, "see")
    with pytest.raises(Refused, match="第二人"):
        grant_request(actor=officer, request=request.pk, answer="同意删除")
    erasure = grant_deletion(actor=officer, request=request.pk, ground="objection", answer="同意删除")
    decline_erasure(actor=second, erasure=erasure.pk)
    request.refresh_from_db()
    assert (request.state, request.erasure) == (RequestState.WORKING, None)
    erasure = grant_deletion(actor=officer, request=request.pk, ground="objection", answer="同意删除")
    approve_erasure(actor=second, erasure=erasure.pk)
    run_waiting()
    for each in (request, other):
        each.refresh_from_db()
        assert (each.state, content_of(each)) == (RequestState.DONE, {})
    assert not Person.objects.filter(pk=subject).exists()


def test_refusal_names_a_lawful_exception(officer: User, subject: UUID) -> None:
    request = asked(subject, "delete")
    with pytest.raises(Refused, match="法律规定的例外"):
        refuse_request(actor=officer, request=request.pk, exception="because", answer="还不能删除")
    done = refuse_request(actor=officer, request=request.pk, exception="duty", answer="还不能删除")
    assert (done.state, done.exception) == (RequestState.REFUSED, "duty")
    assert Person.objects.filter(pk=subject).exists()


def test_who_asks_is_made_sure_of_and_places_do_not_mix(officer: User, subject: UUID) -> None:
    counter = user_with("counter", ZIYANG)
    said: Any = {"subject_kind": "person", "subject": subject, "kind": "see", "words": "", "asked": {}}
    with pytest.raises(Refused, match="核对身份"):
        register_request(actor=counter, on_behalf="agent", identity="card", **said)
    with pytest.raises(NotFound):
        register_request(actor=user_with("counter", "513436"), on_behalf="self", identity="card", **said)
    request = asked(subject, "see", counter)
    with pytest.raises(Refused, match="还没有答复"):
        asked(subject, "see", counter)
    stranger = user_with("privacy_officer", HANBIN)
    with pytest.raises(NotFound):
        refuse_request(actor=stranger, request=request.pk, exception="duty", answer="还不能删除")
    with pytest.raises(NotFound):
        refuse_request(actor=counter, request=request.pk, exception="duty", answer="还不能删除")
    assert (count_requests(officer), count_requests(stranger), count_overdue(officer)) == (1, 0, 0)
    PersonRequest.objects.update(due_on=date(2020, 1, 1))
    assert count_overdue(officer) == 1


def test_counter_registers_and_officer_answers_on_pages(client: Client, officer: User, subject: UUID) -> None:
    counter = logged_in(client, user_with("counter", ZIYANG))
    base = f"/privacy/requests/new/person/{veil(subject)}/"
    assert "更正我的信息" in counter.get(base).content.decode()
    sent = {"on_behalf": "self", "identity": "card", "words": "号码换了", "ask_phone": phone(98)}
    answer: Any = counter.post(f"{base}correct/", {**sent, "identity": "letter"})
    assert answer.status_code == 422
    answer = counter.post(f"{base}correct/", sent)
    assert answer.status_code == 302
    page = counter.get(answer["Location"]).content.decode()
    assert "号码换了" in page
    assert phone(98) not in page
    assert "照办" not in page
    deciding = logged_in(Client(), officer)
    assert "照办并答复" in deciding.get(answer["Location"]).content.decode()
    granted: Any = deciding.post(f"{answer['Location']}grant/", {"answer": "已经改好了"})
    assert granted.status_code == 302
    assert "已经改好了" in deciding.get(answer["Location"]).content.decode()
    assert seen()[0]["phones"][0] == phone(98)
    assert "已办结" in deciding.get("/privacy/requests/").content.decode()
