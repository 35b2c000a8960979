"""A county's archive joined into a province's installation: nothing is lost, nothing doubled, and twice is as once."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from chelun.core.crypto.keys import new_ring
from chelun.core.errors import Refused
from chelun.core.identifiers import uuid7
from chelun.core.jsontext import from_json
from chelun.engines.ids import make_uscc
from chelun.firms.choices import Counting
from chelun.firms.models import Stay, ThresholdRule
from chelun.firms.services.deciding import decide_rule
from chelun.firms.services.listing import list_by_hand
from chelun.firms.thresholds import Rule
from chelun.people.displays.history import from_joined_trails
from chelun.people.models import (
    BulkMerge,
    EnterpriseCard,
    Merge,
    OwnValue,
    Person,
    PersonCard,
    PersonSource,
    UnresolvedRow,
    VehicleCard,
    VehicleSource,
)
from chelun.people.rules.cards import erased_digests
from chelun.people.selectors import Filters, person_list
from chelun.people.services.bulk_merging import JOINING, PARTING, begin_joining, begin_parting
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import bring as enter
from chelun.people.services.intake.ledger import open_facts
from chelun.people.services.likeness import find_likenesses
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.tests.desk import (
    CLERK,
    HANBIN,
    HEADS,
    ZIYANG,
    bring,
    number,
    phone,
    scope_of,
    seen,
    sheet,
    snapshot,
)
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.archives.joining import give_up, join_archive
from chelun.platform.archives.models import FormerKey, JoinedArchive
from chelun.platform.archives.packing import check_packed, read_packed
from chelun.platform.archives.writing import write_archive
from chelun.platform.audit.models import AuditEntry, SegmentEntry, TrailSegment
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.fields.models import OwnField
from chelun.platform.fields.rules import Draft
from chelun.platform.fields.services import add_field
from chelun.platform.jobs.execution import run_here, run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.privacy.choices import ErasureState
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.models import Erasure, Tombstone, TombstoneDigest
from chelun.platform.privacy.services import note_opening
from chelun.platform.privacy.services.erasing import approve_erasure, decline_erasure, propose_erasure
from chelun.platform.regions.models import PlaceSetting, Region, RegionChange
from chelun.platform.sheets.models import Batch, SheetImport
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
SECRET = "county to province"
CODE = make_uscc("610999", 3)
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WANG = ("王二", number(22), phone(2), "快递", "紫阳县示例快递有限公司", "")
ZHAO = ("赵三", "", phone(3), "出租车", "", "陕G54321")
KEPT = (Region, RegionChange)


def the_county() -> dict[str, Any]:
    """A county with two sources, a correction, an undone import, a row that waits, a ledger; what it holds in all."""
    bring(sheet([LI, WANG, ZHAO]))
    bring(sheet([(*LI[:2], phone(9), "网约车", "紫阳县示例快运有限公司", "陕G12345")]), source="平台")
    undone = bring(sheet([("钱四", number(44), "", "公交", "", "")]), source="误传")
    begin_undo(actor=CLERK, sheet_import=undone, reason="传错了")
    undo_sheet(actor=CLERK, sheet_import=undone)
    bring(sheet([("赵三", "", "", "出租车", "", "")]), source="街道")
    person = PersonCard.objects.get(name="王二").person_id
    correct_person(actor=CLERK, person=person, home=ZIYANG, raw={"phone": phone(8)})
    note_opening(actor=CLERK, subject=person, subject_kind="person", regions=[ZIYANG])
    enter("enterprise", actor=CLERK, region=ZIYANG, raw={"name": LI[4], "uscc": CODE, "staff": "12"})
    enter(
        "vehicle",
        actor=CLERK,
        region=ZIYANG,
        raw={"plate": "陕G12345", "plate_colour": "黄", "note": "常停停车场"},
    )
    PlaceSetting.objects.create(region=ZIYANG, key="word.station", value="暖心之家", changed_by="x")
    return whole()


def whole() -> dict[str, Any]:
    """What the county's readers see, and every record of a person with its facts, whoever the subject is called."""
    shown = snapshot(ZIYANG)
    records = [
        (row.source, str(row.as_of), row.door, row.row_number, facts_of(row), str(row.known_at), row.batch)
        for row in PersonSource.objects.in_scope(scope_of(ZIYANG)).filter(superseded_by=None)
    ]
    return {
        "persons": shown["persons"], "firms": shown["firms"], "vehicles": shown["vehicles"], "waiting": shown["waiting"],
        "ties": sorted((kind, platform) for _person, kind, _firm, platform in shown["ties"]),
        "drivers": len(shown["drivers"]), "records": sorted(records, key=repr),
    }  # fmt: skip


