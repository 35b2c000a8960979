"""Writing what a region knows into one sealed file. Nothing is changed by it but the trail, which says that it was done."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.scope import Node, Scope
from chelun.platform.accounts.models import Grant
from chelun.platform.archives.carried import Area, Row, in_order
from chelun.platform.archives.packing import FORMAT, Manifest, write_packed
from chelun.platform.audit.models import ChainHead
from chelun.platform.audit.segments import trail_origin, trail_rows
from chelun.platform.audit.services import record
from chelun.platform.regions.selectors import name_of, place, within
from chelun.platform.sheets.models import Batch

TRAIL = "trail"


def write_archive(*, actor: Actor, region: str, path: Path, passphrase: str) -> Manifest:
    """Everything that is carried of a region, into a new file. Refused while an import or undoing is at work there."""
    found = place(region)
    if found is None or len(found.code) != 6:
        raise NotFound
    area = Area(found.code)
    if area.rows(Batch).filter(hidden=True).exists():
        raise Refused("archives.busy", _("这个地区正有一批数据入库或撤销，等它完成后再打包。"))
    # The row that says so is the last one that travels.
    record(
        actor=actor, action="archives.archive.begun", target_kind="region", target=area.code, region=area.code
    )  # fmt: skip
    end = ChainHead.objects.get(pk=1).seq
    whole = serves_only(area.code)
    manifest = Manifest(
        FORMAT, version("chelun"), area.code, name_of(area.code), datetime.now(UTC).isoformat(timespec="seconds"),
        trail_origin(), whole,
    )  # fmt: skip
    digest = write_packed(path, passphrase, manifest, _tables(area, end, whole=whole))
    record(
        actor=actor, action="archives.archive.written", target_kind="region", target=area.code, region=area.code,
        new={"sha256": digest, "rows": manifest.counts},
    )  # fmt: skip
    return manifest


def serves_only(region: str) -> bool:
    """Whether everybody who has a role here has it within the region: then its whole trail is the region's."""
    scope = Scope.of([Node("region", region)])
    keys = Grant.objects.filter(node_kind="region").values_list("node_key", flat=True).distinct()
    return all(within(key, scope) for key in keys)


def _tables(area: Area, end: int, *, whole: bool) -> Iterator[tuple[str, Iterable[Row]]]:
    for carried in in_order():
        yield carried.name, carried.write(area)
    scope = Scope.of([Node("region", area.code)])

    def concerns(region: str) -> bool:
        return whole or bool(region and within(region, scope))

    yield TRAIL, trail_rows(concerns, end)
