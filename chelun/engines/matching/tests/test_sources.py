"""Whatever a table comes in, its cells are the same texts; what may not come in stays outside; no sentence quotes a cell."""

import traceback
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest

from chelun.engines.matching import MatchingError
from chelun.engines.matching import sources as module
from chelun.engines.matching.sources import incoming
from chelun.engines.tables.reading import LIMITS, Unreadable
from chelun.engines.tables.reading.tests.build import HEADS, PEOPLE, xlsx

SECRET = "GEHEIM"
LINES = [("姓名", "电话"), ("安小一", "13900000001"), ("安小二", None)]
TABLE = pa.table({"姓名": ["安小一", "安小二"], "电话": ["13900000001", None]})
SAME: dict[str, list[str | None]] = {"姓名": ["安小一", "安小二"], "电话": ["13900000001", None]}


def read(source: Any) -> dict[str, list[str | None]]:
    """Everything that a source gives, by head."""
    with incoming(source) as table:
        batches = list(table.batches)
        return {
            head: [cell for batch in batches for cell in batch.column(place).to_pylist()]
            for place, head in enumerate(table.heads)
        }


def written(folder: Path, form: str) -> Any:
    """The same two rows in each form."""
    path = folder / f"roster.{form}"
    if form == "xlsx":
        path.write_bytes(xlsx(LINES).getvalue())
    elif form == "csv":
        path.write_bytes("姓名,电话\n安小一,13900000001\n安小二,\n".encode("gb18030"))
    elif form == "parquet":
        pa.parquet.write_table(TABLE, path)
    elif form in ("file", "stream"):
        new = pa.ipc.new_file if form == "file" else pa.ipc.new_stream
        with pa.OSFile(str(path), "wb") as out, new(out, TABLE.schema) as writer:
            writer.write(TABLE)
    elif form == "relation":
        return duckdb.from_arrow(TABLE)
    else:
        return TABLE if form == "table" else TABLE.to_reader()
    return path


@pytest.mark.parametrize("form", ["xlsx", "csv", "parquet", "file", "stream", "relation", "table", "reader"])
def test_every_form_gives_the_same_texts(tmp_path: Path, form: str) -> None:
    assert read(written(tmp_path, form)) == SAME
    path = tmp_path / f"roster.{form}"
    if path.exists():
        # The bytes tell, not the ending.
        assert read(str(path.rename(tmp_path / "roster.txt"))) == SAME


def test_cells_of_any_type_are_what_a_clerk_would_write() -> None:
    table = pa.table(
        {
            "whole": pa.array([13900000001.0, None]),
            "part": pa.array([1.5, float("nan")]),
            "number": pa.array([7, -1], pa.int16()),
            "exact": pa.array([Decimal("2.50"), None]),
            "day": pa.array([date(1985, 3, 4), None]),
            "midnight": pa.array([86_400, None], pa.timestamp("s")),
            "moment": pa.array([86_400, 86_461], pa.timestamp("s", "UTC")),
            "choice": pa.array(["货车", "公交"]).dictionary_encode(),
            "view": pa.array(["a", None]).cast(pa.string_view()),
            "nothing": pa.nulls(2),
        }
    )
    assert read(table) == {
        "whole": ["13900000001", None],
        "part": ["1.5", None],
        "number": ["7", "-1"],
        "exact": ["2.50", None],
        "day": ["1985-03-04", None],
        "midnight": ["1970-01-02", None],
        "moment": ["1970-01-02", "1970-01-02 00:01:01"],
        "choice": ["货车", "公交"],
        "view": ["a", None],
        "nothing": [None, None],
    }


