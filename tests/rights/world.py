"""One county with something of every kind in it, made through the services, and a reader of each role in it and elsewhere.

Made once for the tests of this folder, for real; each test looks at it within a transaction that is taken back.
"""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile, is_zipfile

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from chelun.cockpit.models import WallScreen
from chelun.cockpit.services import compute_indicators
from chelun.cockpit.services.truth import judge_rows
from chelun.cockpit.services.walls import open_screen
from chelun.core.crypto import blind_index
from chelun.core.errors import Refused
from chelun.desk.services import propose_change
from chelun.desk.work.services import Task, make_work_list
from chelun.engines.ids import make_uscc
from chelun.families.selectors import standing_of
from chelun.families.services.facts import Agreed
from chelun.families.services.registering import note_wish, register_relative
from chelun.firms.choices import Counting
from chelun.firms.models import Stay
from chelun.firms.services.deciding import decide_rule
from chelun.firms.services.listing import list_by_hand
from chelun.firms.thresholds import Rule
from chelun.people.choices import RankState
from chelun.people.models import (
    BulkMerge,
    Engagement,
    Likeness,
    PersonCard,
    PersonSource,
    RankChange,
    RowVerdict,
    VehicleCard,
)
from chelun.people.rules.ranks import Origin
from chelun.people.services.door import bring
from chelun.people.services.exporting import export_list
from chelun.people.services.glass import ask_for_file
from chelun.people.services.merging import merge_files
from chelun.people.services.ranks import propose_rank
from chelun.platform.accounts import sessions
from chelun.platform.accounts.models import Grant, Passkey, Session, User
from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.services.invitations import invitation_send
from chelun.platform.accounts.services.login import login_check
from chelun.platform.accounts.tests.factories import enrolled, logged_in, user_with
from chelun.platform.audit.anchors import write_anchor
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.services import record
from chelun.platform.evidence.models import SamePicture
from chelun.platform.evidence.services import add_evidence
from chelun.platform.evidence.tests.draw import saved, scene
from chelun.platform.fields.rules import Draft
from chelun.platform.fields.services import add_field
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.purposes import PURPOSES, Purpose
from chelun.platform.privacy.services.clearing import count_again
from chelun.platform.privacy.services.consents import give_consent, notice_in_force, publish_notice
from chelun.platform.privacy.services.erasing import approve_erasure, carry_out, clear_traces, propose_erasure
from chelun.platform.privacy.services.glass import name_area
from chelun.platform.privacy.services.holds import set_hold
from chelun.platform.privacy.services.requests import register_request
from chelun.platform.privacy.services.retention import propose_switch
from chelun.platform.privacy.tests.factories import LONG, assessed
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.layouts.tests.build import form as blank_form
from chelun.platform.sheets.models import StoredFile
from chelun.platform.sheets.services.layouts import begin_layout
from chelun.platform.sheets.tests.samples import HEADS, id_number, person, workbook
from tests.imports.steps import checked, published, received

HERE, ELSEWHERE = "513436", "610924"
CITY, NEAR = "513400", "513437"
A_DAY = 24 * 60 * 60
BARE = "川W66666"
NAME, FIRM, PLATE, FILE, PURPOSE, WHO = (
    "甄独一",
    "美姑独有货运有限公司",
    "川W77777",
    "独有名册",
    "独有用途",
    "target.here",
)
MARKS = (NAME, FIRM, PLATE, FILE, PURPOSE, WHO, "zhenduyi")
"""Words that stand nowhere but in what belongs to the county."""
WRITTEN = (
    *(
        f"{PURPOSE}{what}"
        for what in (
            "抹除",
            "请求",
            "变更",
            "暂缓劳动仲裁",
            "清单",
            "要做的事",
            "照片",
            "大厅",
            "名册",
            "依据",
            "紧急追尾事故",
            "评估",
        )
    ),
    "告知" * 30,
    LONG,
    "法规科",
    "车队长",
    "安全员",
)
"""What its people wrote into forms."""
SECRETS = (id_number(7), "19900007777")
RAW = {
    "name": NAME, "id_number": SECRETS[0], "phone": SECRETS[1], "kinds": "货车", "enterprise": FIRM,
    "uscc": make_uscc("510999", 7), "plate": PLATE, "plate_colour": "黄", "start": "2024-01-01",
}  # fmt: skip
WAITING_PAGES = [
    f"sheets:{name}" for name in ("import_refused", "refusals_download", "import_publish", "import_cancel")
]
Arguments = dict[str, Any]


