"""How fast a dirty roster becomes a register: our bulk door, and django-import-export with the same checks on the same file.

Both read the same workbook and pass every row through the same rules; the peer then saves person, source record, card
and audit row by the ORM, as its documentation shows, without firms, vehicles, ties, staging or resumption, which
favours it. Prints rows a second on an empty and a half-full register, the ratio, and the memory of a million rows of CSV.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bench import scratch
from bench.rosters import write_roster

GOAL_ROWS, GOAL_MB = 2000, 600


def timed(act: Callable[[], object]) -> float:
    """Seconds that an act takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def door(name: str) -> Callable[..., object]:
    """A function of `bench.doors`, which can be imported only after `scratch.fresh` has set Django up."""
    found: Callable[..., object] = getattr(import_module("bench.doors"), name)
    return found


def ours(engine: str, rows: int) -> dict[str, float]:
    """Rows a second on an empty register, and on one that holds as many rows again."""
    first = write_roster(scratch.FOLDER / f"roster-{rows}-7.xlsx", rows, 7)
    second = write_roster(scratch.FOLDER / f"roster-{rows}-8.xlsx", rows, 8)
    scratch.fresh(engine)
    empty = rows / timed(lambda: door("bring")(first, "名册甲"))
    return {
        "empty": empty,
        "half-full": rows / timed(lambda: door("bring")(second, "名册乙")),
    }


def peer(engine: str, rows: int) -> dict[str, float]:
    """django-import-export on the same file."""
    path = write_roster(scratch.FOLDER / f"roster-{rows}-7.xlsx", rows, 7)
    scratch.fresh(engine)
    return {"empty": rows / timed(lambda: door("import_with_library")(path))}


def million(engine: str, rows: int) -> dict[str, float]:
    """The memory of a long CSV, and its speed."""
    path = write_roster(scratch.FOLDER / f"roster-{rows}-9.csv", rows, 9)
    scratch.fresh(engine)
    speed = rows / timed(lambda: door("bring")(path, "名册丙"))
    return {"empty": speed}


ACTS = {"ours": ours, "peer": peer, "million": million}


def apart(act: str, engine: str, rows: int) -> dict[str, float]:
    """Run one act in a process of its own; what it found, and the most memory that it and those it began held, in MB."""
    command = [sys.executable, "-m", "bench.imports", "--act", act, "--engine", engine, "--rows", str(rows)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        most = 0.0
        while running.poll() is None:
            most = max(most, held_mb(running.pid))
            time.sleep(0.2)
        assert running.stdout is not None
        said = running.stdout.read()
    if running.returncode:
        raise SystemExit(running.returncode)
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return {**found, "mb": most}


def held_mb(process: int) -> float:
    """The memory that a process and its descendants hold now, in MB; 0 where nobody tells."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0.0
    own = re.search(r"VmRSS:\s+(\d+) kB", told)
    return (int(own[1]) / 1024 if own else 0.0) + sum(held_mb(int(child)) for child in children)


def report(rows: int, long: int) -> None:
    """All acts on both engines, as a table."""
    print(f"{rows:,} rows; goal {GOAL_ROWS:,} rows/s, {GOAL_MB} MB; {os.cpu_count()} cores")
    for engine in ("sqlite", "postgresql"):
        if engine == "postgresql" and not scratch.server():
            print("postgresql: skipped, no server answers (BENCH_DATABASE_URL)")
            continue
        mine, theirs = apart("ours", engine, rows), apart("peer", engine, max(1000, rows // 10))
        print(
            f"{engine:11} chelun  empty {mine['empty']:7,.0f} rows/s  half-full {mine['half-full']:7,.0f} rows/s  {mine['mb']:,.0f} MB"
        )
        print(
            f"{engine:11} django-import-export {theirs['empty']:7,.0f} rows/s ({theirs['mb']:,.0f} MB)  ratio {mine['empty'] / theirs['empty']:.1f}"
        )
        scratch.drop(engine)
    if long:
        found = apart("million", "sqlite", long)
        print(f"sqlite      {long:,} rows of CSV: {found['empty']:,.0f} rows/s, {found['mb']:,.0f} MB")
        scratch.drop("sqlite")


def main() -> None:
    """The whole report, or one act for `apart`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--long", type=int, default=1_000_000)
    parser.add_argument("--act", choices=sorted(ACTS))
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    if options.act:
        print(json.dumps(ACTS[options.act](options.engine, options.rows)))
    else:
        report(options.rows, options.long)


if __name__ == "__main__":
    main()
