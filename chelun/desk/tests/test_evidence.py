"""Files on records: who may attach and open them, what is written down, what goes with a person, where a picture is found again."""

import json
import os
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chelun.core.crypto import Unsealable
from chelun.core.errors import NotFound, Refused
from chelun.core.jsontext import from_json, to_json
from chelun.desk.services import propose_change
from chelun.people.services.door import bring
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, number
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.archives.carried import Area, Joining
from chelun.platform.audit.models import AuditEntry
from chelun.platform.evidence import store
from chelun.platform.evidence.archives import take_evidence, write_evidence
from chelun.platform.evidence.models import Evidence, SamePicture
from chelun.platform.evidence.selectors import attached
from chelun.platform.evidence.services import add_evidence, open_evidence, remove_evidence, sweep
from chelun.platform.evidence.tests.draw import VARIANTS, Picture, saved, scene
from chelun.platform.jobs.models import Job
from chelun.platform.privacy.keys import destroy_keys, key_of
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.privacy.services.erasing import approve_erasure, carry_out, clear_traces, propose_erasure
from chelun.platform.regions.selectors import placed

pytestmark = pytest.mark.django_db
REASON = "核对从业资格"
NUMERALS = "零一二三四五六"


@pytest.fixture
def clerk() -> User:
    return user_with("clerk", ZIYANG)


@pytest.fixture
def registrar() -> User:
    return user_with("registrar", ZIYANG)


def person(n: int = 1, region: str = ZIYANG) -> UUID:
    found = bring(
        "person", actor=CLERK, region=region, raw={"name": f"张{NUMERALS[n]}", "id_number": number(n)}
    ).subject
    assert found is not None
    return found


def put(
    actor: User,
    record: UUID,
    picture: Picture | None = None,
    holder: str = "person",
    what: str = "资格证照片",
) -> Evidence:
    content = saved(picture or scene(1))
    return add_evidence(
        actor=actor, holder=holder, record=record, content=content, name="IMG_1.jpg", what=what
    )


def test_file_lies_sealed_under_the_persons_key(clerk: User) -> None:
    one = person()
    row = put(clerk, one)
    lying = store.path_of(row.pk).read_bytes()
    assert b"JFIF" not in lying
    assert store.read(row.pk, key_of(one)).startswith(b"\xff\xd8")
    with pytest.raises(Unsealable):
        store.read(row.pk, key_of(person(2)))
    for column in (row.sealed, row.prints):
        assert "资格证".encode() not in bytes(column)


def test_opening_needs_a_reason_and_is_written_down(clerk: User, registrar: User) -> None:
    one = person()
    row = put(clerk, one)
    with pytest.raises(Refused, match="理由"):
        open_evidence(actor=registrar, evidence=row.pk, reason="看")
    content, media, name = open_evidence(actor=registrar, evidence=row.pk, reason=REASON)
    assert (content[:2], media, name) == (b"\xff\xd8", "image/jpeg", "IMG_1.jpg")
    look = AccessRecord.objects.get(what="revealed:evidence")
    assert (look.subject, look.reason, look.region) == (one, REASON, ZIYANG)
    assert AuditEntry.objects.filter(action="privacy.value.revealed", target=str(one)).exists()


def test_the_same_file_on_the_same_record_is_not_kept_twice(clerk: User) -> None:
    one = person()
    put(clerk, one)
    with pytest.raises(Refused, match="已经有这个文件"):
        put(clerk, one, what="再传一次")
    put(clerk, one, scene(2))
    other = person(2)
    put(clerk, other)
    assert [Evidence.objects.filter(record=each).count() for each in (one, other)] == [2, 1]


def test_other_places_find_nothing(clerk: User) -> None:
    row = put(clerk, person())
    other = user_with("registrar", HANBIN)
    for act in (
        lambda: put(other, row.record),
        lambda: open_evidence(actor=other, evidence=row.pk, reason=REASON),
        lambda: remove_evidence(actor=other, evidence=row.pk, reason=REASON),
        lambda: put(clerk, uuid4()),
        lambda: put(clerk, row.record, holder="nothing"),
    ):
        with pytest.raises(NotFound):
            act()
    client = logged_in(Client(), other)
    for name in ("open", "remove"):
        assert client.get(reverse(f"evidence:{name}", args=[row.pk])).status_code == 404
    bring("person", actor=CLERK, region=HANBIN, raw={"name": "张一", "id_number": number(1)})
    assert attached(other, "person", [row.record]) == [], (
        "whoever knows the person too does not learn of the file"
    )