@dataclass
class World:
    """The county's things by the names under which addresses know them; what one address must have differs is in `own`."""

    folder: Path
    arguments: Arguments = field(default_factory=dict)
    own: dict[str, Arguments] = field(default_factory=dict)
    sent: dict[str, Arguments] = field(default_factory=dict)
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    visited: dict[tuple[str, ...], Any] = field(default_factory=dict)
    files: dict[Path, bytes] = field(default_factory=dict)

    def client(self, role: str = "", place: str = HERE) -> Client:
        """The browser of somebody with that role in a place; a stranger's without a role."""
        client = Client()
        if role:
            client.cookies["sessionid"] = self.cookies[role, place]
        return client

    def keep_files(self) -> None:
        """Remember the files as they are."""
        self.files = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def put_back_files(self) -> None:
        """What a page has thrown away: no transaction takes that back."""
        for path, content in self.files.items():
            if not path.exists():
                path.write_bytes(content)

    def kwargs(self, name: str, converters: Mapping[str, Any]) -> Arguments:
        """What the address of that name needs. KeyError where nobody has said what to put in its place."""
        known = self.arguments | self.own.get(name, {})
        return {parameter: known[parameter] for parameter in converters}


def built(blocker: DjangoDbBlocker, folder: Path) -> Iterator[World]:
    """The world, until the tests that look at it are done; then the database is empty again but for the regions."""
    folders = {"CHELUN_FILES_DIR": folder / "files", "CHELUN_ANCHOR_DIR": folder / "anchors"}
    folders["CHELUN_TOMBSTONE_DIR"] = folder / "tombstones"
    with blocker.unblock(), override_settings(**folders):
        ensure_regions()
        world = World(folder)
        for place in (HERE, ELSEWHERE):
            for role in ROLES:
                _reader(world, role, place)
        _registers(world)
        _sheets(world)
        _office(world)
        _privacy(world)
        compute_indicators()
        judge_rows()
        _verdict(world)
        _likeness(world)
        _bulk(world)
        _by_hand(world)
        write_anchor()
    world.keep_files()
    yield world
    with blocker.unblock():
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        ensure_regions()


def _reader(world: World, role: str, place: str) -> None:
    user = user_with(role, place, username=f"{role.replace('_', '.')}.{place}")
    world.users[role, place] = user
    client = logged_in(Client(), user)
    session = client.session
    # Once a minute a page also notes that its reader is still there: not in these tests, where the clock would decide which.
    session[sessions.SEEN] = int(time.time()) + A_DAY
    session.save()
    world.cookies[role, place] = client.cookies["sessionid"].value


