"""A full disk is told in a sentence; a log says where an error arose, never whose data it held."""

import logging
import sys

import psycopg
import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import RequestFactory

from chelun.core.middleware import SpokenErrors
from chelun.core.trouble import QuietFormatter, is_disk_full

FULL = OperationalError("database or disk is full")


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (FULL, True),
        (OperationalError("disk I/O error"), True),
        (psycopg.errors.DiskFull("无法扩展文件"), True),
        (psycopg.errors.LockNotAvailable("x"), False),
        (OSError(28, "x"), True),
        (OSError(2, "x"), False),
        (OperationalError("database is locked"), False),
        (ValueError("disk is full"), False),
    ],
)
def test_disk_full_is_recognised(error: Exception, full: bool) -> None:
    assert is_disk_full(error) is full
    wrapped = ValueError("x")
    wrapped.__cause__ = error
    assert is_disk_full(wrapped) is full


def test_disk_full_gives_a_page_with_a_sentence() -> None:
    request: HttpRequest = RequestFactory().post("/people/")
    door = SpokenErrors(lambda request: None)  # type: ignore[arg-type, return-value]
    answer = door.process_exception(request, FULL)
    assert answer is not None
    assert answer.status_code == 507
    assert "磁盘已满" in answer.content.decode()
    assert door.process_exception(request, ValueError("x")) is None


def held(name: str) -> None:
    """Fail with somebody's name in the words of the error."""
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"cannot register {name}") from error


def test_log_names_places_and_no_data() -> None:
    name = "张三丰"
    try:
        held(name)
    except ValueError:
        record = logging.LogRecord("chelun", logging.ERROR, "", 1, "failed", None, sys.exc_info())
    line = QuietFormatter("%(levelname)s %(message)s").format(record)
    assert line.startswith("ERROR failed")
    assert "in held" in line
    assert "ValueError" in line
    assert "KeyError" in line
    assert name not in line