def facts_of(row: PersonSource) -> dict[str, Any]:
    key = keys_of([row.person_id])[row.person_id]
    return {**row.facts, **open_facts(key, bytes(row.sealed))}


def move(settings: Settings, name: str = "province") -> None:
    """Another installation: nothing is on file, and no key is the same."""
    with connection.constraint_checks_disabled():
        for model in apps.get_models():
            if model.__module__.startswith("chelun.") and model not in KEPT:
                model._base_manager.all()._raw_delete(using="default")
    settings.CHELUN_KEYS = new_ring(name)
    bring(sheet([("周五", number(55), phone(5), "货车", "省直示例物流有限公司", "陕A11111")]), region=HANBIN)


@pytest.fixture
def county(tmp_path: Path, settings: Settings) -> tuple[Path, dict[str, Any]]:
    """The county's archive, and what it held; we are in the province's installation then."""
    held = the_county()
    path = tmp_path / "ziyang.chelun"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    return path, held


def join(path: Path) -> JoinedArchive:
    return join_archive(actor=CLERK, path=path, passphrase=SECRET)


def erase(person: UUID, ground: str) -> None:
    first, second = user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)
    erasure = propose_erasure(
        actor=first, kind="person", subject=person, ground=ground, reason="已经离开行业"
    )
    approve_erasure(actor=second, erasure=erasure.pk)
    run_waiting()


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model.__module__.startswith("chelun.")]
    return {model._meta.label: model._base_manager.count() for model in models}


def test_archive_brings_everything_and_the_same_again_changes_nothing(
    county: tuple[Path, dict[str, Any]],
) -> None:
    path, held = county
    before = snapshot(HANBIN)
    joined = join(path)
    assert whole() == held
    assert snapshot(HANBIN) == before
    assert not Batch.objects.filter(hidden=True).exists()
    assert PlaceSetting.objects.get().value == "暖心之家"
    assert {each.state for each in SheetImport.objects.filter(county=ZIYANG)} == {"published", "undone"}
    assert joined.counts["people.person"]["made"] == 3
    verdict = verify_chain()
    assert verdict.findings == ()
    after = counts()
    assert join(path).joined_at == joined.joined_at
    assert counts() == after


def test_registers_of_firms_travel_with_their_past_and_are_not_doubled(
    tmp_path: Path, settings: Settings
) -> None:
    enter("enterprise", actor=CLERK, region=ZIYANG, raw={"name": LI[4], "uscc": CODE, "staff": "12"})
    day = timezone.localdate()
    decide_rule(
        actor=CLERK, rule=Rule("large", "规上企业", Counting.HAND, None, (), day, ZIYANG, "县统计局名单")
    )
    list_by_hand(
        actor=CLERK, register="large", home=ZIYANG, lines=[CODE], from_day=day, ground="2026 年规上企业名单"
    )
    path = tmp_path / "ziyang.chelun"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    told = list(ThresholdRule.objects.values_list("home", "register", "counting", "criterion", "changed_at"))
    move(settings)
    here = enter("enterprise", actor=CLERK, region=HANBIN, raw={"name": LI[4], "uscc": CODE}).subject
    join(path)
    stay = Stay.objects.get()
    assert (stay.enterprise_id, stay.home, stay.ground, stay.to_day) == (
        here,
        ZIYANG,
        "2026 年规上企业名单",
        None,
    )
    assert (
        list(ThresholdRule.objects.values_list("home", "register", "counting", "criterion", "changed_at"))
        == told
    )
    join(path)
    assert Stay.objects.count() == ThresholdRule.objects.count() == 1


def test_joined_files_travel_as_joined_files(tmp_path: Path, settings: Settings) -> None:
    bring(sheet([LI, WANG]))
    twin = enter("person", actor=CLERK, region=ZIYANG, raw={"name": "李一", "phone": phone(7)}).subject
    person = PersonCard.objects.get(name="李一", has_id=True).person_id
    assert twin
    merge_files(actor=CLERK, register="person", leaf=twin, canonical=person, reason="同一人两次登记")
    held, path = whole(), tmp_path / "ziyang.chelun"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    join(path)
    assert whole() == held
    after = counts()
    join(path)
    assert counts() == after
    unmerge_files(actor=CLERK, merge=Merge.objects.get().pk, reason="其实是父子")
    assert [each["name"] for each in seen(ZIYANG)].count("李一") == 2


