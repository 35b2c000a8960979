"""Every reason that a page asks for says that names and numbers do not belong in it, and a number is refused beside the field."""

from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from chelun.desk.forms import CheckForm
from chelun.people.displays.merges import part_example
from chelun.people.forms import CopyForm, MergeForm, PartForm, PurposeForm, ReasonForm
from chelun.people.models import Merge
from chelun.people.services.merging import MERGEABLE, merge_files
from chelun.people.tests.test_merging import DUPLICATE, REASON, WEI, entered
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.forms import UndoForm
from chelun.platform.sheets.models import StoredFile

pytestmark = pytest.mark.django_db
SAID = "不要写姓名和号码"
ASKED: list[tuple[type[forms.Form], str, dict[str, Any]]] = [
    (PurposeForm, "purpose", {}),
    (PartForm, "reason", {}),
    (MergeForm, "reason", {"files": [], "numbers": []}),
    (CopyForm, "reason", {"may_reveal": True}),
    (ReasonForm, "reason", {}),
    (UndoForm, "reason", {}),
    (CheckForm, "note", {"lines": []}),
]


@pytest.mark.parametrize(("form", "field", "options"), ASKED)
def test_hint_says_what_does_not_belong_there(
    form: type[forms.Form], field: str, options: dict[str, Any]
) -> None:
    assert SAID in str(form(**options).fields[field].help_text)


@pytest.mark.parametrize("register", MERGEABLE)
def test_hint_of_taking_apart_says_so_for_each_register(register: str) -> None:
    assert SAID in part_example(register)


@pytest.fixture
def wei(client: Client) -> UUID:
    ensure_regions()
    logged_in(client, user_with("registrar", "610924"))
    return entered(WEI)


@pytest.mark.parametrize(
    "address", [("people:export_new", "person"), ("firms:light_export",), ("firms:register_export", "fleet")]
)
def test_purpose_with_a_number_is_refused_on_the_form(
    client: Client, wei: UUID, address: tuple[str, ...]
) -> None:
    url = reverse(address[0], args=address[1:])
    answer = client.post(url, {"purpose": "报送张三13812345678的名单"})
    assert answer.status_code == 422
    assert "理由里有电话或身份证号" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_taking_apart_for_a_number_is_refused_on_the_form(client: Client, wei: UUID) -> None:
    user = user_with("registrar", "610924")
    merge = merge_files(actor=user, register="person", leaf=entered(DUPLICATE), canonical=wei, reason=REASON)
    answer = client.post(
        reverse("people:merge_undo", args=[merge.pk]), {"reason": "他的号码是13812345678"}, follow=True
    )
    assert "理由里有电话或身份证号" in answer.content.decode()
    assert Merge.objects.get().undone_at is None
