"""A list is saved as work: rows are looked up, appear, disappear, come back; what is done is noted; nobody outside learns of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from chelun.core.errors import NotFound, Refused
from chelun.core.today import DUTIES
from chelun.desk.models import WorkList, WorkRow
from chelun.desk.work.rules import due_on, turnover
from chelun.desk.work.selectors import counts_of, my_rows, notes_of, rows_of, work_lists
from chelun.desk.work.services import (
    Task,
    change_work_list,
    end_work_list,
    look_again,
    look_up,
    look_up_all,
    make_work_list,
    mark_rows,
    owners_for,
)
from chelun.people.models import PersonCard
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import bring
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, number, phone
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.services.erasing import approve_erasure, carry_out, clear_traces, propose_erasure
from chelun.platform.regions.testing import ensure_regions

TASK = Task("缺手机号的司机", "打电话给企业补登", days=7)
NO_PHONE = {"missing": "phones"}
NUMERALS = "零一二三四五六"


@pytest.fixture
def clerk(db: None) -> User:
    ensure_regions()
    return user_with("clerk", ZIYANG, username="jingban")


def person(n: int, region: str = ZIYANG, **more: str) -> UUID:
    raw = {"name": f"张{NUMERALS[n]}", "id_number": number(n), **more}
    found = bring("person", actor=CLERK, region=region, raw=raw).subject
    assert found is not None
    return found


def made(actor: User, task: Task = TASK, query: dict[str, str] | None = None, home: str = ZIYANG) -> WorkList:
    return make_work_list(
        actor=actor, register="person", home=home, query=NO_PHONE if query is None else query, task=task
    )


def open_rows(work: WorkList) -> set[UUID]:
    return {row.subject for row in work.rows.filter(gone_at=None, done_at=None)}


def test_rows_are_looked_up_and_follow_the_files(clerk: User) -> None:
    one, two = person(1), person(2)
    person(3, phone=phone(3))
    work = made(clerk)
    assert open_rows(work) == {one, two}
    correct_person(actor=clerk, person=one, home=ZIYANG, raw={"phone": phone(1)})
    four = person(4)
    look_up(work)
    assert open_rows(work) == {two, four}
    assert work.rows.get(subject=one).gone_at is not None
    correct_person(actor=clerk, person=one, home=ZIYANG, raw={"phone": "", "phone2": ""})
    WorkRow.objects.filter(subject=one).update(since=date(2026, 1, 1), due_on=date(2026, 1, 8))
    look_up(work)
    back = work.rows.get(subject=one)
    assert (back.gone_at, back.since) == (None, timezone.localdate())


def test_done_rows_stay_done_until_they_come_back(clerk: User) -> None:
    one = person(1)
    work = made(clerk)
    (row,) = work.rows.all()
    assert mark_rows(actor=clerk, pk=work.pk, rows=[row.pk], done=True, note="企业说明天报来") == 1
    look_up(work)
    row.refresh_from_db()
    assert (row.done_by, notes_of([row])[row.pk]) == ("jingban", "企业说明天报来")
    assert "企业说".encode() not in bytes(row.note)
    assert mark_rows(actor=clerk, pk=work.pk, rows=[row.pk], done=True) == 0
    correct_person(actor=clerk, person=one, home=ZIYANG, raw={"phone": phone(1)})
    look_up(work)
    correct_person(actor=clerk, person=one, home=ZIYANG, raw={"phone": "", "phone2": ""})
    look_up(work)
    row.refresh_from_db()
    assert (row.done_at, bytes(row.note)) == (None, b"")


def test_due_days_and_counts(clerk: User) -> None:
    for n in (1, 2, 3):
        person(n)
    work = made(clerk)
    today = timezone.localdate()
    rows = list(work.rows.order_by("id"))
    assert {row.due_on for row in rows} == {today + timedelta(days=7)}
    WorkRow.objects.filter(pk=rows[0].pk).update(due_on=today - timedelta(days=1))
    mark_rows(actor=clerk, pk=work.pk, rows=[rows[1].pk], done=True)
    counted = counts_of(clerk.scope_for("people.view"), [work])[work.pk]
    assert (counted.open, counted.overdue, counted.done) == (2, 1, 1)
    counts = {name: DUTIES[name].count(clerk) for name in ("desk.work", "desk.overdue")}
    assert counts == {"desk.work": 2, "desk.overdue": 1}
    change_work_list(
        actor=clerk, pk=work.pk, task=Task("改了", "再打一次电话", rule="day", day=date(2030, 1, 1))
    )
    assert {row.due_on for row in work.rows.filter(done_at=None)} == {date(2030, 1, 1)}


def test_owner_has_the_duty_and_others_see_the_list(clerk: User) -> None:
    person(1)
    registrar = user_with("registrar", ZIYANG, username="dangan")
    work = made(clerk, Task("清单", "去核对", owner="dangan", days=3))
    assert owners_for(clerk, ZIYANG) == ["dangan", "jingban"]
    assert my_rows(registrar).count() == 1
    assert my_rows(clerk).count() == 0
    assert work in work_lists(clerk.scope_for("people.view"))
    end_work_list(actor=registrar, pk=work.pk)
    assert my_rows(registrar).count() == 0


def test_other_places_learn_nothing(clerk: User) -> None:
    person(1)
    person(2, HANBIN)
    work = made(clerk)
    (row,) = work.rows.all()
    other = user_with("registrar", HANBIN)
    assert not work_lists(other.scope_for("people.view")).exists()
    for act in (
        lambda: mark_rows(actor=other, pk=work.pk, rows=[row.pk], done=True),
        lambda: end_work_list(actor=other, pk=work.pk),
        lambda: change_work_list(actor=other, pk=work.pk, task=TASK),
        lambda: made(other, home=ZIYANG),
        lambda: made(clerk, home="610900"),
    ):
        with pytest.raises(NotFound):
            act()
    client = logged_in(Client(), other)
    for name in ("detail", "edit", "end"):
        assert client.get(reverse(f"desk:work_{name}", args=[work.pk])).status_code == 404
    assert client.post(reverse("desk:work_mark", args=[work.pk]), {"row": [row.pk]}).status_code == 404


def test_county_sees_its_rows_of_the_citys_list_only_in_the_city(clerk: User) -> None:
    here = person(1)
    person(2, HANBIN)
    city = user_with("registrar", "610900")
    work = made(city, home="610900")
    assert work.rows.count() == 2
    assert not work_lists(clerk.scope_for("people.view")).exists(), "a list of the city is not the county's"
    assert {row.subject for row in rows_of(clerk.scope_for("people.view"), [work])} == {here}


def test_saved_filter_cannot_reach_beyond_its_place(clerk: User) -> None:
    person(1)
    person(2, HANBIN)
    assert made(clerk, query={**NO_PHONE, "region": HANBIN}).rows.count() == 1
    assert WorkList.objects.get().query["region"] == ZIYANG


@pytest.mark.parametrize(
    ("task", "query", "told"),
    [
        (Task("", "做事", days=1), {}, "写清楚"),
        (Task("清单", "做事", days=0), {}, "1 到 365"),
        (Task("清单", "做事", rule="day"), {}, "哪一天"),
        (Task("党员清单", "做事", days=1), {}, "不得登记"),
        (Task("清单", "核实是不是少数民族", days=1), {}, "不得登记"),
        (TASK, {"q": "张一"}, "姓名或号码"),
    ],
)  # fmt: skip
def test_tasks_that_may_not_be_are_refused(clerk: User, task: Task, query: dict[str, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        made(clerk, task, query)
    assert not WorkList.objects.exists()


def test_note_with_forbidden_words_is_refused(clerk: User) -> None:
    person(1)
    work = made(clerk)
    rows = list(work.rows.values_list("pk", flat=True))
    with pytest.raises(Refused, match="不得登记"):
        mark_rows(actor=clerk, pk=work.pk, rows=rows, done=True, note="他是党员")
    assert open_rows(work)


def test_erasing_a_person_takes_his_rows_and_notes(clerk: User) -> None:
    one, two = person(1), person(2)
    work = made(clerk)
    mark_rows(
        actor=clerk, pk=work.pk, rows=list(work.rows.values_list("pk", flat=True)), done=True, note="已经联系"
    )
    officer, second = user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)
    asked = propose_erasure(actor=officer, kind="person", subject=one, ground="unlawful", reason="依法删除")
    approve_erasure(actor=second, erasure=asked.pk)
    clear_traces(asked)
    carry_out(second, asked.pk)
    assert set(work.rows.values_list("subject", flat=True)) == {two}
    look_up(work)
    assert set(work.rows.values_list("subject", flat=True)) == {two}


def test_daily_look_and_the_look_on_opening(clerk: User) -> None:
    work = made(clerk)
    person(1)
    look_again(work)
    assert not work.rows.exists(), "it was looked up a moment ago"
    look_again(work, timezone.now() + timedelta(hours=1))
    assert work.rows.count() == 1
    person(2)
    assert look_up_all(CLERK) == 1
    assert work.rows.count() == 2
    assert AuditEntry.objects.filter(action="desk.work.made", target=str(work.pk)).exists()


def test_pages_from_the_list_to_the_last_row(clerk: User) -> None:
    person(1)
    client = logged_in(Client(), clerk)
    assert "还没有工作清单" in client.get(reverse("desk:work_list")).content.decode()
    assert "存为清单" in client.get(reverse("people:person_list")).content.decode()
    new = reverse("desk:work_new", args=["person"])
    assert "缺项" in client.get(new, NO_PHONE).content.decode()
    sent: dict[str, Any] = {
        "name": "缺手机号",
        "action": "补登手机号",
        "owner": "",
        "rule": "days",
        "days": "7",
    }
    assert client.post(f"{new}?missing=phones", {**sent, "days": ""}).status_code == 422
    assert client.post(f"{new}?missing=phones", sent).status_code == 302
    work = WorkList.objects.get()
    page = client.get(reverse("desk:work_detail", args=[work.pk])).content.decode()
    assert "张一" in page
    mark = reverse("desk:work_mark", args=[work.pk])
    assert client.post(mark, {"note": ""}).status_code == 422
    assert client.post(mark, {"row": ["nonsense"]}).status_code == 422
    client.post(mark, {"row": [str(work.rows.get().pk)], "note": "已经补登"})
    assert "张一" not in client.get(reverse("desk:work_rows")).content.decode()
    assert (
        "已经补登"
        in client.get(reverse("desk:work_detail", args=[work.pk]), {"state": "done"}).content.decode()
    )
    client.post(reverse("desk:work_end", args=[work.pk]))
    assert "还没有工作清单" in client.get(reverse("desk:work_list")).content.decode()
    assert PersonCard.objects.count() == 1


@given(st.sets(st.integers(0, 20)), st.dictionaries(st.integers(0, 20), st.booleans()))
def test_turnover_leads_from_what_stood_to_what_is_found(found: set[int], known: dict[int, bool]) -> None:
    change = turnover(sorted(found), known)
    standing = {each for each, stands in known.items() if stands}
    assert (standing - set(change.gone)) | set(change.new) | set(change.back) == found
    assert not set(change.new) & known.keys()


def test_due_day() -> None:
    assert due_on("days", 3, None, date(2026, 12, 30)) == date(2027, 1, 2)
    assert due_on("day", None, date(2026, 12, 1), date(2026, 12, 30)) == date(2026, 12, 1)


def test_persons_are_named_and_not_their_log_ins(clerk: User) -> None:
    clerk.person_name = "王经办"
    clerk.save()
    user_with("clerk", ZIYANG, username="jingban2", person_name="王经办")
    person(1)
    client, new = logged_in(Client(), clerk), reverse("desk:work_new", args=["person"])
    # Two of one name are told apart.
    assert '<option value="jingban2">王经办（jingban2）</option>' in client.get(new).content.decode()
    User.objects.get(username="jingban2").delete()
    work = made(clerk, Task("缺手机号的司机", "打电话给企业补登", owner="jingban", days=7))
    mark_rows(actor=clerk, pk=work.pk, rows=[work.rows.get().pk], note="", done=True)
    page = reverse("desk:work_detail", args=[work.pk])
    for path in (reverse("desk:work_list"), page, f"{page}?state=done"):
        told = client.get(path).content.decode()
        # Once each in the reader's own menu.
        assert (told.count("王经办") > 1, told.count("jingban")) == (True, 1)
