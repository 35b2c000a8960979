"""The private folder of a run: nobody else may look in, and it is gone when the run is, also when it was killed.

A run holds a lock on a file in its folder for as long as it lives. The system lets go of the lock of a process that was killed,
so the next run knows which folders nobody needs any more.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chelun.engines.matching.sentences import MatchingError

PREFIX = "chelun-match-"
LOCK = "lock"


@contextmanager
def private_folder(where: Path | None = None) -> Iterator[Path]:
    """A new folder of mode 0700 under `where` (default: the system's folder for temporary files), removed at the end.

    Before it is made, what killed runs of the same user left there is removed. Raises `MatchingError` ("folder")
    where it cannot be made.
    """
    parent = where or Path(tempfile.gettempdir())
    try:
        sweep(parent)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    except OSError:
        raise MatchingError("folder", folder=str(parent)) from None
    try:
        with (folder / f"{LOCK}.new").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            # It has its name only once it is held: another run that looks in between would take the folder for a killed one's.
            Path(held.name).rename(folder / LOCK)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(parent: Path) -> int:
    """Remove the folders that killed runs of this user left under `parent`; returns how many."""
    return sum(_remove_if_left(folder) for folder in sorted(parent.glob(f"{PREFIX}*")))


def _remove_if_left(folder: Path) -> bool:
    if not _is_ours(folder):
        return False
    try:
        with (folder / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except FileNotFoundError:
        # Made a moment ago by a run that has yet to take its lock, or left in that moment: an empty folder tells nothing.
        return False
    except BlockingIOError:
        return False
    return not folder.exists()


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, not a link to one, of the user who asks."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
