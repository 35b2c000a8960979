"""Refuses to start when a table that can be reached from a person or firm is not declared in `subjects.py`."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.db import models

from chelun.platform.privacy.subjects import SUBJECT_COLUMNS, SUBJECT_ROOTS, SUBJECT_TABLES


def reachable(roots: Sequence[type[models.Model]]) -> Iterator[type[models.Model]]:
    """Every model with a foreign key, of its own or through others, to one of the roots, or with a subject column."""
    found: set[type[models.Model]] = set(roots)
    grown = True
    while grown:
        near = {model for model in apps.get_models() if model not in found and _points_into(model, found)}
        found |= near
        grown = bool(near)
    yield from sorted(found - set(roots), key=lambda model: model._meta.label)


def _points_into(model: type[models.Model], found: set[type[models.Model]]) -> bool:
    fields = model._meta.concrete_fields
    return any(field.related_model in found for field in fields) or any(
        field.name in SUBJECT_COLUMNS for field in fields
    )


@register("chelun")
def undeclared_subjects(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each reachable model that nobody declared."""
    return [
        Error(
            f"{model._meta.label} holds data of a person or firm and is not declared",
            hint="Declare it in the app's subjects.py (chelun/platform/privacy/subjects.py says how).",
            id="chelun.E002",
        )
        for model in reachable(list(SUBJECT_ROOTS))
        if model._meta.label not in SUBJECT_TABLES.names()
    ]


@register("chelun")
def unexplained_exceptions(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each declared table that an erasure leaves as it is without naming the lawful exception."""
    return [
        Error(
            f"{table.model._meta.label} is kept when somebody is erased, and nobody says why",
            hint="Give `kept_because` in its declaration.",
            id="chelun.E003",
        )
        for table in SUBJECT_TABLES
        if table.erase == "keep" and not table.kept_because
    ]


@register("chelun")
def undated_tables(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each declared table of which nobody says how long its rows are kept."""
    return [
        Error(
            f"nobody says how long rows of {table.model._meta.label} are kept",
            hint="Give `term` in its declaration (chelun/platform/privacy/terms.py).",
            id="chelun.E004",
        )
        for table in SUBJECT_TABLES
        if table.term is None
    ]
