"""Two files joined, lived with, and parted again: nothing is lost, nothing is guessed, no other place learns of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from chelun.core.errors import NotFound, Refused
from chelun.people.models import Engagement, Leaf, Merge, Person, PersonCard, PersonSource, UnresolvedRow
from chelun.people.selectors import person_file, waiting_row
from chelun.people.selectors.records import moved_to
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import register_person
from chelun.people.services.intake.shelf import PERSONS
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.services.requests import ask_foreign, carry_out_foreign
from chelun.people.services.settling import settle_unresolved
from chelun.people.tests.desk import (
    CLERK,
    HANBIN,
    ZIYANG,
    bring,
    number,
    outcome,
    phone,
    scope_of,
    seen,
    sheet,
    snapshot,
)
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
HERE, CITY, REASON = scope_of(ZIYANG), "610900", "同一人两次登记"
WEI = {"name": "王伟", "id_number": number(1), "phone": phone(1), "kinds": "货车"}
DUPLICATE = {"name": "王伟", "phone": phone(2), "kinds": "外卖", "platform": "示例平台"}


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


@pytest.fixture
def registrar() -> User:
    return user_with("registrar", ZIYANG)


def entered(raw: Mapping[str, str], region: str = ZIYANG) -> UUID:
    found = register_person(actor=CLERK, region=region, raw=raw).subject
    assert found
    return found


@pytest.fixture
def wei() -> UUID:
    """The man, by his number."""
    return entered(WEI)


@pytest.fixture
def twin(wei: UUID) -> UUID:
    """The same man without a number."""
    return entered(DUPLICATE)


def joined(actor: Any, leaf: UUID, canonical: UUID, **more: Any) -> Merge:
    return merge_files(actor=actor, register="person", leaf=leaf, canonical=canonical, reason=REASON, **more)


def test_joined_files_are_one_file(registrar: User, wei: UUID, twin: UUID) -> None:
    joined(registrar, twin, wei)
    (one,) = seen()
    assert one["id_number"] == number(1)
    assert one["phones"] == [phone(2)]
    file = person_file(HERE, wei)
    assert {record.subject for record in file.held.records} == {wei, twin}
    assert set(file.held.leaves) == {wei, twin}
    assert {work.engagement.platform for work in file.works} >= {"示例平台"}
    with pytest.raises(NotFound):
        person_file(HERE, twin)
    assert moved_to(HERE, PERSONS, twin) == wei


def test_parting_gives_both_back(registrar: User, wei: UUID, twin: UUID) -> None:
    before = snapshot()
    merge = joined(registrar, twin, wei)
    assert unmerge_files(actor=registrar, merge=merge.pk, reason="其实是父子") == 0
    assert snapshot() == before
    assert not Leaf.objects.exists()
    assert not person_file(HERE, twin).held.joined
    trail = AuditEntry.objects.filter(target=str(twin), action__contains="merged").order_by("seq")
    assert list(trail.values_list("action", flat=True)) == ["people.person.merged", "people.person.unmerged"]
    assert verify_chain().whole


def test_row_that_names_a_leaf_stays_on_it(registrar: User, wei: UUID) -> None:
    other = entered({"name": "王伟", "id_number": number(2), "phone": phone(2)})
    merge = joined(registrar, other, wei, wrong=other)
    found = bring(sheet([("王伟", number(2), phone(3), "网约车", "", "陕G12345")]), source="平台")
    assert outcome(found) == {"changed": 1}
    (one,) = seen()
    assert one["id_number"] == number(1)
    assert unmerge_files(actor=registrar, merge=merge.pk, reason="号码都对") == 0
    assert {each["id_number"]: each["kind"] for each in seen()} == {
        number(1): "truck",
        number(2): "ride_hail",
    }


def test_row_without_a_number_finds_the_leaf_by_its_own_telephone(
    registrar: User, wei: UUID, twin: UUID
) -> None:
    merge = joined(registrar, twin, wei)
    for n in (1, 2):
        bring(sheet([("王伟", "", phone(n), "快递", "", "")]), source=f"名册{n}")
    assert UnresolvedRow.objects.count() == 0
    assert sorted(PersonSource.objects.filter(door="sheet").values_list("person", flat=True)) == sorted(
        [wei, twin]
    )
    # What came to the file itself names nobody: it waits; what named the other leaf stays there.
    assert unmerge_files(actor=registrar, merge=merge.pk, reason="其实是父子") == 1
    assert PersonSource.objects.filter(door="sheet").get().person_id == twin


def test_correction_of_a_joined_file_waits_when_it_is_parted(registrar: User, wei: UUID, twin: UUID) -> None:
    merge = joined(registrar, twin, wei)
    correct_person(actor=registrar, person=wei, home=ZIYANG, raw={"phone": phone(9)})
    assert seen()[0]["phones"] == [phone(9)]
    assert unmerge_files(actor=registrar, merge=merge.pk, reason="其实是父子") == 1
    assert {each["phones"][0] for each in seen()} == {phone(1), phone(2)}
    row = UnresolvedRow.objects.get()
    assert {each.card.person_id for each in waiting_row(HERE, row.pk).candidates} == {wei, twin}
    with pytest.raises(Refused):
        settle_unresolved(actor=registrar, row=row.pk, person=None)
    settle_unresolved(actor=registrar, row=row.pk, person=twin)
    assert {each["phones"][0] for each in seen()} == {phone(1), phone(9)}


def test_different_numbers_are_joined_only_when_one_is_said_to_be_wrong(registrar: User, wei: UUID) -> None:
    other = entered({"name": "王玮", "id_number": number(2)})
    with pytest.raises(Refused) as refused:
        joined(registrar, other, wei)
    assert refused.value.code == "people.merge.numbers"
    with pytest.raises(Refused):
        joined(registrar, other, wei, wrong=entered(DUPLICATE))
    joined(registrar, other, wei, wrong=wei)
    assert [each["id_number"] for each in seen() if each["name"] == "王玮"] == [number(2)]


def test_reason_is_asked_for(registrar: User, wei: UUID, twin: UUID) -> None:
    with pytest.raises(Refused) as refused:
        merge_files(actor=registrar, register="person", leaf=twin, canonical=wei, reason="是")
    assert refused.value.code == "people.merge.reason"


@pytest.mark.parametrize("role", ["clerk", "counter", "member"])
def test_only_who_may_join_joins(wei: UUID, twin: UUID, registrar: User, role: str) -> None:
    with pytest.raises(NotFound):
        joined(user_with(role, ZIYANG), twin, wei)
    merge = joined(registrar, twin, wei)
    for stranger in (user_with("registrar", HANBIN), user_with(role, ZIYANG, username="again")):
        with pytest.raises(NotFound):
            unmerge_files(actor=stranger, merge=merge.pk, reason="不是一个人")


def test_file_of_another_place_cannot_be_joined(registrar: User, wei: UUID) -> None:
    there = entered({"name": "王伟", "id_number": number(3)}, HANBIN)
    for leaf, canonical in ((there, wei), (wei, there)):
        with pytest.raises(NotFound):
            joined(registrar, leaf, canonical)


def test_merge_of_a_county_touches_no_other_county(registrar: User, wei: UUID) -> None:
    other = entered({"name": "王伟", "id_number": number(2)})
    for raw in (WEI, {"name": "王伟", "id_number": number(2), "kinds": "快递"}):
        entered(raw, HANBIN)
    before = snapshot(HANBIN)
    cards = set(PersonCard.objects.filter(home=HANBIN).values_list("pk", flat=True))
    joined(registrar, other, wei, wrong=other)
    assert len(seen()) == 1
    assert snapshot(HANBIN) == before
    assert set(PersonCard.objects.filter(home=HANBIN).values_list("pk", flat=True)) == cards
    assert not person_file(scope_of(HANBIN), other).held.joined
    assert not AuditEntry.objects.filter(action__contains="merged", region=HANBIN).exists()
    # Whoever sees both places sees one joined file, and the other one where nobody joined it.
    file = person_file(scope_of(CITY), other)
    assert (file.held.homes, len(file.held.records)) == ((HANBIN,), 1)
    assert len(person_file(scope_of(CITY), wei).held.records) == 3


def test_merge_of_a_city_counts_one_person_and_tells_no_county_of_the_other(wei: UUID) -> None:
    there = entered({"name": "王伟", "phone": phone(5), "kinds": "快递"}, HANBIN)
    merge = joined(user_with("registrar", CITY), there, wei)
    assert merge.home == CITY
    assert set(PersonCard.objects.values_list("person", flat=True)) == {wei}
    for region, kind in ((ZIYANG, "truck"), (HANBIN, "courier")):
        file = person_file(scope_of(region), wei)
        assert (file.card.kind, len(file.held.records), file.held.homes) == (kind, 1, (region,))
        assert not file.held.joined
    # The county that never held the number answers as if nobody did.
    found = bring(sheet([("王伟", number(1), phone(1), "货车", "", "")]), region=HANBIN)
    assert (found.counts["preview"], outcome(found)) == (
        {"person": {"created": 1}},
        {"created": 1},
    )


def test_correction_belongs_to_the_only_leaf_that_the_place_holds(wei: UUID) -> None:
    there = entered({"name": "王伟", "phone": phone(5)}, HANBIN)
    city = user_with("registrar", CITY)
    merge = joined(city, there, wei)
    correct_person(actor=city, person=wei, home=HANBIN, raw={"phone": phone(6)})
    assert unmerge_files(actor=city, merge=merge.pk, reason="不是一个人") == 0
    assert seen(HANBIN)[0]["phones"] == [phone(6)]
    assert person_file(scope_of(HANBIN), there).held.homes == (HANBIN,)


def test_chain_joins_three_and_parts_in_any_order(registrar: User, wei: UUID, twin: UUID) -> None:
    third = entered({"name": "王伟", "phone": phone(3)})
    before = snapshot()
    first, second = joined(registrar, third, twin), joined(registrar, twin, wei)
    assert len(seen()) == 1
    assert moved_to(HERE, PERSONS, third) == wei
    unmerge_files(actor=registrar, merge=first.pk, reason="不是一个人")
    assert {record.subject for record in person_file(HERE, wei).held.records} == {wei, twin}
    joined(registrar, third, wei)
    unmerge_files(actor=registrar, merge=second.pk, reason="不是一个人")
    assert {record.subject for record in person_file(HERE, wei).held.records} == {wei, third}
    unmerge_files(actor=registrar, merge=Merge.objects.get(undone_at=None).pk, reason="都不是一个人")
    assert snapshot() == before


def test_import_beneath_a_merge_can_be_undone(registrar: User, wei: UUID) -> None:
    found = bring(sheet([("王伟", number(2), phone(2), "网约车", "", "陕G12345")]), source="平台")
    other = Person.objects.exclude(pk=wei).get().pk
    before = [each for each in seen() if each["id_number"] == number(1)]
    merge = joined(registrar, other, wei, wrong=other)
    begin_undo(actor=CLERK, sheet_import=found, reason="传错了文件")
    undo_sheet(actor=CLERK, sheet_import=found)
    assert seen() == before
    # The link stands for as long as nobody takes it back: the same rows again belong to the same file.
    bring(sheet([("王伟", number(2), phone(4), "网约车", "", "")]), source="平台")
    assert len(seen()) == 1
    unmerge_files(actor=registrar, merge=merge.pk, reason="号码都对")
    assert len(seen()) == 2
    assert Engagement.objects.filter(person=other).exists()


def test_undone_merge_is_undone_once(registrar: User, wei: UUID, twin: UUID) -> None:
    merge = joined(registrar, twin, wei)
    unmerge_files(actor=registrar, merge=merge.pk, reason="其实是父子")
    with pytest.raises(Refused) as refused:
        unmerge_files(actor=registrar, merge=merge.pk, reason="其实是父子")
    assert refused.value.code == "people.merge.undone"
    joined(registrar, wei, twin)
    assert len(seen()) == 1


def test_row_that_is_not_his_leaves_a_joined_file(registrar: User, wei: UUID, twin: UUID) -> None:
    joined(registrar, twin, wei)
    (asked,) = ask_foreign(HERE, wei, ZIYANG)
    assert len(asked.choices) == 2
    record = PersonSource.objects.get(person=twin)
    carry_out_foreign(registrar, wei, ZIYANG, {"record": str(record.pk)})
    assert [each["phones"] for each in seen()] == [[phone(1)]]
    assert AuditEntry.objects.get(action="people.record.taken_off").target == str(twin)
