"""Firms and vehicles have change requests as persons have them: proposed, checked by another, applied by the single door."""

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from chelun.core.errors import NotFound, Refused
from chelun.desk.choices import ChangeState
from chelun.desk.models import ChangeRequest
from chelun.desk.selectors import change_detail, change_list, lines_of, seen_of
from chelun.desk.services import pass_change, propose_change
from chelun.engines.ids import make_uscc
from chelun.people.models import Enterprise, EnterpriseCard, EnterpriseSource, VehicleCard
from chelun.people.services.amending import amend, standing_in
from chelun.people.services.door import RowRefused, bring
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, phone
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
REASON = "企业来函更正登记"
CODE = make_uscc("510999", 3)


@pytest.fixture
def clerk() -> User:
    ensure_regions()
    return user_with("clerk", ZIYANG, username="jingban")


@pytest.fixture
def checker() -> User:
    ensure_regions()
    return user_with("registrar", ZIYANG, username="dangan")


def firm(**more: str) -> UUID:
    raw = {
        "name": "紫阳县示例货运有限公司",
        "uscc": CODE,
        "kinds": "货车",
        "staff": "30",
        "phone": phone(1),
        **more,
    }
    found = bring("enterprise", actor=CLERK, region=ZIYANG, raw=raw).subject
    assert found is not None
    return found


def vehicle() -> UUID:
    raw = {"plate": "陕G12345", "plate_colour": "黄", "vehicle_type": "重型货车"}
    found = bring("vehicle", actor=CLERK, region=ZIYANG, raw=raw).subject
    assert found is not None
    return found


def proposed(actor: User, register: str, subject: UUID, raw: dict[str, str]) -> ChangeRequest:
    return propose_change(
        actor=actor, register=register, subject=subject, home=ZIYANG, raw=raw, reason=REASON, hand_in=True
    )


def passed(request: ChangeRequest, actor: User, *taken: str) -> ChangeRequest:
    found = change_detail(scope=actor.scope_for("changes.check"), actor=actor, change=request.pk)
    return pass_change(actor=actor, change=request.pk, taken=taken, seen=seen_of(found.lines, found.standing))


def test_change_of_a_firm_stands_when_another_agrees(clerk: User, checker: User) -> None:
    one = firm()
    asked = proposed(
        clerk, "enterprise", one, {"name": "紫阳县新名货运有限公司", "staff": "42", "phone": phone(2)}
    )
    assert [line.field for line in lines_of(asked)] == ["name", "staff", "phone"]
    assert (asked.register, asked.subject) == ("enterprise", one)
    with pytest.raises(NotFound):
        pass_change(actor=clerk, change=asked.pk, taken=["staff"], seen="")
    done = passed(asked, checker, "staff", "phone")
    assert done.state == ChangeState.APPLIED
    card = EnterpriseCard.objects.get(enterprise=one, superseded_by=None)
    assert (card.name, card.staff_stated) == ("紫阳县示例货运有限公司", 42)
    assert standing_in("enterprise", one, ZIYANG)["phones"] == [phone(2)]
    assert phone(2).encode() not in bytes(asked.sealed)
    again = bring(
        "enterprise", actor=CLERK, region=ZIYANG, raw={"name": card.name, "uscc": CODE}, source="年报"
    )
    assert again.subject == one
    assert Enterprise.objects.count() == 1


def test_change_of_a_vehicle_stands_and_its_plate_cannot_be_changed(clerk: User, checker: User) -> None:
    one = vehicle()
    raw = {
        "vehicle_type": "牵引车",
        "enterprise": "紫阳县示例货运有限公司",
        "plate": "陕G99999",
        "plate_colour": "蓝",
    }
    asked = proposed(clerk, "vehicle", one, raw)
    assert [line.field for line in lines_of(asked)] == ["vehicle_type", "enterprise"]
    passed(asked, checker, "vehicle_type", "enterprise")
    card = VehicleCard.objects.get(vehicle=one, superseded_by=None)
    assert (card.plate, card.vehicle_type, card.enterprise_name) == (
        "陕G12345",
        "牵引车",
        "紫阳县示例货运有限公司",
    )
    with pytest.raises(Refused, match="没有改动"):
        proposed(clerk, "vehicle", one, {"plate": "陕G99999"})


