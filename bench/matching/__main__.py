"""`python -m bench.matching make`: two tables and the truth about them; `figures`: the peers and our engine on such tables."""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.matching.difficulty import DIFFICULTIES, FIGURE_SEEDS
from bench.matching.figures import figures
from bench.matching.tables import MOST_ROWS, Asked, make


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser(
        "make", help="two tables with different heads, and which of their rows belong together"
    )
    making.add_argument("--difficulty", choices=sorted(DIFFICULTIES), default="hard")
    making.add_argument("--seed", type=int, required=True)
    making.add_argument("--rows", type=int, default=10_000, help="rows of each table")
    making.add_argument("--kind", choices=("person", "firm"), default="person")
    making.add_argument("--form", choices=sorted(MOST_ROWS), default="csv")
    making.add_argument("--out", type=Path, required=True, help="folder, made if it is not there")
    showing = commands.add_parser(
        "figures", help="all peers and our engine on every difficulty and seed, and on FEBRL"
    )
    showing.add_argument("--difficulty", choices=tuple(DIFFICULTIES), nargs="+", default=list(DIFFICULTIES))
    showing.add_argument("--seed", type=int, nargs="+", default=list(FIGURE_SEEDS))
    showing.add_argument("--rows", type=int, default=10_000)
    showing.add_argument("--kind", choices=("person", "firm"), default="person")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Make a set and print what is in it, or print figures."""
    given = _parser().parse_args(arguments)
    if given.command == "figures":
        with TemporaryDirectory() as work:
            return figures(Path(work), given.difficulty, given.seed, given.rows, given.kind)
    about = make(Asked(given.difficulty, given.seed, given.rows, given.kind, given.form), given.out)
    print(json.dumps(about["counts"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
