"""A drill says whether today's state comes back, and leaves nothing behind."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.services import record
from chelun.platform.jobs.safekeeping import drill as drills
from chelun.platform.jobs.safekeeping.drill import differing
from chelun.platform.jobs.tests.factories import SYSTEM, user

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_drill_restores_compares_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("CHELUN_BACKUP_PASSPHRASE", raising=False)
    user("shala")
    record(actor=SYSTEM, action="test.thing.done")
    file = Path(settings.CHELUN_FILES_DIR) / "a/upload"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"content")
    call_command("drill")
    assert "恢复演练成功" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
    assert AuditEntry.objects.filter(action=drills.DRILLED).exists()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            ours = f"chelun_drill_{os.getpid()}_%"  # another process may be drilling meanwhile
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE %s", [ours])
            assert cursor.fetchone() == (0,)


def test_drill_tells_what_did_not_come_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    user("shala")
    counted = drills.counts

    def one_more() -> dict[str, int]:
        return {**counted(), "accounts.User": counted()["accounts.User"] + 1}

    monkeypatch.setattr(drills, "counts", one_more)
    with pytest.raises(SystemExit):
        call_command("drill")
    assert "accounts.User：现有 2 行，恢复后 1 行" in capsys.readouterr().out
    assert AuditEntry.objects.filter(action=drills.FAILED).exists()


def test_differing_lets_only_growing_tables_grow() -> None:
    assert differing({"audit.AuditEntry": 3, "a.B": 1}, {"audit.AuditEntry": 4, "a.B": 1}) == {}
    assert differing({"audit.AuditEntry": 4, "a.B": 1}, {"audit.AuditEntry": 3}) == {
        "a.B": (1, 0), "audit.AuditEntry": (4, 3),
    }  # fmt: skip
