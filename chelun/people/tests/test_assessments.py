"""Impact assessments: complete, by the place's officer, in force above and below; without one some things cannot be switched on."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.errors import NotFound, Refused
from chelun.people.tests.desk import HANBIN, ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.models import Assessment
from chelun.platform.privacy.selectors.assessments import unassessed
from chelun.platform.privacy.services.assessments import is_assessed
from chelun.platform.privacy.tests.factories import LONG, assessed
from chelun.platform.regions.place_settings import MEMBERSHIP
from chelun.platform.regions.services.settings import clear_place_setting, set_place_setting

pytestmark = pytest.mark.django_db
CITY = "610900"
TODAY = timezone.localdate


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"purpose": "必要"}, "short"),
        ({"risks": " " * 40}, "short"),
        ({"measures": ""}, "short"),
        ({"risk": "none"}, "risk"),
        ({"on": timezone.localdate() + timedelta(days=1)}, "future"),
        ({"valid_until": timezone.localdate()}, "term"),
        ({"valid_until": timezone.localdate() + timedelta(days=1200)}, "term"),
    ],
)
def test_incomplete_ones_are_refused(more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        assessed(ZIYANG, **more)
    assert refusal.value.code == f"privacy.assessment.{code}"
    assert not Assessment.objects.exists()


def test_only_by_officers_of_the_place() -> None:
    for role, region in (("privacy_officer", HANBIN), ("registrar", ZIYANG), ("audit_admin", ZIYANG)):
        with pytest.raises(NotFound):
            assessed(ZIYANG, actor=user_with(role, region))
    made = assessed(ZIYANG, actor=user_with("privacy_officer", ZIYANG))
    assert AuditEntry.objects.get(action="privacy.assessment.made").target == str(made.pk)


def test_one_above_counts_below_and_the_nearest_newest_decides() -> None:
    assert not is_assessed(ZIYANG, "sensitive")
    assessed(CITY)
    assert is_assessed(ZIYANG, "sensitive")
    assert not is_assessed("610000", "sensitive")
    assert not is_assessed(ZIYANG, "automated")
    assessed(ZIYANG, risk="high")
    assert not is_assessed(ZIYANG, "sensitive")
    assert is_assessed(HANBIN, "sensitive")
    later = assessed(ZIYANG)
    assert is_assessed(ZIYANG, "sensitive")
    Assessment.objects.filter(pk=later.pk).update(valid_until=TODAY() - timedelta(days=1))
    assert not is_assessed(ZIYANG, "sensitive")


def test_what_goes_on_without_one_is_a_duty() -> None:
    assert unassessed(ZIYANG) == []
    bring(sheet([("李一", number(11), phone(1), "货车", "", "")]))
    assert [need.name for need in unassessed(ZIYANG)] == ["people.sensitive"]
    assert unassessed(HANBIN) == []
    assessed(ZIYANG)
    assert unassessed(ZIYANG) == []


def test_membership_cannot_be_switched_on_before() -> None:
    admin = user_with("system_admin", CITY)
    wanted: Any = {"actor": admin, "region": ZIYANG, "key": MEMBERSHIP, "reason": "本地另有规定"}
    with pytest.raises(Refused, match="影响评估"):
        set_place_setting(**wanted, value=True)
    set_place_setting(**wanted, value=False)
    assessed(CITY)
    set_place_setting(actor=admin, region=CITY, key=MEMBERSHIP, value=True, reason="本地另有规定")
    assessed(ZIYANG, risk="high")
    # Taking one's own "off" back would switch it on by the city's decision.
    with pytest.raises(Refused, match="影响评估"):
        clear_place_setting(actor=admin, region=ZIYANG, key=MEMBERSHIP)
    assessed(ZIYANG)
    set_place_setting(**wanted, value=True)


def test_form_and_sheet_to_print(client: Client) -> None:
    reader = logged_in(client, user_with("privacy_officer", ZIYANG))
    page = reader.get(reverse("privacy:assessment_new")).content.decode()
    assert "摸清行业从业人员" in page
    short = reader.post(reverse("privacy:assessment_new"), {"risks": "不大"}).content.decode()
    assert ('href="#id_risks"' in short, "至少 30 个字" in page) == (True, True)
    answer = reader.post(
        reverse("privacy:assessment_new"),
        {
            "region": ZIYANG, "title": "窗口登记", "occasions": ["sensitive", "entrusted"], "covers": ["people.PersonSource"],
            "purpose": LONG, "risks": LONG, "measures": LONG, "risk": "middle", "assessed_on": TODAY().isoformat(),
            "assessors": "法规科", "valid_until": (TODAY() + timedelta(days=300)).isoformat(),
        },
    )  # fmt: skip
    made = Assessment.objects.get()
    assert answer["Location"] == reverse("privacy:assessment_detail", args=[made.pk])
    printed = reader.get(answer["Location"]).content.decode()
    assert LONG in printed
    assert "委托处理" in printed
    assert "摸清行业从业人员" in printed
    assert "窗口登记" in reader.get(reverse("privacy:assessment_list")).content.decode()
