"""`make bench`: every benchmark, one after the other."""

import subprocess
import sys

BENCHES = ("bench.imports", "bench.archives", "bench.waits", "bench.pages", "bench.indicators")


def main() -> int:
    """Run each benchmark in a process of its own; the first failure ends the run."""
    for name in BENCHES:
        print(f"== {name}", flush=True)
        code = subprocess.call([sys.executable, "-m", name, *sys.argv[1:]])
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
