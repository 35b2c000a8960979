"""Bringing the published tables in, again and again if need be."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.platform.audit.services import record
from chelun.platform.regions.atlas import forget_atlas
from chelun.platform.regions.models import Region, RegionChange
from chelun.platform.regions.source import ChangeRow, GeoData, RegionRow, read_geodata

_COLUMNS = [field.name for field in fields(RegionRow)]
_CHANGE_COLUMNS = [field.name for field in fields(ChangeRow)]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: numbers of regions, and of changes that the tables now hold."""

    created: int
    changed: int
    unchanged: int
    retired: int
    changes: int


def load_regions(*, actor: Actor, provinces: Collection[str] = (), folder: Path | None = None) -> Loaded:
    """Bring the published tables in (all, or the `provinces` given by their first two digits). Can be repeated.

    A code that the tables no longer name is never removed, it ends. Refused when the files are not there.
    """
    done = store_regions(provinces=provinces, folder=folder)
    if done.created or done.changed or done.retired:
        record(actor=actor, action="regions.geodata.loaded", target_kind="region", new=asdict(done))
    return done


def store_regions(*, provinces: Collection[str] = (), folder: Path | None = None) -> Loaded:
    """`load_regions` without its audit row, for the data that tests begin with."""
    chosen = frozenset(code[:2] for code in provinces)
    data = _read(folder or settings.CHELUN_GEODATA_DIR, chosen)
    with transaction.atomic():
        done = _store(data, chosen)
    forget_atlas()
    return done


def _read(folder: Path, provinces: frozenset[str]) -> GeoData:
    try:
        return read_geodata(folder, provinces)
    except (OSError, ValueError, KeyError) as error:
        text = _(
            "读不到区划数据（{folder}）。请先运行 make setup，或用 CHELUN_GEODATA_DIR 指明数据所在的文件夹。"
        )
        raise Refused("regions.geodata_missing", text.format(folder=folder)) from error


def _store(data: GeoData, provinces: frozenset[str]) -> Loaded:
    kept = Region.objects.filter(province__in=[f"{code}0000" for code in provinces])
    rows = (kept if provinces else Region.objects.all()).values_list(*_COLUMNS)
    before = {row[0]: RegionRow(*row) for row in rows}
    after = {row.code: row for row in data.regions}
    ended = _ended(before, after)
    fresh = [row for code, row in after.items() if code not in before]
    other = [row for code, row in after.items() if code in before and before[code] != row]
    _write([*fresh, *other, *ended])
    _replace_changes(data.changes, partial=bool(provinces))
    return Loaded(
        len(fresh), len(other), len(after) - len(fresh) - len(other), len(ended), RegionChange.objects.count()
    )


def _ended(before: dict[str, RegionRow], after: dict[str, RegionRow]) -> list[RegionRow]:
    """Codes in force that the new tables do not name: they end in the last year that the tables know."""
    year = max((row.to_year or row.from_year for row in after.values()), default=0)
    return [
        replace(row, to_year=max(year, row.from_year))
        for code, row in before.items()
        if row.to_year is None and code not in after
    ]


def _write(rows: Sequence[RegionRow]) -> None:
    Region.objects.bulk_create(
        [Region(**asdict(row)) for row in rows],
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_COLUMNS[1:],
    )


def _replace_changes(changes: Sequence[ChangeRow], *, partial: bool) -> None:
    before = [ChangeRow(*row) for row in RegionChange.objects.order_by("id").values_list(*_CHANGE_COLUMNS)]
    if partial:
        known = set(before)
        changes = [*before, *(change for change in changes if change not in known)]
    if list(changes) == before:
        return
    RegionChange.objects.all().delete()
    RegionChange.objects.bulk_create([RegionChange(**asdict(change)) for change in changes], batch_size=2000)
