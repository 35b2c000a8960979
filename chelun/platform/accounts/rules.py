"""Decisions on accounts: when a name is locked, when a log-in has idled, who may be given which role. No tables, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WRITING = frozenset({"people.edit", "sheets.import"})


@dataclass(frozen=True, slots=True)
class LockRule:
    """So many failures within so many minutes lock for as many minutes after the last of them."""

    failures: int
    minutes: int

    @property
    def window(self) -> timedelta:
        """How far back failures count, and how long a lock lasts."""
        return timedelta(minutes=self.minutes)


def locked_until(rule: LockRule, failures: Sequence[datetime], now: datetime) -> datetime | None:
    """The end of the lock that these failures cause at `now`, or None. Order does not matter."""
    recent = sorted(at for at in failures if now - rule.window < at <= now)
    return recent[-1] + rule.window if len(recent) >= rule.failures else None


def is_idle(seen: int | None, now: int, minutes: int) -> bool:
    """Whether a log-in last used at `seen` (Unix seconds) has been idle for longer than `minutes`."""
    return seen is not None and now - seen > minutes * 60


def character_classes(password: str) -> int:
    """How many of lower case, upper case, digits and everything else a password holds (0 to 4)."""
    tests = (str.islower, str.isupper, str.isdigit)
    found = {next((n for n, test in enumerate(tests) if test(char)), len(tests)) for char in password}
    return len(found)


def reaches_too_fine(permissions: frozenset[str], level: str) -> bool:
    """Whether a role with these permissions may not be given on a region of this level.

    A register belongs to a county: whoever writes into it meets what the whole county knows of a person, so he cannot
    be bound to a township. Reading can.
    """
    return level == "township" and not permissions.isdisjoint(WRITING)


def role_conflict(role: str, held: Iterable[str], administrators: frozenset[str]) -> bool:
    """Whether `role` may not join `held`: an administrator's role stands alone (三员分立)."""
    others = set(held) - {role}
    return bool(others) and (role in administrators or bool(others & administrators))


# What browsers write into their headers, the telling words first (Edge and Chrome also say "Safari").
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_label(agent: str) -> str:
    """A browser's header in words, for instance 'Firefox · Windows'; '' when it says nothing known."""
    found = (next((label for word, label in words if word in agent), "") for words in (_BROWSERS, _SYSTEMS))
    return " · ".join(label for label in found if label)
