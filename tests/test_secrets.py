"""After everything that can be done with somebody's numbers, they lie nowhere in the clear: not in a table, a file, a log,
a cookie; and what lies sealed is gone when its day has come."""

import logging
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as plain_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from chelun.core.actors import SystemActor
from chelun.engines.ids import make_id_number
from chelun.people.models import PersonCard, UnresolvedRow
from chelun.people.services import exporting
from chelun.platform.accounts.models import Session, User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.kinds import JOB_KINDS, JobKind
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import StagedChunk, StoredFile
from chelun.platform.sheets.services.files import purge_expired
from chelun.platform.sheets.tests.samples import csv_roster, upload, workbook
from chelun.platform.sheets.uploads import IN_MEMORY_BYTES
from chelun.platform.sheets.vault import vault_path
from tests.house import our_models
from tests.imports.steps import last_import, text_of

pytestmark = pytest.mark.django_db
HERE = "513436"
HEADS = ("姓名", "身份证号", "联系电话", "工种", "所属企业", "住址", "从业资格证号", "备注", "出生日期")
FIRM = "美姑示例货运有限公司"


def somebody(n: int) -> dict[str, str]:
    """Invented values that stand nowhere else; every one of them is a secret but the name."""
    return {
        "name": f"甄{'一二三四五六七八九'[n]}", "id_number": make_id_number("519999", date(1961, 7, 11 + n), 5 + 2 * n),
        "phone": f"1997531{n:04}", "address": f"隐秘街道{n}号院", "certificate": f"51999{n}19610711000",
        "note": f"隐秘备注第{n}条", "birth": f"1961-07-{11 + n}",
    }  # fmt: skip


PEOPLE = [somebody(n) for n in range(6)]
BAD_NUMBER, BAD_PHONE = "519999196107119991", "1997531"
SECRETS = [
    *(person[name] for person in PEOPLE for name in ("id_number", "phone", "address", "note", "birth")),
    BAD_NUMBER, "19610711",
]  # fmt: skip


def row(n: int, **other: str) -> tuple[str, ...]:
    person = {**PEOPLE[n], "certificate": "", **other}
    return (person["name"], person["id_number"], person["phone"], "货车", FIRM, person["address"], person["certificate"],
            person["note"], person["birth"])  # fmt: skip


@pytest.fixture
def registrar() -> User:
    ensure_regions()
    return user_with("registrar", HERE)


@pytest.fixture
def page(registrar: User) -> Client:
    return logged_in(Client(), registrar)


def go(page: Client, name: str, sent: Any = None, *args: Any) -> str:
    """One step, which must have been taken."""
    answer = page.post(reverse(name, args=args), sent, follow=True)
    assert answer.status_code in (200, 422), (name, answer.status_code)
    return text_of(answer)


