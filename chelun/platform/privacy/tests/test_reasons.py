"""A reason about a subject lies in the trail sealed under its key, and only there."""

from uuid import uuid4

import pytest

from chelun.core.actors import SystemActor
from chelun.core.jsontext import from_json
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.reasons import REASON, purposes_of
from chelun.platform.audit.services import Event, record, record_many
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.privacy.keys import destroy_keys, make_keys

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test")
WHY = "王小明的儿子来电要求更正"


def last() -> AuditEntry:
    return AuditEntry.objects.latest("seq")


def told(entry: AuditEntry) -> str:
    return purposes_of([entry])[entry.pk]


def test_reason_is_read_until_the_key_is_destroyed_and_the_chain_stays_whole() -> None:
    subject = uuid4()
    make_keys([subject])
    record(actor=ACTOR, action="people.person.printed", target=subject, new={"whole": True}, reason=WHY)
    row = last()
    assert (row.purpose, from_json(row.new)["whole"]) == ("", True)
    assert WHY not in " ".join(map(str, row.values().values()))
    assert told(row) == WHY
    destroy_keys([subject])
    assert told(row) == "已抹除"
    assert verify_chain().found == 0


def test_reason_about_two_is_gone_with_either() -> None:
    one, other = uuid4(), uuid4()
    make_keys([one, other])
    both = (str(one), str(other))
    record_many(
        actor=ACTOR,
        events=[Event("people.person.told_apart", target=each, reason=WHY, about=both) for each in both],
    )
    assert [told(row) for row in AuditEntry.objects.order_by("seq")] == [WHY, WHY]
    destroy_keys([other])
    assert {told(row) for row in AuditEntry.objects.all()} == {"已抹除"}


def test_reason_about_somebody_without_a_key_stays_readable() -> None:
    record(actor=ACTOR, action="people.vehicle.merged", target=uuid4(), reason="台账同号只有一辆")
    assert (last().purpose, told(last()), last().new) == ("台账同号只有一辆", "台账同号只有一辆", "")


@pytest.mark.parametrize(
    "new", ['{"reason": "明文"}', '["reason"]', '{"reason": {"sealed": "?", "under": ["x"]}}']
)
def test_rows_that_look_alike_or_were_damaged_do_not_stop_a_page(new: str) -> None:
    row = AuditEntry(seq=1, purpose="公布", new=new)
    assert told(row) in {"公布", "已抹除"}
    assert REASON in new