def test_plates_joined_in_one_act_travel_with_it_and_are_parted_there_as_one(
    tmp_path: Path, settings: Settings
) -> None:
    plates = [f"陕G0000{n}" for n in range(3)]
    bring(sheet([(f"单小{'甲乙丙'[n]}", "", phone(n), "货车", "", each) for n, each in enumerate(plates)]))
    bring(sheet([(each, "黄") for each in plates], ("车牌号", "车牌颜色")), source="台账")
    find_likenesses()
    begin_joining(actor=CLERK, region=ZIYANG, reason="名单没写颜色")
    run_here(Job.objects.get(kind=JOINING))
    held, path = whole(), tmp_path / "ziyang.chelun"
    assert VehicleCard.objects.visible(()).filter(plate__in=plates).count() == 3
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    join(path)
    assert whole() == held
    after = counts()
    join(path)
    assert counts() == after
    begin_parting(actor=CLERK, bulk=BulkMerge.objects.get(), reason="台账弄错了")
    run_here(Job.objects.get(kind=PARTING))
    assert VehicleCard.objects.visible(()).filter(plate__in=plates).count() == 6


def test_archive_is_open_once_it_is_unsealed(tmp_path: Path) -> None:
    the_county()
    path = tmp_path / "a"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    assert number(11).encode() not in path.read_bytes()
    persons = [
        row for part in read_packed(path, SECRET) if part.table == "people.person" for row in part.rows
    ]
    numbers = {record["facts"].get("id_number") for row in persons for record in row["records"]}
    assert numbers >= {number(11), number(22)}
    assert check_packed(path, SECRET).counts["people.person"] == 3
    with pytest.raises(Refused, match="口令不对"):
        check_packed(path, "another passphrase")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 7)
    with pytest.raises(Refused):
        check_packed(path, SECRET)


def test_person_firm_and_vehicle_of_both_are_brought_together(tmp_path: Path, settings: Settings) -> None:
    the_county()
    path = tmp_path / "a"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    theirs = PersonCard.objects.get(name="王二").person_id
    move(settings)
    heads = (*HEADS, "统一社会信用代码")
    bring(sheet([(*LI, CODE)], heads), region=HANBIN)
    bring(sheet([WANG]), region=ZIYANG, source="省厅名单")
    bring(sheet([("赵三", "", phone(3), "货车", "", "")]), region=ZIYANG, source="省厅名单二")
    ours = PersonCard.objects.get(name="王二").person_id
    joined = join(path)
    counted = {name: count for name, count in joined.counts["people.person"].items() if count}
    assert counted == {"rows": 3, "met": 3, "renewed": 3}
    assert Person.objects.count() == 4
    assert PersonCard.objects.get(name="王二", home=ZIYANG).person_id == ours
    assert PersonCard.objects.get(name="王二", home=ZIYANG).sources == 3
    assert {card.person_id for card in PersonCard.objects.filter(name="李一")}.__len__() == 1
    firms = EnterpriseCard.objects.filter(name=LI[4]).values_list("enterprise", flat=True)
    assert (len(firms), len(set(firms))) == (2, 1)
    assert len(set(VehicleCard.objects.filter(plate="陕G12345", colour="2").values_list("vehicle"))) == 1
    # What the county's trail says of him can still be read, by his key of then.
    entry = SegmentEntry.objects.filter(target=str(theirs), action="people.person.created").get()
    assert "sealed" in from_json(entry.new)
    assert FormerKey.objects.get(former=theirs).subject == ours
    told = from_joined_trails(scope_of(ZIYANG), "person", ours, [ZIYANG])
    assert {line.title for line in told} >= {"登记入册", "更正资料"}
    assert not list(from_joined_trails(scope_of(HANBIN), "person", ours, [HANBIN]))
    assert seen(ZIYANG) != []


def test_archive_brings_nobody_back_who_objected_to_being_kept(county: tuple[Path, dict[str, Any]]) -> None:
    path, _held = county
    digest = erased_digests({"id_number": number(22)})[0]
    stone = Tombstone.objects.create(
        erasure=uuid7(),
        subject=uuid7(),
        subject_kind="person",
        ground="objection",
        bars=True,
        at=datetime.now(UTC),
    )
    TombstoneDigest.objects.create(tombstone=stone, digest=digest)
    joined = join(path)
    assert joined.counts["people.person"]["barred"] == 1
    assert not PersonCard.objects.filter(name="王二").exists()
    assert PersonCard.objects.filter(name="李一").exists()


