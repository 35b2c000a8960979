"""The database of a run: DuckDB in memory, what does not fit spilled under a key that only this process knows.

DuckDB writes cells into its messages and its spill into files that others may read. So every error leaves as ours, without
what DuckDB said; the spill lies in a private folder, encrypted; nothing is loaded from the network.
"""

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from chelun.engines.matching.folders import private_folder
from chelun.engines.matching.sentences import MatchingError

WATCH_SECONDS = 0.2
"""How often a run asks whether it has been cancelled."""
KEY_BYTES = 32
INCOMING = "incoming"
Answer = TypeVar("Answer")
SETTINGS = (
    # DuckDB's own source of random numbers, where its extension with OpenSSL is not there; the key comes from the system.
    "SET force_mbedtls_unsafe = true",
    "SET temp_file_encryption = true",
    "SET preserve_insertion_order = false",
    "SET enable_progress_bar = false",
)
CLOSED = ("SET enable_external_access = false", "SET lock_configuration = true")
CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_persistent_secrets": "false",
}


class Session:
    """What a run asks its database. Statements are whole texts; no value of a row is ever written into one."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, memory: str, is_cancelled: threading.Event
    ) -> None:
        self._connection = connection
        self._memory = memory
        self._is_cancelled = is_cancelled
        self.step = ""
        """What the run is at, in words; it stands in the sentence for something unforeseen."""

    def run(self, statement: str, params: Sequence[Any] = ()) -> None:
        """Carry out a statement. Raises `MatchingError`, whose text holds nothing that DuckDB said."""
        self._ask(lambda: self._connection.execute(statement, params))

    def rows(self, statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of an answer that is known to be small. Raises as `run`."""
        return self._ask(lambda: self._connection.execute(statement, params).fetchall())

    def batches(self, statement: str, size: int = 50_000) -> Iterator[Any]:
        """The answer as Arrow batches of `size` rows, the next made when it is asked for. Raises as `run`."""
        reader = self._ask(lambda: self._connection.sql(statement).to_arrow_reader(size))
        while (batch := self._ask(lambda: next(reader, None))) is not None:
            yield batch

    def take_in(self, name: str, reader: Any) -> None:
        """Make a table of an Arrow table or reader. Raises as `run`."""
        self._connection.register(INCOMING, reader)
        try:
            self.run(f'CREATE TABLE "{name}" AS FROM {INCOMING}')
        finally:
            self._connection.unregister(INCOMING)

    def _ask(self, question: Callable[[], Answer]) -> Answer:
        """Errors as ours, raised where theirs is over: a traceback would print the cells that stand in it."""
        try:
            return question()
        # DuckDB's own, and Arrow's where a batch is made.
        except Exception as error:
            failure = self._refusal(error)
        raise failure

    def _refusal(self, error: Exception) -> MatchingError:
        if self._is_cancelled.is_set():
            return MatchingError("cancelled")
        # Nothing but spill is written: every other door is closed.
        if isinstance(error, duckdb.IOException) or "max_temp_directory_size" in str(error):
            return MatchingError("disk")
        if isinstance(error, duckdb.OutOfMemoryException):
            return MatchingError("memory", limit=self._memory)
        return MatchingError("broken", step=self.step)


@contextmanager
def session(
    *,
    work: Path | None = None,
    memory: str = "1.6GB",
    threads: int = 2,
    cancel: Callable[[], bool] = lambda: False,
) -> Iterator[Session]:
    """A database for one run; connection and folder are gone when the block ends, however it ends.

    `memory` bounds what DuckDB keeps, as it reads sizes ("1.6GB"); the rest is spilled under `work`. `cancel` is asked five
    times a second, from another thread: once it answers yes, what runs is interrupted and raises `MatchingError`
    ("cancelled"), as does everything after it.
    """
    with private_folder(work) as folder:
        connection = duckdb.connect(
            ":memory:",
            config={**CONFIG, "memory_limit": memory, "threads": threads, "temp_directory": str(folder)},
        )
        try:
            _close_doors(connection)
            with _watched(connection, cancel) as is_cancelled:
                yield Session(connection, memory, is_cancelled)
        finally:
            connection.close()


def _close_doors(connection: duckdb.DuckDBPyConnection) -> None:
    for setting in SETTINGS:
        connection.execute(setting)
    # Only what belongs to an encrypted database is spilled encrypted.
    connection.execute(f"ATTACH ':memory:' AS run (ENCRYPTION_KEY '{secrets.token_hex(KEY_BYTES)}')")
    connection.execute("USE run")
    for setting in CLOSED:
        connection.execute(setting)


@contextmanager
def _watched(connection: duckdb.DuckDBPyConnection, cancel: Callable[[], bool]) -> Iterator[threading.Event]:
    """A thread that interrupts the connection as soon as `cancel` says so, and goes on: each statement begins anew."""
    over, is_cancelled = threading.Event(), threading.Event()

    def watch() -> None:
        while not over.wait(WATCH_SECONDS):
            if is_cancelled.is_set() or cancel():
                is_cancelled.set()
                connection.interrupt()

    watcher = threading.Thread(target=watch, name="chelun-match-cancel", daemon=True)
    watcher.start()
    try:
        yield is_cancelled
    finally:
        over.set()
        watcher.join()
