"""Counting cross tables: as a job, and never twice for the same data."""

import time
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.cockpit.models import CrossTable
from chelun.cockpit.selectors.crosses import KIND, Asked, asked_for, cross_of, data_state, title_of
from chelun.core.actors import Actor
from chelun.core.scope import Scope
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.regions.selectors import placed

KIND_LABEL = _("计算交叉表")


def ask_for_cross(*, actor: Actor, asked: Asked) -> Job | None:
    """Have a table counted; None where what is kept still holds. Whoever asks for the same waits for the same job."""
    kept = cross_of(asked)
    if kept and kept.fresh:
        return None
    return enqueue(
        actor=actor, kind=KIND, title=title_of(asked), params=asked.key,
        region=placed(asked.code), dedupe=asked.dedupe,
    )  # fmt: skip


def run_cross(context: JobContext) -> Mapping[str, Any]:
    """The job of kind `cockpit.cross`. Began anew after a crash: nothing stands before the table is whole."""
    params = context.params
    asked = asked_for(
        scope=Scope.everything(), code=params["code"], register=params["register"],
        lines=params["one"], columns=params["other"],
    )  # fmt: skip
    table = compute_cross(asked)
    return {"seconds": table.seconds, "cells": len(table.cells), **params}


def compute_cross(asked: Asked) -> CrossTable:
    """Count a table and put it in the place of the one that was kept; the kept one where it still holds."""
    kept = cross_of(asked)
    if kept and kept.fresh:
        return kept.table
    started, state, key = time.monotonic(), data_state(asked.code), asked.key
    counts = asked.crossing.count(asked.code, key["one"], key["other"])
    with transaction.atomic():
        table, _made = CrossTable.objects.update_or_create(
            register=key["register"], one=key["one"], other=key["other"], code=key["code"],
            defaults={
                "state": state, "computed_at": timezone.now(), "cells": [[*pair, n] for pair, n in counts.items() if n],
                "seconds": round(time.monotonic() - started, 2),
            },
        )  # fmt: skip
    return table