def test_later_archive_tells_whom_the_county_has_erased_and_two_officers_decide_here(
    tmp_path: Path, settings: Settings
) -> None:
    the_county()
    person = PersonCard.objects.get(name="王二").person_id
    first, second, third = tmp_path / "first", tmp_path / "second", tmp_path / "third"
    write_archive(actor=CLERK, region=ZIYANG, path=first, passphrase=SECRET)
    erase(person, "purpose_done")
    write_archive(actor=CLERK, region=ZIYANG, path=second, passphrase=SECRET)
    bring(sheet([("孙六", number(66), phone(6), "货车", "", "")]), source="补报")
    write_archive(actor=CLERK, region=ZIYANG, path=third, passphrase=SECRET)
    move(settings)
    join(first)
    assert PersonCard.objects.filter(name="王二").exists()
    assert join(second).counts["privacy.erased"] == {"rows": 1, "new": 1}
    told = Erasure.objects.get()
    assert (told.subject, told.homes, told.ground) == (person, [ZIYANG], "purpose_done")
    assert "紫阳县" in told.reason
    decline_erasure(actor=user_with("privacy_officer", ZIYANG), erasure=told.pk)
    assert join(third).counts["privacy.erased"] == {"rows": 1, "kept": 1}
    assert Erasure.objects.count() == 1
    assert PersonCard.objects.filter(name="王二").exists()


def test_archive_that_is_older_than_what_is_in_brings_nobody_back(tmp_path: Path, settings: Settings) -> None:
    the_county()
    first, second = tmp_path / "first", tmp_path / "second"
    write_archive(actor=CLERK, region=ZIYANG, path=first, passphrase=SECRET)
    erase(PersonCard.objects.get(name="王二").person_id, "purpose_done")
    write_archive(actor=CLERK, region=ZIYANG, path=second, passphrase=SECRET)
    move(settings)
    joined = join(second)
    # Both were made in the same second.
    JoinedArchive.objects.update(made_at="2100-01-01T00:00:00+00:00")
    before = counts()
    with pytest.raises(Refused, match="更新的档案包"):
        join(first)
    assert counts() == before
    assert not PersonCard.objects.filter(name="王二").exists()
    assert join(second).joined_at == joined.joined_at


def test_what_the_county_has_erased_goes_here_once_it_is_approved_and_stays_elsewhere(
    tmp_path: Path, settings: Settings
) -> None:
    the_county()
    person = PersonCard.objects.get(name="王二").person_id
    first, second = tmp_path / "first", tmp_path / "second"
    write_archive(actor=CLERK, region=ZIYANG, path=first, passphrase=SECRET)
    erase(person, "purpose_done")
    write_archive(actor=CLERK, region=ZIYANG, path=second, passphrase=SECRET)
    move(settings)
    bring(sheet([("王二", number(22), "", "快递", "", "")]), region=HANBIN)
    join(first)
    join(second)
    officer = user_with("privacy_officer", ZIYANG)
    approve_erasure(actor=officer, erasure=Erasure.objects.get().pk)
    run_waiting()
    assert Erasure.objects.get().state == ErasureState.DONE
    assert [card.home for card in PersonCard.objects.filter(name="王二")] == [HANBIN]


def test_half_an_archive_shows_nothing_and_goes_on(county: tuple[Path, dict[str, Any]]) -> None:
    path, held = county
    before = snapshot(ZIYANG)
    told: list[str] = []

    def stop(done: int, total: int, table: str) -> None:
        told.append(table)
        if table == "people.person":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        join_archive(actor=CLERK, path=path, passphrase=SECRET, progress=stop)
    assert PersonSource.objects.in_scope(scope_of(ZIYANG)).exists()
    assert snapshot(ZIYANG) == before
    join(path)
    assert whole() == held
    assert verify_chain().findings == ()


def test_half_an_archive_given_up_leaves_nothing(county: tuple[Path, dict[str, Any]]) -> None:
    path, _held = county
    # The trail keeps that it was tried, and a place's counter of changes that it changed.
    lasting = ("audit.", "sheets.PlaceState")
    before = {name: count for name, count in counts().items() if not name.startswith(lasting)}

    def stop(done: int, total: int, table: str) -> None:
        if table == "people.unresolved":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        join_archive(actor=CLERK, path=path, passphrase=SECRET, progress=stop)
    give_up(actor=CLERK, joined=JoinedArchive.objects.get())
    left = counts()
    assert {name: left[name] for name in before} == before


