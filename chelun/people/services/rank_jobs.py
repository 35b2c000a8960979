"""The work behind a rule of sources: what it would change, and writing the cards anew by it.

The new cards are written out of sight as a batch, in short steps; rule and cards show in one small write.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.locks import again
from chelun.people.choices import AT_RANKING, RankState
from chelun.people.models import RankChange, SourceRank
from chelun.people.rules.facts import Record, changed_fields, decided_otherwise, standing_facts
from chelun.people.rules.ranks import from_json, ranking_of
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaves import joined_in, still_joined
from chelun.people.services.intake.ranking import path_of_place
from chelun.people.services.intake.renewal import renew
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.people.services.ranks import note_change
from chelun.platform.jobs.context import Cancelled, JobContext, Later
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import children, placed
from chelun.platform.sheets.batches import Busy, hidden_batches, hold_place, open_batch, place_of
from chelun.platform.sheets.models import Batch
from chelun.platform.sheets.registers import Intake
from chelun.platform.sheets.services.clearing import discard_rows, show_batch, sweep_batch
from chelun.platform.sheets.turns import give_turn

STEP, SAMPLES = 400, 12
BEGIN = UUID(int=0)
Pair = tuple[UUID, str]
"""A subject in one place (its code)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A subject whose card in one place the new rule may write otherwise."""

    subject: UUID
    home: str
    records: tuple[Record, ...]


class Pass:
    """One pass over the subjects of all places for which a proposed rule would decide, some hundred at a time."""

    def __init__(self, change: RankChange) -> None:
        self.shelf: Shelf = SHELVES[change.register]
        self.old = ranking_of(change.register, from_json(change.base))
        self.new = ranking_of(change.register, from_json(change.lines))
        self.homes = homes_under(change.home, change.register)

    def steps(self, after: UUID, batch: UUID | None) -> Iterator[tuple[UUID, set[Pair]]]:
        """(the last subject of a step, those of the step with several records in a place), in order of subjects."""
        subject = self.shelf.subject
        rows = self.shelf.sources.standing(batch, hidden_batches()).filter(home__in=self.homes)
        rows = rows.order_by(subject).values_list(subject, "home")
        while pairs := list(rows.filter(**{f"{subject}__gt": after})[:STEP]):
            if len(pairs) == STEP:
                last = pairs[-1][0]
                whole = [pair for pair in pairs if pair[0] != last]
                pairs = whole or list(rows.filter(**{subject: last}))
            after = pairs[-1][0]
            joined = still_joined({pair[0] for pair in pairs})
            yield after, {pair for pair, count in Counter(pairs).items() if count > 1 or pair[0] in joined}

    def changed(self, pairs: Collection[Pair], batch: UUID | None) -> list[Found]:
        """Those of the subjects whose card the new rule may write otherwise."""
        found = []
        for home in sorted({home for _subject, home in pairs}):
            subjects = self._files({subject for subject, where in pairs if where == home}, home, batch)
            records = ledger.records_of(self.shelf, intake_at(home, batch), subjects, keys_of(subjects))
            found += [
                Found(subject, home, tuple(said))
                for subject, said in sorted(records.items())
                if decided_otherwise(said, self.old, self.new)
            ]
        return found

    def _files(self, subjects: set[UUID], home: str, batch: UUID | None) -> set[UUID]:
        """The files of these subjects in a place: of a joined one its whole, met once – when its own leaf is, if it has one here."""
        joined = joined_in(placed(home), subjects)
        wholes = {joined.whole_of(subject) for subject in subjects}
        elsewhere = {f"{self.shelf.subject}__in": wholes - subjects, "home": home}
        rows = self.shelf.sources.standing(batch, hidden_batches()).filter(**elsewhere)
        return wholes - set(rows.values_list(self.shelf.subject, flat=True)) if wholes - subjects else wholes

    def fields(self, found: Found) -> list[str]:
        """The facts that would stand otherwise; none where only the order of ties does."""
        said = found.records
        return changed_fields(standing_facts(said, self.old), standing_facts(said, self.new))

    def write(self, found: Collection[Found], batch: UUID) -> None:
        """Compute the cards anew, out of sight."""
        for home in sorted({each.home for each in found}):
            renew(self.shelf, intake_at(home, batch), [each.subject for each in found if each.home == home])

    def late(self, batch: UUID) -> set[Pair]:
        """Whom the single door has written since the batch was opened."""
        since = Batch.objects.values_list("created_at", flat=True).get(pk=batch)
        cards = self.shelf.cards.filter(batch=None, updated_at__gte=since, home__in=self.homes)
        return set(cards.values_list(self.shelf.subject, "home"))


def intake_at(home: str, batch: UUID | None) -> Intake:
    """On whose behalf the cards of a place are written anew."""
    return Intake(ledger.BATCHES, placed(home), AT_RANKING, ledger.now().date(), "batch", batch)


def homes_under(region: str, register: str) -> list[str]:
    """The places for which a rule of `region` decides: itself and those below it that have no nearer rule."""
    rules = SourceRank.objects.visible(hidden_batches()).filter(register=register)
    own = set(rules.values_list("home", flat=True))
    nearer = (
        (home, takewhile(lambda code: code != region, path_of_place(placed(home)))) for home in _below(region)
    )
    return [home for home, path in nearer if own.isdisjoint(path)]


def _below(code: str) -> list[str]:
    lower = [child for child in children(code) if child.level != "township"]
    return [code, *(each for child in lower for each in _below(child.code))]


def run_preview(context: JobContext) -> dict[str, int]:
    """The job of kind `people.rank.preview`: how many cards would change, in which facts, and a few of them by key."""
    change = _change(context)
    if change is None or change.state != RankState.PREVIEWING:
        return {}
    work = Pass(change)
    kept: dict[str, Any] = {"after": str(BEGIN), "seen": 0, "cards": 0, "facts": {}, "sample": []}
    kept |= context.checkpoint
    for after, several in work.steps(UUID(kept["after"]), None):
        kept["seen"] += len(several)
        for found in work.changed(several, None):
            _count(kept, found, work.fields(found))
        kept["after"] = str(after)
        context.keep(**kept)
        context.progress(kept["seen"], None, _("会变的档案：{count}").format(count=kept["cards"]))
    counts = {name: kept[name] for name in ("seen", "cards", "facts")}
    RankChange.objects.filter(pk=change.pk, state=RankState.PREVIEWING).update(
        state=RankState.READY, counts=counts, sample=kept["sample"], looked_at=datetime.now(UTC)
    )
    return {"cards": kept["cards"]}


def _count(kept: dict[str, Any], found: Found, fields: list[str]) -> None:
    kept["cards"] += 1
    for name in fields:
        kept["facts"][name] = kept["facts"].get(name, 0) + 1
    if fields and len(kept["sample"]) < SAMPLES:
        kept["sample"].append([str(found.subject), found.home])


def run_apply(context: JobContext) -> dict[str, int]:
    """The job of kind `people.rank.apply`: goes on where it stopped; when it is cancelled, nothing of it stays."""
    change = _change(context)
    if change is not None and change.state == RankState.APPLYING:
        try:
            batch = _batch_of(change)
        except Busy as busy:
            raise Later(busy.message) from busy
        try:
            cards = _write_anew(context, Pass(change), batch)
        except Cancelled:
            take_back(change, batch)
            raise
        again(lambda: _show(context.actor, change, batch, cards))
        change.refresh_from_db()
    if change is None or change.state != RankState.APPLIED or change.batch is None:
        return {}
    sweep_batch(change.batch, place_of(change))
    return {"cards": change.counts.get("written", 0)}


def _change(context: JobContext) -> RankChange | None:
    return RankChange.objects.filter(pk=context.params["change"]).first()


def _batch_of(change: RankChange) -> UUID:
    """The batch that brings the rule, opened with it unless it is open already. Busy while another is at work there."""
    with transaction.atomic():
        present = RankChange.objects.select_for_update().get(pk=change.pk)
        if present.batch is None:
            opened = open_batch(place_of(present))
            if opened is None:
                raise Busy
            present.batch = opened.pk
            present.save(update_fields=["batch"])
            rules = SourceRank.objects.filter(register=present.register, home=present.home)
            rules.filter(superseded_by=None).update(superseded_by=opened.pk)
            SourceRank.objects.create(
                **place_of(present), home=present.home, batch=opened.pk, register=present.register, lines=present.lines,
                reason=present.reason, decided_by=present.proposed_by, decided_at=ledger.now(),
            )  # fmt: skip
    return present.batch


def _write_anew(context: JobContext, work: Pass, batch: UUID) -> int:
    after, cards = UUID(context.checkpoint.get("after", str(BEGIN))), int(context.checkpoint.get("cards", 0))
    for last, several in work.steps(after, batch):
        context.progress(cards, None, _("已重算的档案：{count}").format(count=cards))
        cards += again(lambda: _step(context, work, batch, several, (last, cards)))  # noqa: B023 (done at once)
        give_turn()
    context.raise_if_cancelled()
    return cards


def _step(context: JobContext, work: Pass, batch: UUID, several: set[Pair], so_far: tuple[UUID, int]) -> int:
    for home in sorted({home for _subject, home in several}):
        hold_place(placed(home))
    found = work.changed(several, batch)
    work.write(found, batch)
    last, cards = so_far
    context.keep(after=str(last), cards=cards + len(found))
    return len(found)


def _show(actor: Actor, change: RankChange, batch: UUID, cards: int) -> None:
    """One write: what the single door did meanwhile is put right, then the rule holds and its cards show."""
    present = RankChange.objects.select_for_update().get(pk=change.pk)
    if present.state != RankState.APPLYING:
        return
    work = Pass(present)
    for home in sorted(work.homes):
        hold_place(placed(home))
    work.write(work.changed(work.late(batch), batch), batch)
    show_batch(batch, place_of(present))
    present.state, present.ended_at = RankState.APPLIED, ledger.now()
    present.counts = {**present.counts, "written": cards}
    present.save(update_fields=["state", "ended_at", "counts"])
    note_change(actor, present, "applied", cards=cards)


def take_back(change: RankChange, batch: UUID) -> None:
    """Nothing of a rule that was being applied stays: the one before it holds on, the proposal waits again."""
    discard_rows(batch, place_of(change))
    with transaction.atomic():
        SourceRank.objects.filter(batch=batch).delete()
        SourceRank.objects.filter(superseded_by=batch).update(superseded_by=None)
        RankChange.objects.filter(pk=change.pk).update(batch=None, state=RankState.READY)
        Batch.objects.filter(pk=batch).delete()
