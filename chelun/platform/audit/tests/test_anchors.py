"""The file of anchors: whole lines only, none lost, whoever else writes and whatever is cut off."""

import contextlib
import errno
import fcntl
import io
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from chelun.core import linefile
from chelun.core.actors import SystemActor
from chelun.platform.audit.anchors import anchor_path, has_half_line, read_anchors, write_anchor
from chelun.platform.audit.checking import chain_check, last_check
from chelun.platform.audit.services import record
from chelun.platform.audit.verifying import verify_chain

ACTOR = SystemActor("test", "nobody")
HALF = "写了一半的一行"


@pytest.fixture
def chain(db: None) -> None:
    """Two rows, each with its anchor."""
    for _ in range(2):
        record(actor=ACTOR, action="people.person.viewed")
        write_anchor()


def verified(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    try:
        call_command("audit", "verify")
    except SystemExit as left:
        return int(str(left.code)), capsys.readouterr().out
    return 0, capsys.readouterr().out


def cut(content: bytes) -> None:
    anchor_path().write_bytes(content)


@pytest.mark.django_db(transaction=True)
def test_anchors_written_at_once_follow_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each writer would have read the same last line: they wait for one another instead."""
    record(actor=ACTOR, action="people.person.viewed")
    barrier, encode = threading.Barrier(4), json.dumps

    def together(values: Any) -> str:
        with contextlib.suppress(threading.BrokenBarrierError):
            barrier.wait(0.5)
        return str(encode(values))

    def write() -> None:
        write_anchor()
        connection.close()

    monkeypatch.setattr(json, "dumps", together)
    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [anchor.genuine for anchor in read_anchors()] == [True] * 4
    assert verify_chain().findings == ()


@pytest.mark.parametrize("kept", [1, 20, 60, -2])
def test_half_a_line_is_told_and_no_fault(chain: None, kept: int, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = anchor_path().read_bytes().splitlines(keepends=True)
    cut(first + second[:kept])
    code, said = verified(capsys)
    assert (code, HALF in said, "1 个库外锚点，没有发现改动" in said) == (0, True, True)
    chain_check(actor=ACTOR)
    found = last_check()
    assert found is not None
    assert (found.check.found, len(found.findings)) == (0, 1)
    assert HALF in found.findings[0]


@pytest.mark.parametrize("tail", [b'{"at": "2026-', b"\0" * 300, b"\xff\xfe", b"["])
def test_next_anchor_takes_the_place_of_half_a_line(
    chain: None, tail: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    before = anchor_path().read_bytes()
    cut(before + tail)
    assert has_half_line()
    write_anchor()
    assert anchor_path().read_bytes().startswith(before + b'{"at": ')
    code, said = verified(capsys)
    assert (code, HALF in said, "3 个库外锚点" in said) == (0, False, True)


def test_line_that_only_lost_its_end_counts(chain: None, capsys: pytest.CaptureFixture[str]) -> None:
    cut(anchor_path().read_bytes()[:-1])
    assert "2 个库外锚点，没有发现改动" in verified(capsys)[1]
    write_anchor()
    code, said = verified(capsys)
    assert (code, HALF in said, "3 个库外锚点" in said) == (0, False, True)


def test_edited_line_without_its_end_is_a_fault(chain: None, capsys: pytest.CaptureFixture[str]) -> None:
    cut(anchor_path().read_bytes().replace(b'"seq": 2', b'"seq": 1')[:-1])
    assert verified(capsys)[0] == 1
    write_anchor()
    assert verified(capsys)[0] == 1


@pytest.mark.parametrize(
    "line", [b"[" * 100_000, b"9" * 10_000, b'{"seq": 1e999, "at": 1, "seal": 1, "by": 1}']
)
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_line_of_any_kind_stops_nobody(
    chain: None, line: bytes, end: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    cut(anchor_path().read_bytes() + line + end)
    assert "审计链" in verified(capsys)[1]
    assert write_anchor()


class Full(io.FileIO):
    """A file on a disk that takes no more than some bytes."""

    def write(self, content: Any) -> int:
        return super().write(bytes(content)[:30])


def test_full_disk_leaves_no_half_line(
    chain: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = anchor_path().read_bytes()
    with Full(str(anchor_path()), "ab+") as file, pytest.raises(OSError, match="space") as trouble:
        linefile._append(file, b"x" * 100)
    assert trouble.value.errno == errno.ENOSPC
    assert anchor_path().read_bytes() == before


def test_folder_without_locks_is_written_to(chain: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(file: object, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)
    write_anchor()
    assert len(read_anchors()) == 3


WRITER = """
import fcntl, sys, time
file = open(sys.argv[1], "ab", buffering=0)
fcntl.flock(file, fcntl.LOCK_EX)
file.write(b'{"at": "')
print("held", flush=True)
time.sleep(0.3)
file.write(b"2026-")
print("written", flush=True)
time.sleep(60)
"""


def test_process_killed_while_it_writes_is_waited_for_and_mended(
    chain: None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = anchor_path()
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        threading.Timer(0.8, other.kill).start()
        write_anchor()
        assert other.stdout.readline() == b"written\n"
        assert other.wait(10) == -9
    code, said = verified(capsys)
    assert (code, HALF in said, "3 个库外锚点" in said) == (0, False, True)
