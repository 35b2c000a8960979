"""The demo touches only a database that is empty or its own, and keeps its keys to itself."""

import json
import socket
import time
from pathlib import Path

import django
import pytest
from django.core.management import CommandError
from django.db import connection

from chelun.core.crypto.keys import parse_ring
from tools import demo


@pytest.mark.django_db
def test_demo_refuses_database_with_other_data() -> None:
    assert "已有别的数据" in demo.claim_database("keys")


@pytest.mark.django_db
def test_demo_knows_its_own_database_by_its_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(connection.introspection, "table_names", lambda cursor: [])
        assert demo.claim_database("keys") == ""
    assert demo.claim_database("keys") == ""
    assert "密钥" in demo.claim_database("other keys")


def test_demo_makes_keys_once_for_the_owner_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(demo, "DEMO", tmp_path / "demo")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = demo.environment()
    assert made == demo.environment()
    path = tmp_path / "demo" / "keys.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert parse_ring(json.loads(path.read_text())["ring"]).active == "demo"


def test_port_is_free_tells_a_taken_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not demo.port_is_free(taken.getsockname()[1])


@pytest.mark.django_db
def test_command_asks_for_a_demo_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(django, "setup", lambda: None)
    assert demo.command(["scenario", "logins"]) == 1
    assert "make demo" in capsys.readouterr().out


@pytest.mark.django_db
def test_command_runs_on_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(django, "setup", lambda: None)
    monkeypatch.setattr(demo, "is_claimed", lambda: True)
    monkeypatch.setattr(demo, "execute_from_command_line", ran.append)
    assert demo.command(["scenario", "check", "ziyang"]) == 0
    assert ran == [["chelun", "scenario", "check", "ziyang"]]


def test_check_place_tells_a_difference_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def differs(*_: str) -> None:
        raise CommandError("meigu: 1")

    monkeypatch.setattr(demo, "call_command", differs)
    demo.check_place("meigu")
    assert "meigu: 1" in capsys.readouterr().out


class Running:
    """A process that lives until it is told to end by itself."""

    def __init__(self, rounds: int = 0) -> None:
        self.left = rounds

    def poll(self) -> int | None:
        self.left -= 1
        return 1 if self.left == 0 else None


def test_demo_waits_for_its_page_while_the_processes_live_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds, pages = iter(range(0, 6000, 40)), iter([False] * 5 + [True])
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))
    monkeypatch.setattr(demo, "answers", lambda port: next(pages))
    told = Told()
    assert demo.answered(8000, [Running()], told)  # type: ignore[list-item, arg-type]
    assert capsys.readouterr().out.count("还在等登录页面") == 5


def test_demo_gives_up_once_a_process_ended_or_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "answers", lambda port: False)
    assert not demo.answered(8000, [Running(3)], Told())  # type: ignore[list-item, arg-type]
    assert not demo.answered(8000, [Running()], Told(stopped=True))  # type: ignore[list-item, arg-type]


class Told:
    """Somebody's Ctrl-C, without waiting for it."""

    def __init__(self, *, stopped: bool = False) -> None:
        self.stopped = stopped

    def wait(self, seconds: float) -> bool:
        return self.stopped
