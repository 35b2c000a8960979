"""Reasons of a county's trail, sealed under the subjects' keys, are read in the installation that joined its archive, and go with the key."""

from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from chelun.core.jsontext import from_json
from chelun.people.displays.history import from_joined_trails
from chelun.people.models import PersonCard
from chelun.people.services.forgetting import forget_value
from chelun.people.services.merging import merge_files
from chelun.people.tests.desk import CLERK, ZIYANG, bring, phone, scope_of, sheet
from chelun.platform.archives.models import FormerKey
from chelun.platform.archives.writing import write_archive
from chelun.platform.audit.models import SegmentEntry
from chelun.platform.audit.reasons import purposes_of
from chelun.platform.audit.verifying import verify_chain
from tests.test_archives import LI, SECRET, WANG, erase, join, move

pytestmark = pytest.mark.django_db
WHY, BOTH, GONE = "王二的儿子来电要求更正", "本人到窗口确认是同一人", "已抹除"
TWIN = ("李乙", "", phone(7), "货车", "", "")


def person(name: str) -> UUID:
    return PersonCard.objects.visible(()).get(name=name).person_id


@pytest.fixture
def archive(tmp_path: Path, settings: Settings) -> tuple[Path, UUID]:
    """A county where two of 李's files were joined and a value of 王 was forgotten, each for a reason; 李's key.

    We are in the province by then.
    """
    bring(sheet([LI, (*WANG[:2], phone(9), *WANG[3:]), TWIN]))
    bring(sheet([WANG]), source="平台")
    forget_value(
        actor=CLERK, register="person", subject=person("王二"), field="phones", value=phone(9), reason=WHY
    )
    li = person("李一")
    merge_files(actor=CLERK, register="person", leaf=person("李乙"), canonical=li, reason=BOTH)
    path = tmp_path / "a"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    # The province knows 王 already, under an identity and a key of its own.
    bring(sheet([WANG]), source="省厅名单")
    return path, li


def told() -> dict[str, str]:
    """The reasons of the joined trail, as a reader of the audit trail sees them, by action."""
    rows = [row for row in SegmentEntry.objects.order_by("seq") if '"reason"' in row.new]
    assert all({WHY, BOTH}.isdisjoint(map(str, from_json(row.new).values())) for row in rows)
    assert not SegmentEntry.objects.filter(purpose__in=[WHY, BOTH]).exists()
    purposes = purposes_of(rows)
    return {row.action: purposes[row.pk] for row in rows}


def test_sealed_reasons_are_read_where_the_archive_came_to_and_go_with_the_key(
    archive: tuple[Path, UUID],
) -> None:
    path, li = archive
    join(path)
    wang = person("王二")
    assert FormerKey.objects.filter(subject=wang).exists()
    assert not FormerKey.objects.filter(subject=li).exists()
    assert told() == {"people.value.forgotten": WHY, "people.person.merged": BOTH}
    lines = list(from_joined_trails(scope_of(ZIYANG), "person", li, [ZIYANG]))
    assert any(BOTH in line.text for line in lines)
    erase(wang, "purpose_done")
    assert told() == {"people.value.forgotten": GONE, "people.person.merged": BOTH}
    erase(li, "purpose_done")
    assert told() == {"people.value.forgotten": GONE, "people.person.merged": GONE}
    assert verify_chain().found == 0
