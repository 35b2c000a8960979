"""Tables escape what they show, keep sort and columns in the address, and are drawn fast enough."""

from time import process_time

import pytest
from django.test import RequestFactory

from chelun.core.samples import sample_table
from chelun.core.ui import Address, Cell, Column, Row, Table
from chelun.core.ui.tables import badge, draw_table

COLUMNS = [
    Column("name", "姓名", sort=True, fixed=True),
    Column("age", "年龄", numeric=True),
    Column("source", "来源", extra=True),
]


def _table(query: str, *rows: Row) -> Table:
    return Table("人员", COLUMNS, rows, Address.of(RequestFactory().get(f"/p/?{query}")))


def test_table_escapes_everything() -> None:
    evil = "<script>"
    drawn = draw_table(_table("", Row([Cell(evil, f'/x/"{evil}', note=evil), evil, evil], key=evil)))
    assert evil not in drawn
    assert drawn.count("&lt;script&gt;") == 5


def test_table_shows_the_chosen_columns() -> None:
    row = Row(["甲", "30", "表格"])
    assert "来源" not in draw_table(_table("", row))
    chosen = draw_table(_table("cols=source", row))
    assert "来源" in chosen
    assert "年龄" not in chosen
    assert "姓名" in chosen
    assert "年龄" in draw_table(_table("cols=nonsense", row))
    assert [(column.key, shown) for column, shown in _table("cols=source").choices] == [
        ("age", False),
        ("source", True),
    ]


@pytest.mark.parametrize(
    ("query", "state", "url"),
    [
        ("", "none", "?sort=name"),
        ("sort=name", "ascending", "?sort=-name"),
        ("sort=-name", "descending", "?sort=name"),
    ],
)
def test_table_head_turns_the_order(query: str, state: str, url: str) -> None:
    drawn = draw_table(_table(query))
    assert f'aria-sort="{state}"' in drawn
    assert f'href="/p/{url}"' in drawn


def test_table_says_when_a_cell_is_empty() -> None:
    assert '<span class="c-none">无</span>' in draw_table(_table("", Row(["", "0", ""])))


def test_badge_of_an_unknown_tone_is_plain() -> None:
    assert badge("<b>", "loud") == '<span class="c-badge c-badge-idle">&lt;b&gt;</span>'


def test_table_of_fifty_rows_is_drawn_in_three_milliseconds() -> None:
    table = sample_table(Address("/p/"), 50)
    draw_table(table)
    assert min(_took(table) for _ in range(20)) < 0.003


def _took(table: Table) -> float:
    start = process_time()
    draw_table(table)
    return process_time() - start
