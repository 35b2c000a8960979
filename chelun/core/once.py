"""What several parts of a page ask for alike is asked once: the page is quicker, and its parts agree with one another.

Holds while a page is read (GET), never while something is sent: there each step must see what the one before it did.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_found: ContextVar[dict[Hashable, Any] | None] = ContextVar("found", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within the block `once` answers the same question the same way."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def once(question: Hashable, find: Callable[[], T]) -> T:
    """What `find` says; within `one_look` what it said first. Nobody changes what is answered: others have it too."""
    found = _found.get()
    if found is None:
        return find()
    if question not in found:
        found[question] = find()
    answer: T = found[question]
    return answer
