"""Whoever has the database, and not the key, changes the chain by SQL: `chelun audit verify` names each change."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from chelun.core.actors import SystemActor
from chelun.platform.audit import anchors, services
from chelun.platform.audit.anchors import anchor_path, write_anchor
from chelun.platform.audit.models import AuditEntry, ChainHead
from chelun.platform.audit.services import Event, record, record_many

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test", "nobody")
COLUMNS = "seq, at, actor_kind, actor, action, purpose, region, target_kind, target, batch, old, new, seal"
Rows = list[tuple[Any, ...]]


@pytest.fixture(autouse=True)
def _chain() -> None:
    """Nine rows; an anchor saw the first four, another the first eight."""
    for n in range(1, 10):
        record(
            actor=ACTOR,
            action="people.person.viewed",
            target_kind="person",
            target=f"t{n}",
            new={"姓名": f"甲{n}"},
        )
        if n in (4, 8):
            write_anchor()


def sql(text: str, *values: Any) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall()) if cursor.description else []


def verified(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The command's exit code and what it says."""
    code = 0
    try:
        call_command("audit", "verify")
    except SystemExit as left:
        code = int(str(left.code))
    return code, capsys.readouterr().out


def copied() -> tuple[Rows, Rows]:
    return sql(f"SELECT {COLUMNS} FROM audit_auditentry ORDER BY seq"), sql(
        "SELECT seq, seal, head_seal FROM audit_chainhead"
    )


def put_back(entries: Rows, heads: Rows) -> None:
    sql("DELETE FROM audit_auditentry")
    holes = ", ".join(["%s"] * 13)
    for entry in entries:
        sql(f"INSERT INTO audit_auditentry ({COLUMNS}) VALUES ({holes})", *entry)
    sql("UPDATE audit_chainhead SET seq = %s, seal = %s, head_seal = %s", *heads[0])


def forged(seq: Any, **other: Any) -> None:
    """A row that somebody wrote without the key, after the pattern of a genuine one."""
    values = (
        dict(zip(COLUMNS.split(", "), copied()[0][2], strict=True)) | {"seq": seq, "target": "forged"} | other
    )
    holes = ", ".join(["%s"] * 13)
    sql(f"INSERT INTO audit_auditentry ({COLUMNS}) VALUES ({holes})", *values.values())


def swap() -> None:
    sql("UPDATE audit_auditentry SET seq = 99 WHERE seq = 3")
    sql("UPDATE audit_auditentry SET seq = 3 WHERE seq = 6")
    sql("UPDATE audit_auditentry SET seq = 6 WHERE seq = 99")


def insert_in_the_middle() -> None:
    for seq in range(9, 4, -1):
        sql("UPDATE audit_auditentry SET seq = %s WHERE seq = %s", seq + 1, seq)
    forged(5)
    sql("UPDATE audit_chainhead SET seq = 10")


def forge_the_end() -> None:
    forged(10, seal="ab" * 32)
    sql("UPDATE audit_chainhead SET seq = 10, seal = %s", "ab" * 32)


def remove_and_close_the_gap() -> None:
    sql("DELETE FROM audit_auditentry WHERE seq = 5")
    for seq in range(6, 10):
        sql("UPDATE audit_auditentry SET seq = %s WHERE seq = %s", seq - 1, seq)
    sql("UPDATE audit_chainhead SET seq = 8")


def cut_everything() -> None:
    sql("DELETE FROM audit_auditentry")
    sql("DELETE FROM audit_chainhead")


def begin_anew() -> None:
    cut_everything()
    record(actor=ACTOR, action="people.person.viewed")


def begin_anew_and_go_on() -> None:
    cut_everything()
    record_many(actor=ACTOR, events=[Event("people.person.viewed", "person", f"n{n}") for n in range(20)])


def edit_anchor(**values: Any) -> Callable[[], None]:
    def act() -> None:
        lines = [json.loads(line) for line in anchor_path().read_text("utf-8").splitlines()]
        lines[0] |= values
        anchor_path().write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")

    return act


def write_anchors(content: bytes) -> Callable[[], Any]:
    return lambda: anchor_path().write_bytes(content)


def drop_anchor(place: int) -> Callable[[], None]:
    def act() -> None:
        lines = anchor_path().read_text("utf-8").splitlines(keepends=True)
        del lines[place]
        anchor_path().write_text("".join(lines), "utf-8")

    return act