def test_all_tables_of_a_workbook_come_under_the_union_of_their_heads(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    many = [("安小四", f"{n}", "x") for n in range(LIMITS.look_rows + 5)]
    below = [("姓名", "手机", "手机"), *many, (), ("姓名", "车牌号"), ("安小五", "川A00005")]
    titled = [("某县货车司机花名册",), HEADS, *PEOPLE, ("合计", "3人")]
    path.write_bytes(xlsx(titled, more={"乙镇": below}).getvalue())
    found = read(path)
    assert found["姓名"] == ["安小一", "安小二", "安小三", *(line[0] for line in many), "安小五"]
    assert found["手机"] == [None] * 3 + [line[1] for line in many] + [None]
    assert found["手机 (2)"] == [None] * 3 + ["x"] * len(many) + [None]
    assert found["车牌号"] == [*(line[4] for line in PEOPLE), *[None] * len(many), "川A00005"]


def test_no_column_is_lost_to_another_of_its_head(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("姓名,电话,电话 (2),电话\n安小一,1,2,3\n安小二,4,5,6\n", "utf-8")
    assert list(read(path).values()) == [["安小一", "安小二"], ["1", "4"], ["2", "5"], ["3", "6"]]


def test_what_may_not_come_in_stays_outside(tmp_path: Path) -> None:
    parties = ["中共党员"] * 6
    table = pa.table({"姓名": ["安小一"] * 6, "民族": ["彝族"] * 6, "甲": parties, "电话": ["1"] * 6})
    with incoming(table) as found:
        assert found.heads == ("姓名", "电话")
        assert [column.kind for column in found.dropped] == ["ethnicity", "political"]
        (batch,) = found.batches
        assert batch.schema.names == ["c0", "c1"]
        assert batch.column(1).to_pylist() == ["1"] * 6


def test_batches_are_bounded_whatever_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_ROWS", 10)
    monkeypatch.setattr(module, "SAMPLE_ROWS", 25)
    with incoming(pa.table({"n": list(range(64))})) as found:
        batches = list(found.batches)
    assert [batch.num_rows for batch in batches] == [10] * 6 + [4]
    assert [cell for batch in batches for cell in batch.column(0).to_pylist()] == [str(n) for n in range(64)]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: folder / "nowhere.csv", "no_file"),
        (lambda folder: folder, "unreadable"),
        (lambda folder: 7, "unknown_source"),
        (lambda folder: pa.table({"列": [[1], [2]]}), "column_type"),
        (lambda folder: pa.table({"列": [b"1"]}), "column_type"),
        (lambda folder: cut(folder, "parquet"), "unreadable"),
        (lambda folder: cut(folder, "file"), "unreadable"),
        (lambda folder: cut(folder, "stream"), "unreadable"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path: Path, make: Any, code: str) -> None:
    with pytest.raises(MatchingError) as refused:
        read(make(tmp_path))
    assert refused.value.code == code
    assert refused.value.__cause__ is refused.value.__context__ is None


def cut(folder: Path, form: str) -> Path:
    """A file of which the end is missing."""
    path: Path = written(folder, form)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    return path


def test_empty_spreadsheet_is_said_in_the_words_of_the_reading(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(Unreadable) as refused:
        read(tmp_path / "empty.csv")
    assert refused.value.code == "empty"


def test_failure_in_a_later_batch_quotes_no_cell() -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"名": ["1"] * 10_000})
        raise pa.ArrowInvalid(f"Could not convert string '{SECRET}'")

    schema = pa.schema([("名", pa.string())])
    with pytest.raises(MatchingError) as refused:
        read(pa.RecordBatchReader.from_batches(schema, broken()))
    assert refused.value.code == "unreadable"
    assert SECRET not in "".join(traceback.format_exception_only(refused.value))
    assert refused.value.__cause__ is refused.value.__context__ is None


def test_file_is_closed_at_the_end(tmp_path: Path) -> None:
    path = written(tmp_path, "parquet")
    with incoming(path) as found:
        next(found.batches)
    open_now = {
        Path(f"/proc/self/fd/{n}").resolve() for n in range(3, 256) if Path(f"/proc/self/fd/{n}").exists()
    }
    assert path.resolve() not in open_now
