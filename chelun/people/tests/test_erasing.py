"""Somebody is erased: out of every table, file, staged row and index, in every place; the chain stays whole, a proof remains."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from chelun.core.crypto import blind_index
from chelun.core.errors import NotFound, Refused
from chelun.people.models import EnterpriseCard, Person, PersonCard, UnresolvedRow, VehicleCard
from chelun.people.services.door import register_person
from chelun.people.services.exporting import export_list
from chelun.people.tests.desk import (
    CLERK,
    HANBIN,
    ZIYANG,
    bring,
    checked,
    number,
    outcome,
    phone,
    seen,
    sheet,
)
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.choices import ErasureState
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.ledger import ledger_path, read_ledger
from chelun.platform.privacy.models import AccessRecord, Erasure, ErasureShare, Tombstone
from chelun.platform.privacy.services import note_opening, spend_reveal
from chelun.platform.privacy.services.erasing import (
    approve_erasure,
    decline_erasure,
    propose_erasure,
    run_erasure,
    seal_of,
)
from chelun.platform.privacy.services.returning import lift_bar
from chelun.platform.privacy.subjects import SUBJECT_TABLES
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import StagedChunk, StoredFile
from chelun.platform.sheets.services.files import keep_file

NAME, NUMBER, PHONE = "甄要走", number(77), phone(77)
ROW = (NAME, NUMBER, PHONE, "货车", "甄要走运输部", "陕G77777")
OTHER = ("留下来", number(78), phone(78), "货车", "紫阳大货运有限公司", "陕G78787")
BAD = (NAME, "61099919900101001X", PHONE, "货车", "", "")
WORDS = (NAME, NUMBER, PHONE, "zhenyaozou", "陕G77777", "甄要走运输部")


@pytest.fixture
def officers(db: None) -> tuple[User, User]:
    return user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)


@pytest.fixture
def subject(officers: tuple[User, User]) -> UUID:
    """A person whom two places know by rosters, with everything that may hold him."""
    bring(sheet([ROW, OTHER, BAD]))
    bring(sheet([ROW]), region=HANBIN, source="别处的名册")
    registrar = user_with("registrar", ZIYANG)
    export_list(actor=registrar, register="person", query={}, purpose="独有的用途")
    person = Person.objects.get(id_index=blind_index("id_number", NUMBER)).pk
    note_opening(
        actor=registrar, subject=person, subject_kind="person", regions=[ZIYANG], reason=f"给{NAME}打电话"
    )
    return person


def erased(
    officers: tuple[User, User], subject: UUID, ground: str = "purpose_done", reason: str = "已经离开行业"
) -> Erasure:
    first, second = officers
    erasure = propose_erasure(actor=first, kind="person", subject=subject, ground=ground, reason=reason)
    approve_erasure(actor=second, erasure=erasure.pk)
    run_waiting()
    erasure.refresh_from_db()
    assert erasure.state == ErasureState.DONE, Job.objects.latest("id").error
    return erasure


def everything() -> Iterator[tuple[str, str]]:
    """Each row of each table as text, but for the trail, whose secrets are looked at apart."""
    for model in apps.get_models():
        if model is AuditEntry:
            continue
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                text = (
                    bytes(value).decode("latin-1") if isinstance(value, (bytes, memoryview)) else str(value)
                )
                yield f"{model._meta.label}.{field.name}", text


def traces() -> list[tuple[str, str]]:
    digests = [
        blind_index("id_number", NUMBER),
        blind_index("phone", PHONE),
        blind_index("name_phone", f"{NAME}|{PHONE}"),
    ]
    kept = "privacy.TombstoneDigest.digest"
    return [
        (place, word)
        for place, text in everything()
        for word in (*WORDS, *digests)
        if word in text and not (place == kept and word in digests)
    ]


def test_nothing_of_an_erased_person_is_left_anywhere(officers: tuple[User, User], subject: UUID) -> None:
    assert {place.split(".")[1] for place, _word in traces()} >= {
        "PersonCard", "PersonSource", "Person", "EnterpriseCard", "VehicleCard", "AccessRecord",
    }  # fmt: skip
    assert StagedChunk.objects.exists()
    files = list(StoredFile.objects.values_list("kind", flat=True))
    assert sorted(files) == ["export", "refusals"]
    erased(officers, subject)
    assert traces() == []
    assert not StoredFile.objects.exists()
    assert keys_of([subject]) == {}
    assert not Person.objects.filter(pk=subject).exists()
    assert [person["name"] for person in seen()] == [OTHER[0]]
    assert VehicleCard.objects.get().plate == OTHER[5]
    assert EnterpriseCard.objects.get().name == OTHER[4]


def test_file_that_cannot_be_searched_to_its_end_goes_as_well(
    officers: tuple[User, User], subject: UUID
) -> None:
    """A workbook cut off or damaged in a part may hold him; one that can be read, and does not, stays."""
    whole = sheet([OTHER]).getvalue()
    damaged = whole.replace(whole[60:64], b"\0\0\0\0", 1)
    stored = BytesIO(b"MZ begins as a program, and is a zip")
    with ZipFile(stored, "a") as packed:
        packed.writestr("rows", "another one, cell by cell")
    changed = stored.getvalue().replace(b"cell by cell", b"cell by bell")
    files = {"whole": whole, "cut": whole[:-40], "damaged": damaged, "changed": changed, "text": b"a,b"}
    kept = {
        name: keep_file(actor=CLERK, kind="upload", name=name, parts=[content], place=placed(ZIYANG)).pk
        for name, content in files.items()
    }
    erased(officers, subject)
    left = set(StoredFile.objects.values_list("pk", flat=True))
    assert {name for name, file in kept.items() if file in left} == {"whole", "text"}


def test_chain_stays_whole_and_its_values_cannot_be_read(officers: tuple[User, User], subject: UUID) -> None:
    rows = AuditEntry.objects.filter(target=str(subject), action="people.person.created")
    sealed = [json.loads(entry.new)["sealed"] for entry in rows]
    assert len(sealed) == 2
    erasure = erased(officers, subject)
    assert verify_chain().found == 0
    assert erasure.trail_rows >= 2
    # The values lie there still, under a key that nobody has any more.
    assert [json.loads(entry.new)["sealed"] for entry in rows.all()] == sealed
    assert keys_of([subject]) == {}
    done = AuditEntry.objects.get(action="privacy.erasure.done")
    assert json.loads(done.new)["proof"] == erasure.seal
    assert words_in_the_trail() == []


def words_in_the_trail() -> list[str]:
    text = " ".join(str(value) for entry in AuditEntry.objects.all() for value in entry.values().values())
    return [word for word in WORDS if word in text]


def test_reasons_that_name_him_go_with_his_key(
    client: Client, officers: tuple[User, User], subject: UUID
) -> None:
    spend_reveal(
        actor=user_with("registrar", ZIYANG), subject=subject, subject_kind="person", field="phones",
        reason=f"给{NAME}打电话", region=ZIYANG,
    )  # fmt: skip
    looked = AuditEntry.objects.get(action="privacy.value.revealed")
    audit = logged_in(client, user_with("audit_admin", ZIYANG))
    pages = (
        f"{reverse('accounts:audit_list')}?cols=purpose",
        reverse("accounts:audit_detail", args=[looked.seq]),
    )
    assert all(f"给{NAME}打电话" in audit.get(page).content.decode() for page in pages)
    assert words_in_the_trail() == []
    erasure = erased(officers, subject, reason=f"{NAME}已经离开行业")
    assert (erasure.reason, words_in_the_trail(), traces(), verify_chain().found) == ("", [], [], 0)
    shown = [audit.get(page).content.decode() for page in pages]
    assert all("已抹除" in page and NAME not in page for page in shown)


def test_proof_counts_before_and_after_by_place_and_names_exceptions(
    officers: tuple[User, User], subject: UUID
) -> None:
    erasure = erased(officers, subject)
    shares = {share.home: share for share in ErasureShare.objects.filter(erasure=erasure)}
    for home in (ZIYANG, HANBIN):
        assert shares[home].before["people.PersonSource"] == shares[home].before["people.PersonCard"] == 1
        assert [label for label in shares[home].after if label.startswith("people.")] == []
    assert (shares[""].before["privacy.SubjectKey"], erasure.keys_destroyed) == (1, 1)
    kept = {label for share in shares.values() for label in share.after}
    assert "privacy.AccessRecord" in kept
    assert all(SUBJECT_TABLES[label].kept_because for label in kept)
    assert AccessRecord.objects.filter(subject=subject).exclude(reason="").count() == 0
    assert erasure.files == {
        "sheets.files": 2, "sheets.chunks": 1, "mentioned.people.VehicleCard": 1, "mentioned.people.EnterpriseCard": 2,
    }  # fmt: skip
    assert {erasure.proposed_by, erasure.decided_by} == {user.username for user in officers}
    assert erasure.seal == seal_of(erasure, list(shares.values()))
    shares[ZIYANG].before = {"people.PersonSource": 9}
    assert erasure.seal != seal_of(erasure, list(shares.values()))


def test_another_person_must_approve(officers: tuple[User, User], subject: UUID) -> None:
    first, second = officers
    asked: Any = {"kind": "person", "subject": subject}
    with pytest.raises(Refused, match="理由"):
        propose_erasure(actor=first, ground="unlawful", reason="删", **asked)
    with pytest.raises(Refused, match="依据"):
        propose_erasure(actor=first, ground="because", reason="本人要求删除", **asked)
    elsewhere = user_with("privacy_officer", "513436")
    with pytest.raises(NotFound):
        propose_erasure(actor=elsewhere, ground="unlawful", reason="本人要求删除", **asked)
    erasure = propose_erasure(actor=first, ground="unlawful", reason="本人要求删除", **asked)
    with pytest.raises(Refused, match="等待批准"):
        propose_erasure(actor=second, ground="unlawful", reason="本人要求删除", **asked)
    with pytest.raises(Refused, match="第二个人"):
        approve_erasure(actor=first, erasure=erasure.pk)
    with pytest.raises(NotFound):
        approve_erasure(actor=elsewhere, erasure=erasure.pk)
    decline_erasure(actor=second, erasure=erasure.pk)
    with pytest.raises(Refused, match="已经有人决定"):
        approve_erasure(actor=second, erasure=erasure.pk)
    assert PersonCard.objects.filter(person=subject).count() == 2


def test_statutory_register_may_register_anew(officers: tuple[User, User], subject: UUID) -> None:
    erased(officers, subject)
    done = bring(sheet([ROW, (*OTHER[:4], "", "")]), source="下一期名册")
    assert outcome(done)["created"] == 1
    assert PersonCard.objects.get(name=NAME).person_id != subject


def test_who_objected_is_left_out_and_counted(officers: tuple[User, User], subject: UUID) -> None:
    erasure = erased(officers, subject, ground="objection", reason="本人反对继续保存")
    rows = [ROW, (NAME, "", PHONE, "货车", "", ""), (NAME, "", phone(5), "货车", "", "")]
    done = bring(sheet(rows), source="下一期名册")
    assert done.counts["outcome"]["person"] == {
        "rows": 3, "created": 1, "changed": 0, "unchanged": 0, "unresolved": 0, "barred": 2,
    }  # fmt: skip
    raw = {"name": NAME, "id_number": NUMBER, "kinds": "货车"}
    clerk = user_with("clerk", ZIYANG)
    with pytest.raises(Refused, match="不再收录"):
        register_person(actor=clerk, region=ZIYANG, raw=raw)
    with pytest.raises(Refused, match="法律"):
        lift_bar(actor=officers[0], erasure=erasure.pk, statute="要登记")
    with pytest.raises(NotFound):
        lift_bar(
            actor=user_with("privacy_officer", "513436"), erasure=erasure.pk, statute="道路运输条例第九条"
        )
    lift_bar(actor=officers[0], erasure=erasure.pk, statute="道路运输条例第九条")
    assert register_person(actor=clerk, region=ZIYANG, raw=raw).subject
    with pytest.raises(Refused, match="已经解除"):
        lift_bar(actor=officers[0], erasure=erasure.pk, statute="道路运输条例第九条")


def test_finished_jobs_that_name_him_go_and_others_stay(officers: tuple[User, User], subject: UUID) -> None:
    for word in (NAME, OTHER[0]):
        job = enqueue(actor=officers[0], kind="people.export", title="导出", params={"query": {"q": word}})
        Job.objects.filter(pk=job.pk).update(state="done")
    erasure = erased(officers, subject)
    (left,) = Job.objects.filter(kind="people.export")
    assert left.params["query"]["q"] == OTHER[0]
    assert erasure.files["jobs.jobs"] == 1


def test_open_import_that_names_him_is_cancelled_and_others_are_not(
    officers: tuple[User, User], subject: UUID
) -> None:
    spaced = (NAME, f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", "", "货车", "", "")
    naming = checked(sheet([spaced, OTHER]), source="在路上的名册")
    innocent = checked(sheet([("同路人", number(5), phone(5), "货车", "", "")]), source="另一份")
    foreign = checked(sheet([spaced]), source="美姑的", region="513436")
    erasure = erased(officers, subject)
    for each in (naming, innocent, foreign):
        each.refresh_from_db()
    assert (naming.state, innocent.state) == (ImportState.CANCELLED, ImportState.CHECKED)
    assert "按要求抹除" in naming.error
    assert not StagedChunk.objects.filter(sheet_import=naming).exists()
    # Whoever has never published him keeps what waits there: another place's import is not looked into.
    assert foreign.state == ImportState.CHECKED
    assert erasure.files["sheets.imports"] == 1


def test_waiting_rows_that_mean_him_go_and_those_of_others_stay(
    officers: tuple[User, User], subject: UUID
) -> None:
    bring(sheet([(NAME, number(90), "", "货车", "", "")]), source="同名的人")
    twin = PersonCard.objects.get(name=NAME, id_tail__gt="", phone_index="").person_id
    bring(sheet([(NAME, "", "", "货车", "", "")]), source="没有号码的")
    row = UnresolvedRow.objects.get()
    assert set(row.candidates) == {str(subject), str(twin)}
    erased(officers, subject)
    row.refresh_from_db()
    assert row.candidates == [str(twin)]
    erased(officers, twin)
    assert not UnresolvedRow.objects.exists()


def test_job_that_was_killed_goes_on_and_proves_once(
    officers: tuple[User, User], subject: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = officers
    erasure = propose_erasure(
        actor=first, kind="person", subject=subject, ground="unlawful", reason="不应当收集"
    )
    job = approve_erasure(actor=second, erasure=erasure.pk)

    class Killed(Exception):
        pass

    class Context:
        params: Any = {"erasure": str(erasure.pk)}
        actor = second

        def progress(self, done: int, total: int, text: str = "") -> None:
            if done == 1:
                raise Killed

    with pytest.raises(Killed):
        run_erasure(Context())  # type: ignore[arg-type]
    assert PersonCard.objects.filter(person=subject).exists()
    run_waiting()
    job.refresh_from_db()
    assert job.state == "done"
    assert traces() == []
    assert (len(read_ledger().entries), Tombstone.objects.count()) == (1, 1)


def test_table_whose_declaration_misses_rows_stops_the_erasure(
    officers: tuple[User, User], subject: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chelun.platform.privacy.services.erasing.erase_rows", lambda *args: 1)
    first, second = officers
    erasure = propose_erasure(
        actor=first, kind="person", subject=subject, ground="unlawful", reason="不应当收集"
    )
    job = approve_erasure(actor=second, erasure=erasure.pk)
    for _attempt in range(3):
        Job.objects.update(run_after=job.run_after)
        run_waiting()
    erasure.refresh_from_db()
    assert (erasure.state, erasure.seal) == (ErasureState.RUNNING, "")
    assert not Tombstone.objects.exists()


def test_exception_without_a_reason_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_checks(tags=["chelun"]) == []
    kept = SUBJECT_TABLES["privacy.AccessRecord"]
    monkeypatch.setitem(SUBJECT_TABLES._values, "privacy.AccessRecord", replace(kept, kept_because=""))
    (error,) = run_checks(tags=["chelun"])
    assert error.id == "chelun.E003"


def test_changed_line_of_the_ledger_is_not_followed(officers: tuple[User, User], subject: UUID) -> None:
    erased(officers, subject)
    text = ledger_path().read_text()
    assert [word for word in WORDS if word in text] == []
    other = PersonCard.objects.get().person_id
    ledger_path().write_text(text.replace(str(subject), str(other)))
    assert (read_ledger().entries, read_ledger().odd) == ((), 1)
