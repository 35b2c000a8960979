"""How long the indicators take after a day's changes, beside a full count of the same registers.

`python -m bench.indicators [--rows N] [--places N]`: N persons, 0.8 N vehicles and 0.06 N firms lie in the counties of a province, one
person of thirty in two counties. They are counted, then some counties change and all is counted again, both ways.
"""

import argparse
import json
import sys
from importlib import import_module

from bench import scratch

NAME = "chelun_bench_indicators"
TARGET_SECONDS = 10.0


def main() -> int:
    """Build, count, change, count again; 1 when the numbers differ or the time is beyond the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--places", type=int, default=20)
    asked, _others = parser.parse_known_args()
    failed = 0
    for engine in ["sqlite", *(["postgresql"] if scratch.server() else [])]:
        scratch.fresh(engine, NAME)
        rows = import_module("bench.indicator_rows")
        rows.build(asked.rows)
        found = rows.measured(asked.places)
        print(json.dumps({"engine": engine, "rows": asked.rows, "places": asked.places, **found}))
        failed |= not found["same"] or found["seconds"] > TARGET_SECONDS
        scratch.drop(engine, NAME)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
