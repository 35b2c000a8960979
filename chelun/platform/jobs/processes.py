"""Who a worker process is, and whether one on this machine is still alive."""

import contextlib
import os
import socket
from functools import lru_cache
from pathlib import Path

from chelun.platform.jobs.rules import WorkerName

REQUEST = "/request"


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


def own_name(*, request: bool = False) -> WorkerName:
    """The name of this process; `request` for work within a request, which may end while the process lives on."""
    return WorkerName(machine() + REQUEST * request, os.getpid(), started(os.getpid()))


def is_gone(name: WorkerName) -> bool | None:
    """Whether a process is gone; None when only its heartbeat can tell: it ran elsewhere, or serves requests."""
    if name.machine.removesuffix(REQUEST) != machine():
        return None
    return _is_dead(name) or (None if name.machine.endswith(REQUEST) else False)


def _is_dead(name: WorkerName) -> bool:
    if Path("/proc/self/stat").exists():
        return started(name.pid) != name.started
    try:
        os.kill(name.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
