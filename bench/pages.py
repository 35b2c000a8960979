"""How quick the pages are at a million persons: 20 people at work over HTTP, on the cores that serve them.

A real server as in production (granian, production settings, two workers) in one process tree, the visitors in another, the
register filled by `bench.fill` (60,000 firms and 800,000 vehicles of a million persons; not by the import). For each page:
p50, p95 and longest on the server, what of it was computing, p95 as the visitor sees it, and the number of statements, which
must not depend on what is opened. Then the pages without pause, as a ratio to a bare page with one query of the same machine.
What was known then is asked as well, as a ratio to the same question for today. In the end every link is followed (`links.py`).
Fails where p95 on the server is beyond 200 ms (PostgreSQL) or 250 ms (SQLite), where a question about then takes more than
twice as long as for today, where a page behind a link is beyond these bounds, or where a page failed.
"""

import argparse
import json
import os
import secrets
import signal
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from bench import scratch
from chelun.core.crypto.keys import new_ring

GOAL_MS = {"postgresql": 200.0, "sqlite": 250.0}
NAME = "chelun_pages"
PORT = 8391
SATURATED = ("bare", "list", "name", "person", "cockpit")
THEN = {"list_then": "list", "county_then": "list_of_county", "person_then": "person"}
THEN_TIMES = 2.0
SATURATE_SECONDS, SATURATE_USERS = 15.0, 4


def environment(engine: str, rows: int) -> dict[str, str]:
    """The settings of the server and of who fills its register; keys are kept beside the database."""
    folder = (scratch.FOLDER / f"pages-{engine}-{rows}").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "keys.json"
    if not kept.exists():
        kept.write_text(json.dumps({"ring": new_ring("bench"), "secret": secrets.token_urlsafe(64)}))
    keys = json.loads(kept.read_text())
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production", "CHELUN_VAR": str(folder), "CHELUN_HOSTS": "localhost",
        "DATABASE_URL": scratch.address(engine, f"{NAME}_{rows}"), "CHELUN_KEYS": keys["ring"],
        "CHELUN_SECRET_KEY": keys["secret"], "CHELUN_LOOKUPS_A_DAY": "1000000",
    }  # fmt: skip


@contextmanager
def served(environ: dict[str, str]) -> Iterator[None]:
    """The server, until the end."""
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(PORT),
    ]
    command += [
        "--workers",
        "2",
        "--blocking-threads",
        "1",
        "--log-level",
        "warning",
        "bench.served:application",
    ]
    server = subprocess.Popen(command, env={**os.environ, **environ}, start_new_session=True)
    try:
        _await(server)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _await(server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        try:
            urlopen(f"http://127.0.0.1:{PORT}/bench/bare/", timeout=5).close()
            return
        except (URLError, OSError):
            assert server.poll() is None, "the server did not start"
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


def visited(targets: Path, out: Path, *arguments: str) -> list[dict[str, Any]]:
    """What visitors found, who work in a process of their own."""
    command = [sys.executable, "-m", "bench.visitors", str(PORT), str(targets), str(out), *arguments]
    subprocess.run(command, check=True)
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def measured(engine: str, rows: int, seconds: float, keep: bool) -> bool:
    """One engine, from an empty database to the report."""
    environ = environment(engine, rows)
    folder = Path(environ["CHELUN_VAR"])
    targets = folder / "targets.json"
    if not targets.exists():
        scratch.empty(engine, f"{NAME}_{rows}")
        subprocess.run(
            [sys.executable, "-m", "bench.prepare", str(rows), str(targets)],
            env={**os.environ, **environ},
            check=True,
        )
    with served(environ):
        opened = visited(targets, folder / "opened.jsonl", "--seconds", str(seconds))
        speeds = {}
        for page in SATURATED:
            arguments = (
                "--users",
                str(SATURATE_USERS),
                "--seconds",
                str(SATURATE_SECONDS),
                "--saturate",
                page,
            )
            speeds[page] = len(visited(targets, folder / f"{page}.jsonl", *arguments)) / SATURATE_SECONDS
    good = report(engine, rows, opened, speeds)
    command = [sys.executable, "-m", "bench.links", str(GOAL_MS[engine]), str(targets)]
    good &= subprocess.call(command, env={**os.environ, **environ}) == 0
    if not keep:
        scratch.drop(engine, f"{NAME}_{rows}")
        targets.unlink()
    return good


def report(engine: str, rows: int, opened: Sequence[dict[str, Any]], speeds: dict[str, float]) -> bool:
    """Print what was measured; whether every page is quick enough and none failed."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{engine}, {rows:,} persons, {os.cpu_count()} cores, load {load:.1f}")
    print(
        f"  {'page':16} {'n':>5} {'p50':>7} {'p95':>7} {'longest':>8} {'computed':>9} {'seen p95':>9} {'statements':>11}  ms"
    )
    by_page: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in opened:
        by_page[one["page"]].append(one)
    slow = []
    for page, ones in by_page.items():
        took = sorted(one["took"] for one in ones)
        p95 = took[int(len(took) * 0.95)]
        seen = sorted(one["waited"] for one in ones)[int(len(ones) * 0.95)]
        statements = sorted({one["queries"] for one in ones})
        told = f"{statements[0]}" if len(statements) == 1 else f"{statements[0]}–{statements[-1]}"
        computed = statistics.median(one["computed"] for one in ones)
        print(
            f"  {page:16} {len(ones):5} {statistics.median(took):7.0f} {p95:7.0f} {took[-1]:8.0f} {computed:9.0f} {seen:9.0f} {told:>11}"
        )
        slow += [page] * (p95 > GOAL_MS[engine])
    slow += _then(by_page)
    bare = speeds["bare"]
    for page, speed in speeds.items():
        print(f"  without pause: {page:10} {speed:7.1f} a second, {speed / bare:.3f} of the bare page")
    failed = [one for one in opened if one["status"] >= 400]
    print(
        f"  goal p95 {GOAL_MS[engine]:.0f} ms: {'all' if not slow else 'not ' + ', '.join(slow)}; {len(failed)} failed of {len(opened)}"
    )
    return not slow and not failed


def _then(by_page: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Print how long a question about then takes beside the same one for today; which take too long."""
    slow = []
    for then, today in THEN.items():
        long, short = (statistics.median(one["took"] for one in by_page[page]) for page in (then, today))
        print(f"  {then:16} {long / short:.2f} times {today} (goal {THEN_TIMES:.0f})")
        slow += [then] * (long / short > THEN_TIMES)
    return slow


def main() -> int:
    """Each engine in turn; 1 when a page is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--keep", action="store_true", help="leave the filled register for the next run")
    options, _others = parser.parse_known_args()
    code = 0
    for engine in [options.engine] if options.engine else ["sqlite", "postgresql"]:
        if engine == "postgresql" and not scratch.server():
            print("postgresql: skipped, no server answers (BENCH_DATABASE_URL)")
            continue
        code |= int(not measured(engine, options.rows, options.seconds, options.keep))
    return code


if __name__ == "__main__":
    sys.exit(main())
