"""How long work says how far it is: a function that pages, jobs and commands each fill in their way."""

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""(done, total, message); total 0 is not known. May raise to stop the work between two steps."""


def no_progress(done: int, total: int, message: str) -> None:
    """For work that nobody watches."""
