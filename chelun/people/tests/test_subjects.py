"""A table that holds data of a person or firm cannot be forgotten: the start is refused until somebody declares it."""

from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from chelun.people.models import Person, PersonCard
from chelun.platform.privacy.subjects import SUBJECT_TABLES


def found(monkeypatch: pytest.MonkeyPatch, *strays: type[models.Model]) -> list[str]:
    known = apps.get_models()
    with monkeypatch.context() as patch:
        patch.setattr(apps, "get_models", lambda: [*known, *strays])
        return [error.msg.split(" ")[0] for error in run_checks(tags=["chelun"])]


def table(label: str, **fields: Any) -> type[models.Model]:
    """A table of that label with these columns."""
    meta = type("Meta", (), {"app_label": "people"})
    return type(label, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


@isolate_apps("chelun.people")
def test_undeclared_table_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    stray = table("Stray", person=models.ForeignKey(Person, on_delete=models.CASCADE))
    further = table("Further", stray=models.OneToOneField(stray, on_delete=models.CASCADE))
    loose = table("Loose", subject=models.UUIDField())
    innocent = table("Innocent", name=models.CharField(max_length=5))
    assert found(monkeypatch) == []
    assert found(monkeypatch, stray, further, loose, innocent) == [
        "people.Further",
        "people.Loose",
        "people.Stray",
    ]


def test_declaration_taken_away_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [name for name in SUBJECT_TABLES.names() if name != PersonCard._meta.label]
    monkeypatch.setattr(SUBJECT_TABLES, "names", lambda: kept)
    assert found(monkeypatch) == ["people.PersonCard"]