def _registers(world: World) -> None:
    clerk = world.users["clerk", HERE]
    bring("person", actor=clerk, region=HERE, raw=RAW)
    bring(
        "enterprise", actor=clerk, region=HERE, raw={"name": FIRM, "uscc": RAW["uscc"], "phone": SECRETS[1]}
    )
    bring("vehicle", actor=clerk, region=HERE, raw={"plate": PLATE, "plate_colour": "黄"})
    paper = {
        "paper": "从业资格证",
        "name": NAME,
        "id_number": SECRETS[0],
        "number": SECRETS[0],
        "valid_to": "2026-12-01",
    }
    credential = bring("credential", actor=clerk, region=HERE, raw=paper).subject
    for n in (1, 2):
        bring("person", actor=clerk, region=HERE, raw={"name": "单小明", "phone": f"1990000000{n}"})
    waiting = bring("person", actor=clerk, region=HERE, raw={"name": "单小明"}).waiting
    _own_field(world, clerk)
    card = PersonCard.objects.get(name=NAME)
    one, other = PersonCard.objects.filter(name="单小明").values_list("person", flat=True).order_by("id")
    twin = bring(
        "person", actor=clerk, region=HERE, raw={"name": f"{NAME}四", "phone": "19900000009"}
    ).subject
    assert twin
    merge = merge_files(
        actor=world.users["registrar", HERE], register="person", leaf=twin, canonical=other, reason=PURPOSE
    )
    world.arguments |= {
        "merge": merge.pk, "other": one,
        "person": card.person_id, "subject": card.person_id, "register": "person", "field": "phones",
        "enterprise": card.enterprise_id, "vehicle": VehicleCard.objects.get(plate=PLATE).vehicle_id,
        "rank": _rank_change(world), "credential": credential,
        "engagement": Engagement.objects.get(person=card.person_id).pk, "row": waiting,
    }  # fmt: skip


def _own_field(world: World, clerk: User) -> None:
    """A field of the county's own, with a value on the person and on the vehicle that are looked at."""
    owner = world.users["registrar", HERE]
    draft = Draft(
        "责任片区",
        options=(("", "东片"), ("", "西片")),
        shown=True,
        filtered=True,
        counted=True,
    )
    made = [
        add_field(actor=owner, region=HERE, register=register, type_="choice", sealed=False, draft=draft)
        for register in ("person", "vehicle")
    ]
    bring("person", actor=clerk, region=HERE, raw={**RAW, made[0].key: "opt1"})
    bring(
        "vehicle", actor=clerk, region=HERE, raw={"plate": PLATE, "plate_colour": "黄", made[1].key: "opt2"}
    )
    world.arguments |= {"own_field": made[0].pk}


def _rank_change(world: World) -> UUID:
    """A rule that was proposed and previewed, so that it may be applied or dropped."""
    registrar, lines = world.users["registrar", HERE], {"contact": (Origin("sheet"), Origin("form"))}
    change = propose_rank(actor=registrar, region=HERE, register="person", lines=lines, reason=PURPOSE)
    RankChange.objects.filter(pk=change.pk).update(state=RankState.READY)
    return change.pk


def _likeness(world: World) -> None:
    """Two files of the county that may be one."""
    one, other = sorted((world.arguments["person"], world.arguments["other"]))
    found = Likeness.objects.create(
        **placed(HERE),
        home=HERE,
        register="person",
        one=one,
        other=other,
        rules=["name_phone"],
        found_on=timezone.localdate(),
    )
    world.arguments["likeness"] = found.pk


def _bulk(world: World) -> None:
    """A plate with and without its colour, told apart; an act that joined some of the county; one that was cut off."""
    clerk = world.users["clerk", HERE]
    bring("person", actor=clerk, region=HERE, raw={"name": "单小亮", "phone": "19900000008", "plate": BARE})
    bring("vehicle", actor=clerk, region=HERE, raw={"plate": BARE, "plate_colour": "黄"})
    one, other = sorted(VehicleCard.objects.filter(plate=BARE).values_list("vehicle", flat=True))
    Likeness.objects.create(
        **placed(HERE), home=HERE, register="vehicle", one=one, other=other, rules=["plate"],
        found_on=timezone.localdate(), apart_at=timezone.now(), apart_by="x", apart_reason=PURPOSE,
    )  # fmt: skip
    made = {"home": HERE, "reason": PURPOSE, "made_by": "x", "made_at": timezone.now()}
    place = {level: code for level, code in placed(HERE).items() if level != "township"}
    world.arguments["bulk"] = BulkMerge.objects.create(**place, **made, ended_at=timezone.now()).pk
    world.own["people:bulk_merge_go_on"] = {"bulk": BulkMerge.objects.create(**place, **made).pk}


