"""A PostgreSQL for the tests: the one that is named, a local server that lets us in, or one started in a temporary folder."""

import contextlib
import getpass
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

SOCKETS = ("/var/run/postgresql", "/tmp", "127.0.0.1")
WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server was found, in words, and the address under which the tests reach it."""

    found: str
    url: str


@contextlib.contextmanager
def postgres() -> Iterator[Server | None]:
    """A server for as long as the block runs; None when this machine has none."""
    named = os.environ.get("TEST_DATABASE_URL", "")
    if named.startswith("postgres"):
        yield Server("TEST_DATABASE_URL", named)
        return
    # Backups are tested with the server's own tools.
    running = _running() if shutil.which("pg_dump") else None
    if running:
        yield running
        return
    binaries = _binaries()
    if binaries is None:
        yield None
        return
    with _started(binaries) as server:
        yield server


def _address(user: str, host: str) -> str:
    # The test database takes its name from ours, so that two runs on one server do not meet.
    return f"postgres://{quote(user)}@{quote(host, safe='')}/chelun_{os.getpid()}"


def _running() -> Server | None:
    user = getpass.getuser()
    for host in SOCKETS:
        if _lets_us_create(host, user):
            return Server(f"{user}@{host}", _address(user, host))
    return None


def _lets_us_create(host: str, user: str) -> bool:
    query = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(host=host, user=user, dbname="postgres", connect_timeout=3) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def _binaries() -> Path | None:
    """The folder of `initdb` and `postgres`: Debian keeps them outside PATH, newest version last."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(4)
    )
    return debian[-1].parent if debian else None


@contextlib.contextmanager
def _started(binaries: Path) -> Iterator[Server]:
    # PostgreSQL will not run as root: hand the folder to the account that Debian made for it.
    account = _unprivileged() if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="chelun-pg-", ignore_cleanup_errors=True) as folder:
        if account:
            shutil.chown(folder, account)
        data = f"{folder}/data"
        quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
        create = [binaries / "initdb", "-D", data, "-U", "chelun", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(create, check=True, user=account, **quiet)  # type: ignore[call-overload]
        run = [binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-F"]
        process = subprocess.Popen(run, user=account, stderr=subprocess.DEVNULL, **quiet)  # type: ignore[call-overload]
        try:
            _wait_for(folder)
            yield Server(f"{binaries}", _address("chelun", folder))
        finally:
            process.terminate()
            process.wait()


def _unprivileged() -> str:
    names = {line.split(":")[0] for line in Path("/etc/passwd").read_text("utf-8").splitlines()}
    return "postgres" if "postgres" in names else "nobody"


def _wait_for(host: str) -> None:
    pause = threading.Event()
    for _ in range(int(WAIT_SECONDS / 0.1)):
        if _lets_us_create(host, "chelun"):
            return
        pause.wait(0.1)
    raise TimeoutError("PostgreSQL did not start")
