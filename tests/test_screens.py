"""Every screen that each role can reach, in a real browser: found by following links, so that no list has to be kept.

Every role's screens are asked for; each kind of screen (by the name of its address) is looked at in two opposite looks,
one at a desk and one on a phone, and which two they are takes turns.
"""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions
from tests.browser import Look, OpenScreen, Screen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PAIRS = [
    (Look("zh-hans", "light", 1280), Look("en", "dark", 390)),
    (Look("zh-hans", "dark", 1280), Look("en", "light", 390)),
    (Look("en", "light", 1280), Look("zh-hans", "dark", 390)),
    (Look("en", "dark", 1280), Look("zh-hans", "light", 390)),
]
LINK = re.compile(r'<a\b[^>]*\shref="(/[^"#]*)"')
MOST = 60


def _screens(client: Client, start: str) -> Iterator[str]:
    """One address of each kind of page that can be reached from `start`, breadth first."""
    seen: set[str] = set()
    waiting = [start]
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        kind = _kind(path)
        if not kind or kind in seen:
            continue
        seen.add(kind)
        answer = client.get(path, follow=True)
        if (
            answer.status_code == 200
            and answer.headers["Content-Type"].startswith("text/html")
            and not answer.streaming
        ):
            yield path
            waiting += [unescape(found) for found in LINK.findall(answer.content.decode())]


def _kind(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _faults(screen: Screen, path: str, look: Look) -> list[str]:
    screen.wear(look)
    status = screen.open(path)
    found = screen.faults()
    return [f"{path} in {look}: {fault}" for fault in (found if status == 200 else [f"status {status}"])]


@pytest.mark.parametrize("side", [0, 1], ids=["desk", "phone"])
def test_every_screen_of_every_role_is_clean(screen_for: OpenScreen, side: int) -> None:
    ensure_regions(["51"])
    looked_at: set[str] = set()
    faults: list[str] = []
    for role in ROLES:
        client = logged_in(Client(), user_with(role))
        paths = list(_screens(client, "/accounts/me/"))
        assert len(paths) > 2, role
        screen = screen_for(client, PAIRS[0][side])
        for path in paths:
            if _kind(path) not in looked_at:
                looked_at.add(_kind(path))
                look = PAIRS[len(looked_at) % len(PAIRS)][side]
                faults += [f"{role}: {fault}" for fault in _faults(screen, path, look)]
        screen.page.context.close()
    assert not faults, "\n".join(faults)
