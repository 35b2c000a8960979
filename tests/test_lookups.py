"""`among` finds what `in` finds, with all values in one parameter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chelun.core.identifiers import uuid7
from chelun.people.models import Engagement, Person
from chelun.platform.regions.models import PlaceSetting

pytestmark = pytest.mark.django_db


def test_texts_are_found_among_many() -> None:
    for region in ("510000", "520000", "530000"):
        PlaceSetting.objects.create(region=region, key="x", value={})
    wanted = ["520000", "530000", 'a"b', "{c}", "\\", "", "NULL", *map(str, range(500))]
    with CaptureQueriesContext(connection) as queries:
        found = PlaceSetting.objects.filter(region__among=wanted).values_list("region", flat=True)
        assert sorted(found) == ["520000", "530000"]
    assert len(queries) == 1


def test_keys_are_found_among_many() -> None:
    first, _second = (Person.objects.create() for _ in range(2))
    assert list(Person.objects.filter(id__among=[first.pk, uuid7()])) == [first]
    assert list(Person.objects.exclude(id__among={first.pk})) == [_second]
    assert not Person.objects.filter(id__among=[]).exists()


def test_rows_are_found_by_whom_they_point_to() -> None:
    one, other = (
        Engagement.objects.create(person=Person.objects.create(), province="510000", home="510000")
        for _ in range(2)
    )
    found = Engagement.objects.filter(person__among=[one.person_id]) | Engagement.objects.filter(
        person_id__among={one.person_id}
    )
    assert list(found) == [one]
    assert other not in found
