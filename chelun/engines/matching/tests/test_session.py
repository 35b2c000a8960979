"""The database of a run keeps to its folder and its memory, can be stopped, and says nothing of the cells it holds."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import pyarrow as pa
import pytest

from chelun.engines.matching import MatchingError
from chelun.engines.matching import session as module
from chelun.engines.matching.folders import PREFIX, sweep
from chelun.engines.matching.session import session

SECRET = "GEHEIM"
MUCH = f"CREATE TABLE much AS SELECT range i, '{SECRET}' || repeat('x', 20) || (range * 7919 % 1000003) s FROM range(800000)"
SORTED = "CREATE TABLE sorted AS SELECT s, row_number() OVER (ORDER BY s) n FROM much"
KILLED = f"""
from pathlib import Path
from chelun.engines.matching.session import session
with session(work=Path({{work!r}}), memory="50MB") as run:
    run.run({MUCH!r})
    while True:
        run.run({SORTED!r})
        run.run("DROP TABLE sorted")
"""


def test_table_goes_in_and_comes_out_in_batches() -> None:
    with session() as run:
        run.take_in("people", pa.table({"name": ["李一", "王二"], "n": [1, 2]}))
        assert run.rows("SELECT name FROM people WHERE n = ?", [2]) == [("王二",)]
        run.run("CREATE TABLE numbers AS FROM range(120000)")
        batches = list(run.batches("FROM numbers", size=50_000))
        assert sum(len(batch) for batch in batches) == 120_000
        assert max(len(batch) for batch in batches) <= 50_000


@pytest.mark.parametrize(
    "statement",
    [
        f"SELECT CAST('{SECRET}' AS INTEGER)",
        f"SELECT error('{SECRET}')",
        f"SELECT date '{SECRET}'",
        f"FROM {SECRET}",
    ],
)
def test_no_cell_is_in_an_error_or_its_traceback(statement: str) -> None:
    with session() as run:
        run.step = "比较"
        for ask in (run.run, run.rows, lambda text: list(run.batches(text))):
            with pytest.raises(MatchingError, match="比较") as refused:
                ask(statement)
            assert SECRET not in str(refused.value)
            assert refused.value.__cause__ is refused.value.__context__ is None
            told = traceback.format_exception_only(refused.value)
            assert SECRET not in "".join(told)


def test_cell_that_fails_in_a_later_batch_is_not_told() -> None:
    with session() as run:
        run.run(f"CREATE TABLE cells AS SELECT if(range = 90000, '{SECRET}', '1') c FROM range(100000)")
        with pytest.raises(MatchingError) as refused:
            list(run.batches("SELECT CAST(c AS INTEGER) FROM cells", size=1000))
        assert SECRET not in "".join(traceback.format_exception_only(refused.value))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CREATE PERSISTENT SECRET s (TYPE http)",
        "SET temp_directory = '{folder}'",
        "SET memory_limit = '9GB'",
    ],
)
def test_no_door_leads_out(statement: str, tmp_path: Path) -> None:
    with session() as run, pytest.raises(MatchingError):
        run.run(statement.format(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_spill_is_written_and_holds_no_cell_in_plain(tmp_path: Path) -> None:
    with session(work=tmp_path, memory="50MB") as run:
        run.run(MUCH)
        run.run(SORTED)
        seen = [file.read_bytes() for file in tmp_path.glob(f"{PREFIX}*/*") if file.is_file()]
    assert sum(map(len, seen)) > 1_000_000
    assert not [content for content in seen if SECRET.encode() in content]
    assert list(tmp_path.iterdir()) == []


def _spilt(work: Path) -> int:
    """Bytes in the folders of runs; a file may go while it is looked at."""
    with contextlib.suppress(FileNotFoundError):
        return sum(file.stat().st_size for file in work.glob(f"{PREFIX}*/*"))
    return 0


def test_run_that_is_killed_leaves_no_cell_and_the_next_one_nothing(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED.format(work=str(tmp_path))])
    while _spilt(tmp_path) < 1_000_000:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in left) > 1_000_000
    assert not [file for file in left if SECRET.encode() in file.read_bytes()]
    assert sweep(tmp_path) == 1
    assert os.listdir(tmp_path) == []


def test_cancelled_run_stops_within_two_seconds_and_stays_stopped(tmp_path: Path) -> None:
    stop = threading.Event()
    with session(work=tmp_path, cancel=stop.is_set) as run:
        threading.Timer(0.3, stop.set).start()
        start = time.monotonic()
        with pytest.raises(MatchingError) as refused:
            run.run("CREATE TABLE t AS SELECT sum(a.range * b.range) FROM range(3000000) a, range(3000000) b")
        assert time.monotonic() - start < 2.3
        assert refused.value.code == "cancelled"
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_said() -> None:
    with session(memory="60MB") as run, pytest.raises(MatchingError, match="60MB") as refused:
        run.run("CREATE TABLE t AS SELECT list(range || 'x') FROM range(20000000)")
    assert refused.value.code == "memory"


def test_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTINGS", (*module.SETTINGS, "SET max_temp_directory_size = '2MB'"))
    with session(memory="50MB") as run, pytest.raises(MatchingError) as refused:
        run.run(MUCH + "; " + SORTED)
    assert refused.value.code == "disk"
