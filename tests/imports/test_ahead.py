"""A large import is prepared ahead in another process, and leaves what a small one leaves."""

import base64
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import Settings

from chelun.core import ahead
from chelun.people.models import PersonCard, PersonSource
from chelun.people.services.intake.ledger import open_facts
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets import staging
from chelun.platform.sheets.services import checking
from chelun.platform.sheets.tests.samples import roster
from tests.imports.steps import outcome, published, seen


def left() -> dict[str, list[Any]]:
    """All that an import left, secrets opened, without the names of rows."""
    shown = {name: sorted(map(_nameless, rows), key=repr) for name, rows in seen().items()}
    keys = keys_of(PersonCard.objects.values_list("person", flat=True))
    for model in (PersonCard, PersonSource):
        secrets = [open_facts(keys[row.person_id], bytes(row.sealed)) for row in model._default_manager.all()]
        shown[f"{model.__name__} sealed"] = sorted(secrets, key=repr)
    trail = AuditEntry.objects.filter(action="people.person.created").values_list("target", "new")
    told = [open_facts(keys[UUID(target)], _sealed(new)) for target, new in trail]
    return {**shown, "audit": sorted(told, key=repr)}


def test_import_prepared_ahead_leaves_the_same(
    regions: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = roster(1100)
    settings.CHELUN_PROCESSES = 0
    with transaction.atomic():
        counts, here = outcome(published(file)), left()
        transaction.set_rollback(True)
    settings.CHELUN_PROCESSES = 1
    monkeypatch.setattr(ahead, "ROWS_WORTH_A_PROCESS", 1)
    assert outcome(published(file)) == counts
    assert left() == here
    assert {len(here[name]) for name in ("PersonCard", "PersonSource sealed", "audit")} == {1100}
    assert verify_chain().findings == ()


def test_very_long_file_comes_in_by_smaller_steps(regions: None, monkeypatch: pytest.MonkeyPatch) -> None:
    file, steps = roster(1100), []

    def noted(import_id: UUID, kind: str, number: int, register: str, rows: Sequence[Any]) -> None:
        steps.extend([len(rows)] if kind == staging.GOOD else [])
        staging.write_chunk(import_id, kind, number, register, rows)

    monkeypatch.setattr(checking, "write_chunk", noted)
    with transaction.atomic():
        counts, here = outcome(published(file)), left()
        transaction.set_rollback(True)
    monkeypatch.setattr(staging, "LONG_FILE_ROWS", 1000)
    assert outcome(published(file)) == counts
    assert left() == here
    assert steps == [1000, 100, 500, 500, 100]


def _nameless(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not name.endswith("_id")}


def _sealed(new: str) -> bytes:
    return base64.b64decode(json.loads(new)["sealed"])
