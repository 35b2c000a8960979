"""How fast a dirty roster becomes a register: our bulk door, and django-import-export with the same checks on the same file.

Both read the same workbook and pass every row through the same rules; the peer then saves person, source record, card
and audit row by the ORM, as its documentation shows, without firms, vehicles, ties, staging or resumption, which
favours it. Prints rows a second on an empty and a half-full register, the ratio, and the memory of a million rows of CSV.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module

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
        "mb": peak_mb(),
    }


def peer(engine: str, rows: int) -> dict[str, float]:
    """django-import-export on the same file."""
    path = write_roster(scratch.FOLDER / f"roster-{rows}-7.xlsx", rows, 7)
    scratch.fresh(engine)
    return {"empty": rows / timed(lambda: door("import_with_library")(path)), "mb": peak_mb()}


def million(engine: str, rows: int) -> dict[str, float]:
    """The memory of a long CSV, and its speed."""
    path = write_roster(scratch.FOLDER / f"roster-{rows}-9.csv", rows, 9)
    scratch.fresh(engine)
    speed = rows / timed(lambda: door("bring")(path, "名册丙"))
    return {"empty": speed, "mb": peak_mb()}


def peak_mb() -> float:
    """The most memory that this process has held, and the largest of those that worked ahead for it, in MB."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_maxrss for who in whose) / 1024


ACTS = {"ours": ours, "peer": peer, "million": million}


def apart(act: str, engine: str, rows: int) -> dict[str, float]:
    """Run one act in a process of its own, so that memory is its own."""
    command = [sys.executable, "-m", "bench.imports", "--act", act, "--engine", engine, "--rows", str(rows)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


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
