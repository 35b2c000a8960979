"""What only computes, done ahead in other processes while this one writes: Python uses one core a process.

The processes load the same settings, touch no database, and end with the one that began them, however it ends.
"""

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

import django
from django.conf import settings

T = TypeVar("T")
R = TypeVar("R")
ROWS_WORTH_A_PROCESS = 5000
_work: list[Callable[[Any], Any]] = []


def processes_for(rows: int) -> int:
    """How many other processes are worth their start for so many rows."""
    return int(settings.CHELUN_PROCESSES) if rows >= ROWS_WORTH_A_PROCESS else 0


def nothing() -> None:
    """Another process needs nothing to begin."""


def ahead(
    work: Callable[[T], R], items: Iterable[T], processes: int, begin: Callable[[], None] = nothing
) -> Iterator[tuple[T, R]]:
    """Each item with what `work` makes of it, in the order of the items, at most two a process ahead.

    Without processes the work is done here when its turn comes, and so it is while the others begin; where they have
    their hands full, this one does an item itself rather than wait. `work`, items and results travel as pickles, `work`
    once to each process; so does `begin`, which each calls first: it brings what this one knows from the database.
    """
    waiting: deque[tuple[T, Future[R]]] = deque()
    others: list[_Other] = []
    try:
        for number, item in enumerate(items):
            others = others or _begun(processes, begin, work)
            if not others or not all(other.ready() for other in others):
                yield item, work(item)
                continue
            busy = sum(not future.done() for _, future in waiting) >= 2 * processes
            waiting.append((item, _here(work, item) if busy else others[number % processes].submit(item)))
            if len(waiting) > 2 * processes:
                yield _result(work, *waiting.popleft())
        while waiting:
            yield _result(work, *waiting.popleft())
    finally:
        for other in others:
            other.end()


class _Other:
    """Another process. What it needs goes to it as a first item: one that dies over it does not hold us up."""

    def __init__(self, packed: bytes) -> None:
        self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin)
        self._begun = self._pool.submit(_take, packed)

    def ready(self) -> bool:
        """Whether it has begun, or never will."""
        return self._begun.done()

    def submit(self, item: Any) -> Future[Any]:
        """The work of one item there."""
        try:
            return self._pool.submit(_do, item)
        except BrokenProcessPool as broken:
            failed: Future[Any] = Future()
            failed.set_exception(broken)
            return failed

    def end(self) -> None:
        """Let it go, whatever it is doing."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _begun(processes: int, begin: Callable[[], None], work: Callable[[Any], Any]) -> list[_Other]:
    packed = pickle.dumps((begin, work)) if processes else b""
    return [_Other(packed) for _ in range(processes)]


def _here(work: Callable[[T], R], item: T) -> Future[R]:
    """The work done now; an error of it comes when its turn comes."""
    done: Future[R] = Future()
    try:
        done.set_result(work(item))
    except Exception as error:
        done.set_exception(error)
    return done


def _result(work: Callable[[T], R], item: T, future: Future[R]) -> tuple[T, R]:
    try:
        return item, future.result()
    except BrokenProcessPool:
        # Somebody killed the other process, or memory was short: slower here, but done.
        return item, work(item)


def _begin() -> None:
    """In the new process: signals are the business of the one that began it; when that one is gone, so are we."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def _take(packed: bytes) -> None:
    begin, work = pickle.loads(packed)  # noqa: S301 (from our own process; what it names is there only after set-up)
    begin()
    _work[:] = [work]


def _do(item: Any) -> Any:
    if not _work:
        raise BrokenProcessPool("this process could not begin")
    return _work[0](item)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
