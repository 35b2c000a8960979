"""Attaching files, opening them for a reason, taking them away, finding the same picture again."""

from collections.abc import Collection
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import Unsealable, open_with, seal_with
from chelun.core.errors import NotFound, Refused
from chelun.core.identifiers import uuid7
from chelun.core.jsontext import from_json, to_json
from chelun.core.reasons import reasoned
from chelun.engines.tables.columns import safe_head, scrub
from chelun.platform.audit.services import record as write_down
from chelun.platform.evidence import store
from chelun.platform.evidence.choices import FileKind
from chelun.platform.evidence.models import Evidence, SamePicture
from chelun.platform.evidence.pictures import Clean, Unfit, cleaned
from chelun.platform.evidence.prints import SAME, distance, prints_of, read_prints
from chelun.platform.evidence.selectors import evidence_get, holder_of, record_of
from chelun.platform.jobs.execution import run_here
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.keys import keys_of, make_keys
from chelun.platform.privacy.services import spend_reveal
from chelun.platform.regions.selectors import placed

ADD, OPEN = "evidence.add", "evidence.open"
MATCH = "evidence.match"
SHORTEST = 2
MOST_HERE = 200
"""A record takes so many files."""
CHUNK = 500
LEFT_ALONE = timedelta(days=2)
"""What is younger may still be on its way."""
AT_ONCE = 5_000
"""Up to so many pictures are compared within the request; beyond them the worker does it."""


def add_evidence(
    *, actor: Actor, holder: str, record: UUID, content: bytes, name: str, what: str
) -> Evidence:
    """Attach a file to a record that the actor sees. Refused for a kind, a size or words that are not taken.

    NotFound where he does not see the record.
    """
    found = record_of(actor, holder, record)
    what, name = _worded(what), _file_name(name)
    kept = _cleaned(content)
    key, prints = _key(found.subject), _prints(kept)
    evidence = uuid7()
    with transaction.atomic():
        if Evidence.objects.filter(holder=holder, record=record).count() >= MOST_HERE:
            raise Refused("evidence.most", _("这里的附件太多了，请先删除不再需要的。"))
        _not_there_yet(holder, record, key, kept.content)
        row = Evidence.objects.create(
            id=evidence, holder=holder, record=record, subject=found.subject, home=found.home,
            **{**placed(found.home), "township": ""}, size=len(kept.content), added_by=actor.actor_name,
            kind=FileKind.PICTURE if kept.picture else FileKind.DOCUMENT,
            sealed=seal_with(key, to_json({"what": what, "name": name, "media": kept.media}), f"evidence:{evidence}"),
            prints=seal_with(key, prints.hex(), f"prints:{evidence}") if prints else b"",
        )  # fmt: skip
        store.keep(evidence, key, kept.content)
        _noted(actor, row, "added")
    if prints:
        _look_for(actor, row)
    return row


def _not_there_yet(holder: str, record: UUID, key: bytes, content: bytes) -> None:
    """Refuse a file that the record has already: somebody pressed twice, or went back and sent again."""
    for row in Evidence.objects.filter(holder=holder, record=record, size=len(content)):
        try:
            known = store.read(row.pk, key) == content
        except (FileNotFoundError, Unsealable):
            continue
        if known:
            raise Refused("evidence.twice", _("这里已经有这个文件，没有再添加一次。"))


def open_evidence(*, actor: Actor, evidence: UUID, reason: str) -> tuple[bytes, str, str]:
    """(bytes, media type, name) of a file, for a reason that is written down like that of any secret value."""
    row, _named = evidence_get(actor, evidence)
    key = keys_of([row.subject]).get(row.subject)
    try:
        content = store.read(row.pk, key) if key else b""
        said = open_with(key, bytes(row.sealed), f"evidence:{row.pk}") if key else ""
    except (FileNotFoundError, Unsealable):
        content = b""
    if not content:
        raise Refused("evidence.gone", _("这个附件打不开：文件已清除，或者被改动过。"))
    spend_reveal(
        actor=actor, subject=row.subject, subject_kind=holder_of(row.holder).subject_kind, field="evidence",
        reason=reason, region=row.home,
    )  # fmt: skip
    told: dict[str, str] = from_json(said)
    return content, told["media"], told["name"]