def test_credit_code_and_what_the_rules_refuse_do_not_pass(clerk: User) -> None:
    one = firm()
    with pytest.raises(Refused, match="没有改动"):
        proposed(clerk, "enterprise", one, {"uscc": make_uscc("510999", 9)})
    with pytest.raises(RowRefused):
        proposed(clerk, "enterprise", one, {"name": ""})
    with pytest.raises(RowRefused):
        proposed(clerk, "enterprise", one, {"staff": "许多"})
    assert not ChangeRequest.objects.exists()


def test_emptied_value_is_gone_and_the_rest_stays(clerk: User) -> None:
    one = firm(address="紫阳县城关镇一号")
    brought = amend(
        actor=CLERK, register="enterprise", subject=one, home=ZIYANG, raw={"phone": "", "address": ""}
    )
    assert brought.outcome == "changed"
    facts = standing_in("enterprise", one, ZIYANG)
    assert (facts["phones"], facts["address"], facts["staff"]) == ([], "", 30)
    same = amend(
        actor=CLERK, register="enterprise", subject=one, home=ZIYANG, raw={"phone": "", "staff": "30"}
    )
    assert same.outcome == "unchanged"
    assert EnterpriseSource.objects.filter(enterprise=one).count() == 2


def test_other_places_find_nothing(clerk: User) -> None:
    one = firm()
    asked = proposed(clerk, "enterprise", one, {"staff": "31"})
    stranger = user_with("registrar", HANBIN)
    with pytest.raises(NotFound):
        proposed(stranger, "enterprise", one, {"staff": "99"})
    with pytest.raises(NotFound):
        change_detail(scope=stranger.scope_for("people.edit"), actor=stranger, change=asked.pk)
    assert not change_list(scope=stranger.scope_for("people.edit"), actor=stranger).exists()
    client = logged_in(Client(), stranger)
    assert client.get(reverse("desk:change_of_firm", args=[one])).status_code == 404


def test_request_is_about_one_file(clerk: User) -> None:
    asked = proposed(clerk, "enterprise", firm(), {"staff": "31"})
    other = vehicle()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.filter(pk=asked.pk).update(vehicle=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.filter(pk=asked.pk).update(enterprise=None)


@pytest.mark.parametrize("register", ["enterprise", "vehicle"])
def test_pages_from_the_file_to_the_answer(clerk: User, checker: User, register: str) -> None:
    one = firm() if register == "enterprise" else vehicle()
    client, address = logged_in(Client(), clerk), {"enterprise": "firm"}.get(register, register)
    new = reverse(f"desk:change_of_{address}", args=[one])
    assert new in client.get(reverse(f"people:{register}_detail", args=[one])).content.decode()
    page = client.get(new)
    form = page.context["form"]
    assert "uscc" not in form.fields or register == "vehicle"
    assert "plate" not in form.fields
    if register == "enterprise":
        assert phone(1) not in page.content.decode(), "a firm's telephone stands masked"
    sent = {name: value for name, value in form.initial.items() if name in form.fields and value}
    answer = client.post(new, {**sent, "note": "已核对营业执照", "reason": REASON})
    assert answer.status_code == 302
    request = ChangeRequest.objects.get()
    assert [line.field for line in lines_of(request)] == ["note"]
    other = logged_in(Client(), checker)
    detail = reverse("desk:change_detail", args=[request.pk])
    shown = other.get(detail)
    assert reverse(f"people:{register}_detail", args=[one]) in shown.content.decode()
    seen = shown.context["form"].initial["seen"]
    other.post(reverse("desk:change_check", args=[request.pk]), {"taken": ["note"], "seen": seen, "note": ""})
    request.refresh_from_db()
    assert request.state == ChangeState.APPLIED
    assert standing_in(register, one, ZIYANG)["note"] == "已核对营业执照"
    assert "变更申请" in other.get(reverse("desk:change_list")).content.decode()


def test_code_of_the_former_firm_does_not_stay_with_a_vehicle_that_changed_its_firm(clerk: User) -> None:
    raw = {"plate": "陕G12346", "plate_colour": "黄", "enterprise": "紫阳县示例货运有限公司", "uscc": CODE}
    one = bring("vehicle", actor=CLERK, region=ZIYANG, raw=raw).subject
    assert one is not None
    amend(
        actor=clerk,
        register="vehicle",
        subject=one,
        home=ZIYANG,
        raw={"enterprise": "紫阳县另一家运输有限公司"},
    )
    facts = standing_in("vehicle", one, ZIYANG)
    assert facts["enterprise"] == "紫阳县另一家运输有限公司"
    assert not facts.get("uscc")
