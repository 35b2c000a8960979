"""How the installation is and how the work is: each room says in its `health.py` what to look at.

A reading is a number with a sentence; it never names anybody. The jobs room shows all of them on a page and to machines.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from chelun.core.registries import Registry

Text = str | Promise
SYSTEM, WORK = "system", "work"
TONES = ("ok", "warn", "bad")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found: the number (in the check's unit), in words, and how bad it is ('ok', 'warn' or 'bad')."""

    value: float
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """Something to look at. `group` is 'system' or 'work'; `act` says what to do when it is not well."""

    name: str
    group: str
    label: Text
    act: Text
    look: Callable[[], Reading]


HEALTH: Registry[HealthCheck] = Registry("health check")


def health_check(
    name: str, group: str, label: Text, act: Text
) -> Callable[[Callable[[], Reading]], Callable[[], Reading]]:
    """Register the decorated function as what looks."""

    def registered(look: Callable[[], Reading]) -> Callable[[], Reading]:
        HEALTH.add(name, HealthCheck(name, group, label, act, look))
        return look

    return registered


def graded(value: float, warn: float, bad: float) -> str:
    """The tone of a number that is the worse the greater it is, from these bounds on."""
    return "bad" if value >= bad else "warn" if value >= warn else "ok"
