"""Whose log-in stands in a row that an archive may have brought."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from chelun.platform.accounts.tests.factories import UserFactory
from chelun.platform.archives.models import JoinedArchive
from chelun.platform.archives.selectors import names_of_acts
from chelun.platform.regions.acts import named
from chelun.platform.regions.testing import keep_regions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def _kept_places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    keep_regions(django_db_blocker)


@pytest.fixture
def places(_kept_places: None, db: None) -> None:
    """四川, 陕西 and two more provinces, and the atlas that knows them."""


def test_an_act_is_named_where_nothing_came_from_elsewhere() -> None:
    UserFactory.create(username="li.si", person_name="李四")
    assert names_of_acts([("610924", "li.si"), ("610924", ""), ("", "li.si")]) == {
        ("610924", "li.si"): "李四",
        ("610924", ""): "",
        ("", "li.si"): "李四",
    }


def test_a_log_in_stands_as_it_was_written_in_a_place_of_which_an_archive_has_come() -> None:
    UserFactory.create(username="li.si", person_name="李四")
    JoinedArchive.objects.create(province="610000", city="610900", county="610924", made_at="")
    assert named([("610924", "li.si"), ("610900", "li.si")]) == {
        ("610924", "li.si"): "li.si",
        ("610900", "li.si"): "李四",
    }


def test_many_acts_cost_as_much_as_one() -> None:
    for n in range(9):
        UserFactory.create(username=f"name{n}")
    with CaptureQueriesContext(connection) as queries:
        names_of_acts(("610924", f"name{n}") for n in range(9))
    assert len(queries) == 2