@pytest.mark.parametrize("variant", ["smaller", "cut, smaller, saved badly"])
def test_same_photo_on_another_record_is_told_to_who_sees_both(clerk: User, variant: str) -> None:
    one, two, three = person(1), person(2), person(3)
    put(clerk, one, scene(7))
    put(clerk, two, VARIANTS[variant](scene(7)))
    put(clerk, three, scene(8))
    told = {record: attached(clerk, "person", [record])[0].same for record in (one, two, three)}
    assert [[each.name for each in told[record]] for record in (one, two, three)] == [["张二"], ["张一"], []]
    page = logged_in(Client(), clerk).get(reverse("people:person_detail", args=[one])).content.decode()
    assert "同一张照片也用在" in page
    assert "张二" in page


def test_nothing_is_said_of_a_photo_outside_the_scope(clerk: User) -> None:
    far, elsewhere = person(1, HANBIN), user_with("clerk", HANBIN)
    put(elsewhere, far, scene(7))
    near = person(2)
    alone, both = person(3), person(4)
    put(clerk, alone, scene(9))
    put(clerk, near, scene(7))
    assert SamePicture.objects.count() == 1
    assert attached(clerk, "person", [near])[0].same == ()
    pages = [
        logged_in(Client(), clerk).get(reverse("people:person_detail", args=[each])).content.decode()
        for each in (near, alone)
    ]
    assert all("也用在" not in page for page in pages)
    put(clerk, both, scene(7))
    assert [each.name for each in attached(clerk, "person", [near])[0].same] == ["张四"]
    city = user_with("clerk", "610900")
    assert {each.name for each in attached(city, "person", [near])[0].same} == {"张一", "张四"}
    job = Job.objects.filter(kind="evidence.match").latest("pk")
    assert not job.result, "nor does the job say how many were found"


def test_erasing_a_person_takes_his_files_and_pairs(
    clerk: User, django_capture_on_commit_callbacks: object
) -> None:
    one, two = person(1), person(2)
    gone, stays = put(clerk, one, scene(7)), put(clerk, two, scene(7))
    officer, second = user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)
    asked = propose_erasure(actor=officer, kind="person", subject=one, ground="unlawful", reason="依法删除")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        approve_erasure(actor=second, erasure=asked.pk)
        clear_traces(asked)
        carry_out(second, asked.pk)
    assert list(Evidence.objects.values_list("pk", flat=True)) == [stays.pk]
    assert not SamePicture.objects.exists()
    assert not store.path_of(gone.pk).exists()
    assert store.path_of(stays.pk).exists()


def test_file_of_a_firm_a_vehicle_a_change_and_a_request(clerk: User, registrar: User) -> None:
    firm = bring("enterprise", actor=CLERK, region=ZIYANG, raw={"name": "紫阳示例货运有限公司"}).subject
    vehicle = bring(
        "vehicle", actor=CLERK, region=ZIYANG, raw={"plate": "川A00001", "plate_colour": "黄"}
    ).subject
    one = person()
    change = propose_change(
        actor=clerk, subject=one, home=ZIYANG, raw={"position": "队长"}, reason="本人来窗口更正", hand_in=True
    )
    for holder, record in (("enterprise", firm), ("vehicle", vehicle), ("change", change.pk)):
        assert record is not None
        row = put(clerk, record, holder=holder)
        assert open_evidence(actor=registrar, evidence=row.pk, reason=REASON)[0]
        assert [each.what for each in attached(clerk, holder, [record])] == ["资格证照片"]
    assert Evidence.objects.get(holder="change").subject == one


def test_drafts_of_others_take_no_files(clerk: User, registrar: User) -> None:
    draft = propose_change(
        actor=clerk,
        subject=person(),
        home=ZIYANG,
        raw={"position": "队长"},
        reason="本人来窗口更正",
        hand_in=False,
    )
    put(clerk, draft.pk, holder="change")
    with pytest.raises(NotFound):
        put(registrar, draft.pk, holder="change")


