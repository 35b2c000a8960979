"""Every address of the house × a stranger, each wrong role, the right role elsewhere, the right role here; GET and POST.

The list comes from the resolver. A new address is tested by itself, unless it needs a thing that the world has not yet.
"""

from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chelun.people.addresses import veil
from chelun.people.models import PersonCard
from chelun.platform.accounts.roles import PERMISSIONS, ROLES, roles_with
from chelun.platform.sheets.models import SheetImport
from tests.rights.visits import ADDRESSES, Address, answered, named, visit
from tests.rights.world import ELSEWHERE, MARKS, World, plain, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("rights")]
LOGIN = "/accounts/login/"
METHODS = ("GET", "POST")
GUARDED = [address for address in ADDRESSES if address.rule.kind == "permission"]
OWN = [address for address in ADDRESSES if address.rule.kind == "own"]
OBJECTS = {"key", "register", "field", "indicator", "threshold", "holder", "name"}
"""Parameters that name a word and not somebody's thing."""
NARROWER = {
    "jobs:job_cancel": {"registrar", "system_admin"},
    "jobs:job_retry": {"registrar", "system_admin"},
    "desk:change_edit": {"clerk"},
    "desk:change_hand_in": {"clerk"},
    "desk:change_withdraw": {"privacy_officer"},
}
"""Where the permission shows a thing and only its owner or manager may act."""
UNSHOWN = {"desk:change_edit"}
"""What others do not even see."""


WITH_TOKEN = {"jobs:metrics", "cockpit:wall", "cockpit:wall_outline"}
"""Public pages that nobody finds without a token in the header or the cookie."""


def has_things(address: Address) -> bool:
    return bool(set(address.converters) - OBJECTS)


def test_every_permission_opens_an_address_and_no_other_is_asked_for() -> None:
    asked = {address.rule.permission for address in GUARDED}
    assert asked <= PERMISSIONS.keys()
    assert PERMISSIONS.keys() - asked == set()
    assert len(ADDRESSES) > 80


@named([*GUARDED, *OWN])
def test_stranger_is_led_to_the_login(here: World, address: Address) -> None:
    for method in (*METHODS, "PUT", "DELETE"):
        for path in {address.path(here), address.foreign(here)}:
            answer = answered(here.client(), method, path)
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, LOGIN), method
            piece = here.client().generic(method, path, headers={"HX-Request": "true"})
            assert (piece.status_code, piece.content) == (200, b"")
            assert piece["HX-Redirect"].startswith(LOGIN)


@named([*GUARDED, *OWN])
def test_screen_on_a_wall_opens_its_own_page_alone(here: World, address: Address) -> None:
    client = here.client()
    client.cookies["chelun_wall"] = here.own["cockpit:wall_start"]["token"]
    assert client.get("/wall/").status_code == 200
    for method in METHODS:
        answer = answered(client, method, address.path(here))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, LOGIN), method


@named(GUARDED)
def test_wrong_role_finds_nothing(here: World, address: Address) -> None:
    for role in ROLES.keys() - roles_with(address.rule.permission):
        client = here.client(role)
        for method in METHODS:
            known = answered(client, method, address.path(here), here.sent.get(address.name))
            assert known.status_code == 404, (role, method)
            if address.path(here) != address.foreign(here):
                assert known.shown == answered(client, method, address.foreign(here)).shown
        assert not [mark for mark in MARKS if mark in known.shown]


@named([address for address in GUARDED if has_things(address)])
def test_right_role_elsewhere_finds_nothing_and_cannot_tell(here: World, address: Address) -> None:
    for role in roles_with(address.rule.permission):
        client = here.client(role, ELSEWHERE)
        for method in METHODS:
            costs, found = [], []
            for path in (address.path(here), address.foreign(here)):
                with CaptureQueriesContext(connection) as queries:
                    answer = answered(client, method, path, here.sent.get(address.name))
                costs.append(len(queries))
                found.append((answer.status_code, answer.shown))
            assert found[0][0] in (404, 405), (role, method)
            assert found[0] == found[1]
            assert costs[0] == costs[1]


