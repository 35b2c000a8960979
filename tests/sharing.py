"""Rows that all tests of a module look at: brought in once, in a transaction around those of the tests."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction


@contextlib.contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that ends as if it had not been; within it a test has the right to durable ones, as it has of its own."""
    atomic: Any = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        yield
        transaction.set_rollback(True)
    assert not connection.in_atomic_block