def remove_evidence(*, actor: Actor, evidence: UUID, reason: str) -> None:
    """Take a file away for good: whoever added it, or who may open it."""
    row, _named = evidence_get(actor, evidence)
    if row.added_by != actor.actor_name and not actor.has(OPEN):
        raise NotFound
    why = reasoned(reason, "evidence.reason", _("请写明删除的理由（至少 4 个字）。"))
    with transaction.atomic():
        _noted(actor, row, "removed", why)
        row.delete()
        transaction.on_commit(partial(store.shred, evidence))


def strike(rows: Any, subjects: Collection[UUID]) -> None:
    """With a subject its files go: the rows at once, the bytes when that is certain."""
    gone = list(rows.values_list("pk", flat=True))
    rows.delete()
    for evidence in gone:
        transaction.on_commit(partial(store.shred, evidence))


def match_picture(evidence: UUID) -> int:
    """Write down with which other pictures one shows the same; how many. Can be done again."""
    row = Evidence.objects.filter(pk=evidence).first()
    if row is None or not row.prints:
        return 0
    mine = _open_prints([row]).get(row.pk, ())
    found = 0
    after = UUID(int=0)
    others = Evidence.objects.exclude(pk=row.pk).exclude(prints=b"").order_by("pk")
    while chunk := list(others.filter(pk__gt=after)[:CHUNK]):
        after = chunk[-1].pk
        for other, theirs in _open_prints(chunk).items():
            apart = distance(mine, theirs)
            if apart <= SAME:
                found += _pair(row.pk, other, apart)
    return found


def sweep(actor: Actor) -> int:
    """Remove sealed bytes that belong to no row: an attaching that was cut off, a restored back-up. Runs daily."""
    before = (timezone.now() - LEFT_ALONE).timestamp()
    known = {pk.hex for pk in Evidence.objects.values_list("pk", flat=True)}
    lost = store.lost(known, before)
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _pair(one: UUID, other: UUID, apart: float) -> int:
    first, second = sorted((one, other))
    _row, made = SamePicture.objects.get_or_create(
        one_id=first, other_id=second, defaults={"distance": round(apart * 1000)}
    )
    return int(made)


def _open_prints(rows: Collection[Evidence]) -> dict[UUID, tuple[int, ...]]:
    keys = keys_of({row.subject for row in rows})
    return {
        row.pk: read_prints(
            bytes.fromhex(open_with(keys[row.subject], bytes(row.prints), f"prints:{row.pk}"))
        )
        for row in rows
        if row.subject in keys
    }


def _look_for(actor: Actor, row: Evidence) -> None:
    """Compare a new picture with all others: here and now where there are few, else by the worker."""
    job = enqueue(
        actor=actor,
        kind=MATCH,
        title=_("查找同一张照片"),
        params={"evidence": str(row.pk)},
        region=placed(row.home),
    )
    if Evidence.objects.exclude(prints=b"").count() <= AT_ONCE:
        run_here(job)


def _cleaned(content: bytes) -> Clean:
    try:
        return cleaned(content)
    except Unfit as unfit:
        raise Refused(f"evidence.{unfit.code}", _(unfit.message).format(**unfit.params)) from unfit


def _prints(kept: Clean) -> bytes:
    return prints_of(kept.picture) if kept.picture is not None else b""


def _key(subject: UUID) -> bytes:
    """The subject's key; one that had nothing to keep secret gets its first."""
    found = keys_of([subject]).get(subject)
    return found if found is not None else make_keys([subject])[subject]


def _worded(what: str) -> str:
    what = what.strip()
    if len(what) < SHORTEST:
        raise Refused("evidence.what", _("请写明是什么，例如“从业资格证照片”。"))
    if scrub(what)[0] is None:
        raise Refused("evidence.forbidden", _("说明里有名册不得登记的内容，这样的附件不能添加。"))
    return what[:60]


def _file_name(name: str) -> str:
    """The name under which a file is opened: never what a roster may not say."""
    return "" if scrub(name)[0] is None else safe_head(name)[:80]


def _noted(actor: Actor, row: Evidence, verb: str, reason: str = "") -> None:
    write_down(
        actor=actor, action=f"evidence.file.{verb}", target_kind=row.holder, target=row.record, region=row.home,
        reason=reason, about=(str(row.subject),), new={"kind": row.kind, "size": row.size},
    )  # fmt: skip
