"""Taking an archive in: part by part, out of everybody's sight, and shown by one small write at the end.

Each part is a transaction with its mark, so that joining goes on after a kill; a file that is in already changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.locks import again, commit_lazily
from chelun.platform.archives.carried import CARRIED, Joining
from chelun.platform.archives.models import JoinedArchive
from chelun.platform.archives.packing import MANIFEST, README, Manifest, Part, check_packed, read_packed
from chelun.platform.archives.places import Claims
from chelun.platform.archives.writing import TRAIL
from chelun.platform.audit.segments import append_rows, close_segment, trail_origin
from chelun.platform.audit.services import record
from chelun.platform.jobs.safekeeping.sealing import digest_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hold_place, open_batch, place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import Batch, SheetImport
from chelun.platform.sheets.services.clearing import settle_batch, show_batch, sweep_batch
from chelun.platform.sheets.services.stepwise import backwards, in_steps
from chelun.platform.sheets.turns import Turn

JOINING, SHOWN, JOINED = "joining", "shown", "joined"
Progress = Callable[[int, int, str], None]


def silent(done: int, total: int, table: str) -> None:
    """Nobody wants to know how far it is."""


def join_archive(*, actor: Actor, path: Path, passphrase: str, progress: Progress = silent) -> JoinedArchive:
    """Bring an archive in. One that is in already is answered at once; one that was stopped half-way goes on.

    Refused when the file is not whole, says something of another region, comes from this very installation, or another
    batch is at work in the place.
    """
    claims = Claims()
    manifest = check_packed(path, passphrase, claims.note)
    claims.check(manifest.region)
    joined = _begun(actor, manifest, digest_of(path))
    if joined.state == JOINED:
        return joined
    assert joined.batch_id is not None
    joining = Joining(actor, place_of(joined), joined.batch_id, source_of(manifest))
    if joined.state == JOINING:
        _pass(joined, joining, manifest, read_packed(path, passphrase), progress)
        joined.refresh_from_db()
        _withdraw(joined)
        settle_batch(joining.batch, joining.place)
        again(lambda: _show(actor, joined, manifest))
        joined.refresh_from_db()
    _pass(joined, joining, manifest, read_packed(path, passphrase), progress)
    sweep_batch(joining.batch, joining.place)
    again(lambda: _end(actor, joined, manifest))
    joined.refresh_from_db()
    return joined


def _pass(
    joined: JoinedArchive, joining: Joining, manifest: Manifest, parts: Iterator[Part], progress: Progress
) -> None:
    """Take in what is due before the archive shows, or what is due after it."""
    turn, total, done = Turn(), sum(manifest.counts.values()), 0
    for part in parts:
        if part.name not in (README, MANIFEST):
            turn.give()
            again(lambda part=part: _take(joined, joining, manifest, part))  # type: ignore[misc]
            turn.ended()
            done += manifest.parts[part.name][0]
            progress(done, total, part.table)


def give_up(*, actor: Actor, joined: JoinedArchive) -> None:
    """Remove what an archive brought that was not joined to its end. Refused when it is in."""
    if joined.state != JOINING or joined.batch_id is None:
        raise Refused("archives.joined", _("这个档案包已经并入，不能放弃。"))
    place = place_of(joined)
    for batch in (joined.batch_id, *joined.batches):
        in_steps(place, lambda pace, batch=batch: backwards(lambda each: each.discard(batch, pace)))  # type: ignore[misc]
    with transaction.atomic():
        batches = [joined.batch_id, *joined.batches]
        joined.delete()
        SheetImport.objects.filter(batch__in=batches).delete()
        Batch.objects.filter(pk__in=batches, hidden=True).delete()
        record(
            actor=actor, action="archives.archive.given_up", target_kind="archive", target=joined.digest[:32],
            region=place["county"] or place["city"] or place["province"],
        )  # fmt: skip


def source_of(manifest: Manifest) -> str:
    """What the trail names as the source of what changes."""
    return _("档案包 {name} {day}").format(name=manifest.name, day=manifest.made_at[:10])[:60]


def _begun(actor: Actor, manifest: Manifest, digest: str) -> JoinedArchive:
    """The archive's own row: found again, or made with a hidden batch of its place."""
    if manifest.origin == trail_origin():
        raise Refused("archives.own", _("这个档案包就是本系统打的，不需要并入。"))
    with transaction.atomic():
        known = JoinedArchive.objects.filter(digest=digest).first()
        if known is not None:
            return known
        place = placed(manifest.region)
        _refuse_older(manifest, place)
        batch = open_batch(place)
        if batch is None:
            raise Refused("archives.busy", _("这个地区正有一批数据入库或撤销，等它完成后再并入。"))
        return JoinedArchive.objects.create(
            **place, digest=digest, origin=manifest.origin, made_at=manifest.made_at, state=JOINING, batch=batch,
            joined_by=actor.actor_name,
        )  # fmt: skip


