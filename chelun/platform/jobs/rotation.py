"""Rotating the data key: everything that lies under an older key of the ring is sealed anew under the active one.

Blind indexes are not rotated: their keys are one each. Values of persons lie under their own keys and are not touched;
only those keys are sealed anew, so a million persons take a minute and not an hour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import open_sealed, ring, seal
from chelun.core.crypto.sealing import sealed_under
from chelun.core.registries import Registry
from chelun.platform.audit.services import record
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.kinds import Label
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue

KIND = "jobs.rotate"
CHUNK = 500

# Seals one chunk after a position ('' at first) anew; returns (how many, next position or None at the end).
Step = Callable[[str], tuple[int, str | None]]


@dataclass(frozen=True, slots=True)
class Resealed:
    """Something that lies sealed under the ring, and how to seal a chunk of it anew."""

    name: str
    label: Label
    step: Step


RESEALED: Registry[Resealed] = Registry("resealed")


def resealed(what: Resealed) -> Resealed:
    """Register something that a rotation must reach. An app that calls `seal` and keeps the result owes this."""
    return RESEALED.add(what.name, what)


def model_step(model: type[models.Model], context: Callable[[Any], str], field: str = "sealed") -> Step:
    """The step for a binary field of a table, each value of which is bound to `context(row)`."""

    def step(after: str) -> tuple[int, str | None]:
        rows = model._default_manager.select_for_update().order_by("pk")
        chunk = list((rows.filter(pk__gt=after) if after else rows)[:CHUNK])
        old = [row for row in chunk if _is_old(bytes(getattr(row, field) or b""))]
        for row in old:
            setattr(row, field, seal(open_sealed(bytes(getattr(row, field)), context(row)), context(row)))
        model._default_manager.bulk_update(old, [field])
        return len(old), str(chunk[-1].pk) if len(chunk) == CHUNK else None

    return step


def enqueue_rotation(*, actor: Actor) -> Job:
    """Ask for a rotation to the ring's active key. The same job again while one waits or runs."""
    from_keys = sorted(set(ring().data) - {ring().active})
    record(actor=actor, action="jobs.rotation.asked", new={"to": ring().active, "from": from_keys})
    title = _("轮换数据密钥到 {name}").format(name=ring().active)
    return enqueue(actor=actor, kind=KIND, title=title, dedupe=ring().active)


def run_rotation(context: JobContext) -> dict[str, Any]:
    """The job: one registered thing after the other, in short transactions, from the checkpoint on."""
    counts: dict[str, int] = context.checkpoint.get("counts", {})
    for what in RESEALED:
        position = _position(context, what.name)
        while position is not None:
            with transaction.atomic():
                done, position = what.step(position)
                counts[what.name] = counts.get(what.name, 0) + done
                context.keep(counts=counts, **{what.name: position})
            context.progress(sum(counts.values()), None, str(what.label))
    return {"key": ring().active, "counts": counts}


def _position(context: JobContext, name: str) -> str | None:
    position: str | None = context.checkpoint.get(name, "")
    return position


def _is_old(value: bytes) -> bool:
    return bool(value) and sealed_under(value) != ring().active
