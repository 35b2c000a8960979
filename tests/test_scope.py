"""Visible sets: of every table that belongs to places, each grant shows exactly the rows of its places, on made-up rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from django.utils import timezone

from chelun.core.identifiers import uuid7
from chelun.core.scope import Node, Scope, ScopedQuerySet
from chelun.desk.models import ChangeRequest
from chelun.people.models import Person
from chelun.platform.regions.models import Placed
from tests.house import our_models

pytestmark = pytest.mark.django_db

SHAANXI, ANKANG, ZIYANG, HANBIN = "610000", "610900", "610924", "610902"
XIAN, BEILIN, SICHUAN, MEIGU = "610100", "610103", "510000", "513436"
ZIYANG_TOWN = "610924100"
PLACES: Mapping[str, Mapping[str, str]] = {
    "紫阳": {"province": SHAANXI, "city": ANKANG, "county": ZIYANG},
    "紫阳一镇": {"province": SHAANXI, "city": ANKANG, "county": ZIYANG, "township": ZIYANG_TOWN},
    "汉滨": {"province": SHAANXI, "city": ANKANG, "county": HANBIN},
    "安康": {"province": SHAANXI, "city": ANKANG},
    "碑林": {"province": SHAANXI, "city": XIAN, "county": BEILIN},
    "陕西": {"province": SHAANXI},
    "美姑": {"province": SICHUAN, "city": "513400", "county": MEIGU},
}
IN_ANKANG = {"紫阳", "紫阳一镇", "汉滨", "安康"}
VISIBLE: Sequence[tuple[tuple[str, ...], set[str]]] = [
    ((), set()),
    ((ZIYANG_TOWN,), {"紫阳一镇"}),
    ((ZIYANG,), {"紫阳", "紫阳一镇"}),
    ((HANBIN,), {"汉滨"}),
    ((ZIYANG, HANBIN), {"紫阳", "紫阳一镇", "汉滨"}),
    ((ZIYANG, MEIGU), {"紫阳", "紫阳一镇", "美姑"}),
    ((ANKANG,), IN_ANKANG),
    ((ANKANG, BEILIN), {*IN_ANKANG, "碑林"}),
    ((SHAANXI,), {*IN_ANKANG, "碑林", "陕西"}),
    ((SICHUAN,), {"美姑"}),
    ((ANKANG, SHAANXI), {*IN_ANKANG, "碑林", "陕西"}),
    (("330000",), set()),
]
PLACED = [model for model in our_models() if issubclass(model, Placed)]
ONE_OF = {"people.Credential": "person"}
"""Of several columns that may be empty just one must hold something: this one does."""
_numbers = count(1)


def _value(field: "models.Field[Any, Any]") -> Any:
    """Something that the field takes; another one each time."""
    number = next(_numbers)
    if field.related_model is not None:
        return _row(field.related_model, {}).pk
    if isinstance(field, models.UUIDField):
        return uuid7()
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return date(2026, 11, 1)
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.BinaryField):
        return b""
    if isinstance(field, models.IntegerField):
        return number % 30_000
    if isinstance(field, models.BooleanField):
        return False
    return f"{number}"[: field.max_length]


def _row(model: Any, place: Mapping[str, str]) -> models.Model:
    """A row of any table in a place, with something in every column that must hold something."""
    values = {
        field.attname: _value(field)
        for field in model._meta.concrete_fields
        if (
            field.name == ONE_OF.get(model._meta.label)
            or not (field.null or field.blank or field.has_default() or getattr(field, "auto_now_add", False))
        )
        and field.name not in {"province", "city", "county", "township"}
        and not isinstance(field, models.AutoField)
    }
    made: models.Model = model._base_manager.create(**values, **place, **_one_of(model))
    return made


def _one_of(model: Any) -> dict[str, Any]:
    """A change is of one file; each of the three alone may be missing."""
    return {"person_id": _row(Person, {}).pk} if model is ChangeRequest else {}


@pytest.fixture
def rows(request: pytest.FixtureRequest) -> dict[UUID, str]:
    """One row of the table in each place: its key and the name of the place."""
    return {_row(request.param, place).pk: name for name, place in PLACES.items()}


def test_every_table_of_places_is_behind_the_door() -> None:
    assert len(PLACED) >= 15
    for model in PLACED:
        assert isinstance(model._default_manager.all(), ScopedQuerySet), model._meta.label
    behind = {model for model in our_models() if isinstance(model._default_manager.all(), ScopedQuerySet)}
    assert behind == set(PLACED)


@pytest.mark.parametrize(
    ("model", "rows"), [(model, model) for model in PLACED], indirect=["rows"], ids=lambda m: m._meta.label
)
def test_table_shows_each_grant_exactly_its_rows(model: Any, rows: dict[UUID, str]) -> None:
    for codes, expected in VISIBLE:
        scope = Scope.of(Node("region", code) for code in codes)
        seen = model._default_manager.filter(pk__in=rows).in_scope(scope)
        assert sorted(rows[row.pk] for row in seen) == sorted(expected), codes


@pytest.mark.parametrize(
    ("model", "rows"), [(model, model) for model in PLACED], indirect=["rows"], ids=lambda m: m._meta.label
)
def test_table_shows_the_system_everything(model: Any, rows: dict[UUID, str]) -> None:
    seen = model._default_manager.filter(pk__in=rows).in_scope(Scope.everything())
    assert {rows[row.pk] for row in seen} == set(PLACES)


def test_scope_of_an_unknown_kind_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        PLACED[0]._default_manager.all().in_scope(Scope.of([Node("moon", "1")]))  # type: ignore[attr-defined]
