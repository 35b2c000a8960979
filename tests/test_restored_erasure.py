"""A backup that still holds somebody is restored after he was erased: he is erased again before anybody is let in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from chelun.core.crypto import blind_index
from chelun.people.models import Person
from chelun.people.tests.desk import ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.jobs import safekeeping
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.safekeeping import services
from chelun.platform.jobs.tests.factories import SYSTEM
from chelun.platform.jobs.tests.processes import other_database
from chelun.platform.privacy.ledger import ledger_path
from chelun.platform.privacy.services.erasing import approve_erasure, propose_erasure
from chelun.platform.regions.testing import ensure_regions

GONE, STAYS = (
    ("甄要走", number(77), phone(77), "货车", "", ""),
    ("留下来", number(78), phone(78), "货车", "", ""),
)
LOOK = """
from chelun.people.models import *
from chelun.platform.privacy.models import *
from chelun.people.models import PersonCard
proof = Erasure.objects.first()
print([card.name for card in PersonCard.objects.all()], SubjectKey.objects.count(), Person.objects.count(),
      Tombstone.objects.count(), proof and proof.state, proof and proof.keys_destroyed)
"""


def chelun(tmp_path: Path, url: str, *arguments: str) -> str:
    """Run a command on another database with files of its own; the ledger of erasures lies where it lay."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "TEST_DATABASE_URL": url,
        "TMPDIR": str(tmp_path),
        "CHELUN_TOMBSTONE_DIR": str(settings.CHELUN_TOMBSTONE_DIR),
    }
    command = [sys.executable, "-m", "config.cli", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_backup_erase_restore_still_erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(services.PASSPHRASE, "correct horse battery")
    ensure_regions()
    bring(sheet([GONE, STAYS]))
    data, keys = safekeeping.backup(actor=SYSTEM, folder=tmp_path / "backups")
    person = Person.objects.get(id_index=blind_index("id_number", GONE[1])).pk
    first, second = user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)
    erasure = propose_erasure(
        actor=first, kind="person", subject=person, ground="purpose_done", reason="已经离开行业"
    )
    approve_erasure(actor=second, erasure=erasure.pk)
    run_waiting()
    with other_database(tmp_path) as url:
        told = chelun(tmp_path, url, "restore", str(data), str(keys))
        assert "重新抹除 1 人" in told
        assert "findings=0" in told
        shown = chelun(tmp_path, url, "shell", "--no-imports", "-c", LOOK)
        assert shown == "['留下来'] 1 1 1 done 1"
    for folder in tmp_path.glob("chelun-test-*"):
        assert not [path for path in folder.rglob("*.sealed") if path.is_file()]
    (tmp_path / "second").mkdir()
    ledger_path().unlink()
    with other_database(tmp_path / "second") as url:
        told = chelun(tmp_path / "second", url, "restore", str(data), str(keys))
        assert "没有找到抹除台账" in told
        assert "甄要走" in chelun(tmp_path / "second", url, "shell", "--no-imports", "-c", LOOK)
