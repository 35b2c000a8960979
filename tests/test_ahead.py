"""Work done ahead in other processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from chelun.core.ahead import ahead
from chelun.core.errors import Refused
from chelun.platform.jobs.tests.waiting import wait_for


def double(number: int) -> int:
    """Twice as much; nothing for 4."""
    if number == 4:
        raise Refused("test.four", "四不行。")
    return 2 * number


def process_of(number: int) -> int:
    """The process in which this runs; 2 takes its own process away."""
    if number == 2 and os.environ.get("CHELUN_TEST_PARENT") != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def length_and(large: bytes, number: int) -> int:
    """The length of something large, and a number."""
    return len(large) + number


def end_with(large: bytes) -> None:
    """A beginning that takes its own process away."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    """A beginning that does not succeed."""
    raise ValueError("no")


def slow_process_of(number: int) -> int:
    """The process in which this runs, after a while."""
    time.sleep(0.2)
    return os.getpid()


class UntilElsewhere:
    """Zeros until the other process has begun, then these items. `where` is what was found so far."""

    def __init__(self, *then: int) -> None:
        self.where: list[int] = []
        self._then = then

    def __iter__(self) -> Iterator[int]:
        deadline = time.monotonic() + 60
        while {*self.where} <= {os.getpid()} and time.monotonic() < deadline:
            yield 0
        yield from self._then

    def asked(self, work: Callable[[int], int]) -> list[int]:
        """What `ahead` finds for the items after the zeros."""
        for _, where in ahead(work, self, 1):
            self.where.append(where)
        return self.where[-len(self._then) :]


@pytest.mark.parametrize("processes", [0, 1])
def test_results_come_in_order(processes: int) -> None:
    assert list(ahead(double, range(4), processes)) == [(0, 0), (1, 2), (2, 4), (3, 6)]


@pytest.mark.parametrize("processes", [0, 1])
def test_error_comes_when_its_turn_comes(processes: int) -> None:
    found = ahead(double, [3, 4, 5], processes)
    assert next(found) == (3, 6)
    with pytest.raises(Refused):
        next(found)


def test_work_goes_on_here_when_the_other_process_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHELUN_TEST_PARENT", str(os.getpid()))
    items = UntilElsewhere(2, 2, 4)
    assert items.asked(process_of) == [os.getpid()] * 3
    assert len({*items.where}) == 2


def test_work_is_done_here_when_the_others_cannot_begin() -> None:
    large = bytes(1 << 20)
    found = list(ahead(partial(length_and, large), [1, 2, 3], 1, partial(end_with, large)))
    assert found == [(1, 1 + len(large)), (2, 2 + len(large)), (3, 3 + len(large))]
    assert [where for _, where in ahead(process_of, [0], 1, fail)] == [os.getpid()]


def test_work_is_done_here_while_the_other_process_begins_and_there_afterwards() -> None:
    items = UntilElsewhere(1)
    (where,) = items.asked(process_of)
    assert items.where[0] == os.getpid()
    assert where != os.getpid()


def test_who_would_wait_does_an_item_itself() -> None:
    found = UntilElsewhere(*range(6)).asked(slow_process_of)
    assert len({*found}) == 2
    assert os.getpid() in found


def test_no_more_is_taken_than_two_a_process_ahead() -> None:
    taken = []
    leads = []

    def items() -> Iterator[int]:
        while True:
            taken.append(0)
            yield 0

    found = ahead(process_of, items(), 1)
    for yielded, (_, where) in enumerate(found, 1):
        leads.append(len(taken) - yielded)
        if where != os.getpid():
            break
    assert (leads[0], leads[-1], max(leads)) == (0, 2, 2)
    found.close()  # type: ignore[attr-defined]


def test_process_ends_with_the_one_that_began_it() -> None:
    code = (
        "from itertools import repeat; from chelun.core.ahead import ahead; from tests.test_ahead import process_of\n"
        "import os, time\n"
        "for one in ahead(process_of, repeat(0), 1):\n"
        "    if one[1] != os.getpid(): print(one[1], flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_for(lambda: not _lives(child))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as stat:
        return stat.read().split()[2] != "Z"