def _verdict(world: World) -> None:
    """What somebody else said of a row about the person: that another is right."""
    record = PersonSource.objects.filter(person=world.arguments["person"]).earliest("known_at")
    RowVerdict.objects.create(
        **placed(HERE), home=HERE, register="person", subject=record.person_id, record=record.pk, source=record.source,
        as_of=record.as_of, verdict="contradicted", by="form", facts=["phones"],
    )  # fmt: skip


def _by_hand(world: World) -> None:
    """A register that the county keeps by hand, with its firm, and that firm in a counted one."""
    registrar, today = world.users["registrar", HERE], timezone.localdate()
    rule = Rule("byhand", f"{PURPOSE}名册", Counting.HAND, None, since=today, home=HERE, criterion=PURPOSE)
    decide_rule(actor=registrar, rule=rule)
    list_by_hand(
        actor=registrar, register="byhand", home=HERE, lines=[FIRM], from_day=today, ground=f"{PURPOSE}依据"
    )
    row = Stay.objects.get(register="byhand")
    Stay.objects.create(
        **placed(HERE), enterprise_id=row.enterprise_id, home=HERE, register="fleet", from_day=today
    )
    in_hand = {"threshold": "byhand", "stay": row.pk}
    world.own["firms:stay_end"] = in_hand


def _sheets(world: World) -> None:
    registrar = world.users["registrar", HERE]
    bad = (f"{NAME}二", "51099919900101001X", "123", "货车", FIRM)
    rows = [HEADS, *(person(n) for n in range(20, 30)), bad]
    names = iter(range(9))

    def one(step: Any, rows: list[Any]) -> Any:
        number = next(names)
        return step(workbook(("名册", rows)), f"{FILE}{number}.xlsx", f"独有来源{number}", registrar)

    mapping, ready, done = one(received, rows), one(checked, rows), one(published, rows[:5])
    world.arguments |= {"import_id": done.pk}
    world.own |= {
        "sheets:import_mapping": {"import_id": mapping.pk},
        **{name: {"import_id": ready.pk} for name in WAITING_PAGES},
    }
    form = BytesIO(blank_form())
    layout = begin_layout(
        actor=registrar,
        region=HERE,
        register="person",
        name=f"{FILE}版式",
        file=form,
        file_name=f"{FILE}.xlsx",
    )
    world.arguments["layout_id"] = layout.pk
    file = export_list(actor=registrar, register="person", query={}, purpose=f"{PURPOSE}统计")
    assert isinstance(file, StoredFile)
    job = enqueue(actor=registrar, kind="cockpit.compute", title=f"{PURPOSE}任务", region=placed(HERE))
    world.arguments |= {"file_id": file.pk, "job_id": job.pk}


def _office(world: World) -> None:
    target = user_with("counter", HERE, username=WHO, person_name=f"{NAME}三")
    passkey = Passkey.objects.create(
        factor=enrolled(target), name=f"{WHO}.key", host="localhost", credential_id="x", public_key=b"x", sign_count=0,
        added_at=timezone.now(),
    )  # fmt: skip
    logged_in(Client(), target)
    lost = user_with("counter", HERE, username=f"{WHO}.locked")
    for _ in range(settings.CHELUN_LOCK_FAILURES):
        _fail(lost.username)
    record(actor=target, action="people.person.viewed", region=HERE, target="x", purpose=PURPOSE)
    seq = _last_seq()
    token = invitation_send(actor=world.users["system_admin", HERE], user=lost)
    world.arguments |= {
        "pk": target.pk, "grant": Grant.objects.get(user=target).pk, "seq": seq, "token": token, "code": HERE,
        "number": Session.objects.get(user=target).number, "key": "words.pack",
        "passkey": passkey.pk, "indicator": "people.persons", "threshold": "fleet", "name": "meigu",
    }  # fmt: skip
    opened = open_screen(actor=world.users["system_admin", HERE], region=HERE, label=f"{PURPOSE}大厅", days=9)
    world.arguments["screen"] = WallScreen.objects.get().pk
    world.own["cockpit:wall_start"] = {"token": opened}
    world.own["people:file_correct"] = {"register": "vehicle", "subject": world.arguments["vehicle"]}
    world.sent["accounts:lock_lift"] = {"kind": "name", "key": blind_index("login", lost.username)}
    world.sent["accounts:rights_detail"] = {"role": "counter", "region": HERE}


