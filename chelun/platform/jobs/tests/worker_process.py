"""`python -m chelun.platform.jobs.tests.worker_process`: a real worker that knows the kinds of the tests."""

import sys

import django
from django.core.management import call_command


def main() -> None:
    """Run the worker command with the given arguments."""
    django.setup()
    __import__("chelun.platform.jobs.tests.kinds")
    call_command("worker", *sys.argv[1:])


if __name__ == "__main__":
    main()
