"""`python -m bench.matching.peers.run MODULE FOLDER OUT`: one peer on one set, in a process of its own.

Writes left_id,right_id,probability and prints seconds, those of computing, and the peak of its memory as JSON. For a set with one table, that table against itself.
"""

import csv
import importlib
import json
import resource
import sys
import time
from pathlib import Path

from bench.matching.peers import Table


def run(module: str, folder: Path, out: Path) -> dict[str, float]:
    """Let a peer match, write its pairs, tell what it took."""
    about = json.loads((folder / "about.json").read_text("utf-8"))
    tables = {side: Table(folder / f"{side}.csv", heads) for side, heads in about["heads"].items()}
    match = importlib.import_module(f"{__package__}.{module}").match
    began, worked = time.perf_counter(), time.process_time()
    pairs = list(match(tables["left"], tables.get("right", tables["left"])))
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}
    if "right" not in tables:
        pairs = [(*sorted(pair[:2]), pair[2]) for pair in pairs]
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(pairs)
    return {**took, "megabytes": peak_megabytes()}


def peak_megabytes() -> float:
    """The most memory that this program held. Linux's `getrusage` would tell that of the parent before, where that was larger."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
