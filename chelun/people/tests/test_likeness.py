"""Files that may be one: found by exact rules, place by place; told apart with a reason, and offered again."""

from itertools import combinations
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from chelun.core.errors import NotFound, Refused
from chelun.engines.ids import make_uscc
from chelun.people.models import EnterpriseCard, Likeness, LikenessState, PersonCard, VehicleCard
from chelun.people.rules.likeness import (
    FirmKnown,
    PersonKnown,
    PlateKnown,
    alike_firms,
    alike_persons,
    alike_vehicles,
)
from chelun.people.selectors.likeness import likeness_list
from chelun.people.services import likeness
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import bring as enter
from chelun.people.services.likeness import find_likenesses, offer_again, tell_apart
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, phone, scope_of, sheet
from chelun.people.today import count_likenesses
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.models import Job
from chelun.platform.regions.testing import ensure_regions

REASON = "已核对，同名的两个人"
HERE = scope_of(ZIYANG)


def entered(register: str, raw: dict[str, str], region: str = ZIYANG) -> UUID:
    found = enter(register, actor=CLERK, region=region, raw=raw).subject
    assert found
    return found


def pairs(region: str = ZIYANG, **asked: str) -> list[tuple[str, set[UUID], list[str]]]:
    return [
        (row.register, {row.one, row.other}, row.rules) for row in likeness_list(scope_of(region), **asked)
    ]


@pytest.fixture
def _regions(db: None) -> None:
    ensure_regions()


@pytest.fixture
def twins(_regions: None) -> set[UUID]:
    """A man without a number, and the same man who came with it later."""
    one = entered("person", {"name": "单小明", "phone": phone(1), "kinds": "货车"})
    other = entered("person", {"name": "单小明", "phone": phone(1), "id_number": number(1)})
    assert one != other
    return {one, other}


@pytest.fixture
def registrar(_regions: None) -> User:
    return user_with("registrar", ZIYANG)


def test_same_name_and_telephone_is_offered_and_never_joined(twins: set[UUID]) -> None:
    find_likenesses()
    assert pairs() == [("person", twins, ["name_phone"])]
    assert PersonCard.objects.filter(superseded_by=None).count() == 2


@pytest.mark.usefixtures("_regions")
def test_two_numbers_or_another_sex_are_not_offered() -> None:
    for n in (1, 2):
        entered("person", {"name": "单小明", "phone": phone(1), "id_number": number(n)})
    entered("person", {"name": "米小有", "phone": phone(2), "id_number": number(4)})
    entered("person", {"name": "米小有", "phone": phone(3), "sex": "男"})
    find_likenesses()
    assert pairs() == []


@pytest.mark.usefixtures("_regions")
def test_same_name_birth_and_firm_is_offered_only_for_the_very_day() -> None:
    firm = {"enterprise": "紫阳县示例运输有限公司", "kinds": "货车"}
    numbered = entered("person", {"name": "单小明", "id_number": number(1), **firm})
    same = entered("person", {"name": "单小明", "birth": "1985-03-04", "phone": phone(2), **firm})
    entered("person", {"name": "单小明", "birth": "1985-03-05", "phone": phone(3), **firm})
    find_likenesses()
    assert ("person", {numbered, same}, ["name_birth_firm"]) in pairs()
    assert len(pairs()) == 1


@pytest.mark.usefixtures("_regions")
def test_firms_by_short_name_and_vehicles_by_plate() -> None:
    full = entered("enterprise", {"name": "紫阳县示例运输有限责任公司", "uscc": make_uscc("610999", 1)})
    bring(sheet([("单甲", "", phone(1), "货车", "示例运输", "陕G12345")]))
    short = EnterpriseCard.objects.get(name="示例运输", superseded_by=None).enterprise_id
    plain = VehicleCard.objects.get(plate="陕G12345", superseded_by=None).vehicle_id
    coloured = entered("vehicle", {"plate": "陕G12345", "plate_colour": "黄"})
    entered("enterprise", {"name": "示例运输有限公司", "uscc": make_uscc("610999", 2)})
    find_likenesses()
    assert ("enterprise", {full, short}, ["short_name"]) in pairs()
    assert pairs(register="vehicle") == [("vehicle", {plain, coloured}, ["plate"])]
    # The firm with a code of its own is offered with the one that has none, never with the one that has another.
    assert len(pairs(register="enterprise")) == 2