def test_forbidden_words_and_kinds_are_refused(clerk: User) -> None:
    one = person()
    with pytest.raises(Refused, match="不得登记"):
        put(clerk, one, what="党员证照片")
    with pytest.raises(Refused, match="是什么"):
        put(clerk, one, what=" ")
    with pytest.raises(Refused, match="照片"):
        add_evidence(actor=clerk, holder="person", record=one, content=b"MZ", name="a.exe", what="程序")
    assert not Evidence.objects.exists()
    named = add_evidence(
        actor=clerk, holder="person", record=one, content=saved(scene(1)), name="党员张三.jpg", what="证照"
    )
    assert attached(clerk, "person", [one])[0].name == ""
    assert named.kind == "picture"


def test_removing_needs_a_reason_and_clears_the_bytes(
    clerk: User, registrar: User, django_capture_on_commit_callbacks: object
) -> None:
    row = put(registrar, person())
    with pytest.raises(NotFound):
        remove_evidence(actor=clerk, evidence=row.pk, reason="传错了文件")
    with pytest.raises(Refused, match="理由"):
        remove_evidence(actor=registrar, evidence=row.pk, reason="")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_evidence(actor=registrar, evidence=row.pk, reason="传错了文件")
    assert not store.path_of(row.pk).exists()
    entry = AuditEntry.objects.get(action="evidence.file.removed")
    assert json.loads(entry.new)["kind"] == "picture"


def test_bytes_without_a_row_are_swept_when_they_are_old(clerk: User) -> None:
    row = put(clerk, person())
    lost = uuid4()
    store.keep(lost, b"k" * 16, b"left over")
    assert sweep(CLERK) == 0
    os.utime(store.path_of(lost), (0, 0))
    os.utime(store.path_of(row.pk), (0, 0))
    assert sweep(CLERK) == 1
    assert store.path_of(row.pk).exists()


def test_pages_from_adding_to_opening(registrar: User) -> None:
    one = person()
    client = logged_in(Client(), registrar)
    detail = reverse("people:person_detail", args=[one])
    assert "没有附件" in client.get(detail).content.decode()
    add = reverse("evidence:add", args=["person", one])
    bad = client.post(add, {"what": "程序", "file": SimpleUploadedFile("a.exe", b"MZ")})
    assert bad.status_code == 422
    assert "只能添加照片" in bad.content.decode()
    sent = client.post(add, {"what": "资格证照片", "file": SimpleUploadedFile("a.jpg", saved(scene(1)))})
    assert sent.headers["Location"] == detail
    page = client.get(detail).content.decode()
    assert "资格证照片" in page
    assert "data:image" not in page, "no preview stands on a page"
    open_url = reverse("evidence:open", args=[Evidence.objects.get().pk])
    assert client.get(open_url).headers["Content-Type"].startswith("text/html")
    shown = client.post(open_url, {"reason": REASON})
    assert (shown.headers["Content-Type"], shown.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


def test_files_travel_in_an_archive_and_are_sealed_anew(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chelun.platform.evidence.archives.PIECE", 16 * 1024)
    one, two = person(1), person(2)
    first, second = put(clerk, one, scene(7)), put(clerk, two, VARIANTS["smaller"](scene(7)))
    change = propose_change(
        actor=clerk, subject=one, home=ZIYANG, raw={"position": "队长"}, reason="本人来窗口更正", hand_in=True
    )
    put(clerk, change.pk, holder="change")
    rows = from_json(to_json(list(write_evidence(Area(ZIYANG)))))
    assert len({row["id"] for row in rows}) == 2
    assert len(rows) > 2, "a photo comes in several pieces"
    whole = store.read(first.pk, key_of(one))
    Evidence.objects.all().delete()
    store.shred(first.pk)
    joining = Joining(CLERK, placed(ZIYANG), uuid4(), "并入")
    half = len(rows) // 2
    counts = take_evidence(joining, rows[:half]) + take_evidence(joining, rows[half:])
    assert counts["new"] == 2
    assert take_evidence(joining, rows) == {}, "the same archive again brings nothing"
    assert store.read(first.pk, key_of(one)) == whole
    assert [each.name for each in attached(clerk, "person", [two])[0].same] == ["张一"]
    assert Evidence.objects.get(pk=second.pk).added_at == second.added_at


def test_files_of_who_was_not_taken_in_stay_out(clerk: User) -> None:
    one = person(1)
    put(clerk, one)
    rows = from_json(to_json(list(write_evidence(Area(ZIYANG)))))
    Evidence.objects.all().delete()
    destroy_keys([one])
    assert take_evidence(Joining(CLERK, placed(ZIYANG), uuid4(), "并入"), rows) == {"left_out": 1}
    assert not Evidence.objects.exists()
