"""How long others wait while a large roster comes in: log-ins, entries by form, pages, progress, another county's roster.

A real worker does the import; two other processes are people at work (`bench.crowd`). Every phase counts: the upload,
reading, checking, publication, its sweep, the indicators, an undo with its sweep, a publication given up half-way.
Prints for each act p50, p95 and the longest answer, and for each phase the longest; fails beyond 3 s.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import scratch
from bench.rosters import write_roster

LONGEST_SECONDS = 3.0
QUIET_SECONDS = 8.0
HERE, THERE = "610924", "610902"
CROWD = (("login", "view", "poll", "cockpit"), ("entry", "upload", "poll"))


class Phases:
    """When each phase began; what lies between two beginnings belongs to the earlier one."""

    def __init__(self) -> None:
        self.begun: list[tuple[float, str]] = [(0.0, "quiet")]

    def begin(self, name: str) -> None:
        """A phase begins now."""
        self.begun.append((time.time(), name))
        print(f"  {name}", file=sys.stderr, flush=True)

    def lengths(self) -> Iterator[tuple[str, float]]:
        """How many seconds each phase lasted."""
        ends = [begun for begun, _ in self.begun[1:]] + [time.time()]
        for (begun, name), end in zip(self.begun, ends, strict=True):
            yield name, end - begun if begun else QUIET_SECONDS

    def at(self, moment: float) -> str:
        """The phase of a moment."""
        return next(name for begun, name in reversed(self.begun) if begun <= moment)


@contextmanager
def processes(engine: str) -> Iterator[list[Path]]:
    """A worker and the people at work, ended at the end; the files into which the people write."""
    files = [scratch.FOLDER / f"crowd-{engine}-{serial}.jsonl" for serial in range(1, len(CROWD) + 1)]
    commands = [[sys.executable, "-m", "config.cli", "worker", "--interval", "0.2"]]
    for serial, (file, acts) in enumerate(zip(files, CROWD, strict=True), 1):
        file.unlink(missing_ok=True)
        commands.append([sys.executable, "-m", "bench.crowd_process", str(file), str(serial), *acts])
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    try:
        yield files
        assert all(process.poll() is None for process in running), "a process ended by itself"
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def report(files: Sequence[Path], phases: Phases) -> bool:
    """Print what was measured; whether nobody waited too long and nothing failed."""
    taken = list(import_module("bench.crowd").read_taken(files))
    by_act: dict[str, list[Any]] = defaultdict(list)
    by_phase: dict[str, list[Any]] = defaultdict(list)
    for one in taken:
        by_act[one.act].append(one)
        by_phase[phases.at(one.at)].append(one)
    print(
        f"  {'act':10} {'n':>6} {'quiet p50':>10} {'p50':>8} {'p95':>8} {'longest':>8} {'waited':>8}  during"
    )
    for act, ones in by_act.items():
        quiet = sorted(one.seconds for one in ones if phases.at(one.at) == "quiet")
        busy = sorted(one.seconds for one in ones if phases.at(one.at) != "quiet")
        slowest = max(ones, key=lambda one: one.seconds)
        print(
            f"  {act:10} {len(ones):6} {statistics.median(quiet or [0]):10.3f} {statistics.median(busy):8.3f} "
            f"{busy[int(len(busy) * 0.95)]:8.3f} {slowest.seconds:8.3f} {slowest.waited:8.3f}  {phases.at(slowest.at)}"
        )
    lasted = dict(phases.lengths())
    for phase, ones in by_phase.items():
        slowest = max(ones, key=lambda one: one.seconds)
        print(f"  {phase:22} {lasted[phase]:8.1f} s, longest {slowest.seconds:.3f} s ({slowest.act})")
    failed = [one for one in taken if one.status >= 400]
    longest = max(one.seconds for one in taken)
    print(f"  longest {longest:.3f} s (at most {LONGEST_SECONDS} s), {len(failed)} failed of {len(taken)}")
    return longest <= LONGEST_SECONDS and not failed


def measured(engine: str, rows: int, only_first: bool) -> bool:
    """One engine, from an empty database to the report."""
    path = write_roster(scratch.FOLDER / f"roster-{rows}-7.csv", rows, 7)
    scratch.fresh(engine, "chelun_waits")
    crowd, journey = import_module("bench.crowd"), import_module("bench.journey")
    clerk = crowd.settle_crowd(HERE, THERE)
    phases = Phases()
    with processes(engine) as files:
        journey.wait_until(lambda: all(file.exists() for file in files))
        time.sleep(QUIET_SECONDS)
        (journey.first if only_first else journey.whole)(phases.begin, clerk, path, HERE)
    print(f"{engine}, {rows:,} rows, {os.cpu_count()} cores")
    good = report(files, phases)
    scratch.drop(engine, "chelun_waits")
    return good


def main() -> int:
    """Each engine in a process of its own; 1 when somebody waited too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument(
        "--only-first", action="store_true", help="one import, without renewal, undo and giving up"
    )
    options, _others = parser.parse_known_args()
    if options.engine:
        return int(not measured(options.engine, options.rows, options.only_first))
    code = 0
    for engine in ("sqlite", "postgresql"):
        if engine == "postgresql" and not scratch.server():
            print("postgresql: skipped, no server answers (BENCH_DATABASE_URL)")
            continue
        command = [sys.executable, "-m", "bench.waits", "--engine", engine, "--rows", str(options.rows)]
        command += ["--only-first"] * options.only_first
        code |= subprocess.call(command)
    return code


if __name__ == "__main__":
    sys.exit(main())
