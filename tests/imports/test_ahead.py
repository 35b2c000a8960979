"""A large import is prepared ahead in another process, and leaves what a small one leaves."""

import base64
import json
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
from chelun.platform.sheets.services import publishing
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.tests.samples import roster
from tests.imports.steps import SYSTEM, checked, outcome, published, seen


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


def test_slow_steps_become_smaller_and_go_on_after_a_break(
    regions: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = roster(1100)
    with transaction.atomic():
        counts, here = outcome(published(file)), left()
        transaction.set_rollback(True)
    monkeypatch.setattr(publishing, "FILE_SECONDS", 0.0)
    monkeypatch.setattr(publishing, "CHUNK_ROWS", 400)
    waiting, steps = checked(file), []

    def noted(done: int, total: int, message: str) -> None:
        steps.append(done)
        if len(steps) == 3:
            raise KeyboardInterrupt

    begin_publication(actor=SYSTEM, sheet_import=waiting)
    with pytest.raises(KeyboardInterrupt):
        publish_sheet(actor=SYSTEM, sheet_import=waiting, progress=noted)
    publish_sheet(actor=SYSTEM, sheet_import=waiting, progress=noted)
    assert steps == [334, 501, 601, 1000, 1100]
    assert outcome(waiting) == counts
    assert left() == here


def _nameless(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not name.endswith("_id")}


def _sealed(new: str) -> bytes:
    return base64.b64decode(json.loads(new)["sealed"])
