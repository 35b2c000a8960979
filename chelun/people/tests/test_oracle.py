"""Attempts to learn by the way rows are joined whether another place knows somebody, a firm or a vehicle; all fail."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chelun.core.errors import Refused
from chelun.engines.ids import make_uscc
from chelun.people.models import (
    Enterprise,
    EnterpriseCard,
    Person,
    PersonCard,
    UnresolvedRow,
    Vehicle,
    VehicleCard,
)
from chelun.people.selectors import Filters, person_list
from chelun.people.services.door import bring, register_person
from chelun.people.services.exporting import export_list
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, checked, number, phone, scope_of, sheet
from chelun.people.tests.desk import bring as bring_sheet
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.privacy.models import AccessRecord

pytestmark = pytest.mark.django_db
FIRM, CODE = "汉滨示例货运有限公司", make_uscc("610999", 11)
PLATE = "陕G12345"
Raw = Mapping[str, str]


@pytest.fixture
def clerk() -> User:
    """A clerk of the county that must learn nothing."""
    return user_with("clerk", HANBIN)


@pytest.fixture
def registrar() -> User:
    return user_with("registrar", HANBIN)


def elsewhere(register: str, **raw: str) -> None:
    bring(register, actor=CLERK, region=ZIYANG, raw=raw)


def answers(rows: Iterable[tuple[str, Raw]]) -> list[str]:
    """What the single door of the ignorant county says to row after row."""
    return [bring(register, actor=CLERK, region=HANBIN, raw=raw).outcome for register, raw in rows]


def in_sight() -> dict[str, list[Any]]:
    """What that county sees in its lists."""
    here = scope_of(HANBIN)
    return {
        "firms": sorted(
            EnterpriseCard.objects.in_scope(here).visible(()).values_list("name", "uscc", "mentioned_only")
        ),
        "vehicles": sorted(
            VehicleCard.objects.in_scope(here).visible(()).values_list("plate", "colour", "mentioned_only")
        ),
        "persons": sorted(PersonCard.objects.in_scope(here).visible(()).values_list("name", "kind", "plate")),
    }


FIRM_STEPS: list[tuple[str, Raw]] = [
    ("person", {"name": "李一", "phone": phone(1), "enterprise": FIRM}),
    ("enterprise", {"name": FIRM, "kinds": "货车"}),
    ("enterprise", {"name": FIRM, "uscc": CODE}),
    ("enterprise", {"name": FIRM, "uscc": CODE, "staff": "12"}),
    ("person", {"name": "李二", "phone": phone(2), "enterprise": FIRM, "uscc": CODE}),
]
VEHICLE_STEPS: list[tuple[str, Raw]] = [
    ("vehicle", {"plate": PLATE, "kinds": "货车"}),
    ("vehicle", {"plate": PLATE, "plate_colour": "黄"}),
    ("vehicle", {"plate": PLATE, "plate_colour": "蓝"}),
    ("person", {"name": "李一", "phone": phone(1), "plate": PLATE}),
    ("person", {"name": "李二", "phone": phone(2), "plate": PLATE, "plate_colour": "黄"}),
]


def told(steps: list[tuple[str, Raw]]) -> Any:
    return answers(steps), in_sight()


@pytest.mark.parametrize("known", [[FIRM, CODE], ["别处另一名称公司", CODE], [FIRM, ""]])
@pytest.mark.parametrize("first", range(len(FIRM_STEPS)))
def test_firm_known_elsewhere_answers_as_unknown(known: list[str], first: int) -> None:
    steps = FIRM_STEPS[first:] + FIRM_STEPS[:first]
    unknown = _taken_back(lambda: told(steps))
    elsewhere("enterprise", name=known[0], uscc=known[1])
    assert told(steps) == unknown


@pytest.mark.parametrize("colours", [["黄"], [""], ["", "黄"], ["蓝", "黄"], ["绿"]])
@pytest.mark.parametrize("first", range(len(VEHICLE_STEPS)))
def test_vehicle_known_elsewhere_answers_as_unknown(colours: list[str], first: int) -> None:
    steps = VEHICLE_STEPS[first:] + VEHICLE_STEPS[:first]
    unknown = _taken_back(lambda: told(steps))
    for colour in colours:
        elsewhere("vehicle", plate=PLATE, plate_colour=colour)
    assert told(steps) == unknown


@pytest.mark.parametrize("colours", [["黄"], [""], ["", "黄"]])
def test_vehicles_of_one_sheet_answer_as_unknown(colours: list[str]) -> None:
    heads, rows = (
        ("车牌号", "车牌颜色", "车辆类型"),
        [(PLATE, "", "重型"), (PLATE, "黄", "重型"), (PLATE, "蓝", "轻型")],
    )

    def counted() -> Any:
        preview = checked(sheet(rows, heads), region=HANBIN).counts["preview"]
        return (
            preview,
            bring_sheet(sheet(rows, heads), region=HANBIN, source="又一").counts["outcome"],
            in_sight(),
        )

    unknown = _taken_back(counted)
    for colour in colours:
        elsewhere("vehicle", plate=PLATE, plate_colour=colour)
    assert counted() == unknown
    assert Vehicle.objects.filter(plate=PLATE).count() >= 2


def test_firm_keeps_its_identity_when_another_place_has_the_code() -> None:
    elsewhere("enterprise", name="别处另一名称公司", uscc=CODE)
    answers(FIRM_STEPS)
    assert Enterprise.objects.filter(uscc=CODE).count() == 1
    assert EnterpriseCard.objects.filter(home=HANBIN).count() == 1


STEPS_OF_A_PERSON: list[Raw] = [
    {"name": "王伟", "id_number": number(11), "phone": phone(7), "kinds": "货车"},
    {"name": "王伟", "phone": phone(7), "kinds": "货车", "platform": "示例平台"},
    {"name": "王伟", "kinds": "外卖"},
    {"name": "王小伟", "id_number": number(11), "phone": phone(8)},
]


@pytest.mark.parametrize("first", range(len(STEPS_OF_A_PERSON)))
def test_person_known_elsewhere_costs_and_says_the_same(first: int) -> None:
    """The same outcome, at the cost of one statement more or less: somebody new is written, somebody known is read."""
    steps = STEPS_OF_A_PERSON[first:] + STEPS_OF_A_PERSON[:first]

    def costed() -> list[tuple[str, int]]:
        found = []
        for raw in steps:
            with CaptureQueriesContext(connection) as queries:
                found.append((register_person(actor=CLERK, region=HANBIN, raw=raw).outcome, len(queries)))
        return found

    register_person(actor=CLERK, region=HANBIN, raw={"name": "暖身", "phone": phone(99)})
    unknown = _taken_back(costed)
    for raw in STEPS_OF_A_PERSON:
        register_person(actor=CLERK, region=ZIYANG, raw={**raw, "phone": phone(1)})
    for (outcome, cost), (as_unknown, its_cost) in zip(costed(), unknown, strict=True):
        assert outcome == as_unknown
        assert abs(cost - its_cost) <= 1


class _Undo(Exception):
    """Takes a rehearsal back."""


def _taken_back(act: Any) -> Any:
    """What an act answers, leaving nothing behind."""
    try:
        with transaction.atomic():
            found = act()
            raise _Undo
    except _Undo:
        return found


def test_list_and_export_do_not_answer_numbers(registrar: User, client: Client) -> None:
    """Last digits and whole numbers are looked up on the search page alone, where each look is bounded and written down."""
    raw = {"name": "王伟", "id_number": number(11), "phone": phone(1)}
    register_person(actor=CLERK, region=HANBIN, raw=raw)
    logged_in(client, registrar)
    for typed in (f"王 {number(11)[-4:]}", f"王伟{phone(1)[-4:]}", number(11), phone(1)):
        shown = client.get(reverse("people:person_list"), {"q": typed}).content.decode()
        assert "王伟</a>" not in shown
        assert not person_list(scope_of(HANBIN), Filters.of({"q": typed})).exists()
        with pytest.raises(Refused):
            export_list(actor=registrar, register="person", query={"q": typed}, purpose="核对名单用")
    assert not AccessRecord.objects.filter(what="exported").exists()


def test_pages_of_a_place_hold_no_key_of_a_subject(registrar: User, client: Client) -> None:
    """A key begins with the time at which the installation first heard of its subject."""
    for n in (2, 3):
        register_person(
            actor=CLERK,
            region=HANBIN,
            raw={"name": "单小明", "phone": phone(n), "enterprise": FIRM, "plate": PLATE},
        )
    waiting = register_person(actor=CLERK, region=HANBIN, raw={"name": "单小明"}).waiting
    answers(FIRM_STEPS + VEHICLE_STEPS)
    keys = [
        key for model in (Person, Enterprise, Vehicle) for key in model.objects.values_list("id", flat=True)
    ]
    assert len(keys) > 5
    logged_in(client, registrar)
    for address in _addresses(client, waiting):
        shown = client.get(address).content.decode()
        assert not [key for key in keys if str(key) in shown or key.hex in shown], address


def _addresses(client: Client, waiting: UUID | None) -> list[str]:
    lists = [reverse(f"people:{name}_list") for name in ("person", "enterprise", "vehicle", "unresolved")]
    found = [*lists, reverse("people:unresolved_detail", args=[waiting])]
    for address in lists[:3]:
        found += re.findall(r'href="(/people/[^"#]+)"', client.get(address).content.decode())
    for address in list(dict.fromkeys(found)):
        if "/exports/" not in address:
            answer = client.get(address.replace("&amp;", "&"))
            found += re.findall(r'href="(/people/[^"#]+)"', answer.content.decode())
    return [address.replace("&amp;", "&") for address in dict.fromkeys(found) if "/exports/" not in address]


def test_firm_in_an_address_opens_its_staff(registrar: User, client: Client) -> None:
    answers(FIRM_STEPS)
    logged_in(client, registrar)
    firms = client.get(reverse("people:enterprise_list")).content.decode()
    (address,) = set(re.findall(r'href="(/people/persons/\?enterprise=[0-9a-f]{32})"', firms))
    assert "李一" in client.get(address).content.decode()
    assert "李一" not in client.get(f"{reverse('people:person_list')}?enterprise={'0' * 32}").content.decode()


def test_waiting_row_is_settled_by_the_veiled_key(registrar: User, client: Client) -> None:
    for n in (2, 3):
        register_person(actor=CLERK, region=HANBIN, raw={"name": "单小明", "phone": phone(n)})
    waiting = register_person(actor=CLERK, region=HANBIN, raw={"name": "单小明", "kinds": "货车"}).waiting
    logged_in(client, registrar)
    url = reverse("people:unresolved_detail", args=[waiting])
    (chosen, *_rest) = re.findall(r'name="person" value="([0-9a-f]{32})"', client.get(url).content.decode())
    person = str(PersonCard.objects.values_list("person", flat=True)[0])
    assert client.post(url, {"person": person}).status_code == 422
    assert client.post(url, {"person": chosen}).status_code == 302
    assert UnresolvedRow.objects.get().settled_as == "joined"
