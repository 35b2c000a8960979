"""Who a worker process is, and whether one on this machine is still alive."""

import contextlib
import os
import socket
from functools import lru_cache
from pathlib import Path

from chelun.platform.jobs.rules import WorkerName


@lru_cache(maxsize=1)
def machine() -> str:
    """This machine since it was switched on, and the process-number space (container) that we see of it."""
    parts = [socket.gethostname()]
    boot = Path("/proc/sys/kernel/random/boot_id")
    space = Path("/proc/self/ns/pid")
    with contextlib.suppress(OSError):  # not Linux: the host's name alone
        parts += [boot.read_text().strip()[:8], str(space.readlink()).strip("pid:[]")]
    return "/".join(parts)[:80]


def started(pid: int) -> str:
    """When a process started, in ticks since boot; '' when it is gone or the system does not tell."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = text.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]


def own_name() -> WorkerName:
    """The name of this process."""
    return WorkerName(machine(), os.getpid(), started(os.getpid()))


def is_gone(name: WorkerName) -> bool | None:
    """Whether a process is gone; None when it ran elsewhere, so that only its heartbeat can tell."""
    if name.machine != machine():
        return None
    if Path("/proc/self/stat").exists():
        return started(name.pid) != name.started
    try:
        os.kill(name.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
