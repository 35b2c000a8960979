"""How many statements each page costs, written down: the same for a few rows and for sixty more of everything."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chelun.cockpit.models import WallScreen
from chelun.core.identifiers import uuid7
from chelun.desk.models import ChangeRequest, WorkList, WorkRow
from chelun.families.models import FamilyWish, Relative
from chelun.firms.models import Stay
from chelun.firms.services.reviewing import review_firms
from chelun.people.models import (
    EnterpriseCard,
    Likeness,
    Merge,
    PersonCard,
    RankChange,
    RowVerdict,
    VehicleCard,
)
from chelun.people.services.door import bring
from chelun.platform.accounts import middleware
from chelun.platform.accounts.models import LoginAttempt, Passkey, SecondFactor, User
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.accounts.tests.factories import UserFactory, logged_in
from chelun.platform.audit.services import Event, record_many
from chelun.platform.evidence.models import Evidence
from chelun.platform.evidence.services import add_evidence, remove_evidence
from chelun.platform.evidence.tests.test_pictures import PDF
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.models import (
    Assessment,
    BreakGlass,
    Erasure,
    Hold,
    Notice,
    PersonRequest,
    RetentionProof,
    RetentionSwitch,
)
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.models import Layout, SheetImport, StoredFile
from chelun.platform.sheets.tests.samples import HEADS, person, workbook
from tests.imports.steps import published
from tests.rights.visits import ADDRESSES, Address, reader_of
from tests.rights.world import HERE, PLATE, RAW, World

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("rights")]
RECORD = Path(__file__).with_name("queries.json")
MORE = 60
FILES = 40
"""A page shows fifty files of a record: so many more that the pictures of the world are still among them."""


def counted(world: World) -> dict[str, int]:
    """Statements of each page that can be looked at, by its name; looked at twice, so that only the page itself counts."""
    return {address.name: cost for address in ADDRESSES if (cost := _cost(world, address)) >= 0}


def _cost(world: World, address: Address) -> int:
    client, path = world.client(reader_of(address)), address.path(world)
    answer = client.get(path)
    if answer.status_code != 200 or answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return -1
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def grow(world: World) -> None:
    """Sixty more of everything that pages list."""
    _work(world)
    registrar, clerk = world.users["registrar", HERE], world.users["clerk", HERE]
    heads = (*HEADS, "车牌号")
    rows = [
        (*person(n)[:4], f"美姑示例货运第{n}公司", f"川W2{n:04}" if n % 8 else PLATE)
        for n in range(100, 100 + MORE)
    ]
    waiting = [("单小明", "", "", "货车", f"美姑示例快运第{n}公司", "") for n in range(MORE)]
    published(workbook(("名册", [heads, *rows, *waiting])), "大名册.xlsx", "大名册", registrar)
    for n in range(MORE):
        raw = {**RAW, "enterprise": f"美姑换岗第{n}公司", "uscc": "", "start": "2025-01-01"}
        bring("person", actor=clerk, region=HERE, raw=raw, source=f"来源{n}")
        _papers(clerk, n)
        UserFactory.create(username=f"more{n}")
        enqueue(actor=registrar, kind="cockpit.compute", title=f"任务{n}", region=placed(HERE))
        for user in (world.users["registrar", HERE], world.users["security_admin", HERE]):
            logged_in(Client(), user)
    record_many(
        actor=clerk, events=[Event("people.person.viewed", "person", f"{n}", HERE) for n in range(MORE)]
    )
    user_noted(actor=clerk, action="accounts.user.enabled", user=registrar)
    _copies(world)
    _likenesses()
    review_firms()
    for card in EnterpriseCard.objects.exclude(enterprise=world.arguments["enterprise"])[:MORE]:
        Stay.objects.create(
            **placed(HERE),
            enterprise_id=card.enterprise_id,
            home=HERE,
            register="fleet",
            from_day=timezone.localdate(),
        )
    # The newest rows of the trail hold a sealed reason here as they did before.
    remove_evidence(
        actor=world.users["registrar", HERE], evidence=Evidence.objects.latest("id").pk, reason="重复了一份"
    )


def _likenesses() -> None:
    """More persons and vehicles of the county that may be one with another."""
    persons = sorted(PersonCard.objects.filter(home=HERE).values_list("person", flat=True))
    alike = (
        Likeness(
            **placed(HERE), home=HERE, register="person", one=one, other=other, rules=["name_phone"],
            found_on=timezone.localdate(),
        )
        for one, other in pairwise(persons[: MORE + 2])
    )  # fmt: skip
    Likeness.objects.bulk_create(alike, ignore_conflicts=True)
    others = VehicleCard.objects.filter(home=HERE).exclude(plate=PLATE)
    vehicles = sorted(others.values_list("vehicle", flat=True))
    Likeness.objects.bulk_create(
        (
            Likeness(
                **placed(HERE), home=HERE, register="vehicle", one=one, other=other, rules=["plate"],
                found_on=timezone.localdate(), apart_at=timezone.now(), apart_by="x",
            )
            for one, other in pairwise(vehicles)
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _papers(clerk: User, n: int) -> None:
    """A paper of somebody, and one more of the person whose file is looked at."""
    name, id_number = person(100 + n)[:2]
    for raw in (
        {"paper": "驾驶证", "name": name, "id_number": id_number},
        {
            "paper": "职业技能等级证书",
            "name": RAW["name"],
            "id_number": RAW["id_number"],
            "number": f"Y{n:012}",
        },
    ):
        bring("credential", actor=clerk, region=HERE, raw=raw)


def _copies(world: World) -> None:
    arguments = world.arguments
    things: list[Any] = [
        SheetImport.objects.get(pk=arguments["import_id"]),
        StoredFile.objects.get(pk=arguments["file_id"]),
        Erasure.objects.get(pk=arguments["erasure"]),
        PersonRequest.objects.get(pk=arguments["asking"]),
        ChangeRequest.objects.get(pk=arguments["change"]),
        RankChange.objects.get(pk=arguments["rank"]),
        BreakGlass.objects.get(pk=arguments["glass"]),
        Assessment.objects.get(pk=arguments["assessment"]),
        RowVerdict.objects.get(subject=arguments["person"]),
        Layout.objects.get(pk=arguments["layout_id"]),
        WorkList.objects.get(pk=arguments["work"]),
        *Relative.objects.filter(person=arguments["person"]),
    ]
    for one in things:
        names = [column.attname for column in one._meta.concrete_fields]
        columns = {
            name: getattr(one, name) for name in names if name not in ("id", "batch_id", "undo_batch_id")
        }
        type(one).objects.bulk_create(type(one)(**columns) for _ in range(MORE))
    wish = FamilyWish.objects.get(pk=arguments["wish"])
    FamilyWish.objects.bulk_create(
        FamilyWish(
            **placed(HERE), person_id=wish.person_id, home=HERE, relation="kin", stage="adult", until=wish.until,
            noted_by="x",
        )
        for _ in range(MORE)
    )  # fmt: skip
    told = Notice.objects.get(region=HERE)
    place = {
        name: getattr(told, name)
        for name in ("province", "city", "county", "region", "text", "valid_from", "published_by")
    }
    Notice.objects.bulk_create(Notice(**place, number=n + 2) for n in range(MORE))
    merge = Merge.objects.get(pk=arguments["merge"])
    Merge.objects.bulk_create(
        Merge(
            **placed(HERE), home=merge.home, register=merge.register, leaf=uuid7(), canonical=merge.canonical,
            reason=merge.reason, made_by=merge.made_by, made_at=merge.made_at,
        )
        for _ in range(MORE)
    )  # fmt: skip
    now = timezone.now()
    WallScreen.objects.bulk_create(
        WallScreen(
            **{name: code for name, code in placed(HERE).items() if name != "township"}, region=HERE, label=f"屏{n}",
            theme="dark", language="en", digest=f"{n:032}", made_by="x", made_at=now, expires_at=now,
        )
        for n in range(MORE)
    )  # fmt: skip
    LoginAttempt.objects.bulk_create(_failures())
    Passkey.objects.bulk_create(_passkeys(world.users["registrar", HERE]))
    _kept(arguments)


def _kept(arguments: dict[str, Any]) -> None:
    """Decisions on deleting by term, their proofs, and holds; those that stand are one of a kind."""
    switch, hold = (
        RetentionSwitch.objects.get(pk=arguments["switch"]),
        Hold.objects.get(pk=arguments["hold"]),
    )
    over = {"ended_by": "x", "ended_at": timezone.now(), "state": "off"}
    for _ in range(MORE):
        for one, changed in ((switch, over), (hold, {"released_by": "x", "released_at": timezone.now()})):
            names = [column.attname for column in one._meta.concrete_fields if column.attname != "id"]
            type(one).objects.create(**{name: getattr(one, name) for name in names} | changed)
    RetentionProof.objects.bulk_create(
        RetentionProof(
            **placed(HERE), home=HERE, job=uuid7(), label="people.Person", switch=switch, term="y5", cut=timezone.localdate(),
            after=0, done_at=timezone.now(), seal="x",
        )
        for _ in range(MORE)
    )  # fmt: skip


def _work(world: World) -> None:
    """More rows in the work list, more files on the person."""
    work = WorkList.objects.get(pk=world.arguments["work"])
    today = timezone.localdate()
    WorkRow.objects.bulk_create(
        WorkRow(
            **placed(HERE), work_list=work, subject=uuid7(), home=HERE, since=today, due_on=today, note=b""
        )
        for _ in range(MORE)
    )
    for n in range(FILES):
        add_evidence(
            actor=world.users["clerk", HERE], holder="person", record=world.arguments["person"],
            content=PDF + f"%{n}\n".encode(), name=f"{n}.pdf", what=f"文件{n}",
        )  # fmt: skip


def _failures() -> Iterator[LoginAttempt]:
    for name in range(MORE):
        for _ in range(5):
            yield LoginAttempt(
                at=timezone.now(), name_index=f"{name:032}", address="10.0.0.2", outcome="failed"
            )


def _passkeys(user: User) -> Iterator[Passkey]:
    factor = SecondFactor.objects.get(user=user)
    for n in range(MORE):
        yield Passkey(
            factor=factor, name=f"{n}", host="localhost", credential_id=f"{n}", public_key=b"", sign_count=0,
            added_at=timezone.now(),
        )  # fmt: skip


def test_pages_cost_the_same_for_sixty_rows_more_which_fill_the_lists_and_what_is_written_down(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Once a minute a page also notes that its reader is still there: which one, the clock decides.
    monkeypatch.setattr(middleware, "TOUCH", float("inf"))
    few = counted(here)
    grow(here)
    # Otherwise nothing would be compared with nothing.
    lists = [address for address in ADDRESSES if address.name.endswith("_list")]
    one_page = {address.name for address in lists if "after=" not in _shown(here, address)}
    assert one_page == {"accounts:lock_list", "cockpit:indicator_list", "regions:region_list"}
    many = counted(here)
    written = json.loads(RECORD.read_text("utf-8"))
    assert {name: (few[name], many[name]) for name in few if few[name] != many[name]} == {}
    assert few.keys() == many.keys()
    assert many == written, json.dumps(many, indent=1)
    assert len(written) > 40


def _shown(world: World, address: Address) -> str:
    return world.client(reader_of(address)).get(address.path(world)).content.decode()
