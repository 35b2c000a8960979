"""The pages by which two files are found, compared, joined and taken apart."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from chelun.people.addresses import veil
from chelun.people.models import Merge
from chelun.people.selectors import Filters, person_list, recognise
from chelun.people.services.corrections import correct_person
from chelun.people.services.merging import merge_files
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, phone, scope_of, sheet
from chelun.people.tests.test_merging import DUPLICATE, REASON, WEI, entered
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


@pytest.fixture
def registrar(client: Client) -> User:
    user = user_with("registrar", ZIYANG)
    logged_in(client, user)
    return user


@pytest.fixture
def pair() -> tuple[UUID, UUID]:
    """(the man by his number, the same man without)."""
    return entered(WEI), entered(DUPLICATE)


def compare_url(pair: tuple[UUID, UUID]) -> str:
    return reverse("people:file_compare", args=["person", *pair])


def text_of(answer: Any) -> str:
    shown: str = answer.content.decode()
    return shown


def test_other_file_is_found_compared_and_joined(
    client: Client, registrar: User, pair: tuple[UUID, UUID]
) -> None:
    wei, twin = pair
    file = text_of(client.get(reverse("people:person_detail", args=[wei])))
    find = reverse("people:file_merge", args=["person", wei])
    assert find in file
    assert compare_url(pair) in text_of(client.post(find, {"q": phone(2)}))
    shown = text_of(client.get(compare_url(pair)))
    assert "不同" in shown
    assert not [secret for secret in (number(1), phone(1), phone(2)) if secret in shown]
    sent = {"keep": veil(wei), "reason": REASON}
    answer = client.post(compare_url(pair), sent)
    assert answer["Location"] == reverse("people:person_detail", args=[wei])
    assert "由 2 份合并而成" in text_of(client.get(answer["Location"]))
    moved = client.get(reverse("people:person_detail", args=[twin]))
    assert moved["Location"] == answer["Location"]
    assert "王伟" in text_of(client.get(reverse("people:merge_list")))


def test_list_of_merges_calls_a_man_by_his_name_whatever_was_corrected_last(
    client: Client, registrar: User, pair: tuple[UUID, UUID]
) -> None:
    wei, twin = pair
    merge_files(actor=registrar, register="person", leaf=twin, canonical=wei, reason=REASON)
    correct_person(actor=CLERK, person=wei, home=ZIYANG, raw={"plate": "陕G77777", "plate_colour": "黄色"})
    listed = text_of(client.get(reverse("people:merge_list")))
    assert ("王伟" in listed, "陕G77777" in listed) == (True, False)


def test_reason_and_wrong_number_are_asked_for(
    client: Client, registrar: User, pair: tuple[UUID, UUID]
) -> None:
    other = entered({"name": "王伟", "id_number": number(2)})
    differ = pair[0], other
    assert client.post(compare_url(differ), {"keep": veil(other), "reason": REASON}).status_code == 422
    sent = {"keep": veil(other), "wrong": veil(pair[0]), "reason": "是"}
    assert client.post(compare_url(differ), sent).status_code == 422
    assert client.post(compare_url(differ), sent | {"reason": REASON}).status_code == 302
    merge = Merge.objects.get()
    assert (merge.leaf, merge.canonical, merge.wrong) == (pair[0], other, pair[0])


def test_taken_apart_from_the_list_what_waits_is_shown(
    client: Client, registrar: User, pair: tuple[UUID, UUID]
) -> None:
    wei, twin = pair
    merge = merge_files(actor=registrar, register="person", leaf=twin, canonical=wei, reason=REASON)
    correct_person(actor=registrar, person=wei, home=ZIYANG, raw={"phone": phone(9)})
    undo = reverse("people:merge_undo", args=[merge.pk])
    assert undo in text_of(client.get(reverse("people:merge_list")))
    assert client.post(undo, {"reason": ""}).status_code == 422
    answer = client.post(undo, {"reason": "其实是父子"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("people:unresolved_list")
    assert "合并已拆分" in text_of(answer)
    assert client.post(undo, {"reason": "其实是父子"}).status_code == 422
    assert client.get(reverse("people:person_detail", args=[twin])).status_code == 200


def test_history_and_looks_are_of_all_leaves(
    client: Client, registrar: User, pair: tuple[UUID, UUID]
) -> None:
    wei, twin = pair
    client.get(reverse("people:person_detail", args=[twin]))
    merge_files(actor=registrar, register="person", leaf=twin, canonical=wei, reason=REASON)
    file = reverse("people:person_detail", args=[wei])
    AccessRecord.objects.filter(subject=twin).update(actor="reader.of.twin")
    assert "reader.of.twin" in text_of(client.get(file, {"part": "looks"}))
    assert text_of(client.get(file, {"part": "history"})).count("与另一份档案合并") == 2
    assert AccessRecord.objects.filter(subject=twin, actor=registrar.actor_name).exists()


def test_who_may_not_join_sees_the_joined_file_alone(client: Client, pair: tuple[UUID, UUID]) -> None:
    merge = merge_files(actor=CLERK, register="person", leaf=pair[1], canonical=pair[0], reason=REASON)
    logged_in(client, user_with("clerk", ZIYANG))
    file = text_of(client.get(reverse("people:person_detail", args=[pair[0]])))
    assert "由 2 份合并而成" in file
    assert reverse("people:merge_undo", args=[merge.pk]) not in file
    for address in (compare_url(pair), reverse("people:merge_list")):
        assert client.get(address).status_code == 404


def test_joined_person_is_found_by_each_number_and_listed_once(registrar: User) -> None:
    one, other = entered(WEI), entered({"name": "王伟", "id_number": number(2)})
    brought = bring(sheet([("王伟", number(2), phone(5), "快递", "", "")]), source="平台")
    entered({"name": "王伟", "id_number": number(1)}, HANBIN)
    merge_files(actor=CLERK, register="person", leaf=other, canonical=one, reason=REASON, wrong=other)
    here = scope_of(ZIYANG)
    for typed in (number(1), number(2), "王伟"):
        (card,) = person_list(here, Filters(asked=recognise(typed)))
        assert card.person_id == one
    for filters in (
        Filters(source="平台"),
        Filters(batch=brought.batch_id),
    ):
        assert [card.person_id for card in person_list(here, filters)] == [one]
    # A county that has no row with the other number does not find him by it.
    assert not person_list(scope_of(HANBIN), Filters(asked=recognise(number(2)))).exists()
