"""After a rotation of keys the files and rows that wait open without the old key, and every byte reads as before."""

import json
from uuid import UUID

import pytest
from django.conf import settings as plain_settings
from pytest_django import Settings

from chelun.core.actors import SystemActor
from chelun.core.crypto import Unsealable
from chelun.core.crypto.keys import with_new_data_key
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.rotation import RESEALED, enqueue_rotation
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.services.files import keep_file
from chelun.platform.sheets.staging import BAD, RAW, read_chunk, write_chunk
from chelun.platform.sheets.vault import CHUNK, open_vault, vault_path

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test", "nobody")
BODIES = [b"", b"short", bytes(range(256)) * 4096, b"x" * (2 * CHUNK + 17)]


@pytest.fixture
def files(regions: None) -> dict[UUID, bytes]:
    """Files of every size, one of whose bytes are gone."""
    kept = {}
    for body in BODIES:
        stored = keep_file(actor=ACTOR, kind="export", name="x.xlsx", parts=[body], place=placed("513436"))
        kept[stored.pk] = body
    lost = keep_file(actor=ACTOR, kind="export", name="y.xlsx", parts=[b"y"], place=placed("513436"))
    vault_path(lost.pk).unlink()
    return kept


@pytest.fixture
def rows(regions: None) -> dict[str, list[object]]:
    one = SheetImport.objects.create(
        file_name="x",
        digest="x",
        source="x",
        as_of="2026-11-01",
        state=ImportState.CHECKED,
        owner="x",
        **placed("513436"),
    )
    kept: dict[str, list[object]] = {kind: [[n, kind] for n in range(9)] for kind in (RAW, BAD)}
    for kind, some in kept.items():
        write_chunk(one.pk, kind, 0, "", some)
    return kept


def read(file: UUID) -> bytes:
    with open_vault(file) as plain:
        return plain.read()


def test_rotation_reaches_files_and_waiting_rows(
    settings: Settings, files: dict[UUID, bytes], rows: dict[str, list[object]]
) -> None:
    ring = with_new_data_key(plain_settings.CHELUN_KEYS, "new")
    settings.CHELUN_KEYS = ring
    enqueue_rotation(actor=ACTOR)
    run_waiting()
    counts = Job.objects.get().result["counts"]
    assert (counts["sheets.files"], counts["sheets.chunks"]) == (len(BODIES), 2)
    raw = json.loads(ring)
    del raw["data"]["dev"]
    settings.CHELUN_KEYS = json.dumps(raw)
    assert {file: read(file) for file in files} == files
    assert {chunk.kind: read_chunk(chunk) for chunk in StagedChunk.objects.all()} == rows
    assert not list(vault_path(next(iter(files))).parent.parent.glob("??/*.fresh"))


def test_rotation_is_needed_before_the_old_key_goes(settings: Settings, files: dict[UUID, bytes]) -> None:
    raw = json.loads(with_new_data_key(plain_settings.CHELUN_KEYS, "new"))
    del raw["data"]["dev"]
    settings.CHELUN_KEYS = json.dumps(raw)
    with pytest.raises(Unsealable):
        read(next(iter(files)))


def test_everything_that_lies_under_the_ring_is_rotated() -> None:
    """Who calls `seal` and keeps the result owes a line in the registry."""
    assert set(RESEALED.names()) == {
        "privacy.keys", "accounts.factors", "sheets.files", "sheets.chunks", "people.unresolved",
    }  # fmt: skip
