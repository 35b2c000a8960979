"""Waiting for one's turn to write on SQLite, where one writes at a time and nobody keeps a queue.

SQLite lets whoever waits ask again at growing intervals, up to 100 ms: between the short steps of a long import he
would come too late again and again. Here he asks every few milliseconds instead, for as long as SQLite's timeout
used to be, so that a gap of 15 ms (`chelun.platform.sheets.turns`) is enough to let everybody in.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

ASK_FOR_MS = 8
"""SQLite asks after 1, 2 and 5 ms; then we ask anew, so that the intervals never grow."""
PATIENCE_SECONDS = 20.0
LOCKED = "database is locked"

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def is_locked(error: BaseException) -> bool:
    """Whether an error says that another process is writing and did not end in time."""
    return isinstance(error, OperationalError) and str(error) == LOCKED


def patient(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Execute a statement; one that begins to write is tried again while another process writes."""
    if context["connection"].in_atomic_block:
        return execute(sql, params, many, context)
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return execute(sql, params, many, context)
        except OperationalError as error:
            if not is_locked(error) or time.monotonic() > until:
                raise


def make_patient(sender: object, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Prepare a new connection."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {ASK_FOR_MS}")
    if patient not in connection.execute_wrappers:
        connection.execute_wrappers.append(patient)


def listen() -> None:
    """Prepare every connection from now on."""
    connection_created.connect(make_patient, dispatch_uid="chelun.core.patience")
