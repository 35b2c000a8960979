"""`python -m bench.crowd_process FILE SERIAL ACT …`: a process of people at work, until it is ended (`bench.crowd`)."""

import sys
from importlib import import_module
from pathlib import Path

import django

PAUSE_SECONDS = 0.1


def main() -> None:
    """Set Django up, then act."""
    file, serial, *acts = sys.argv[1:]
    django.setup()
    import_module("bench.crowd").act_until_ended(Path(file), int(serial), acts, PAUSE_SECONDS)


if __name__ == "__main__":
    main()
