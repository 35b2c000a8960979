"""A checker sees one masked line in the clear: for a reason, within the day's budget, and nobody else does."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from chelun.desk.models import ChangeRequest
from chelun.desk.services import propose_change
from chelun.people.models import PersonCard
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WHERE = "城关镇河堤路9号"
REASON = {"reason": "核对新的住址"}


@pytest.fixture
def request_() -> ChangeRequest:
    ensure_regions()
    bring(sheet([LI]))
    raw = {"address": WHERE, "position": "车队长"}
    person = PersonCard.objects.get(name="李一").person_id
    return propose_change(
        actor=CLERK, subject=person, home=ZIYANG, raw=raw, reason="本人来窗口更正", hand_in=True
    )


def way(request: ChangeRequest, field: str = "address") -> str:
    return reverse("desk:change_reveal", args=[request.pk, field])


def checker(region: str = ZIYANG) -> Client:
    return logged_in(Client(), user_with("registrar", region))


def test_checker_sees_the_line_for_a_reason_that_is_written_down(request_: ChangeRequest) -> None:
    page = checker()
    shown = page.get(reverse("desk:change_detail", args=[request_.pk])).content.decode()
    assert way(request_) in shown
    assert way(request_, "position") not in shown
    assert WHERE not in shown + page.get(way(request_)).content.decode()
    assert page.post(way(request_), {"reason": "看"}).status_code == 422
    assert not AccessRecord.objects.exists()
    answer = page.post(way(request_), REASON)
    assert WHERE in answer.content.decode()
    looked = AccessRecord.objects.get()
    assert (looked.subject, looked.what, looked.reason) == (
        request_.subject,
        "revealed:address",
        REASON["reason"],
    )


def test_budget_of_the_day_holds_here_too(request_: ChangeRequest, settings: Settings) -> None:
    settings.CHELUN_REVEALS_A_DAY = 1
    page = checker()
    assert page.post(way(request_), REASON).status_code == 200
    again = page.post(way(request_), REASON)
    assert (again.status_code, WHERE in again.content.decode()) == (422, False)


def test_nobody_else_and_no_other_line(request_: ChangeRequest) -> None:
    writer = user_with("clerk", ZIYANG)
    assert checker(HANBIN).post(way(request_), REASON).status_code == 404
    assert logged_in(Client(), writer).post(way(request_), REASON).status_code == 404
    assert checker().post(way(request_, "position"), REASON).status_code == 404
    assert checker().post(way(request_, "phone"), REASON).status_code == 404
    ChangeRequest.objects.update(state="refused")
    assert checker().get(way(request_)).status_code == 404
    assert not AccessRecord.objects.exists()