@named([address for address in GUARDED if not has_things(address)])
def test_right_role_elsewhere_sees_nothing_of_here(here: World, address: Address) -> None:
    for role in roles_with(address.rule.permission):
        for method in METHODS:
            client = here.client(role, ELSEWHERE)
            answer = answered(client, method, address.path(here), here.sent.get(address.name))
            _is_fine(answer, method, {404} if address.name in here.sent else set())
            assert not [mark for mark in MARKS if mark in answer.shown], (role, method)


@named(GUARDED)
def test_right_role_is_answered(here: World, address: Address) -> None:
    for role in roles_with(address.rule.permission):
        for method in METHODS:
            # The English pages are looked at as well: what was sent there need not be sent again.
            answer = visit(here, role, method, address, "en" if method == "POST" else "zh-hans")
            acts = method == "POST" or address.name in UNSHOWN
            if acts and role not in NARROWER.get(address.name, {role}):
                assert answer.status_code == 404
            else:
                _is_fine(answer, method)


@named(OWN)
def test_own_page_is_answered_for_everybody(here: World, address: Address) -> None:
    for role in ROLES:
        for method in METHODS:
            answer = visit(here, role, method, address)
            # The session or passkey in the address is another's.
            _is_fine(answer, method, {404} if {"number", "passkey"} & set(address.converters) else set())
            assert not [mark for mark in MARKS if mark in answer.shown]


@named([address for address in ADDRESSES if address.rule.kind == "public"])
def test_public_page_says_nothing_of_anybody(here: World, address: Address) -> None:
    for method in METHODS:
        answer = answered(here.client(), method, address.path(here))
        # Without its token nobody finds it.
        _is_fine(answer, method, {404} if address.name in WITH_TOKEN else set())
        assert not [mark for mark in set(MARKS) - {MARKS[5]} if mark in answer.shown]


@named([address for address in GUARDED if address.name.endswith("_list")])
def test_filter_by_a_thing_of_here_is_empty_elsewhere(here: World, address: Address) -> None:
    """Keys of the county's things in the address of a list: the page is that of keys that nobody has."""
    card = PersonCard.objects.get(name=MARKS[0])
    batch = SheetImport.objects.get(pk=here.arguments["import_id"]).batch_id
    known: dict[str, Any] = {
        "enterprise": veil(here.arguments["enterprise"]),
        "batch": batch,
        "source": "独有来源2",
        "after": card.pk,
    }
    nobody: dict[str, Any] = {
        "enterprise": veil(UUID(int=1)),
        "batch": UUID(int=2),
        "source": "独有来源X",
        "after": UUID(int=3),
    }
    for role in roles_with(address.rule.permission):
        for name in known:
            client = here.client(role, ELSEWHERE)
            pages = [client.get(address.path(here), {name: str(keys[name])}) for keys in (known, nobody)]
            assert [page.status_code for page in pages] == [200, 200]
            shown = [
                _without(text_of(page), keys[name]) for page, keys in zip(pages, (known, nobody), strict=True)
            ]
            assert shown[0] == shown[1], (role, name)


def _without(text: str, key: object) -> str:
    return plain(text).replace(quote(str(key)), "KEY").replace(str(key), "KEY")


def _is_fine(answer: Any, method: str, other: set[int] = frozenset()) -> None:  # type: ignore[assignment]
    """Shown, led on within the house, or refused with a sentence; or only the method does not fit."""
    if answer.status_code == 405:
        assert (method, answer["Allow"]) == ("GET", "POST")
        return
    assert answer.status_code in {200, 302, 422} | other
    if answer.status_code == 302:
        assert not answer["Location"].startswith((f"{LOGIN}?", "http", "//"))
    assert answer["Cache-Control"] in ("no-store, private", "private, max-age=86400")