def journey(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """By hand and by sheet, small and large, refused and waiting, looked up, revealed, copied, corrected, taken away."""
    entered = {**PEOPLE[0], "certificate": "", "kinds": ["货车"], "enterprise": FIRM}
    go(page, "people:person_new", entered)
    go(page, "people:person_new", {**entered, "phone": BAD_PHONE, "id_number": BAD_NUMBER})
    _by_sheet(page)
    person = PersonCard.objects.get(name=PEOPLE[0]["name"]).person_id
    for typed in (PEOPLE[0]["id_number"], PEOPLE[0]["phone"], f"甄 {PEOPLE[0]['id_number'][-4:]}"):
        assert PEOPLE[0]["name"] in go(page, "people:search", {"q": typed})
    shown = go(page, "people:reveal", {"reason": "电话通知体检"}, "person", person, "id_number")
    assert PEOPLE[0]["id_number"] in shown
    assert PEOPLE[0]["phone"] in go(
        page, "people:person_copy", {"reason": "本人申请查阅", "whole": "on"}, person
    )
    go(
        page,
        "people:person_correct",
        {"name": PEOPLE[0]["name"], "phone": PEOPLE[4]["phone"], "note": PEOPLE[4]["note"]},
        person,
    )
    for waiting in list(UnresolvedRow.objects.values_list("pk", flat=True)):
        go(page, "people:unresolved_detail", {"person": "new"}, waiting)
    go(page, "people:export_new", {"purpose": "报送年度统计"}, "person")
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    go(page, "people:export_new", {"purpose": "报送年度统计"}, "person")
    go(page, "people:person_list")
    run_waiting()
    assert StoredFile.objects.filter(kind="export").count() == 2


def _by_sheet(page: Client) -> None:
    waiting = [
        (PEOPLE[3]["name"], "", PEOPLE[3]["phone"], *row(3)[3:]),
        (PEOPLE[3]["name"], "", "", *row(3)[3:]),
    ]
    refused = [row(2, id_number=BAD_NUMBER), row(2, phone=BAD_PHONE)]
    large = [("充数", "", f"1990000{n:04}", "货车", FIRM, f"充数街道{n}", "", "", "") for n in range(400)]
    files = {
        "名册.xlsx": workbook(("名册", [HEADS, row(1), *waiting, *refused])),
        "大名册.csv": csv_roster(
            [(*one, "填充" * 250) for one in (row(5), *large, *refused)], (*HEADS, "随便")
        ),
    }
    assert len(files["大名册.csv"]) > IN_MEMORY_BYTES
    for name, content in files.items():
        sent = {"file": upload(name, content), "source": name, "region": HERE, "as_of": "2026-11-01"}
        assert page.post(reverse("sheets:import_new"), sent).status_code == 302
        run_waiting()
        found = last_import()
        if found.state == "mapping":
            mapping = {f"register-{t['key']}": "person" for t in found.tables} | {
                f"shown-{t['key']}": "person" for t in found.tables
            }
            mapping |= {
                f"column-{t['key']}-{at}": field for t in found.tables for at, field in t["mapping"].items()
            }
            go(page, "sheets:import_mapping", mapping, found.pk)
        run_waiting()
        page.get(reverse("sheets:import_detail", args=[found.pk]))
        page.get(reverse("sheets:import_refused", args=[found.pk]))
        book = page.get(reverse("sheets:refusals_download", args=[found.pk]))
        assert len(b"".join(book.streaming_content)) > 1000  # type: ignore[attr-defined]
        go(page, "sheets:import_publish", None, found.pk)
        run_waiting()
        found.refresh_from_db()
        assert found.state == "published"


def kept() -> Iterator[tuple[str, bytes]]:
    """Everything that lies in a table, by its place."""
    for model in (each for each in our_models() if each._meta.app_label != "regions"):
        for one in model._base_manager.values():
            for name, value in one.items():
                yield (
                    f"{model._meta.label}.{name}",
                    value if isinstance(value, bytes) else str(value).encode(),
                )


def found_in(places: Iterator[tuple[str, bytes]]) -> set[str]:
    """The places that hold a secret, in either of the encodings that a program writes."""
    needles = [
        secret.encode(code)
        for secret in SECRETS
        for code in ("utf-8", "utf-16-le", "gb18030", "unicode_escape")
    ]
    return {place for place, held in places if any(needle in bytes(held) for needle in needles)}


def on_disk(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield str(path.name), path.read_bytes()


def sessions() -> Iterator[tuple[str, bytes]]:
    """What log-ins carry, opened: it lies compressed in the table."""
    for session in Session.objects.all():
        yield "session", str(session.get_decoded()).encode()


@pytest.mark.slow
def test_nothing_holds_a_secret_in_the_clear(
    page: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
        journey(page, patch)
    assert AuditEntry.objects.count() > 20
    assert StagedChunk.objects.exists()
    places = list(kept())
    assert len(places) > 1000
    assert found_in(iter(places)) == set()
    assert found_in(sessions()) == set()
    files = list(on_disk(Path(plain_settings.CHELUN_FILES_DIR)))
    assert len(files) >= 4
    assert found_in(iter(files)) == set()
    assert found_in(("cookie", str(morsel).encode()) for morsel in page.cookies.values()) == set()
    assert (
        found_in(iter([("log", caplog.text.encode()), ("output", "".join(capsys.readouterr()).encode())]))
        == set()
    )
    assert {name for name, content in files if content.startswith((b"PK", b"\xef\xbb\xbf"))} == set()


def test_search_for_secrets_finds_them_where_they_are() -> None:
    """Otherwise the test above would find nothing in anything."""
    for code in ("utf-8", "utf-16-le", "gb18030", "unicode_escape"):
        assert found_in(iter([("here", b"..." + SECRETS[2].encode(code) + b"...")])) == {"here"}


def test_failing_job_says_nothing_of_its_data(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, registrar: User
) -> None:
    def run(context: JobContext) -> Mapping[str, Any]:
        secret = PEOPLE[0]["phone"]
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(f"cannot read {secret}") from error

    kinds = {**JOB_KINDS._values, "test.fails": JobKind("test.fails", "失败", run, max_attempts=1)}
    monkeypatch.setattr(JOB_KINDS, "_values", kinds)
    job = enqueue(actor=registrar, kind="test.fails", title="失败")
    run_waiting()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "ValueError" in job.error
    assert found_in(kept()) == set()
    assert "ValueError" in caplog.text
    assert PEOPLE[0]["phone"] not in caplog.text


@pytest.mark.slow
def test_everything_sealed_expires(page: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    journey(page, monkeypatch)
    files = Path(settings.CHELUN_FILES_DIR)
    ids = {UUID(path.stem) for path in files.glob("??/*.sealed")}
    assert ids == set(StoredFile.objects.values_list("pk", flat=True))
    assert {file.kind for file in StoredFile.objects.all()} == {"export", "refusals"}
    export = StoredFile.objects.filter(kind="export")[0]
    assert purge_expired(SystemActor("test")) == 0
    StoredFile.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert page.get(reverse("sheets:export_download", args=[export.pk])).status_code == 404
    assert purge_expired(SystemActor("test")) == len(ids)
    assert list(files.glob("??/*.sealed")) == []
    assert not StoredFile.objects.exists()


def test_file_that_was_changed_is_refused_with_a_sentence(page: Client, registrar: User) -> None:
    go(page, "people:person_new", {**PEOPLE[0], "certificate": "", "kinds": ["货车"], "enterprise": FIRM})
    go(page, "people:export_new", {"purpose": "报送年度统计"}, "person")
    export = StoredFile.objects.get()
    address = reverse("sheets:export_download", args=[export.pk])
    assert page.get(address).status_code == 200
    path = vault_path(export.pk)
    sealed = bytearray(path.read_bytes())
    sealed[-5] ^= 1
    path.write_bytes(sealed)
    answer = page.get(address)
    assert (answer.status_code, "这个文件打不开" in answer.content.decode()) == (422, True)
    path.unlink()
    answer = page.get(address)
    assert (answer.status_code, "已到期清除" in answer.content.decode()) == (422, True)


def test_parameters_of_jobs_are_keys_and_words(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", -1)
    for typed in (PEOPLE[0]["id_number"], f"甄 {PEOPLE[0]['phone'][-4:]}"):
        address = f"{reverse('people:export_new', args=['person'])}?q={typed}"
        assert page.post(address, {"purpose": "报送年度统计"}).status_code == 422
    assert not Job.objects.exists()
