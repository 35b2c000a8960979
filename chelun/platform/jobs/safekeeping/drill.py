"""A restore drill: the newest state is backed up, restored beside the running installation, compared and thrown away.

A backup that was never restored is a hope. The drill writes nothing into the running database but that it was done.
"""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from django.apps import apps
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.platform.audit.services import record
from chelun.platform.jobs.safekeeping.services import KEYS_PASSPHRASE, PASSPHRASE, backup

DRILLED, FAILED = "jobs.backup.drilled", "jobs.backup.drill_failed"
# Others go on working between the count and the copy: these tables may grow meanwhile.
GROWING = frozenset({"audit.AuditEntry", "jobs.Job", "accounts.Session", "accounts.LoginAttempt"})


@dataclass(frozen=True, slots=True)
class Drill:
    """What a drill found: how long it took, how many rows came back, which tables differ (label → (here, there))."""

    seconds: float
    rows: int
    differing: Mapping[str, tuple[int, int]]
    findings: int

    @property
    def whole(self) -> bool:
        """Whether everything came back and the trail is whole."""
        return not self.differing and not self.findings


def drill(*, actor: Actor) -> Drill:
    """Back up, restore into an empty database of the same engine, count both, verify the trail there.

    Refused when no database can be made, or when the restore itself fails.
    """
    begun = monotonic()
    with tempfile.TemporaryDirectory(prefix="chelun-drill-") as folder, _scratch(Path(folder)) as address:
        secret = os.environ.get(PASSPHRASE) or secrets.token_urlsafe(24)
        here = counts()
        with _passphrase(secret):
            data, keys = backup(actor=actor, folder=Path(folder) / "backup")
        environment = _environment(Path(folder), address, secret)
        restored = _run(environment, "restore", str(data), str(keys))
        there: dict[str, int] = json.loads(_run(environment, "drill", "--count").splitlines()[-1])
    found = Drill(
        round(monotonic() - begun, 1), sum(there.values()), differing(here, there), _findings(restored)
    )
    record(
        actor=actor, action=DRILLED if found.whole else FAILED, target_kind="backup", target=data.name,
        new={"seconds": found.seconds, "rows": found.rows, "differing": sorted(found.differing)},
    )  # fmt: skip
    return found


def counts() -> dict[str, int]:
    """How many rows each of our tables holds."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("chelun."))
    return {model._meta.label: model._base_manager.count() for model in ours}


def differing(here: Mapping[str, int], there: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """The tables that do not agree; those that others fill meanwhile may have grown."""
    found = {}
    for label in sorted({*here, *there}):
        pair = here.get(label, 0), there.get(label, 0)
        grown = label in GROWING and pair[1] >= pair[0]
        if pair[0] != pair[1] and not grown:
            found[label] = pair
    return found


def _findings(restored: str) -> int:
    """How much is wrong with the restored trail, as the command said."""
    line = next(line for line in restored.splitlines() if line.startswith("audit rows="))
    return int(line.rpartition("findings=")[2])


@contextlib.contextmanager
def _scratch(folder: Path) -> Iterator[str]:
    """The address of an empty database of the same engine, removed afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'drill.sqlite3'}"
        return
    name = f"chelun_drill_{os.getpid()}_{secrets.token_hex(6)}"
    _execute(f"CREATE DATABASE {name}")
    try:
        yield _address(name)
    finally:
        _execute(f"DROP DATABASE {name} WITH (FORCE)")


def _execute(statement: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        text = _("数据库账号不能新建数据库，无法演练。请执行 ALTER ROLE … CREATEDB，演练后可收回。")
        raise Refused("drill.no_database", text) from error


def _address(name: str) -> str:
    found = connection.settings_dict
    login = ":".join(quote(str(found[part]), safe="") for part in ("USER", "PASSWORD")).rstrip(":")
    host = quote(str(found["HOST"]), safe="")
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgres://{login}@{host}{port}/{name}"


def _environment(folder: Path, address: str, secret: str) -> dict[str, str]:
    """The same installation with another database and other folders."""
    folders = {"CHELUN_FILES_DIR": str(folder / "files"), "CHELUN_ANCHOR_DIR": str(folder / "anchors")}
    database = {"DATABASE_URL": address, "TEST_DATABASE_URL": address}
    return {**os.environ, **folders, **database, PASSPHRASE: secret, KEYS_PASSPHRASE: secret}


def _run(environment: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "config.cli", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        text = _("恢复演练没有做完：{reason}")
        reason = (done.stderr.strip().splitlines() or [""])[-1]
        raise Refused("drill.failed", text.format(reason=reason))
    return done.stdout


@contextlib.contextmanager
def _passphrase(secret: str) -> Iterator[None]:
    """The backup of a drill is sealed too, under a passphrase of its own where none is set."""
    before = {name: os.environ.get(name) for name in (PASSPHRASE, KEYS_PASSPHRASE)}
    os.environ[PASSPHRASE] = os.environ[KEYS_PASSPHRASE] = secret
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
