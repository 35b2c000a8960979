"""The chain names what was done to it behind our back."""

import json

import pytest
from pytest_django import Settings

from chelun.core.actors import SystemActor
from chelun.platform.audit.anchors import anchor_path, write_anchor
from chelun.platform.audit.models import AuditEntry, ChainHead
from chelun.platform.audit.services import Event, record, record_many
from chelun.platform.audit.verifying import verify_chain

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test", "nobody")


@pytest.fixture
def chain() -> None:
    """Five rows, written one by one and many at once."""
    record(actor=ACTOR, action="people.person.created", target_kind="person", target="a", new={"姓名": "甲"})
    record_many(actor=ACTOR, events=[Event("people.person.changed", "person", str(n)) for n in range(3)])
    record(actor=ACTOR, action="people.person.viewed", region="610924", purpose="年审")


def codes() -> list[tuple[str, int]]:
    return [(finding.code, finding.seq) for finding in verify_chain().findings]


@pytest.mark.usefixtures("chain")
def test_chain_verify_whole() -> None:
    verdict = verify_chain()
    assert verdict.whole
    assert verdict.rows == 5


def test_chain_verify_empty() -> None:
    assert verify_chain().whole


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    ("field", "value"), [("action", "x"), ("new", "{}"), ("actor", "y"), ("region", "1"), ("at", "2020")]
)
def test_chain_verify_names_edited_row(field: str, value: str) -> None:
    AuditEntry.objects.filter(seq=3).update(**{field: value})
    assert codes() == [("edited", 3)]


@pytest.mark.usefixtures("chain")
def test_chain_verify_names_removed_row() -> None:
    AuditEntry.objects.filter(seq=2).delete()
    assert codes() == [("removed", 2)]


@pytest.mark.usefixtures("chain")
def test_chain_verify_names_moved_rows() -> None:
    AuditEntry.objects.filter(seq=2).update(seq=99)
    AuditEntry.objects.filter(seq=4).update(seq=2)
    AuditEntry.objects.filter(seq=99).update(seq=4)
    assert {("edited", 2), ("edited", 4)} <= set(codes())


@pytest.mark.usefixtures("chain")
def test_chain_verify_names_cut_tail() -> None:
    AuditEntry.objects.filter(seq__gte=4).delete()
    assert ("cut", 4) in codes()


@pytest.mark.usefixtures("chain")
def test_chain_verify_names_cut_tail_with_head_wound_back() -> None:
    before = ChainHead.objects.values("seq", "seal", "head_seal").get()
    record(actor=ACTOR, action="people.person.viewed")
    write_anchor()
    AuditEntry.objects.filter(seq=6).delete()
    ChainHead.objects.update(**before)
    assert ("cut", 6) in codes()


@pytest.mark.usefixtures("chain")
def test_chain_verify_names_forged_head() -> None:
    AuditEntry.objects.filter(seq=5).delete()
    ChainHead.objects.update(seq=4, seal=AuditEntry.objects.get(seq=4).seal)
    assert ("head", 4) in codes()


@pytest.mark.usefixtures("chain")
def test_chain_verify_names_edited_anchor() -> None:
    write_anchor()
    line = json.loads(anchor_path().read_text())
    anchor_path().write_text(json.dumps({**line, "seal": "0" * 64}) + "\nnot json\n")
    assert {code for code, _ in codes()} == {"anchor"}


@pytest.mark.usefixtures("chain")
def test_chain_verify_needs_the_key(settings: Settings) -> None:
    settings.CHELUN_KEYS = settings.CHELUN_KEYS.replace("3333333333333333", "4444444444444444")
    assert not verify_chain().whole
