"""A database is told of what a long import fills: often enough that few rows are not known, seldom enough to cost little."""

import sqlite3
from contextlib import closing
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chelun.core import patience
from chelun.core.upkeep import keep_in_order, note_statistics
from chelun.platform.sheets.models import Batch
from chelun.platform.sheets.services.upkeep import FEWEST_ON_SQLITE, FEWEST_ROWS, Upkeep


def test_upkeep_is_done_after_a_share_of_what_came_in() -> None:
    told: list[int] = []
    upkeep = Upkeep(0, lambda tables: told.append(len(tables)))
    done = []
    for rows in range(0, 1_000_001, 1000):
        before = len(told)
        upkeep.after(rows)
        done += [rows] if len(told) > before else []
    assert told[0] >= 3
    assert done[0] == FEWEST_ROWS
    gaps = [later - earlier for earlier, later in pairwise(done)]
    assert max(gaps) <= 101_000
    assert len(done) < 30
    short = Upkeep(0, lambda tables: pytest.fail("a short import is left to the database"))
    short.after(FEWEST_ROWS - 1)
    short.finally_of((FEWEST_ON_SQLITE if connection.vendor == "sqlite" else FEWEST_ROWS) - 1)


@pytest.mark.django_db(transaction=True)
def test_upkeep_tells_postgresql_that_rows_are_visible_to_all() -> None:
    keep_in_order([Batch])
    keep_in_order([])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT last_vacuum IS NOT NULL FROM pg_stat_user_tables WHERE relname = %s",
                [Batch._meta.db_table],
            )
            assert cursor.fetchone() == (True,)


@pytest.mark.usefixtures("statistics")
@pytest.mark.django_db(transaction=True)
def test_sqlite_learns_how_many_rows_there_are_or_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.05)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0, uri=True)) as other:
            other.execute("BEGIN IMMEDIATE")
            note_statistics()
            other.rollback()
            keep_in_order([Batch])
            [(rows,)] = other.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'regions_region' LIMIT 1")
            assert int(rows.split()[0]) > 100


@pytest.mark.django_db(transaction=True)
def test_sqlite_learns_nothing_of_a_small_file() -> None:
    if connection.vendor == "sqlite":
        with CaptureQueriesContext(connection) as asked:
            note_statistics()
        assert [each["sql"] for each in asked.captured_queries] == ["PRAGMA page_count"]


@pytest.mark.django_db
def test_upkeep_does_nothing_inside_a_transaction() -> None:
    with connection.execute_wrapper(lambda *args: pytest.fail("nothing is to be asked")):
        keep_in_order([Batch])