def _privacy(world: World) -> None:
    """A proposal that waits, and the proof of somebody who was erased because he objected."""
    officer, second = (
        world.users["privacy_officer", HERE],
        user_with("privacy_officer", HERE, username="second.officer"),
    )
    asked: Arguments = {"actor": officer, "kind": "person", "reason": f"{PURPOSE}抹除"}
    waiting = propose_erasure(subject=world.arguments["person"], ground="unlawful", **asked)
    bring(
        "person",
        actor=world.users["clerk", HERE],
        region=HERE,
        raw={"name": "要离去", "phone": "19900099977"},
    )
    gone = PersonCard.objects.get(name="要离去").person_id
    done = propose_erasure(subject=gone, ground="objection", **asked)
    approve_erasure(actor=second, erasure=done.pk)
    Job.objects.filter(kind="privacy.erase").delete()
    clear_traces(done)
    carry_out(second, done.pk)
    _consent(world)
    said: Arguments = {
        "subject_kind": "person",
        "on_behalf": "self",
        "identity": "card",
        "words": f"{PURPOSE}请求",
    }
    said |= {"actor": world.users["counter", HERE], "subject": world.arguments["person"], "asked": {}}
    open_request = register_request(kind="see", **said)
    world.arguments |= {"kind": "person", "what": "see", "erasure": waiting.pk, "asking": open_request.pk}
    world.own["privacy:request_delete"] = {"asking": register_request(kind="delete", **said).pk}
    _glass(world)
    world.arguments["assessment"] = assessed(HERE, actor=officer, title=f"{PURPOSE}评估").pk
    _desk(world, officer)
    _family(world)
    _retention(world, officer)
    world.own |= {f"privacy:{name}": {"erasure": done.pk} for name in ("erasure_detail", "bar_lift")}


def _glass(world: World) -> None:
    """The county's registrar has a file of a neighbour open, and somebody there one of the county's."""
    above = user_with("security_admin", CITY)
    area = name_area(actor=world.users["security_admin", HERE], role="registrar", region=HERE)
    name_area(actor=above, role="registrar", region=CITY)
    bring(
        "person",
        actor=user_with("clerk", NEAR),
        region=NEAR,
        raw={"name": "邻县人", "id_number": id_number(8)},
    )
    why = f"{PURPOSE}{'紧急'}追尾事故"
    mine = ask_for_file(actor=world.users["registrar", HERE], number=id_number(8), reason=why)
    theirs = ask_for_file(actor=user_with("registrar", NEAR), number=SECRETS[0], reason=why)
    world.arguments |= {"area": area.pk, "glass": theirs.pk}
    world.own |= {f"people:{name}": {"glass": mine.pk} for name in ("glass_file", "glass_close")}


def _family(world: World) -> None:
    """An adult relative of the person, a child of his, and one who has not agreed yet."""
    counter, keeper = world.users["counter", HERE], world.users["family_officer", HERE]
    told = str(notice_in_force(HERE).pk)  # type: ignore[union-attr]
    guardian = {"name": f"{NAME}妻", "relation": "mother", "proof": "book"}
    who: Arguments = {"person": world.arguments["person"], "relation": "spouse"}
    grown = register_relative(
        actor=counter, raw={"name": f"{NAME}妻", "phone": SECRETS[1]}, minor=False,
        agreed=Agreed(told, "signed", ("families.services", "families.contact")), **who,
    )  # fmt: skip
    register_relative(
        actor=keeper, raw={"name": f"{NAME}女", "birth": "2020-05-06"}, minor=True,
        agreed=Agreed(told, "signed", ("families.services",), guardian=guardian), **who | {"relation": "child"},
    )  # fmt: skip
    wish = note_wish(actor=counter, stage="adult", **who | {"relation": "parent"})
    world.arguments |= {"relative": grown.pk, "wish": wish.pk}
    world.own["families:reveal"] = {"field": "phone"}
    world.sent["families:relative_withdraw"] = {"consent": str(standing_of([grown.pk])[0].pk)}


