"""A change is proposed, checked by others in order, and stands on the file or not; lines may be taken one by one."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from chelun.core.errors import NotFound, Refused
from chelun.desk.choices import ChangeState
from chelun.desk.models import ChangeRequest
from chelun.desk.place_settings import CHECKS
from chelun.desk.rules import Line, changed_since, lines_between, may_check
from chelun.desk.selectors import change_detail, change_list, lines_of, seen_of
from chelun.desk.services import hand_in, pass_change, propose_change, refuse_change, withdraw_change
from chelun.desk.today import count_answered, count_filed
from chelun.people.models import PersonCard
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import RowRefused
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, phone, seen, sheet
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.keys import destroy_keys
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
RAW = {"phone": phone(9), "position": "车队长"}
REASON = "本人来窗口更正"


@pytest.fixture(autouse=True)
def _on_file() -> None:
    ensure_regions()
    bring(sheet([LI]))


def li() -> UUID:
    return PersonCard.objects.get(name="李一").person_id


def clerk() -> User:
    return User.objects.filter(username="jingban").first() or user_with("clerk", ZIYANG, username="jingban")


def checker(name: str = "dangan") -> User:
    return User.objects.filter(username=name).first() or user_with("registrar", ZIYANG, username=name)


def proposed(
    raw: dict[str, str] | None = None, *, by: User | None = None, draft: bool = False
) -> ChangeRequest:
    return propose_change(
        actor=by or clerk(), subject=li(), home=ZIYANG, raw=raw or RAW, reason=REASON, hand_in=not draft
    )


def passed(request: ChangeRequest, by: User, taken: tuple[str, ...] = ("phone", "position")) -> ChangeRequest:
    found = change_detail(scope=by.scope_for("changes.check"), actor=by, change=request.pk)
    return pass_change(actor=by, change=request.pk, taken=taken, seen=seen_of(found.lines, found.standing))


def test_change_stands_once_somebody_else_said_yes() -> None:
    request = proposed()
    assert seen()[0]["phones"] == [phone(1)]
    assert phone(9).encode() not in bytes(request.sealed)
    with pytest.raises(Refused, match="由别人审核"):
        passed(proposed({"position": "安全员"}, by=checker()), checker())
    done = passed(request, checker())
    assert done.state == ChangeState.APPLIED
    assert seen()[0]["phones"] == [phone(9)]
    actions = set(AuditEntry.objects.filter(target=str(li())).values_list("action", flat=True))
    assert actions >= {"desk.change.filed", "desk.change.applied", "people.person.corrected"}
    with pytest.raises(Refused, match="已经办结"):
        passed(request, checker())


def test_some_lines_are_taken_and_others_not() -> None:
    request = passed(proposed(), checker(), taken=("position",))
    assert request.taken == ["position"]
    assert seen()[0]["phones"] == [phone(1)]
    with pytest.raises(Refused, match="一项也没有选"):
        passed(proposed({"phone": phone(7)}), checker(), taken=())


def test_two_checks_in_order_by_two_persons() -> None:
    PlaceSetting.objects.create(region="610900", key=CHECKS, value="2", changed_by="x")
    request = proposed()
    first, second = checker(), checker("dangan2")
    assert passed(request, first, taken=("phone",)).state == ChangeState.FILED
    assert seen()[0]["phones"] == [phone(1)]
    with pytest.raises(Refused, match="由别人审核"):
        passed(request, first)
    # What the first did not take the second cannot take.
    assert passed(request, second).taken == ["phone"]
    assert seen()[0]["phones"] == [phone(9)]


def test_refusal_needs_a_reason_and_is_told() -> None:
    request = proposed()
    with pytest.raises(Refused, match="理由"):
        refuse_change(actor=checker(), change=request.pk, note="否")
    refuse_change(actor=checker(), change=request.pk, note="号码打不通")
    request.refresh_from_db()
    assert (request.state, request.answer) == (ChangeState.REFUSED, "号码打不通")
    assert seen()[0]["phones"] == [phone(1)]


def test_file_that_moved_meanwhile_is_looked_at_again() -> None:
    request, by = proposed(), checker()
    found = change_detail(scope=by.scope_for("changes.check"), actor=by, change=request.pk)
    correct_person(actor=CLERK, person=li(), home=ZIYANG, raw={"phone": phone(5)})
    with pytest.raises(Refused, match="又变了"):
        pass_change(actor=by, change=request.pk, taken=["phone"], seen=seen_of(found.lines, found.standing))
    page = logged_in(Client(), by).get(f"/desk/changes/{request.pk}/").content.decode()
    assert "现在" in page
    assert passed(request, by).state == ChangeState.APPLIED


def test_draft_is_its_writers_own_until_it_is_handed_in() -> None:
    request = proposed(draft=True)
    by = checker()
    assert not change_list(scope=by.scope_for("people.edit"), actor=by).exists()
    with pytest.raises(NotFound):
        withdraw_change(actor=by, change=request.pk)
    hand_in(actor=clerk(), change=request.pk)
    assert change_list(scope=by.scope_for("people.edit"), actor=by).count() == 1
    withdraw_change(actor=clerk(), change=request.pk)
    with pytest.raises(Refused, match="已经办结"):
        passed(request, by)


def test_proposal_is_refused_where_it_says_nothing_or_nonsense() -> None:
    with pytest.raises(Refused, match="没有改动"):
        proposed({"phone": phone(1)})
    with pytest.raises(Refused, match="理由"):
        propose_change(actor=clerk(), subject=li(), home=ZIYANG, raw=RAW, reason="改", hand_in=True)
    with pytest.raises(RowRefused):
        proposed({"phone": "123"})
    stranger = user_with("clerk", HANBIN)
    with pytest.raises(NotFound):
        propose_change(actor=stranger, subject=li(), home=ZIYANG, raw=RAW, reason=REASON, hand_in=True)


def test_lines_cannot_be_read_once_the_person_is_erased() -> None:
    request = proposed()
    destroy_keys([li()])
    assert lines_of(request) == ()


def test_change_by_pages() -> None:
    writer, reader = logged_in(Client(), clerk()), logged_in(Client(), checker())
    address = next(
        link for link in writer.get(person_url()).content.decode().split('"') if "/desk/changes/new/" in link
    )
    form: dict[str, Any] = {"name": "李一", "kinds": ["货车"], "phone": phone(9), "enterprise": LI[4], "sex": "男",
                            "plate": LI[5], "reason": REASON}  # fmt: skip
    assert writer.post(address, {**form, "phone": "12"}).status_code == 422
    sent = writer.post(address, form)
    page = reader.get(sent["Location"])
    assert phone(9) not in page.content.decode()
    told = page.context["form"].initial
    taken = [*told["taken"]]
    assert "phone" in taken
    said = reader.post(f"{sent['Location']}check/", {"taken": taken, "seen": told["seen"]}, follow=True)
    assert "已采纳，档案已更新。" in said.content.decode()
    assert seen()[0]["phones"] == [phone(9)]


def person_url() -> str:
    page = logged_in(Client(), clerk()).get("/people/persons/").content.decode()
    return next(link for link in page.split('"') if link.startswith("/people/persons/") and link.count("/") == 4
                and not link.endswith("/new/"))  # fmt: skip


def test_rules_of_lines_and_eyes() -> None:
    lines = lines_between({"a": "1", "b": "2"}, {"a": "1", "b": "", "c": "3"})
    assert lines == [Line("b", "2", ""), Line("c", "", "3")]
    assert changed_since(lines, {"b": "2"}) == []
    assert changed_since(lines, {"b": "4"}) == ["b"]
    assert may_check(state="filed", filed_by="x", checked_by=[], actor="y")
    assert not may_check(state="filed", filed_by="x", checked_by=["y"], actor="y")
    assert not may_check(state="draft", filed_by="x", checked_by=[], actor="y")


def page_of(client: Client, path: str, sent: Any = None, status: int = 200) -> str:
    answer = client.get(path) if sent is None else client.post(path, sent)
    assert answer.status_code == status
    return answer.content.decode()


def test_pages_name_the_persons_and_not_their_log_ins() -> None:
    user_with("clerk", ZIYANG, username="jingban", person_name="王经办")
    by = user_with("registrar", ZIYANG, username="dangan", person_name="李档案")
    done = passed(proposed(), by)
    reader = logged_in(Client(), by)
    listed, told = page_of(reader, "/desk/changes/"), page_of(reader, f"/desk/changes/{done.pk}/")
    assert ("王经办" in listed, "jingban" in listed) == (True, False)
    assert ("王经办" in told, "jingban" in told, "李档案" in told) == (True, False, True)


def test_checker_who_looked_again_says_yes_on_the_page_that_told_him_so() -> None:
    request, reader = proposed(), logged_in(Client(), checker())
    shown = reader.get(f"/desk/changes/{request.pk}/").context["form"]["seen"].value()
    correct_person(actor=CLERK, person=li(), home=ZIYANG, raw={"phone": phone(5)})
    path, sent = f"/desk/changes/{request.pk}/check/", {"taken": ["phone"], "note": ""}
    told = reader.post(path, {**sent, "seen": shown})
    assert told.status_code == 422
    assert "又变了" in told.content.decode()
    assert reader.post(path, {**sent, "seen": told.context["form"]["seen"].value()}).status_code == 302
    assert seen()[0]["phones"] == [phone(9)]


def test_refused_change_still_says_what_it_was_about() -> None:
    request, reader = proposed(), logged_in(Client(), checker())
    path = f"/desk/changes/{request.pk}/check/"
    wrong = page_of(reader, path, {"refuse": "1", "note": "", "seen": "-"}, 422)
    assert 'href="#id_note"' in wrong
    assert reader.post(path, {"refuse": "1", "note": "号码打不通", "seen": "-"}).status_code == 302
    assert "联系电话" in page_of(reader, "/desk/changes/?state=refused")


def test_what_waits_for_a_checker_is_what_he_may_check() -> None:
    PlaceSetting.objects.create(region="610900", key=CHECKS, value="2", changed_by="x")
    by, other = checker(), checker("dangan2")
    proposed({"position": "安全员"}, by=by)
    assert (count_filed(by), count_filed(other)) == (0, 1)
    passed(proposed(), other)
    assert (count_filed(by), count_filed(other)) == (1, 1)
    reader = logged_in(Client(), other)
    assert "等我审核的" in page_of(reader, "/desk/changes/")
    assert page_of(reader, "/desk/changes/?state=to-check").count('"/desk/changes/0') == 1
    assert "等我审核的" not in page_of(logged_in(Client(), clerk()), "/desk/changes/")


def test_who_proposed_learns_what_was_not_agreed_to_until_he_has_opened_it() -> None:
    whole, part, refused = (
        passed(proposed({"position": "安全员"}), checker()),
        proposed(),
        proposed({"phone": phone(7)}),
    )
    passed(part, checker(), taken=("phone",))
    refuse_change(actor=checker(), change=refused.pk, note="号码打不通")
    withdraw_change(actor=clerk(), change=proposed({"phone": phone(6)}).pk)
    writer, other = logged_in(Client(), clerk()), logged_in(Client(), checker())
    assert (count_answered(clerk()), count_answered(checker())) == (2, 0)
    assert "/desk/changes/?state=answered" in page_of(writer, "/start/")
    listed = page_of(writer, "/desk/changes/?state=answered")
    assert [str(each.pk) in listed for each in (whole, part, refused)] == [False, True, True]
    page_of(other, f"/desk/changes/{refused.pk}/")
    assert count_answered(clerk()) == 2
    assert "号码打不通" in page_of(writer, f"/desk/changes/{refused.pk}/")
    assert count_answered(clerk()) == 1
    page_of(writer, f"/desk/changes/{part.pk}/")
    assert count_answered(clerk()) == 0