def test_looked_at_again_only_where_something_changed(twins: set[UUID]) -> None:
    assert find_likenesses() == 1
    assert find_likenesses() == 0
    first = list(Likeness.objects.values_list("pk", flat=True))
    entered("person", {"name": "米小有", "phone": phone(9)}, HANBIN)
    assert find_likenesses() == 1
    entered("person", {"name": "米小有", "phone": phone(9)})
    assert find_likenesses() == 1
    assert list(Likeness.objects.values_list("pk", flat=True)) == first


def test_pair_that_is_alike_no_longer_goes(twins: set[UUID]) -> None:
    find_likenesses()
    for count, person in enumerate(twins):
        correct_person(actor=CLERK, person=person, home=ZIYANG, raw={"phone": phone(100 + count)})
    find_likenesses()
    assert pairs() == []


def test_told_apart_with_a_reason_does_not_come_back(registrar: User, twins: set[UUID]) -> None:
    find_likenesses()
    row = Likeness.objects.get()
    with pytest.raises(Refused):
        tell_apart(actor=registrar, likeness=row.pk, reason="不")
    tell_apart(actor=registrar, likeness=row.pk, reason=REASON)
    entered("person", {"name": "米小有", "phone": phone(9)})
    find_likenesses()
    assert pairs() == []
    assert pairs(state="apart") == [("person", twins, ["name_phone"])]
    told = AuditEntry.objects.filter(action="people.person.told_apart")
    assert set(told.values_list("target", flat=True)) == {str(each) for each in twins}
    offer_again(actor=registrar, likeness=row.pk, reason="看错了另一个")
    find_likenesses()
    assert pairs() == [("person", twins, ["name_phone"])]
    with pytest.raises(Refused):
        offer_again(actor=registrar, likeness=row.pk, reason="看错了另一个")


def test_joined_pair_goes_at_once_and_comes_back_when_parted(registrar: User, twins: set[UUID]) -> None:
    find_likenesses()
    leaf, canonical = sorted(twins)
    merge = merge_files(
        actor=registrar, register="person", leaf=leaf, canonical=canonical, reason="本人到窗口确认"
    )
    assert pairs() == []
    find_likenesses()
    assert pairs() == []
    unmerge_files(actor=registrar, merge=merge.pk, reason=REASON)
    find_likenesses()
    assert pairs() == [("person", twins, ["name_phone"])]


def test_other_places_neither_see_nor_decide(twins: set[UUID]) -> None:
    find_likenesses()
    row = Likeness.objects.get()
    assert pairs(HANBIN) == []
    for stranger in (user_with("registrar", HANBIN), user_with("member", ZIYANG)):
        with pytest.raises(NotFound):
            tell_apart(actor=stranger, likeness=row.pk, reason=REASON)
        assert count_likenesses(stranger) == 0
    assert count_likenesses(user_with("clerk", ZIYANG)) == 1


@pytest.mark.usefixtures("_regions")
def test_an_import_asks_for_a_search() -> None:
    bring(sheet([("单甲", "", phone(1), "货车", "", "")]))
    assert Job.objects.filter(kind="people.likeness").exists()
    assert not LikenessState.objects.exists()


def test_page_says_why_and_leads_on(client: Client, registrar: User, twins: set[UUID]) -> None:
    find_likenesses()
    row = Likeness.objects.get()
    logged_in(client, registrar)
    shown = client.get(reverse("people:likeness_list")).content.decode()
    assert "姓名和手机号都相同" in shown
    assert reverse("people:file_compare", args=["person", row.one, row.other]) in shown
    assert phone(1) not in shown
    apart = reverse("people:likeness_apart", args=[row.pk])
    assert client.post(apart, {"reason": "不"}).status_code == 422
    assert client.post(apart, {"reason": REASON}).status_code == 302
    assert "姓名和手机号都相同" not in client.get(reverse("people:likeness_list")).content.decode()
    told = client.get(reverse("people:likeness_list"), {"state": "apart"}).content.decode()
    assert REASON in told
    again = reverse("people:likeness_again", args=[row.pk])
    assert again in told
    assert client.post(again, {"reason": "看错了另一个"}).status_code == 302


def test_clerk_decides_but_is_not_led_to_joining(client: Client, twins: set[UUID]) -> None:
    find_likenesses()
    row = Likeness.objects.get()
    logged_in(client, user_with("clerk", ZIYANG))
    shown = client.get(reverse("people:likeness_list")).content.decode()
    assert reverse("people:likeness_apart", args=[row.pk]) in shown
    assert reverse("people:file_compare", args=["person", row.one, row.other]) not in shown


