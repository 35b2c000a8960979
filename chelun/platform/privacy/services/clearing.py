"""Deleting what is beyond its term, where two officers switched that on: a job in short steps that can be stopped, killed and gone on with.

Each step is one transaction together with the job's mark and the count of its proof: a kill loses nothing and counts nothing
twice. Before each step it is asked again whether the decision stands. Files of whole subjects go the way of erasing, in
the place whose term is over; with the last place identity and key go too, and a tombstone stays.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import mac
from chelun.core.errors import Refused
from chelun.core.locks import again
from chelun.core.upkeep import empty_log
from chelun.platform.audit.services import record
from chelun.platform.jobs.context import JobContext
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.choices import ErasureGround, ErasureState, SwitchState
from chelun.platform.privacy.events import data_deleted
from chelun.platform.privacy.kinds import TRACES, Known, Search, SubjectKind
from chelun.platform.privacy.models import Erasure, RetentionCount, RetentionProof, RetentionSwitch
from chelun.platform.privacy.rules import cut_of, retention_text
from chelun.platform.privacy.services.erasing import carry_out, search_for
from chelun.platform.privacy.services.holds import kept_for_now
from chelun.platform.privacy.services.lapsing import (
    NO_ONE,
    Lapsed,
    RowTable,
    clocked_kinds,
    count_files_due,
    count_rows_due,
    is_over,
    lapsed_files,
    row_tables,
)
from chelun.platform.privacy.services.retention import ALL, DELETE, Terms, TermsOfPlaces
from chelun.platform.privacy.terms import file_key
from chelun.platform.regions.selectors import placed

GROUP = 20
"""So many files are looked for in stored files together."""


def review_terms(actor: Actor) -> str:
    """The daily work: count, and have the job delete where that is switched on."""
    counted = count_again()
    if TermsOfPlaces().any_on:
        enqueue(actor=actor, kind=DELETE, title=_("删除超过保存期限的内容"), dedupe="all")
    return str(counted)


def run_count(context: JobContext) -> dict[str, Any]:
    """The job of kind `privacy.count`."""
    return {"due": count_again()}


def count_again() -> int:
    """Count all that is beyond its term; how many rows. What was counted before is replaced as a whole."""
    today, terms, now = timezone.localdate(), TermsOfPlaces(), datetime.now(UTC)
    found = [count_rows_due(today, terms), count_files_due(today, terms)]
    rows = [
        RetentionCount(
            home=home, label=label, due=due, held=each.held[home, label], counted_at=now, **placed(home)
        )
        for each in found
        for (home, label), due in each.due.items()
    ]
    rows.append(RetentionCount(home="", label=ALL, counted_at=now))
    with transaction.atomic():
        RetentionCount.objects.all().delete()
        RetentionCount.objects.bulk_create(rows)
    return sum(row.due for row in rows)


def run_lapse(context: JobContext) -> dict[str, Any]:
    """The job of kind `privacy.lapse`; after a kill it goes on from its mark."""
    seal_broken_off(context)
    today = date.fromisoformat(context.checkpoint.get("today") or timezone.localdate().isoformat())
    context.keep(today=today.isoformat())
    terms = TermsOfPlaces()
    for table in map(RowTable.of, row_tables()):
        for home in table.homes(today):
            if terms.of(home).may_delete(table.key):
                _clear_rows(context, table, home, terms.of(home), today)
    for kind in clocked_kinds():
        _clear_files(context, kind, terms, today)
    for proof in RetentionProof.objects.filter(job=context.job_id, done_at=None):
        again(lambda proof=proof: close_proof(context.actor, proof.pk))  # type: ignore[misc]
    count_again()
    deleted = sum(proof.deleted for proof in RetentionProof.objects.filter(job=context.job_id))
    if deleted:
        data_deleted.send(sender=RetentionProof, after=str(context.job_id))
        empty_log()
    return {"deleted": deleted}


def _clear_rows(context: JobContext, table: RowTable, home: str, terms: Terms, today: date) -> None:
    cut = cut_of(today, terms.term(table.key))
    proof = _proof(context, table.label, home, terms, terms.term(table.key), cut, table.rows(home).count())
    if proof.done_at:
        return
    place = f"{table.label}@{home}"
    after = UUID(context.checkpoint.get(place) or str(NO_ONE))
    while chunk := table.chunk(home, cut, after):
        after = chunk[-1][0]

        def step(chunk: Sequence[tuple[UUID, UUID]] = chunk, after: UUID = after) -> None:
            with transaction.atomic():
                _still_on(proof)
                kept = kept_for_now("", home, {subject for _pk, subject in chunk})
                going = [pk for pk, subject in chunk if subject not in kept]
                table.beyond(cut, home).filter(pk__in=going).delete()
                _count(proof, deleted=len(going), held=len(chunk) - len(going))
                context.keep(**{place: str(after)})

        again(step)
        context.progress(0, 0, _("正在清理：{what}").format(what=table.table.model._meta.verbose_name))
    again(lambda: close_proof(context.actor, proof.pk))


def _clear_files(context: JobContext, kind: SubjectKind, terms: TermsOfPlaces, today: date) -> None:
    assert kind.clock is not None
    place, done = f"files.{kind.name}", 0
    after = UUID(context.checkpoint.get(place) or str(NO_ONE))
    for last, files in lapsed_files(kind, today, terms, after):
        wanted = [file for file in files if terms.of(file.home).may_delete(file_key(kind.name))]
        for start in range(0, len(wanted), GROUP):
            group = wanted[start : start + GROUP]
            _clear_traces(kind, [file for file in group if not file.why])
            for file in group:
                done += _clear_file(context, kind, file, terms, today)
                context.progress(done, None, _("正在抹除超过保存期限的档案"))
        again(lambda last=last, wanted=wanted: _page_done(context, kind, terms, today, wanted, place, last))  # type: ignore[misc]


def _page_done(
    context: JobContext, kind: SubjectKind, terms: TermsOfPlaces, today: date, wanted: Sequence[Lapsed], place: str,
    last: UUID,
) -> None:  # fmt: skip
    with transaction.atomic():
        for home in {file.home for file in wanted if file.why}:
            held = sum(file.home == home and bool(file.why) for file in wanted)
            _count(_file_proof(context, kind, home, terms, today), held=held)
        context.keep(**{place: str(last)})


def _clear_traces(kind: SubjectKind, files: Sequence[Lapsed]) -> None:
    """Stored files and staged rows that name any of them by a number, or by name where no number is known; they go soon by themselves."""
    for home in {file.home for file in files}:
        leaves = [leaf for file in files if file.home == home for leaf in file.leaves]
        search = search_for(kind, leaves, [home])
        known = search.known if not search.known.numbers else Known(frozenset(), search.known.numbers)
        for trace in TRACES:
            trace.clear(Search(known, search.homes, search.batches))


def _clear_file(
    context: JobContext, kind: SubjectKind, file: Lapsed, terms: TermsOfPlaces, today: date
) -> int:
    """Erase one file in one place, unless something has come between; how many were erased."""
    if file.why:
        return 0
    proof = _file_proof(context, kind, file.home, terms, today)

    def step() -> int:
        with transaction.atomic():
            kind.hold(file.leaves)
            _still_on(proof)
            mine = terms.of(file.home)
            if not is_over(kind, today, terms, file.home, file.subject, file.leaves):
                return 0
            if kept_for_now(kind.name, file.home, file.leaves):
                return 0
            erasure = Erasure.objects.create(
                subject=file.subject, subject_kind=kind.name, ground=ErasureGround.EXPIRED, homes=[file.home],
                reason=_("超过保存期限，按期限自动删除"), state=ErasureState.RUNNING, job_id=context.job_id,
                proposed_by=mine.switch.proposed_by if mine.switch else "",
                decided_by=mine.switch.approved_by if mine.switch else "",
                decided_at=datetime.now(UTC), **placed(file.home),
            )  # fmt: skip
            carry_out(context.actor, erasure.pk)
            _count(proof, deleted=1)
        return 1

    return again(step)


def _file_proof(
    context: JobContext, kind: SubjectKind, home: str, terms: TermsOfPlaces, today: date
) -> RetentionProof:
    assert kind.clock is not None
    mine, label = terms.of(home), kind.model._meta.label
    term = mine.term(file_key(kind.name))
    present = RetentionProof.objects.filter(job=context.job_id, home=home, label=label).first()
    return present or _proof(context, label, home, mine, term, cut_of(today, term), kind.clock.count(home))


def _proof(
    context: JobContext, label: str, home: str, terms: Terms, term: str, cut: date, before: int
) -> RetentionProof:
    values = {"switch": terms.switch, "term": term, "cut": cut, "before": before, **placed(home)}
    proof, _made = RetentionProof.objects.get_or_create(
        job=context.job_id, home=home, label=label, defaults=values
    )
    return proof


def _still_on(proof: RetentionProof) -> None:
    """Refused when an officer has stopped it since: the job fails with this sentence, and what is done is proven."""
    if not RetentionSwitch.objects.filter(pk=proof.switch_id, state=SwitchState.ON).exists():
        raise Refused("privacy.retention.stopped", _("到期删除已被停止，做完的部分有凭证。"))


def _count(proof: RetentionProof, *, deleted: int = 0, held: int = 0) -> None:
    RetentionProof.objects.filter(pk=proof.pk).update(deleted=F("deleted") + deleted, held=F("held") + held)


def close_proof(actor: Actor, pk: UUID) -> RetentionProof:
    """Count again and seal: this table in this place is through, or the run was broken off."""
    with transaction.atomic():
        proof = RetentionProof.objects.select_for_update(of=("self",)).get(pk=pk)
        if proof.done_at:
            return proof
        proof.after, proof.done_at = _rows_now(proof), datetime.now(UTC)
        proof.seal = seal_of_proof(proof)
        proof.save()
        record(
            actor=actor, action="privacy.retention.done", target_kind="retention", target=proof.pk, region=proof.home,
            new={
                "table": proof.label, "term": proof.term, "before": proof.before, "deleted": proof.deleted,
                "held": proof.held, "after": proof.after, "proof": proof.seal,
            },
        )  # fmt: skip
    return proof


def _rows_now(proof: RetentionProof) -> int:
    for kind in clocked_kinds():
        if kind.model._meta.label == proof.label and kind.clock is not None:
            return kind.clock.count(proof.home)
    tables = [RowTable.of(table) for table in row_tables() if table.model._meta.label == proof.label]
    return tables[0].rows(proof.home).count() if tables else 0


def seal_of_proof(proof: RetentionProof) -> str:
    """The keyed digest of a whole proof: whoever changes a number of it in the database is found out."""
    return mac(retention_text({
        "proof": str(proof.pk), "job": str(proof.job), "home": proof.home, "table": proof.label,
        "switch": str(proof.switch_id), "term": proof.term, "cut": proof.cut.isoformat(), "before": proof.before,
        "deleted": proof.deleted, "held": proof.held, "after": proof.after,
        "done_at": proof.done_at.astimezone(UTC).isoformat() if proof.done_at else "",
    })).hex()  # fmt: skip


def seal_broken_off(context: JobContext) -> None:
    """Proofs of runs that were cancelled or gave up are closed as they stand before a new run begins."""
    live = set(Job.objects.filter(kind=DELETE).exclude(pk=context.job_id).values_list("pk", "state"))
    waiting = {pk for pk, state in live if state in ("queued", "running")}
    for proof in RetentionProof.objects.filter(done_at=None).exclude(job__in=[*waiting, context.job_id]):
        close_proof(context.actor, proof.pk)
