"""`python -m tests.imports.mortal`: workers that die in the midst of their work, by SIGKILL, at a commit that is named.

Reads lines «NUMBER before|after» and for each starts a process that takes back what dead workers held and does all
that waits, but is killed just before or just after its NUMBER-th commit (0: it lives). Answers «killed», or
«done COMMITS». Forked, so that a life costs little; the database is opened in the new process.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import django
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

WRITES = ("INSERT", "UPDATE", "DELETE")


class Commits:
    """Counts the commits of this process, and ends it at one of them."""

    def __init__(self, number: int, when: str) -> None:
        self.count = 0
        self._number = number
        self._when = when

    def around(self, commit: Callable[[], Any]) -> Any:
        """One commit."""
        self.count += 1
        self._die("before")
        result = commit()
        self._die("after")
        return result

    def statement(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """A statement; one that writes outside a transaction commits by itself."""
        if connection.in_atomic_block or not sql.startswith(WRITES):
            return execute(sql, params, many, context)
        return self.around(lambda: execute(sql, params, many, context))

    def _die(self, when: str) -> None:
        if self.count == self._number and self._when == when:
            os.kill(os.getpid(), signal.SIGKILL)


def live(number: int, when: str, answer: int) -> None:
    """One life."""
    commits, commit = Commits(number, when), BaseDatabaseWrapper._commit  # type: ignore[attr-defined]
    BaseDatabaseWrapper._commit = lambda self: commits.around(lambda: commit(self))  # type: ignore[attr-defined]
    execution = __import__("chelun.platform.jobs.execution", fromlist=["sweep"])
    with connection.execute_wrapper(commits.statement):
        execution.sweep("nobody")
        execution.run_waiting()
    os.write(answer, f"done {commits.count}\n".encode())


def lived(number: int, when: str) -> str:
    """How a life ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live(number, when, writing)
        except BaseException:
            os.write(writing, traceback.format_exc().replace("\n", "|").encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read().strip()
    os.waitpid(child, 0)
    return said or "killed"


def main() -> None:
    """Live as told."""
    django.setup()
    for line in sys.stdin:
        number, when = line.split()
        sys.stdout.write(f"{lived(int(number), when)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
