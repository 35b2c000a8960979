"""Reads of evidence: what is attached to a record, one file, on which other records the same picture is used."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from chelun.core.actors import Actor
from chelun.core.crypto import open_with
from chelun.core.errors import NotFound
from chelun.core.jsontext import from_json
from chelun.core.scope import scope_filter
from chelun.platform.evidence.holders import HOLDERS, Holder, Named
from chelun.platform.evidence.models import Evidence, SamePicture
from chelun.platform.privacy.keys import keys_of

MOST = 50
MOST_SAME = 10


@dataclass(frozen=True, slots=True)
class Attached:
    """A file with what was said of it, and the records on which the same picture is used, as far as the reader sees both."""

    evidence: Evidence
    what: str
    name: str
    same: tuple[Named, ...]


def holder_of(name: str) -> Holder:
    """A kind of record that takes files; NotFound for any other word."""
    found = HOLDERS.get(name)
    if found is None:
        raise NotFound
    return found


def record_of(actor: Actor, holder: str, record: UUID) -> Named:
    """A record to which the actor may attach files; NotFound where he does not see it."""
    kind = holder_of(holder)
    found = kind.named(actor, [record]).get(record)
    if found is None:
        raise NotFound
    return found


def attached(actor: Actor, holder: str, records: Collection[UUID]) -> list[Attached]:
    """The files of some records (of a joined file: all its parts) in the actor's places, the newest first."""
    kind = holder_of(holder)
    rows = Evidence.objects.in_scope(actor.scope_for(kind.permission)).filter(
        holder=holder, record__in=records
    )
    found = list(rows.order_by("-id")[:MOST])
    keys = keys_of({row.subject for row in found}) if found else {}
    same = same_pictures(actor, found)
    return [Attached(row, *said_of(row, keys.get(row.subject)), tuple(same.get(row.pk, ()))) for row in found]


def said_of(row: Evidence, key: bytes | None) -> tuple[str, str]:
    """(what it shows, what the file was called); nothing once its subject was erased."""
    if key is None:
        return "", ""
    said = from_json(open_with(key, bytes(row.sealed), f"evidence:{row.pk}"))
    return str(said["what"]), str(said["name"])


def evidence_get(actor: Actor, evidence: UUID) -> tuple[Evidence, Named]:
    """One file whose record the actor sees, with the record; NotFound otherwise, at the same cost whether or not it is there."""
    mine = Q(pk__in=[])
    for kind in HOLDERS:
        mine |= scope_filter(Evidence, actor.scope_for(kind.permission)) & Q(holder=kind.name)
    row = Evidence.objects.filter(mine, pk=evidence).first()
    named = holder_of(row.holder).named(actor, [row.record]).get(row.record) if row else None
    if row is None or named is None:
        raise NotFound
    return row, named


def same_pictures(actor: Actor, rows: Sequence[Evidence]) -> dict[UUID, list[Named]]:
    """For each file the other records that use the same picture, as far as the actor sees them; of others not a word."""
    ids = [row.pk for row in rows if row.prints]
    if not ids:
        return {}
    pairs = SamePicture.objects.filter(Q(one__in=ids) | Q(other__in=ids)).order_by("distance")
    linked = [
        (mine, far)
        for one, other in pairs.values_list("one", "other")
        for mine, far in ((one, other), (other, one))
        if mine in set(ids)
    ]
    seen = _seen(actor, {far for _, far in linked})
    own = {row.pk: row.record for row in rows}
    found: dict[UUID, list[Named]] = {}
    for mine, far in linked:
        record, named = seen.get(far, (None, None))
        here = found.setdefault(mine, [])
        if named is not None and record != own[mine] and named not in here and len(here) < MOST_SAME:
            here.append(named)
    return found


def pairs_of(subjects: Collection[UUID]) -> QuerySet[SamePicture]:
    """The pairs of pictures of which one is some subject's."""
    asked = list(subjects)
    return SamePicture.objects.filter(Q(one__subject__in=asked) | Q(other__subject__in=asked))


def _seen(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, tuple[UUID, Named]]:
    """Those of some files whose places and records the actor sees, with the record."""
    found: dict[UUID, tuple[UUID, Named]] = {}
    rows = list(Evidence.objects.filter(pk__in=list(ids)).values_list("pk", "holder"))
    for kind in HOLDERS:
        mine = [pk for pk, holder in rows if holder == kind.name]
        if not mine:
            continue
        scope = actor.scope_for(kind.permission)
        there = dict(Evidence.objects.in_scope(scope).filter(pk__in=mine).values_list("pk", "record"))
        named = kind.named(actor, set(there.values())) if there else {}
        found |= {pk: (record, named[record]) for pk, record in there.items() if record in named}
    return found