def _refuse_older(manifest: Manifest, place: Mapping[str, str]) -> None:
    """What was taken back or erased since an archive was made would come in again, and nobody be told."""
    newer = JoinedArchive.objects.filter(
        **place, origin=manifest.origin, state__in=(SHOWN, JOINED), made_at__gt=manifest.made_at
    )
    if newer.exists():
        raise Refused(
            "archives.older",
            _("这个地区已经并入了更新的档案包，旧的不再并入：此后撤销和抹除的内容会被它带回来。"),
        )


def _take(joined: JoinedArchive, joining: Joining, manifest: Manifest, part: Part) -> None:
    present = JoinedArchive.objects.select_for_update().get(pk=joined.pk)
    if part.name in present.parts or present.state == JOINED:
        return
    hold_place(joining.place)
    commit_lazily()
    joining.batches, joining.undone = list(present.batches), list(present.undone)
    taken = _taken(joining, manifest, part, shown=present.state == SHOWN)
    if taken is not None:
        counts = Counter(present.counts.get(part.table, {}))
        counts.update(rows=manifest.parts[part.name][0])
        counts.update(taken)
        present.parts = [*present.parts, part.name]
        present.counts = {**present.counts, part.table: dict(counts)}
    present.batches, present.undone = joining.batches, joining.undone
    present.save(update_fields=["parts", "batches", "undone", "counts"])


def _taken(joining: Joining, manifest: Manifest, part: Part, *, shown: bool) -> Counter[str] | None:
    """What was new in a part; None when it is not its turn yet."""
    if part.table == TRAIL:
        return Counter(new=append_rows(origin=manifest.origin, region=manifest.region, rows=part.rows))
    carried = CARRIED.get(part.table)
    if carried is None:
        raise Refused(
            "archives.unknown", _("档案包里有本系统不认识的表 {table}，请先升级。").format(table=part.table)
        )
    if carried.late and not shown:
        carried.foresee(joining, part.rows)
        return None
    return carried.take(joining, part.rows)


def _withdraw(joined: JoinedArchive) -> None:
    """Take back, under the archive's batch, the imports that were undone where it comes from.

    What only they mentioned got its card with the archive that brought them.
    """
    own = joined.batch_id
    if not joined.undone or own is None:
        return
    earlier = JoinedArchive.objects.filter(origin=joined.origin, state=JOINED).values_list("batch", flat=True)
    for batch in (*map(UUID, joined.undone), *earlier):
        in_steps(
            place_of(joined),
            lambda pace, batch=batch: backwards(lambda each: each.withdraw(batch, own, pace)),  # type: ignore[misc]
        )


def _show(actor: Actor, joined: JoinedArchive, manifest: Manifest) -> None:
    present = JoinedArchive.objects.select_for_update().get(pk=joined.pk)
    if present.state != JOINING or present.batch_id is None:
        return
    batches, batch = present.batches, present.batch_id
    for carried in CARRIED:
        carried.show(batch)
    Batch.objects.filter(pk__in=batches).update(hidden=False)
    now = datetime.now(UTC)
    undone = SheetImport.objects.filter(batch__in=present.undone, state=ImportState.PUBLISHED)
    undone.update(state=ImportState.UNDONE, undone_at=now)
    show_batch(batch, place_of(present))
    close_segment(actor=actor, origin=manifest.origin)
    present.state, present.joined_at = SHOWN, now
    present.save(update_fields=["state", "joined_at"])


def _end(actor: Actor, joined: JoinedArchive, manifest: Manifest) -> None:
    present = JoinedArchive.objects.select_for_update().get(pk=joined.pk)
    if present.state != SHOWN:
        return
    present.state = JOINED
    present.save(update_fields=["state"])
    record(
        actor=actor, action="archives.archive.joined", target_kind="archive", target=present.pk,
        region=manifest.region, purpose=source_of(manifest), new={"sha256": present.digest, "rows": present.counts},
    )  # fmt: skip
