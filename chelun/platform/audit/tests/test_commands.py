"""`chelun audit verify` and `chelun audit anchor`."""

import pytest
from django.core.management import call_command

from chelun.core.actors import SystemActor
from chelun.platform.audit.anchors import read_anchors
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.selectors import seq_at
from chelun.platform.audit.services import record
from chelun.platform.audit.wording import action_label

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test", "nobody")


def test_audit_verify_says_whole(capsys: pytest.CaptureFixture[str]) -> None:
    record(actor=ACTOR, action="people.person.viewed")
    call_command("audit", "verify")
    assert "审计链完整：1 行" in capsys.readouterr().out


def test_audit_verify_names_the_row_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        record(actor=ACTOR, action="people.person.viewed")
    AuditEntry.objects.filter(seq=2).update(actor="x")
    with pytest.raises(SystemExit) as caught:
        call_command("audit", "verify")
    assert caught.value.code == 1
    said = capsys.readouterr().out
    assert "第 2 行被改动或调换" in said
    assert "发现 1 处问题" in said


def test_audit_anchor_writes_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit", "anchor")
    assert "没有写锚点" in capsys.readouterr().out
    record(actor=ACTOR, action="people.person.viewed")
    call_command("audit", "anchor")
    assert [anchor.seq for anchor in read_anchors()] == [1]


def test_seq_at_finds_the_first_row_of_a_moment() -> None:
    assert seq_at("2026-01-01") == 1
    for _ in range(9):
        record(actor=ACTOR, action="people.person.viewed")
    for seq in range(1, 10):
        AuditEntry.objects.filter(seq=seq).update(at=f"2026-11-{seq // 2 + 10}T00:00:00.000+00:00")
    assert [seq_at(f"2026-11-{day:02}") for day in (9, 10, 11, 12, 14, 15)] == [1, 1, 2, 4, 8, 10]


def test_action_is_put_into_words() -> None:
    assert str(action_label("sheets.import.undone")) == "导入：撤销"
    assert action_label("sheets.import.whirled") == "sheets.import.whirled"
