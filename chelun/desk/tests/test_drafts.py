"""A draft is changed by its writer, in the form that shows what he proposed, until it is handed in."""

import html
from typing import Any

import pytest
from django.test import Client

from chelun.core.errors import NotFound, Refused
from chelun.desk.choices import ChangeState
from chelun.desk.models import ChangeRequest
from chelun.desk.rules import Line
from chelun.desk.selectors import lines_of
from chelun.desk.services import change_draft, hand_in
from chelun.desk.tests.test_changes import LI, REASON, checker, clerk, li, page_of, proposed
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import RowRefused
from chelun.people.tests.desk import CLERK, ZIYANG, bring, phone, seen, sheet
from chelun.platform.accounts.tests.factories import logged_in
from chelun.platform.audit.models import AuditEntry
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
FORM: dict[str, Any] = {
    "name": "李一",
    "kinds": ["货车"],
    "enterprise": LI[4],
    "sex": "男",
    "plate": LI[5],
    "reason": REASON,
}


@pytest.fixture(autouse=True)
def _on_file() -> None:
    ensure_regions()
    bring(sheet([LI]))


def changed(request: ChangeRequest, raw: dict[str, str], **other: Any) -> ChangeRequest:
    said: dict[str, Any] = {"actor": clerk(), "reason": REASON, "hand_in": False, **other}
    change_draft(change=request.pk, raw=raw, **said)
    request.refresh_from_db()
    return request


def proposals(request: ChangeRequest) -> dict[str, str]:
    return {line.field: line.new for line in lines_of(request)}


def test_what_is_not_said_stays_proposed_and_what_is_dropped_does_not() -> None:
    draft = proposed(draft=True)
    assert proposals(changed(draft, {"position": "安全员"})) == {"phone": phone(9), "position": "安全员"}
    assert draft.taken == ["phone", "position"]
    assert phone(9).encode() not in bytes(draft.sealed)
    assert proposals(changed(draft, {"position": "安全员"}, dropped=["phone"])) == {"position": "安全员"}
    assert (draft.taken, draft.state) == (["position"], ChangeState.DRAFT)
    told = AuditEntry.objects.filter(target=str(li()), action="desk.change.changed")
    assert told.count() == 2


def test_draft_is_handed_in_as_it_was_changed() -> None:
    draft = changed(proposed(draft=True), {"position": "安全员"}, reason="本人来电更正", hand_in=True)
    assert (draft.state, draft.reason) == (ChangeState.FILED, "本人来电更正")
    actions = AuditEntry.objects.filter(target=str(li())).values_list("action", flat=True)
    assert {"desk.change.drafted", "desk.change.changed", "desk.change.filed"} <= set(actions)


def test_lines_are_drawn_against_what_stands_by_then() -> None:
    draft = proposed(draft=True)
    correct_person(actor=CLERK, person=li(), home=ZIYANG, raw={"phone": phone(5)})
    assert Line("phone", phone(5), phone(9)) in lines_of(changed(draft, {"position": "安全员"}))
    correct_person(actor=CLERK, person=li(), home=ZIYANG, raw={"phone": phone(9)})
    assert proposals(changed(draft, {"position": "车队长"})) == {"position": "车队长"}


def test_only_a_draft_and_only_its_writer() -> None:
    draft = proposed(draft=True)
    with pytest.raises(NotFound):
        changed(draft, {"position": "安全员"}, actor=checker())
    with pytest.raises(Refused, match="没有改动"):
        changed(draft, {"position": ""}, dropped=["phone"])
    with pytest.raises(Refused, match="理由"):
        changed(draft, {"position": "安全员"}, reason="改")
    with pytest.raises(RowRefused):
        changed(draft, {"phone": "123"})
    assert proposals(draft) == {"phone": phone(9), "position": "车队长"}
    hand_in(actor=clerk(), change=draft.pk)
    with pytest.raises(Refused, match="不在这一步"):
        changed(draft, {"position": "安全员"})
    assert proposals(draft)["position"] == "车队长"


def test_draft_by_pages() -> None:
    draft, writer = proposed(draft=True), logged_in(Client(), clerk())
    assert f"/desk/changes/{draft.pk}/edit/" in page_of(writer, f"/desk/changes/{draft.pk}/")
    path = f"/desk/changes/{draft.pk}/edit/"
    shown = html.unescape(page_of(writer, path))
    assert ('value="车队长"' in shown, REASON in shown, phone(9) in shown) == (True, True, False)
    assert "您提出改为" in shown
    assert "没有改动" in page_of(writer, path, {**FORM, "dropped": ["phone"]}, 422)
    page_of(writer, path, {**FORM, "position": "安全员", "draft": "1"}, 302)
    draft.refresh_from_db()
    assert proposals(draft) == {"phone": phone(9), "position": "安全员"}
    page_of(writer, path, {**FORM, "position": "安全员", "dropped": ["phone"]}, 302)
    draft.refresh_from_db()
    assert (proposals(draft), draft.state) == ({"position": "安全员"}, ChangeState.FILED)
    assert path not in page_of(writer, f"/desk/changes/{draft.pk}/")
    assert "已经不是草稿" in writer.get(path, follow=True).content.decode()
    assert seen()[0]["phones"] == [phone(1)]
    page_of(logged_in(Client(), checker()), path, status=404)
