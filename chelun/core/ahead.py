"""What only computes, done ahead in other processes while this one writes: Python uses one core a process.

The processes load the same settings, touch no database, and end with the one that began them, however it ends.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TypeVar

import django

T = TypeVar("T")
R = TypeVar("R")


def ahead(work: Callable[[T], R], items: Iterable[T], processes: int) -> Iterator[tuple[T, R]]:
    """Each item with what `work` makes of it, in the order of the items, at most two a process ahead.

    Without processes the work is done here when its turn comes. `work`, items and results travel as pickles.
    """
    waiting: deque[tuple[T, Future[R]]] = deque()
    pool: ProcessPoolExecutor | None = None
    try:
        for item in items:
            if not processes:
                yield item, work(item)
                continue
            pool = pool or ProcessPoolExecutor(processes, get_context("spawn"), _begin)
            waiting.append((item, _submit(pool, work, item)))
            if len(waiting) > 2 * processes:
                yield _result(work, *waiting.popleft())
        while waiting:
            yield _result(work, *waiting.popleft())
    finally:
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, work: Callable[[T], R], item: T) -> Future[R]:
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as broken:
        failed: Future[R] = Future()
        failed.set_exception(broken)
        return failed


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


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
