"""Two files that are one have one paper of a kind; parted again, each has its own."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from chelun.people.models import Credential, CredentialCard, CredentialSource, PersonCard
from chelun.people.selectors import Filters, credential_list, person_file
from chelun.people.selectors.papers import papers_of
from chelun.people.services.door import register_person
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.services.papers import register_paper
from chelun.people.tests.desk import CLERK, ZIYANG, bring, number, phone, scope_of, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
HEADS = ("证照种类", "姓名", "身份证号", "证号", "有效期至", "发证机关")
ROW = ("从业资格证", "李一", number(11), number(11), "2028-01-09", "安康市交通运输局")


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    """(with ID number and a paper of a ledger, without one and a later paper from the counter)."""
    bring(sheet([ROW], HEADS), source="证照台账")
    other = register_person(actor=CLERK, region=ZIYANG, raw={"name": "李一", "phone": phone(1)}).subject
    assert other
    paper(other, "qualification", valid_to="2034-01-09")
    return PersonCard.objects.get(has_id=True).person_id, other


def paper(person: UUID, kind: str, **raw: str) -> None:
    register_paper(actor=CLERK, register="person", subject=person, home=ZIYANG, raw={"paper": kind, **raw})


def cards() -> list[CredentialCard]:
    return list(credential_list(scope_of(ZIYANG), Filters()))


def test_joined_files_have_one_paper_of_a_kind_and_parted_ones_two(
    two: tuple[UUID, UUID], client: Client
) -> None:
    person, other = two
    assert len(cards()) == 2
    paper(other, "driving", long_term="yes")
    before = sorted(CredentialSource.objects.values_list("id", "credential"))
    merge = merge_files(actor=CLERK, register="person", leaf=other, canonical=person, reason="本人到窗口确认")
    shown = {card.kind: card for card in cards()}
    assert set(shown) == {"qualification", "driving"}
    one = shown["qualification"]
    assert (one.valid_to, one.issuer, one.sources) == (date(2034, 1, 9), "安康市交通运输局", 2)
    assert sorted(CredentialSource.objects.values_list("id", "credential")) == before
    file = person_file(scope_of(ZIYANG), person)
    assert {card.kind for card in papers_of(scope_of(ZIYANG), "person", list(file.held.parts))} == set(shown)
    leaf = Credential.objects.filter(kind="qualification").exclude(pk=one.credential_id).get()
    reader = logged_in(client, user_with("clerk", ZIYANG))
    assert reader.get(reverse("people:credential_detail", args=[leaf.pk])).status_code == 302
    assert reader.get(reverse("people:credential_detail", args=[one.credential_id])).status_code == 200
    unmerge_files(actor=CLERK, merge=merge.pk, reason="是同名的两个人")
    parted = {(card.person_id, card.kind): card.valid_to for card in cards()}
    assert parted[person, "qualification"] == date(2028, 1, 9)
    assert parted[other, "qualification"] == date(2034, 1, 9)
    assert len(parted) == 3


def test_paper_that_comes_for_a_joined_file_is_the_same_one(two: tuple[UUID, UUID]) -> None:
    person, other = two
    merge_files(actor=CLERK, register="person", leaf=person, canonical=other, reason="本人到窗口确认")
    assert [card.kind for card in cards()] == ["qualification"]
    bring(sheet([("驾驶证", "李一", number(11), "", "2030-05-01", "")], HEADS), source="另一台账")
    paper(other, "driving", valid_to="2036-05-01")
    found = {card.kind: card.valid_to for card in cards()}
    assert found == {"qualification": date(2034, 1, 9), "driving": date(2036, 5, 1)}
