"""What the environment may say: whole numbers, and nothing that opens an installation in earnest to the demo."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from chelun.core.crypto.keys import is_weak, new_ring, parse_ring
from config.settings.base import database, whole
from config.settings.dev import DEV_KEYS

ASK = "from django.conf import settings as s; print(s.{name})"
IN_EARNEST = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "CHELUN_SECRET_KEY": "s" * 50,
    "CHELUN_KEYS": new_ring("test"),
    "CHELUN_HOSTS": "chelun.example.org",
    "DATABASE_URL": "sqlite://:memory:",
}


def setting(name: str, environment: Mapping[str, str]) -> str:
    """A setting of a process with this environment; what it said when it refused to start."""
    mine = {key: value for key, value in os.environ.items() if not key.startswith(("CHELUN_", "DATABASE_"))}
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(name=name)],
        env={**mine, **environment},
        capture_output=True,
        text=True,
    )
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_whole_number_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert whole("CHELUN_TEST", 7) == 7
    monkeypatch.setenv("CHELUN_TEST", " 12 ")
    assert whole("CHELUN_TEST", 7) == 12


@pytest.mark.parametrize("text", ["-1", "1.5", "many", "１２"])
def test_what_is_no_whole_number_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("CHELUN_TEST", text)
    with pytest.raises(ImproperlyConfigured, match="CHELUN_TEST"):
        whole("CHELUN_TEST", 7)


def test_production_reads_its_limits_from_the_environment() -> None:
    assert setting("CHELUN_IDLE_MINUTES", IN_EARNEST) == "30"
    assert setting("CHELUN_IDLE_MINUTES", IN_EARNEST | {"CHELUN_IDLE_MINUTES": "10"}) == "10"
    assert "CHELUN_LOCK_FAILURES" in setting("DEBUG", IN_EARNEST | {"CHELUN_LOCK_FAILURES": "none"})


def test_production_cannot_be_made_a_demo() -> None:
    opened = IN_EARNEST | {"CHELUN_DEMO": "1", "CHELUN_DEMO_AREAS": "1", "CHELUN_DEBUG": "1"}
    assert [setting(name, opened) for name in ("CHELUN_DEMO", "CHELUN_DEMO_AREAS", "DEBUG")] == ["False"] * 3


@pytest.mark.parametrize("name", ["CHELUN_SECRET_KEY", "CHELUN_KEYS", "CHELUN_HOSTS", "DATABASE_URL"])
def test_production_refuses_to_start_without(name: str) -> None:
    assert name in setting("DEBUG", IN_EARNEST | {name: ""})


@pytest.mark.parametrize(
    "changed",
    [
        {"CHELUN_HOSTS": "chelun.example.org, *"},
        {"CHELUN_SECRET_KEY": "s" * 49},
        {"CHELUN_KEYS": "{}"},
        {"CHELUN_KEYS": DEV_KEYS},
    ],
)
def test_production_refuses_what_is_weak(changed: dict[str, str]) -> None:
    assert "ImproperlyConfigured" in setting("DEBUG", IN_EARNEST | changed)


def test_weak_ring_is_told_from_a_made_one() -> None:
    made = parse_ring(new_ring("a"))
    assert not is_weak(made)
    assert is_weak(parse_ring(DEV_KEYS))
    for change in (
        {"index": made.short},
        {"audit": b"short"},
        {"index": b"\0" * 32},
        {"data": {"a": b"\1" * 16}},
    ):
        assert is_weak(replace(made, **change))


def test_cookies_in_earnest_are_for_this_host_and_https_alone() -> None:
    names = ("SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE")
    asked = ", s.".join(f"{name}_{flag}" for name in names for flag in ("SECURE", "HTTPONLY", "SAMESITE"))
    assert setting(asked, IN_EARNEST) == "True True Lax " * 2 + "True True Lax"
    others = "SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.USE_X_FORWARDED_HOST"
    assert setting(others, IN_EARNEST) == "__Host-session __Host-csrf True 31536000 False"


def test_planner_is_told_the_price_of_a_page_unless_the_address_tells_it() -> None:
    assert database("postgres://u@h/n")["OPTIONS"] == {"options": "-c random_page_cost=1.1"}
    said = database("postgres://u@h/n?options=-c%20random_page_cost%3D4&sslmode=require")["OPTIONS"]
    assert said == {"options": "-c random_page_cost=4", "sslmode": "require"}
    assert "options" not in str(database("sqlite:////x.sqlite3")["OPTIONS"])


def test_production_seals_at_full_cost() -> None:
    assert setting("CHELUN_SEALING_COST", IN_EARNEST | {"CHELUN_SEALING_COST": "2"}) == str(1 << 15)