def update(column: str, value: Any, seq: int = 5) -> Callable[[], Any]:
    return lambda: sql(f"UPDATE audit_auditentry SET {column} = %s WHERE seq = {seq}", value)


def run(*texts: str) -> Callable[[], None]:
    def act() -> None:
        for text in texts:
            sql(text)

    return act


CHANGES: dict[str, tuple[Callable[[], Any], list[str]]] = {
    **{
        f"edit {column}": (update(column, "x"), ["第 5 行被改动或调换"])
        for column in COLUMNS.split(", ")[1:-1]
    },
    "edit a seal": (update("seal", "0" * 64), ["第 5 行被改动或调换", "第 6 行被改动或调换"]),
    "edit the first": (update("actor", "x", 1), ["第 1 行被改动或调换"]),
    "edit the last": (update("actor", "x", 9), ["第 9 行被改动或调换"]),
    "edit and put the seal of a neighbour": (
        run(
            "UPDATE audit_auditentry SET actor = 'x', seal = (SELECT seal FROM audit_auditentry WHERE seq = 4) WHERE seq = 5"
        ),
        ["第 5 行被改动或调换", "第 6 行被改动或调换"],
    ),
    "remove one in the middle": (run("DELETE FROM audit_auditentry WHERE seq = 5"), ["第 5 行被删除"]),
    "remove the first": (run("DELETE FROM audit_auditentry WHERE seq = 1"), ["第 1 行被删除"]),
    "remove several": (
        run("DELETE FROM audit_auditentry WHERE seq IN (3, 4, 7)"),
        ["第 3–4 行被删除", "第 7 行被删除"],
    ),
    "remove and close the gap": (remove_and_close_the_gap, ["第 5 行被改动或调换", "链头（第 8 行）被改动"]),
    "swap two": (swap, ["第 3 行被改动或调换", "第 6 行被改动或调换"]),
    "cut the tail": (run("DELETE FROM audit_auditentry WHERE seq > 6"), ["末尾第 7–9 行被截掉"]),
    "cut the tail and forge the head": (
        run(
            "DELETE FROM audit_auditentry WHERE seq > 6",
            "UPDATE audit_chainhead SET seq = 6, seal = (SELECT seal FROM audit_auditentry WHERE seq = 6)",
        ),
        ["链头（第 6 行）被改动", "曾见到第 8 行，链止于第 6 行"],
    ),
    "cut everything but the head": (run("DELETE FROM audit_auditentry"), ["末尾第 1–9 行被截掉"]),
    "cut everything": (cut_everything, ["曾见到第 4 行，链止于第 0 行", "曾见到第 8 行，链止于第 0 行"]),
    "cut everything and begin anew": (
        begin_anew,
        ["曾见到第 4 行，链止于第 1 行", "曾见到第 8 行，链止于第 1 行"],
    ),
    "cut everything and go on": (begin_anew_and_go_on, ["第 4 行与库外锚点", "第 8 行与库外锚点"]),
    "remove the head": (run("DELETE FROM audit_chainhead"), ["链头记录不见了"]),
    "wind the head back": (
        run("UPDATE audit_chainhead SET seq = 6, seal = (SELECT seal FROM audit_auditentry WHERE seq = 6)"),
        ["链头（第 6 行）被改动", "第 7 行不是系统写在那里的", "第 9 行不是系统写在那里的"],
    ),
    "insert at the end": (lambda: forged(10), ["第 10 行不是系统写在那里的"]),
    "insert at the end with a forged head": (
        forge_the_end,
        ["第 10 行被改动或调换", "链头（第 10 行）被改动"],
    ),
    "insert far behind": (lambda: forged(5000), ["第 5000 行不是系统写在那里的"]),
    "insert before the beginning": (lambda: forged(0), ["第 0 行不是系统写在那里的"]),
    "insert below zero": (lambda: forged(-7), ["第 -7 行不是系统写在那里的"]),
    "insert in the middle": (insert_in_the_middle, ["第 5 行被改动或调换", "链头（第 10 行）被改动"]),
    "edit an anchor's seal": (edit_anchor(seal="0" * 64), ["库外锚点", "被改动"]),
    "edit an anchor's day": (
        edit_anchor(at="2020-01-01T00:00:00+00:00"),
        ["库外锚点（2020-01-01T00:00:00+00:00）被改动"],
    ),
    "edit an anchor's row": (edit_anchor(seq=3), ["被改动"]),
    "an anchor of no number": (edit_anchor(seq=float("inf")), ["库外锚点（?）被改动"]),
    "an anchor of another form": (edit_anchor(by=None, seq=[]), ["库外锚点（?）被改动"]),
    "anchors of rubbish": (write_anchors(b"\xff\xfe\x00 not a line\n[1]\n"), ["库外锚点（?）被改动"]),
    "drop the first anchor": (drop_anchor(0), ["被改动"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_named(change: str, capsys: pytest.CaptureFixture[str]) -> None:
    act, expected = CHANGES[change]
    assert verified(capsys) == (0, "审计链完整：9 行，2 个库外锚点，没有发现改动。\n")
    act()
    code, said = verified(capsys)
    assert code == 1
    assert [sentence for sentence in expected if sentence not in said] == [], said
    assert said.splitlines()[-1].startswith("审计链不完整：")


def test_old_copy_of_the_table_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    old = copied()
    record_many(actor=ACTOR, events=[Event("people.person.viewed")] * 3)
    write_anchor()
    put_back(*old)
    code, said = verified(capsys)
    assert (code, "曾见到第 12 行，链止于第 9 行" in said) == (1, True)
    record_many(actor=ACTOR, events=[Event("people.person.changed")] * 5)
    code, said = verified(capsys)
    assert (code, "第 12 行与库外锚点" in said) == (1, True)


def test_change_is_named_though_work_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    for change in (run("DELETE FROM audit_chainhead"), run("UPDATE audit_chainhead SET head_seal = 'x'")):
        change()
        record(actor=ACTOR, action="people.person.viewed")
    assert AuditEntry.objects.filter(action="audit.chain.broken").count() == 2
    assert ChainHead.objects.get().seq == 13
    code, said = verified(capsys)
    assert (code, said.count("此前的末尾可能被截掉")) == (1, 2)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the clock of the chain to so many days from now."""

    def turn(days: int) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> "Clock":
                return cls.fromtimestamp(datetime.now(tz).timestamp() + days * 86_400, tz)

        for module in (services, anchors):
            monkeypatch.setattr(module, "datetime", Clock)

    return turn


def test_missing_anchors_are_named_once_they_are_due(
    capsys: pytest.CaptureFixture[str], day: Callable[[int], None]
) -> None:
    """Without a file of anchors a cut tail would not show; in an installation at work one is written each day."""
    anchor_path().unlink()
    assert verified(capsys)[0] == 0
    day(5)
    record(actor=ACTOR, action="people.person.viewed")
    code, said = verified(capsys)
    assert (code, "没有库外锚点" in said) == (1, True)
    write_anchor()
    assert verified(capsys)[0] == 0


def test_cut_file_of_anchors_is_named_once_others_are_due(
    capsys: pytest.CaptureFixture[str], day: Callable[[int], None]
) -> None:
    day(5)
    record(actor=ACTOR, action="people.person.viewed")
    write_anchor()
    assert verified(capsys)[0] == 0
    drop_anchor(-1)()
    code, said = verified(capsys)
    assert (code, "以后没有再写库外锚点" in said) == (1, True)


def test_thousand_findings_are_counted_and_not_all_said(capsys: pytest.CaptureFixture[str]) -> None:
    record_many(actor=ACTOR, events=[Event("people.person.viewed")] * 1200)
    sql("UPDATE audit_auditentry SET actor = 'x'")
    code, said = verified(capsys)
    assert code == 1
    assert "发现 1209 处问题" in said.splitlines()[-1]
    assert len(said.splitlines()) < 250


@pytest.mark.parametrize("value", ["x'41FF'", "CAST(x'FFFE' AS TEXT)", "7", "1e300", "x''"])
@pytest.mark.parametrize("column", ["actor", "new", "seal", "at"])
def test_value_of_another_kind_is_named(column: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    if connection.vendor == "sqlite":
        sql(f"UPDATE audit_auditentry SET {column} = {value} WHERE seq = 5")
    else:
        sql(f"UPDATE audit_auditentry SET {column} = 'ÿ' WHERE seq = 5")
    code, said = verified(capsys)
    assert (code, "第 5 行被改动或调换" in said) == (1, True)


@pytest.mark.parametrize("seq", ["zzz", 4.5, b"\x05"])
def test_number_of_another_kind_is_named(seq: Any, capsys: pytest.CaptureFixture[str]) -> None:
    forged(seq if connection.vendor == "sqlite" else 10)
    code, said = verified(capsys)
    assert (code, "行不是系统写在那里的" in said) == (1, True)
