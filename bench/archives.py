"""How long a county's archive takes, out of one installation and into another, beside importing its roster there again.

The receiver has keys of its own, so that every digest is made anew. Prints seconds out and in, the size of the file, and the
ratio to the second import that the archive spares; fails beyond two minutes for 30,000 persons.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import scratch
from bench.rosters import write_roster

GOAL_SECONDS, GOAL_PERSONS = 120.0, 30_000
COUNTY = "610924"
PASSPHRASE = "bench of archives"
ARCHIVE = "county.archive"


def given(engine: str, rows: int) -> dict[str, float]:
    """A county with a roster; its archive written."""
    roster = write_roster(scratch.FOLDER / f"roster-{rows}-7.xlsx", rows, 7)
    scratch.fresh(engine, "chelun_archives_county")
    import_module("bench.doors").bring(roster, "名册甲")
    path = scratch.FOLDER / ARCHIVE
    path.unlink(missing_ok=True)
    writing: Any = import_module("chelun.platform.archives.writing")
    actor = import_module("chelun.core.actors").SystemActor("bench")
    started = time.perf_counter()
    writing.write_archive(actor=actor, region=COUNTY, path=path, passphrase=PASSPHRASE)
    seconds = time.perf_counter() - started
    scratch.drop(engine, "chelun_archives_county")
    return {"seconds": seconds, "mb": path.stat().st_size / 1e6}


def taken(engine: str, rows: int) -> dict[str, float]:
    """The archive joined into an empty installation."""
    os.environ["CHELUN_KEYS"] = import_module("chelun.core.crypto.keys").new_ring("bench")
    scratch.fresh(engine, "chelun_archives_province")
    joining: Any = import_module("chelun.platform.archives.joining")
    actor = import_module("chelun.core.actors").SystemActor("bench")
    started = time.perf_counter()
    joining.join_archive(actor=actor, path=scratch.FOLDER / ARCHIVE, passphrase=PASSPHRASE)
    seconds = time.perf_counter() - started
    persons = import_module("chelun.people.models").Person.objects.count()
    scratch.drop(engine, "chelun_archives_province")
    return {"seconds": seconds, "persons": persons}


def imported(engine: str, rows: int) -> dict[str, float]:
    """The peer: the same roster imported a second time, as offices without archives do."""
    roster = write_roster(scratch.FOLDER / f"roster-{rows}-7.xlsx", rows, 7)
    scratch.fresh(engine, "chelun_archives_province")
    started = time.perf_counter()
    import_module("bench.doors").bring(roster, "名册甲")
    seconds = time.perf_counter() - started
    scratch.drop(engine, "chelun_archives_province")
    return {"seconds": seconds}


ACTS = {"given": given, "taken": taken, "imported": imported}


def apart(act: str, engine: str, rows: int) -> dict[str, float]:
    """One act in a process of its own."""
    command = [sys.executable, "-m", "bench.archives", "--act", act, "--engine", engine, "--rows", str(rows)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def measured(engine: str, rows: int) -> bool:
    """Print one engine's figures; whether they are within the goal."""
    out, into, again = (apart(act, engine, rows) for act in ("given", "taken", "imported"))
    both, goal = out["seconds"] + into["seconds"], GOAL_SECONDS * max(1.0, rows / GOAL_PERSONS)
    print(
        f"{engine:11} {into['persons']:,.0f} persons: out {out['seconds']:.1f} s ({out['mb']:.1f} MB), in {into['seconds']:.1f} s, "
        f"together {both:.1f} s (at most {goal:.0f} s); a second import {again['seconds']:.1f} s, ratio {again['seconds'] / into['seconds']:.2f}"
    )
    return both <= goal


def main() -> int:
    """Both engines, or one act for `apart`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=GOAL_PERSONS)
    parser.add_argument("--act", choices=sorted(ACTS))
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    options, _others = parser.parse_known_args()
    if options.act:
        print(json.dumps(ACTS[options.act](options.engine, options.rows)))
        return 0
    engines = ["sqlite", *(["postgresql"] if scratch.server() else [])]
    good = [measured(engine, options.rows) for engine in engines]
    (Path(scratch.FOLDER) / ARCHIVE).unlink(missing_ok=True)
    return int(not all(good))


if __name__ == "__main__":
    sys.exit(main())
