"""Decisions on accounts, without tables."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.rules import (
    LockRule,
    character_classes,
    device_label,
    is_idle,
    locked_until,
    role_conflict,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
RULE = LockRule(3, 15)
AGES = st.lists(st.integers(0, 3600), max_size=12)


@given(AGES)
def test_lock_holds_while_enough_failures_are_recent(ages: list[int]) -> None:
    failures = [NOW - timedelta(seconds=age) for age in ages]
    recent = [at for at in failures if at > NOW - RULE.window]
    until = locked_until(RULE, failures, NOW)
    assert (until is not None) == (len(recent) >= RULE.failures)
    assert until is None or until == max(recent) + RULE.window


@given(AGES)
def test_lock_ends_when_nobody_tries(ages: list[int]) -> None:
    failures = [NOW - timedelta(seconds=age) for age in ages]
    assert locked_until(RULE, failures, NOW + RULE.window) is None


@pytest.mark.parametrize(
    ("seen", "idle"), [(None, False), (0, False), (-1800, False), (-1801, True), (60, False)]
)
def test_idle_is_counted_from_the_last_use(seen: int | None, idle: bool) -> None:
    moment = 1_800_000_000
    assert is_idle(None if seen is None else moment + seen, moment, 30) is idle


@pytest.mark.parametrize(
    ("password", "classes"), [("", 0), ("abc", 1), ("aB1", 3), ("aB1-", 4), ("车轮车轮", 1), ("aA车", 3)]
)
def test_character_classes_are_counted(password: str, classes: int) -> None:
    assert character_classes(password) == classes


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0", "微信 · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Chrome/120 Safari/537 Edg/120", "Edge · macOS"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_device_is_named(agent: str, label: str) -> None:
    assert device_label(agent) == label


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("held", sorted(ROLES))
def test_administrator_roles_stand_alone(role: str, held: str) -> None:
    apart = {name for name, one in ROLES.items() if one.administrator}
    expected = role != held and bool({role, held} & apart)
    assert role_conflict(role, [held], frozenset(apart)) is expected