def _retention(world: World, officer: User) -> None:
    """Deletion by term that one officer proposes, and a hold on somebody else."""
    count_again()
    hold = set_hold(
        actor=officer, subject_kind="person", subject=world.arguments["other"], ground="dispute",
        words=f"{PURPOSE}暂缓劳动仲裁", until=None,
    )  # fmt: skip
    world.arguments |= {"switch": propose_switch(actor=officer, region=HERE).pk, "hold": hold.pk}


def _desk(world: World, officer: User) -> None:
    """A change that waits for its check, and one that is still its writer's."""
    proposed: Arguments = {"subject": world.arguments["person"], "home": HERE, "reason": f"{PURPOSE}变更"}
    clerk = world.users["clerk", HERE]
    draft = propose_change(actor=clerk, raw={"position": "车队长"}, hand_in=False, **proposed)
    waiting = propose_change(actor=officer, raw={"position": "安全员"}, hand_in=True, **proposed)
    secret = propose_change(actor=officer, raw={"phone": "19900000077"}, hand_in=True, **proposed)
    world.own["desk:change_reveal"] = {"change": secret.pk, "field": "phone"}
    world.arguments["change"] = waiting.pk
    world.own |= {f"desk:change_{act}": {"change": draft.pk} for act in ("hand_in", "edit")}
    task = Task(f"{PURPOSE}清单", f"{PURPOSE}要做的事", days=7)
    work = make_work_list(actor=clerk, register="person", home=HERE, query={}, task=task)
    world.arguments["work"] = work.pk
    one = add_evidence(
        actor=clerk, holder="person", record=world.arguments["person"], content=saved(scene(1)), name=f"{FILE}.jpg",
        what=f"{PURPOSE}照片",
    )  # fmt: skip
    other = add_evidence(
        actor=clerk,
        holder="change",
        record=waiting.pk,
        content=saved(scene(1)),
        name="",
        what=f"{PURPOSE}照片",
    )
    assert SamePicture.objects.filter(one=one, other=other).exists()
    world.arguments |= {"evidence": one.pk, "holder": "person", "record": world.arguments["person"]}


def _consent(world: World) -> None:
    """Somebody's consent to a purpose that only this world has, under the notice of the county."""
    officer, nothing = world.users["privacy_officer", HERE], lambda actor, subject, home: None
    PURPOSES.add("test.purpose", Purpose("test.purpose", "测试的目的", "", nothing))
    told = publish_notice(actor=officer, region=HERE, text="告知" * 30, valid_from=timezone.localdate())
    consent = give_consent(
        actor=officer, subject_kind="person", subject=world.arguments["person"], purpose="test.purpose",
        notice=told.pk, on_behalf="self",
    )  # fmt: skip
    PURPOSES._values.pop("test.purpose")
    world.arguments |= {"region": HERE, "consent": consent.pk}


def _fail(username: str) -> None:
    try:
        login_check(username=username, password="wrong", address="10.0.0.1")
    except Refused:
        return


def _last_seq() -> int:
    return AuditEntry.objects.latest("seq").seq


def other_key(value: Any) -> Any:
    """A key of the same form that nobody has."""
    if isinstance(value, UUID):
        return UUID(int=value.int ^ 0x5A5A)
    return {"513436": "513437", "words.pack": "words.none"}.get(
        value, 987_654_321 if isinstance(value, int) else value
    )


def text_of(answer: Any) -> str:
    """All words of an answer: a page, or every part of a workbook."""
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return content.decode("utf-8", "replace")


def plain(text: str) -> str:
    """A page without what differs between any two answers: tokens, and the address to which the switches lead back."""
    return re.sub(r'name="(?:csrfmiddlewaretoken|next)" value="[^"]*"', "", text)
