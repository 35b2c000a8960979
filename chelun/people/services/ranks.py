"""Deciding which source outweighs which: proposed, previewed, then applied. The work itself is done by jobs (rank_jobs.py)."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.reasons import reasoned
from chelun.people.choices import RankState
from chelun.people.models import RankChange, SourceRank
from chelun.people.rules.ranks import Lines, Order, from_json, ranking_of, to_json
from chelun.people.services.intake.ranking import path_of_place, rule_at
from chelun.platform.audit.services import record
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.selectors import live_job
from chelun.platform.jobs.services import enqueue
from chelun.platform.regions.rules import level_of
from chelun.platform.regions.selectors import placed, within
from chelun.platform.sheets.batches import hidden_batches, place_of

RANK = "people.rank"
PREVIEW, APPLY = "people.rank.preview", "people.rank.apply"


def propose_rank(*, actor: Actor, region: str, register: str, lines: Lines, reason: str) -> RankChange:
    """Propose a rule for a county, city or province, and have it previewed. Nothing changes yet."""
    if not within(region, actor.scope_for(RANK)) or level_of(region) == "township":
        raise Refused("people.rank.region", _("您不能为这个地区决定来源先后，请选择自己负责的县、市或省。"))
    why = reasoned(reason, "people.rank.reason", _("请写明调整的理由（至少 4 个字）。"))
    place, base = placed(region), rule_in_force(region, register)
    if ranking_of(register, base) == ranking_of(register, lines):
        raise Refused("people.rank.same", _("新的先后与现在的一样，没有可调整的。"))
    with transaction.atomic():
        change = RankChange.objects.create(
            **{name: place.get(name, "") for name in ("province", "city", "county")}, register=register,
            base=to_json(base), lines=to_json(lines), reason=why, proposed_by=actor.actor_name,
        )  # fmt: skip
        note_change(actor, change, "proposed")
        _give_to_worker(actor, change, PREVIEW, _("测算来源先后的调整"))
    return change


def begin_apply(*, actor: Actor, change: RankChange) -> None:
    """Have the cards written anew by a previewed rule. Refused when another rule has come into force since."""
    with transaction.atomic():
        present = RankChange.objects.select_for_update().get(pk=change.pk)
        cut_off = is_cut_off(present)
        if present.state != RankState.READY and not cut_off:
            raise Refused("people.rank.not_ready", _("这项调整还没有测算完，或已经结束。"))
        if not cut_off and to_json(rule_in_force(present.home, present.register)) != present.base:
            raise Refused(
                "people.rank.overtaken", _("测算以后，规则已经被别人改过。请按现在的规则重新提出。")
            )
        present.state = RankState.APPLYING
        present.save(update_fields=["state"])
        note_change(actor, present, "confirmed")
        _give_to_worker(actor, present, APPLY, _("按新的来源先后重算档案"))
    change.refresh_from_db()


def drop_change(*, actor: Actor, change: RankChange) -> None:
    """Give a proposal up. Refused once it is being applied."""
    with transaction.atomic():
        present = RankChange.objects.select_for_update().get(pk=change.pk)
        if present.state not in (RankState.PREVIEWING, RankState.READY):
            raise Refused("people.rank.too_late", _("这项调整正在生效或已经结束，不能放弃。"))
        present.state, present.ended_at = RankState.DROPPED, datetime.now(UTC)
        present.save(update_fields=["state", "ended_at"])
        note_change(actor, present, "dropped")
    change.refresh_from_db()


def is_cut_off(change: RankChange) -> bool:
    """Whether nobody works any more on a rule that is being applied."""
    return change.state == RankState.APPLYING and live_job(kind=APPLY, dedupe=str(change.pk)) is None


def rule_in_force(region: str, register: str) -> dict[str, Order]:
    """The lines that hold in a place; none where the standard does."""
    rules = SourceRank.objects.visible(hidden_batches())
    return from_json(rule_at(rules, register, path_of_place(placed(region))) or {})


def _give_to_worker(actor: Actor, change: RankChange, kind: str, title: str) -> Job:
    job = enqueue(
        actor=actor, kind=kind, title=title, params={"change": str(change.pk)}, region=place_of(change),
        dedupe=str(change.pk),
    )  # fmt: skip
    RankChange.objects.filter(pk=change.pk).update(job_id=job.pk)
    change.job_id = job.pk
    return job


def note_change(actor: Actor, change: RankChange, verb: str, **new: Any) -> None:
    """Write down what was done with a change of the rule."""
    record(
        actor=actor, action=f"people.rank.{verb}", target_kind="rank", target=change.pk, region=change.home,
        purpose=change.reason, old={"lines": change.base}, new={"register": change.register, "lines": change.lines, **new},
    )  # fmt: skip