@pytest.mark.parametrize("seed", range(20))
def test_persons_are_alike_as_comparing_all_of_them_says(seed: int) -> None:
    random = Random(seed)
    firms, days = [uuid4(), uuid4(), None], {}
    everybody = []
    for _each in range(12):
        person = PersonKnown(
            uuid4(), random.choice("甲乙"), random.choice(["", "p", "q", "r"]), random.random() < 0.4,
            random.choice(["", "1", "2"]), random.choice([None, 1985]), random.choice(firms),
        )  # fmt: skip
        everybody.append(person)
        days[person.subject] = random.choice(["1985-03-04", "1985-03-05", "1985-03", ""])
    expected: dict[frozenset[UUID], set[str]] = {}
    for one, other in combinations(everybody, 2):
        contradict = (one.has_id and other.has_id) or (one.sex and other.sex and one.sex != other.sex)
        why = set()
        if not contradict and one.name_phone and one.name_phone == other.name_phone:
            why.add("name_phone")
        day = days[one.subject]
        same_work = (
            one.firm and one.firm == other.firm and one.birth_year and one.birth_year == other.birth_year
        )
        if (
            not contradict
            and same_work
            and one.name == other.name
            and len(day) == 10
            and day == days[other.subject]
        ):
            why.add("name_birth_firm")
        if why:
            expected[frozenset((one.subject, other.subject))] = why
    found = alike_persons(everybody, lambda asked: {person: days[person] for person in asked})
    assert {frozenset(pair): set(rules) for pair, rules in found.items()} == expected


def test_many_of_one_plate_are_each_offered_with_the_first() -> None:
    known = [PlateKnown(uuid4(), "陕G12345", "") for _each in range(9)]
    found = alike_vehicles(known)
    assert len(found) == 8
    assert all(known[0].subject in pair for pair in found)


def test_coloured_plates_are_two_vehicles() -> None:
    blue, yellow, plain = (PlateKnown(uuid4(), "陕G12345", colour) for colour in ("1", "2", ""))
    assert {frozenset(pair) for pair in alike_vehicles([blue, yellow, plain])} == {
        frozenset((plain.subject, blue.subject)), frozenset((plain.subject, yellow.subject)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("紫阳县示例运输有限公司", "示例运输", True), ("示例运输有限责任公司", "示例运输有限公司", True),
        ("示例运输（紫阳）有限公司", "示例运输(紫阳)有限公司", True), ("示例运输有限公司紫阳分公司", "示例运输有限公司", False),
        ("示例运输有限公司", "示例货运有限公司", False),
    ],
)  # fmt: skip
def test_firms_are_alike_but_for_their_form(one: str, other: str, alike: bool) -> None:
    known = [FirmKnown(uuid4(), one, ""), FirmKnown(uuid4(), other, "")]
    assert bool(alike_firms(known, ["陕西省", "安康市", "紫阳县"])) == alike


def test_of_one_code_are_alike_whatever_they_are_called() -> None:
    known = [
        FirmKnown(uuid4(), "甲公司", "X"),
        FirmKnown(uuid4(), "乙公司", "X"),
        FirmKnown(uuid4(), "甲公司", "Y"),
    ]
    ((_pair, rules),) = alike_firms(known, []).items()
    assert rules == ["code"]


def test_place_that_changes_meanwhile_is_left_for_the_next_search(
    twins: set[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = likeness._found

    def and_then_somebody_enters(home: str) -> likeness.Found:
        found = compared(home)
        entered("person", {"name": "单小明", "phone": phone(1), "id_number": number(2)})
        return found

    with monkeypatch.context() as patched:
        patched.setattr(likeness, "_found", and_then_somebody_enters)
        find_likenesses()
    assert pairs() == []
    find_likenesses()
    assert pairs() != []


@pytest.mark.django_db(transaction=True)
def test_comparing_holds_up_nobody_who_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_regions()
    entered("person", {"name": "单小明", "phone": phone(1), "kinds": "货车"})
    open_while_comparing = []

    def looked(home: str) -> likeness.Found:
        open_while_comparing.append(connection.in_atomic_block)
        return {}

    monkeypatch.setattr(likeness, "_found", looked)
    find_likenesses()
    assert open_while_comparing == [False]