def test_later_archive_brings_what_is_new_and_takes_back_what_was_undone(
    tmp_path: Path, settings: Settings
) -> None:
    the_county()
    first, second = tmp_path / "first", tmp_path / "second"
    write_archive(actor=CLERK, region=ZIYANG, path=first, passphrase=SECRET)
    late = bring(sheet([("孙六", number(66), phone(6), "货车", "", "")]), source="补报")
    platform = SheetImport.objects.get(source="平台")
    begin_undo(actor=CLERK, sheet_import=platform, reason="平台重发")
    undo_sheet(actor=CLERK, sheet_import=platform)
    held = whole()
    write_archive(actor=CLERK, region=ZIYANG, path=second, passphrase=SECRET)
    move(settings)
    join(first)
    assert whole() != held
    join(second)
    assert whole() == held
    assert SheetImport.objects.get(pk=platform.pk).state == "undone"
    assert SheetImport.objects.get(pk=late.pk).state == "published"
    assert TrailSegment.objects.count() == 1
    assert verify_chain().findings == ()


def test_joined_trail_cannot_be_edited_or_cut_quietly(county: tuple[Path, dict[str, Any]]) -> None:
    join(county[0])
    assert SegmentEntry.objects.exclude(action="").exists()
    last = SegmentEntry.objects.order_by("-seq").first()
    assert last is not None
    SegmentEntry.objects.filter(seq=2).update(actor="somebody else")
    assert [finding.seq for finding in verify_chain().findings if finding.code == "segment"] == [2]
    SegmentEntry.objects.filter(pk=last.pk).delete()
    texts = [finding.text for finding in verify_chain().findings]
    assert any("末尾" in text for text in texts)


def test_archive_of_one_of_several_counties_tells_nothing_of_the_others(tmp_path: Path) -> None:
    bring(sheet([LI]))
    bring(sheet([("周五", number(55), phone(5), "货车", "汉滨示例物流有限公司", "陕G11111")]), region=HANBIN)
    user_with("clerk", HANBIN)
    path = tmp_path / "a"
    manifest = write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    assert not manifest.whole_trail
    inside = b"".join(part.body for part in read_packed(path, SECRET)).decode()
    assert HANBIN not in inside
    assert "周五" not in inside
    assert "汉滨" not in inside


def test_archive_refuses_its_own_and_a_busy_place(tmp_path: Path, settings: Settings) -> None:
    the_county()
    path = tmp_path / "a"
    with pytest.raises(Refused, match="口令至少"):
        write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase="short")
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    with pytest.raises(Refused, match="本系统打的"):
        join(path)
    with pytest.raises(Refused, match="已存在"):
        write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    Batch.objects.create(province="610000", city="610900", county=ZIYANG)
    with pytest.raises(Refused, match="正有一批"):
        join(path)
    with pytest.raises(Refused, match="正有一批"):
        write_archive(actor=CLERK, region=ZIYANG, path=tmp_path / "b", passphrase=SECRET)


def test_archive_by_command(
    county: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path, held = county
    with pytest.raises(CommandError):
        call_command("archive", "check", str(path))
    monkeypatch.setenv("CHELUN_ARCHIVE_PASSPHRASE", SECRET)
    call_command("archive", "check", str(path))
    call_command("archive", "open", str(path), to=tmp_path / "open")
    assert (tmp_path / "open/people.person/000001.jsonl").read_text("utf-8").count("\n") == 2
    call_command("archive", "join", str(path))
    assert "people.person barred=0 made=3 mentioned=0 met=0 renewed=3 rows=3" in capsys.readouterr().out
    assert whole() == held
    assert AuditEntry.objects.filter(action="archives.archive.joined").count() == 1
    assert UnresolvedRow.objects.count() == 1
    assert VehicleSource.objects.get(vehicle__plate="陕G12345", source="窗口登记").sealed


def test_own_fields_travel_with_their_values(tmp_path: Path, settings: Settings) -> None:
    draft = Draft("所属片区", options=(("", "城东"), ("", "城西")), filtered=True)
    field = add_field(
        actor=CLERK, region=ZIYANG, register="person", type_="choice", sealed=False, draft=draft
    )
    route = add_field(
        actor=CLERK, region=ZIYANG, register="person", type_="text", sealed=True, draft=Draft("常跑路线")
    )
    bring(sheet([(*LI, "城西", "紫阳到安康")], (*HEADS, "所属片区", "常跑路线")))
    path = tmp_path / "ziyang.chelun"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    join(path)
    assert list(OwnField.objects.order_by("id").values_list("key", "label", "home")) == [
        (field.key, "所属片区", ZIYANG), (route.key, "常跑路线", ZIYANG),
    ]  # fmt: skip
    for asked in ({field.key: "opt2"}, {route.key: "紫阳到安康"}):
        assert [card.name for card in person_list(scope_of(ZIYANG), Filters.of(asked))] == ["李一"]
    join(path)
    assert (OwnField.objects.count(), OwnValue.objects.count()) == (2, 2)
