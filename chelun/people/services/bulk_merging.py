"""Joining in one act all plates without a colour of a place with the one vehicle that has this plate, and undoing that act.

Somebody states it with one reason; a job does it in short steps, each link as if it had been made by hand, and each can
be parted by itself. What nothing speaks against is decided anew in every step (rules/plates.py), so the act may be cut
off, gone on with and repeated: what is joined already is not met again.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again, wait_for_turn
from chelun.people.events import files_joined
from chelun.people.models import BulkMerge, Merge
from chelun.people.rules.plates import JOIN
from chelun.people.selectors.plates import judged, pairs_of_plates
from chelun.people.services.intake.leaves import merges_around
from chelun.people.services.intake.regrouping import hold_region
from chelun.people.services.intake.shelf import VEHICLES
from chelun.people.services.likeness import ask_to_look
from chelun.people.services.merging import MERGE, TURN, bind, part, reasoned
from chelun.platform.audit.services import record
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.selectors import live_job
from chelun.platform.jobs.services import enqueue
from chelun.platform.regions.rules import level_of
from chelun.platform.regions.selectors import placed, within
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.turns import Pace, give_turn

JOINING, PARTING = "people.bulk.join", "people.bulk.part"
STEP = 100
"""How many pairs the first transaction joins or parts; then as many as are done in a fifth of a second, and others have their turn."""


def begin_joining(*, actor: Actor, region: str, reason: str) -> BulkMerge:
    """Have all pairs of a place joined that nothing speaks against. NotFound where the actor may not join; Refused while such an act goes on there."""
    why = reasoned(reason)
    if not within(region, actor.scope_for(MERGE)) or level_of(region) == "township":
        raise NotFound
    with transaction.atomic():
        wait_for_turn(TURN)
        _check_nobody_works(region)
        place = {level: code for level, code in placed(region).items() if level != "township"}
        bulk = BulkMerge.objects.create(
            **place, home=region, reason=why, made_by=actor.actor_name, made_at=timezone.now()
        )
        _note(actor, bulk, "begun", why)
        _give_to_worker(actor, bulk, JOINING)
    return bulk


def begin_parting(*, actor: Actor, bulk: BulkMerge, reason: str) -> None:
    """Have all links of an act undone that still stand. Refused while it goes on or when it is undone already."""
    why = reasoned(reason)
    with transaction.atomic():
        present = _locked(actor, bulk)
        if present.undone_at is not None:
            raise Refused("people.bulk.undone", _("这次批量合并已经整批拆分过了。"))
        present.undone_at, present.undone_by, present.undone_reason = timezone.now(), actor.actor_name, why
        present.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        _note(actor, present, "undo_confirmed", why)
        _give_to_worker(actor, present, PARTING)
    bulk.refresh_from_db()


def go_on(*, actor: Actor, bulk: BulkMerge) -> None:
    """Go on with an act, or with its undoing, that was cut off. Refused when it is not."""
    with transaction.atomic():
        present = _locked(actor, bulk)
        if present.parted_at or (present.ended_at and not present.undone_at):
            raise Refused("people.bulk.ended", _("这次批量合并已经做完，没有可接着做的。"))
        _give_to_worker(actor, present, PARTING if present.undone_at else JOINING)
    bulk.refresh_from_db()


def run_joining(context: JobContext) -> Mapping[str, Any]:
    """The job of kind `people.bulk.join`: step by step over the likely pairs of the place; what is done stays when it is cancelled."""
    bulk = _allowed(context)
    if bulk.ended_at or bulk.undone_at:
        return {}
    keys = list(pairs_of_plates(bulk.home).values_list("id", flat=True))
    after = UUID(context.checkpoint.get("after", str(UUID(int=0))))
    waiting = [key for key in keys if key > after]
    pace, done = _pace(), len(keys) - len(waiting)
    while waiting:
        context.progress(done, len(keys), _("对照车牌，逐批合并"))
        step, waiting = waiting[: pace.rows], waiting[pace.rows :]
        left = context.checkpoint.get("left", {})
        _in_turn(pace, partial(_join_step, context, bulk, step, left))
        done += len(step)
    again(lambda: _end_joining(context, bulk.pk))
    return {"joined": Merge.objects.filter(bulk=bulk.pk).count()}


def _join_step(
    context: JobContext, bulk: BulkMerge, keys: Sequence[UUID], left_before: Mapping[str, int]
) -> None:
    wait_for_turn(TURN)
    hold_region(bulk.home)
    actor = context.actor
    found = judged(actor.scope_for(MERGE), pairs_of_plates(bulk.home).filter(pk__among=keys))
    sides = {each.sides for each in found if each.verdict == JOIN and each.sides}
    place, now = place_of(bulk), timezone.now()
    made = [
        Merge(
            province=place["province"], city=place["city"], county=place["county"], home=bulk.home, leaf=leaf,
            register=VEHICLES.register, canonical=canonical, reason=bulk.reason, made_by=actor.actor_name, made_at=now,
            bulk=bulk.pk,
        )
        for leaf, canonical in sorted(sides)
    ]  # fmt: skip
    if made:
        bind(actor, VEHICLES, made, merges_around({side for pair in sides for side in pair}))
    left = Counter(left_before)
    left.update(each.verdict for each in found if each.verdict != JOIN)
    context.keep(after=str(keys[-1]), left=dict(left))


def _end_joining(context: JobContext, key: UUID) -> None:
    bulk = BulkMerge.objects.select_for_update().get(pk=key)
    if bulk.ended_at is None:
        bulk.ended_at, bulk.left = timezone.now(), context.checkpoint.get("left", {})
        bulk.save(update_fields=["ended_at", "left"])
        joined = Merge.objects.filter(bulk=bulk.pk).count()
        _note(context.actor, bulk, "done", bulk.reason, joined=joined, left=sum(bulk.left.values()))
        files_joined.send(sender=BulkMerge, bulk=bulk.pk)


def run_parting(context: JobContext) -> Mapping[str, Any]:
    """The job of kind `people.bulk.part`: undoes, step by step, the links of an act that still stand; those made by hand stay."""
    bulk = _allowed(context)
    if bulk.undone_at is None or bulk.parted_at:
        return {}
    links = Merge.objects.filter(bulk=bulk.pk)
    total = links.exclude(undone_at__isnull=False, undone_in_bulk=False).count()
    pace = _pace()
    while left := links.filter(undone_at=None).count():
        context.progress(total - left, total, _("逐批拆分"))
        _in_turn(pace, partial(_part_step, context.actor, bulk, pace.rows))
    again(lambda: _end_parting(context.actor, bulk.pk))
    return {"parted": links.filter(undone_in_bulk=True).count()}


def _part_step(actor: Actor, bulk: BulkMerge, most: int) -> None:
    wait_for_turn(TURN)
    hold_region(bulk.home)
    links = list(Merge.objects.filter(bulk=bulk.pk, undone_at=None).order_by("id")[:most])
    if links:
        part(actor, links, bulk.undone_reason, in_bulk=True)


def _end_parting(actor: Actor, key: UUID) -> None:
    bulk = BulkMerge.objects.select_for_update().get(pk=key)
    if bulk.parted_at is None:
        bulk.parted_at = timezone.now()
        bulk.save(update_fields=["parted_at"])
        parted = Merge.objects.filter(bulk=bulk.pk, undone_in_bulk=True).count()
        _note(actor, bulk, "undone", bulk.undone_reason, parted=parted)
        ask_to_look(actor=actor, after=str(bulk.pk))
        files_joined.send(sender=BulkMerge, bulk=bulk.pk)


def _pace() -> Pace:
    return Pace(rows=STEP, fewest=min(STEP, 10), most=2 * STEP)


def _in_turn(pace: Pace, step: Callable[[], None]) -> None:
    """A step in a transaction of its own; then others have their turn."""
    began = time.monotonic()
    again(step)
    pace.took(time.monotonic() - began)
    give_turn()


def _check_nobody_works(region: str) -> None:
    if any(live_job(kind=kind, dedupe=region) for kind in (JOINING, PARTING)):
        raise Refused("people.bulk.busy", _("这个地区正有一次批量合并或拆分在进行，请等它做完，或先取消。"))


def _locked(actor: Actor, bulk: BulkMerge) -> BulkMerge:
    wait_for_turn(TURN)
    rows = BulkMerge.objects.in_scope(actor.scope_for(MERGE)).select_for_update()
    present = rows.filter(pk=bulk.pk).first()
    if present is None:
        raise NotFound
    _check_nobody_works(present.home)
    return present


def _allowed(context: JobContext) -> BulkMerge:
    """The act that a job works on. NotFound when its owner may no longer join there."""
    bulk = BulkMerge.objects.filter(pk=context.params["bulk"]).first()
    if bulk is None or not within(bulk.home, context.actor.scope_for(MERGE)):
        raise NotFound
    return bulk


def _give_to_worker(actor: Actor, bulk: BulkMerge, kind: str) -> None:
    title = _("批量合并没写颜色的车牌") if kind == JOINING else _("整批拆分没写颜色的车牌")
    job = enqueue(
        actor=actor, kind=kind, title=title, params={"bulk": str(bulk.pk)}, region=place_of(bulk), dedupe=bulk.home
    )  # fmt: skip
    bulk.job_id = job.pk
    bulk.save(update_fields=["job_id"])


def _note(actor: Actor, bulk: BulkMerge, verb: str, reason: str, **new: Any) -> None:
    record(
        actor=actor, action=f"people.bulk_merge.{verb}", target_kind="bulk_merge", target=bulk.pk, region=bulk.home,
        purpose=reason, new=new,
    )  # fmt: skip
