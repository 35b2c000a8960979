"""Pages name the person who did something; the log-in stands where accounts and the audit trail are looked at."""

import re
from typing import Any

import pytest

from chelun.platform.regions.place_settings import word_key
from chelun.platform.regions.services import set_place_setting
from tests.rights.visits import ADDRESSES, reader_of
from tests.rights.world import HERE, World

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("rights")]
BY_LOG_IN = ("accounts:",)
"""Accounts, log-ins and the audit trail are kept by log-in."""
UNSAID = re.compile('<p class="c-drop-note">[^<]*</p>|<option value="[^"]*"')
"""Where the reader is told his own log-in, on every page; and what a choice sends, which nobody reads."""


def test_no_page_shows_a_log_in_in_place_of_a_person(here: World) -> None:
    admin = here.users["system_admin", HERE]
    set_place_setting(
        actor=admin, region=HERE, key=word_key("committee"), value="本地的叫法", reason="本地的理由"
    )
    logins = [user.username for (_role, place), user in here.users.items() if place == HERE]
    shown = {}
    for address in ADDRESSES:
        if address.rule.kind == "permission" and not address.name.startswith(BY_LOG_IN):
            page = page_of(here.client(reader_of(address)).get(address.path(here)))
            if found := [login for login in logins if login in page]:
                shown[address.name] = found
    assert shown == {}


def page_of(answer: Any) -> str:
    """What a page says of others; '' for whatever is no page."""
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return UNSAID.sub("", answer.content.decode()) if is_page and not answer.streaming else ""
