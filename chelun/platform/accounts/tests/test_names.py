"""Pages say who acted by the person's name."""

import pytest

from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_who_acted_by_a_command_is_called_by_name_and_told_as_such() -> None:
    UserFactory.create(username="xiaomei", person_name="梅某")
    written = "xiaomei (chelun import, os: chelun)"
    assert person_names(["xiaomei", written]) == {"": "", "xiaomei": "梅某", written: "梅某（用命令）"}


def test_commands_and_people_without_an_account_stand_as_they_were_written() -> None:
    for written in ("chelun import (os: chelun)", "gone (chelun import, os: chelun)", "gone"):
        assert person_names([written]) == {"": "", written: written}


def test_two_of_one_name_are_told_apart_by_a_command_as_well() -> None:
    for login in ("xiaomei", "damei"):
        UserFactory.create(username=login, person_name="梅某")
    written = "damei (chelun import, os: chelun)"
    assert person_names(["xiaomei", written])[written] == "梅某（damei）（用命令）"
