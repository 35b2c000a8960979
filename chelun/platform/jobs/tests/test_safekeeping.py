"""A backup comes back whole on either engine, holds no person's key beside the data, and shows what was done to it."""

import io
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from chelun.core.errors import Refused
from chelun.platform.accounts.models import Grant, User
from chelun.platform.audit.services import record
from chelun.platform.jobs import safekeeping
from chelun.platform.jobs.safekeeping import services
from chelun.platform.jobs.safekeeping.sealing import read_sealed, write_sealed
from chelun.platform.jobs.tests.factories import SYSTEM, user
from chelun.platform.jobs.tests.processes import database_url, other_database

SECRET = "correct horse battery"


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(services.PASSPHRASE, SECRET)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A backup of an installation with an account, a grant (standing in for the keys) and two files."""
    monkeypatch.setattr(services, "KEY_MODELS", ("accounts.Grant", "no.Such"))
    user("shala")
    record(actor=SYSTEM, action="test.thing.done")
    for folder, name in ((settings.CHELUN_FILES_DIR, "a/upload"), (settings.CHELUN_ANCHOR_DIR, "x.jsonl")):
        path = Path(folder) / name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"content of " + name.encode())
    return safekeeping.backup(actor=SYSTEM, folder=tmp_path / "backups")


def chelun(tmp_path: Path, url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command on another database, with folders of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DATABASE_URL": url,
        "TMPDIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "config.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_restore_brings_everything_back(made: tuple[Path, Path], tmp_path: Path) -> None:
    data, keys = map(str, made)
    with other_database(tmp_path) as url:
        done = chelun(tmp_path, url, "restore", data, keys)
        assert "findings=0" in done.stdout, done.stderr
        query = (
            "from chelun.platform.accounts.models import *; print(User.objects.get(), Grant.objects.get())"
        )
        shown = chelun(tmp_path, url, "shell", "--no-imports", "-c", query)
        assert shown.stdout.strip() == "shala clerk @ region:513436"
        again = chelun(tmp_path, url, "restore", data, keys)
        assert "不是空的" in again.stderr
    files = {path.name: path.read_bytes() for path in tmp_path.glob("chelun-test-*/*/**/*") if path.is_file()}
    assert files["upload"] == b"content of a/upload"
    assert files["x.jsonl"] == b"content of x.jsonl"


@pytest.mark.django_db(transaction=True)
def test_backup_data_holds_no_key(made: tuple[Path, Path], tmp_path: Path) -> None:
    data, keys = made
    plain = b"".join(read_sealed(data / services.DATA, SECRET))
    assert (
        b"".join(read_sealed(keys / services.KEYS, SECRET)).count(b"accounts.grant") == Grant.objects.count()
    )
    if connection.vendor == "sqlite":
        (tmp_path / "plain").write_bytes(plain)
        opened = sqlite3.connect(tmp_path / "plain")
        assert opened.execute("SELECT count(*) FROM accounts_grant").fetchone() == (0,)
        assert opened.execute("SELECT count(*) FROM accounts_user").fetchone() == (User.objects.count(),)
        opened.close()
    assert {path.stat().st_mode & 0o077 for path in (data, keys, data / services.DATA)} == {0}
    assert not list(data.glob("*.tmp"))


@pytest.mark.django_db(transaction=True)
def test_check_names_what_was_changed(made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    data, keys = made
    assert safekeeping.check(data=data, keys=keys).engine == connection.vendor
    with monkeypatch.context() as patch:
        patch.setenv(services.PASSPHRASE, "another passphrase")
        with pytest.raises(Refused, match="口令不对"):
            safekeeping.check(data=data, keys=keys)
    with (data / services.FILES).open("r+b") as file:
        file.seek(30)
        file.write(b"\0\0\0")
    with pytest.raises(Refused, match=r"files\.sealed 缺失或与清单不符"):
        safekeeping.check(data=data, keys=keys)


@pytest.mark.django_db(transaction=True)
def test_check_refuses_forged_manifest(made: tuple[Path, Path]) -> None:
    data, keys = made
    path = data / "manifest.json"
    path.write_text(path.read_text().replace(connection.vendor, "other"))
    with pytest.raises(Refused, match="密钥环不符"):
        safekeeping.check(data=data, keys=keys)
    path.unlink()
    with pytest.raises(Refused, match=r"manifest\.json"):
        safekeeping.check(data=data, keys=keys)


@pytest.mark.django_db(transaction=True)
def test_backup_that_fails_leaves_nothing_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Iterator[bytes]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(services, "_packed", fail)
    with pytest.raises(CommandError, match="请检查磁盘空间"):
        call_command("backup", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_unpack_refuses_a_file_outside(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("files/../../outside"), io.BytesIO())
    with pytest.raises(Refused, match="不该有的文件"):
        services._unpack(iter([buffer.getvalue()]))


def test_backup_needs_a_passphrase(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(services.PASSPHRASE, "short")
    with pytest.raises(Refused, match="CHELUN_BACKUP_PASSPHRASE"):
        safekeeping.backup(actor=SYSTEM, folder=tmp_path)


@pytest.mark.parametrize("size", [0, 5, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_sealed_file_reads_back(size: int, tmp_path: Path) -> None:
    content = os.urandom(size)
    write_sealed(tmp_path / "a", SECRET, [content[:7], content[7:]])
    assert b"".join(read_sealed(tmp_path / "a", SECRET)) == content


def test_sealed_file_shows_a_cut_and_another_name(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_sealed(path, SECRET, [os.urandom((1 << 20) + 10)])
    path.rename(tmp_path / "b")
    with pytest.raises(Refused):
        list(read_sealed(tmp_path / "b", SECRET))
    (tmp_path / "b").rename(path)
    with path.open("r+b") as file:
        file.truncate(16 + 4 + (1 << 20) + 28)
    with pytest.raises(Refused):
        list(read_sealed(path, SECRET))


def test_keys_command_makes_and_extends_a_ring(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("CHELUN", "DJANGO"))}
    command = [sys.executable, "-m", "config.cli", "keys"]
    first = subprocess.run([*command, "new", "2026a"], env=bare, capture_output=True, text=True, check=True)
    second = subprocess.run(
        [*command, "add-data-key", "2027a"],
        env=bare,
        capture_output=True,
        text=True,
        check=True,
        input=first.stdout,
    )
    assert '"active": "2027a"' in second.stdout
    assert '"2026a"' in second.stdout
    bad = subprocess.run(
        [*command, "add-data-key", "x"], env=bare, capture_output=True, text=True, input="{}"
    )
    assert bad.returncode == 1
    assert database_url() not in bad.stderr
