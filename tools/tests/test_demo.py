"""The demo touches only a database that is empty or its own, and keeps its keys to itself."""

import json
import socket
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
