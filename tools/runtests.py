"""`make test`: everything that this machine can run, then one summary that names what was skipped and why.

The whole suite runs on SQLite; on PostgreSQL those tests that use the database (conftest.py marks them); browser tests
once. CHELUN_REQUIRE_ALL=1 turns anything skipped into a failure (`.ci/run`).
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chelun.core.crypto.keys import new_ring
from tools.browser import find_chromium
from tools.postgres import postgres

NO_POSTGRES = "no PostgreSQL with its tools (pg_dump): set TEST_DATABASE_URL, or apt-get install postgresql"
NO_CHROMIUM = "no Chromium: set CHELUN_CHROMIUM, or apt-get install chromium"


@dataclass(frozen=True, slots=True)
class Part:
    """The outcome of one part: counts, and a line for each reason why something was skipped."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)

    def line(self) -> str:
        """One line of the summary."""
        skipped = "".join(f"\n    {count} skipped: {why}" for why, count in self.skipped.items())
        return f"{self.name}: {self.passed} passed, {self.failed} failed{skipped}"


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command of the project's Python, with its output on ours."""
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", *command], env={**os.environ, **environment}).returncode


def command_part(name: str, command: Sequence[str], environment: Mapping[str, str]) -> Part:
    """A command that passes or fails as one."""
    bad = run(command, environment) != 0
    return Part(name, passed=int(not bad), failed=int(bad))


def migrations_part() -> Part:
    """No change of a model lacks its migration."""
    command = ["config.cli", "makemigrations", "--check", "--dry-run", "--verbosity", "1"]
    with tempfile.TemporaryDirectory() as folder:
        database = {"TEST_DATABASE_URL": f"sqlite:///{folder}/none.sqlite3"}
        return command_part(
            "migrations", command, {"DJANGO_SETTINGS_MODULE": "config.settings.test", **database}
        )


def deploy_part() -> Part:
    """Production settings pass Django's own checks and ours, without a warning."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "CHELUN_SECRET_KEY": os.urandom(40).hex(),
            "CHELUN_KEYS": new_ring("check"),
            "CHELUN_HOSTS": "chelun.example.org",
            "CHELUN_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3",
        }
        return command_part(
            "check --deploy", ["config.cli", "check", "--deploy", "--fail-level", "WARNING"], environment
        )


def pytest_part(name: str, marks: str, environment: Mapping[str, str]) -> Part:
    """A run of the tests that `marks` selects; it fails where they select none."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        print(f"\n── {name}", flush=True)
        code = run(["pytest", "-q", "-m", marks, f"--junitxml={report}"], environment)
        part = read_report(name, report)
    return Part(name, part.passed, max(part.failed, int(code != 0)), part.skipped)


def read_report(name: str, report: Path) -> Part:
    """The counts of a JUnit file; nothing passed when there is none."""
    if not report.exists():
        return Part(name, failed=1)
    passed = failed = 0
    skipped: dict[str, int] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        verdict = {child.tag: child for child in case}
        if "failure" in verdict or "error" in verdict:
            failed += 1
        elif "skipped" in verdict:
            why = verdict["skipped"].get("message", "?")
            skipped[why] = skipped.get(why, 0) + 1
        else:
            passed += 1
    return Part(name, passed, failed, skipped)


def count(marks: str) -> int:
    """How many tests `marks` selects."""
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-n0", "-m", marks]
    listed = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "TEST_DATABASE_URL": ""}
    )
    return sum("::" in line for line in listed.stdout.splitlines())


def sqlite_part() -> Part:
    """The whole suite, without a browser."""
    return pytest_part("tests on SQLite", "not browser", {"TEST_DATABASE_URL": ""})


def postgres_part() -> Part:
    """What touches the database, on PostgreSQL."""
    marks = "database and not browser"
    with postgres() as server:
        if server is None:
            return Part("tests on PostgreSQL", skipped={NO_POSTGRES: count(marks)})
        return pytest_part(f"tests on PostgreSQL ({server.found})", marks, {"TEST_DATABASE_URL": server.url})


def browser_part() -> Part:
    """Tests that look at pages in a real browser."""
    chromium = find_chromium()
    if chromium is None:
        return Part("tests in a browser", skipped={NO_CHROMIUM: count("browser")})
    environment = {"TEST_DATABASE_URL": "", "CHELUN_CHROMIUM": chromium}
    return pytest_part("tests in a browser", "browser", environment)


def main() -> int:
    """Run all parts; 0 when nothing failed (and, with CHELUN_REQUIRE_ALL, nothing was skipped)."""
    start = time.monotonic()
    parts = [migrations_part(), deploy_part(), sqlite_part(), postgres_part(), browser_part()]
    failed, skipped = sum(p.failed for p in parts), sum(sum(p.skipped.values()) for p in parts)
    print("\n" + "\n".join(part.line() for part in parts))
    print(f"{time.monotonic() - start:.0f} s")
    strict = os.environ.get("CHELUN_REQUIRE_ALL") == "1"
    if strict and skipped:
        print("CHELUN_REQUIRE_ALL=1: nothing may be skipped here")
    print(f"{sum(p.passed for p in parts)} passed, {failed} failed, {skipped} skipped")
    return int(bool(failed) or (strict and bool(skipped)))


if __name__ == "__main__":
    sys.exit(main())
