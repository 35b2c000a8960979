"""Errors that nobody asked for: a full disk told apart from the rest, and logs that hold no one's data."""

import errno
import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

from django.db import OperationalError

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

SQLITE_DISK = ("database or disk is full", "disk I/O error")
POSTGRES_DISK_FULL = "53100"


def is_disk_full(error: BaseException) -> bool:
    """Whether an error, or what caused it, says that there is no room left on the disk."""
    return any(_says_full(one) for one in _chain(error))


def frames_only(error: BaseException) -> str:
    """Where an error arose and of which kind it is, without its own words: those may hold somebody's data."""
    parts = [f"{_frames(one)}{type(one).__module__}.{type(one).__qualname__}" for one in _chain(error)]
    return "\ncaused by:\n".join(parts)


class QuietFormatter(logging.Formatter):
    """For every log of an installation: a traceback without the words of the exception."""

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 – logging's own name
        """The frames and kinds of the error and of its causes."""
        return frames_only(ei[1]) if ei[1] else ""


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    # SQLite has only words for it, and on a disk without one free page it says that it cannot read; PostgreSQL's
    # words depend on its language, so its code counts.
    spoken = isinstance(error, OperationalError) and str(error) in SQLITE_DISK
    return spoken or getattr(error, "sqlstate", "") == POSTGRES_DISK_FULL


def _chain(error: BaseException) -> Iterator[BaseException]:
    following: BaseException | None = error
    while following is not None:
        yield following
        following = following.__cause__ or following.__context__


def _frames(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__))
