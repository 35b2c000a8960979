"""What a step of a batch looks for is found by an index, however many rows the batch has: no step passes over the others."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Model, QuerySet

from chelun.core.upkeep import note_statistics
from chelun.people.models import (
    DriverTie,
    Engagement,
    EnterpriseCard,
    EnterpriseSource,
    PersonCard,
    PersonSource,
    UnresolvedRow,
    VehicleCard,
    VehicleSource,
)
from chelun.people.tests.desk import bring, number, phone, sheet

pytestmark = pytest.mark.django_db
CARDS = (PersonCard, EnterpriseCard, VehicleCard)
SOURCES = (PersonSource, EnterpriseSource, VehicleSource)
WAITING = (Engagement, DriverTie, UnresolvedRow)


def plan_of(rows: "QuerySet[Model]") -> str:
    """How the database would find the rows; PostgreSQL would rather read an empty table as a whole, so it may not.

    It judges by the pages of the table, where rows that other tests took back still lie: those are cut off first.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'TRUNCATE "{rows.model._meta.db_table}" CASCADE')
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


def finds(rows: "QuerySet[Model]", index: str) -> bool:
    plan = plan_of(rows)
    return index in plan and "SCAN" not in plan.replace("Index Scan", "").replace("Bitmap", "")


@pytest.fixture
def batch() -> UUID:
    return uuid4()


def finds_overtaken(model: type[Model], batch: UUID) -> bool:
    rows = model._default_manager.filter(batch=batch, stale=True, superseded_by=None).values_list("id")[:100]
    return finds(rows, "_stale")


@pytest.mark.parametrize("model", CARDS)
def test_settle_finds_overtaken_cards(model: type[Model], batch: UUID) -> None:
    assert finds_overtaken(model, batch)


@pytest.mark.usefixtures("statistics")
@pytest.mark.django_db(transaction=True)
def test_statistics_of_small_batches_do_not_lead_past_an_empty_index(batch: UUID) -> None:
    bring(sheet([("张勇", number(n), phone(n), "货车", "", f"陕G1{n:04}") for n in range(1, 4)]))
    note_statistics()
    assert finds_overtaken(PersonCard, batch)
    assert finds_overtaken(VehicleCard, batch)


@pytest.mark.parametrize("model", SOURCES)
def test_withdraw_finds_what_still_stands(model: type[Model], batch: UUID) -> None:
    rows = model._default_manager.filter(batch=batch, superseded_by=None).values_list("id")[:100]
    assert "superseded_by" in plan_of(rows)
    assert finds(rows, "_batch")


@pytest.mark.parametrize("model", [*CARDS, *SOURCES, *WAITING])
def test_sweep_finds_what_gave_way(model: type[Model], batch: UUID) -> None:
    assert finds(model._default_manager.filter(superseded_by=batch).values_list("id")[:100], "_gone")


@pytest.mark.parametrize("model", [EnterpriseCard, VehicleCard])
def test_withdraw_looks_at_each_mention_once(model: type[Model], batch: UUID) -> None:
    rows = model._default_manager.filter(batch=batch, mentioned_only=True, id__gt=UUID(int=0)).order_by("id")
    assert finds(rows.values_list("id")[:100], "_mentioned")
    assert "SORT" not in plan_of(rows).upper()
    assert "TEMP B-TREE" not in plan_of(rows)
