"""What the platform's own rooms send along: batches, the record of imports, what the place has decided, its forms, who looked, who was erased."""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.scope import Node, Scope
from chelun.platform.archives.carried import (
    CARRIED,
    Area,
    Carried,
    Joining,
    Row,
    Take,
    Write,
    plain_row,
    read_row,
)
from chelun.platform.archives.selectors import identities, names_of_acts
from chelun.platform.fields.models import OwnField
from chelun.platform.privacy.choices import ErasureState
from chelun.platform.privacy.kinds import SUBJECT_KINDS
from chelun.platform.privacy.models import AccessRecord, ErasureShare
from chelun.platform.privacy.services.erasing import propose_as_told
from chelun.platform.regions.acts import NAMINGS
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.selectors import name_of, within
from chelun.platform.sheets.choices import ImportState, LayoutState
from chelun.platform.sheets.models import Batch, Layout, SheetImport
from chelun.platform.sheets.services.layouts import form_bytes, take_layout

BATCHES, SETTINGS, FIELDS, FORMS, IMPORTS, LOOKS, ERASED = 10, 20, 25, 27, 30, 90, 95
OVER = (ImportState.PUBLISHED, ImportState.UNDONE)


def _write_batches(area: Area) -> Iterator[Row]:
    for batch in area.rows(Batch).filter(hidden=False).order_by("id").iterator():
        yield plain_row(batch, "hidden")


def _take_batches(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """They stay hidden until the archive shows, and are told apart from those that were here before."""
    new = _new(Batch, rows)
    Batch.objects.bulk_create(Batch(**read_row(Batch, row), hidden=True) for row in new)
    for row in new:
        Batch.objects.filter(pk=row["id"]).update(created_at=row["created_at"])
    joining.batches += [row["id"] for row in new]
    return Counter(new=len(new))


def _write_imports(area: Area) -> Iterator[Row]:
    for each in area.rows(SheetImport).filter(state__in=OVER).order_by("id").iterator():
        yield plain_row(each, "file_id", "refusals_id", "job_id", "owner_id")


def _take_imports(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    new = _new(SheetImport, rows)
    SheetImport.objects.bulk_create(SheetImport(**read_row(SheetImport, row)) for row in new)
    for row in new:
        SheetImport.objects.filter(pk=row["id"]).update(created_at=row["created_at"])
    return Counter(new=len(new))


def _undone_since(joining: Joining, rows: Sequence[Row]) -> None:
    """The imports that stand here and were taken back there since the last archive."""
    gone = [row["id"] for row in rows if row["state"] == ImportState.UNDONE]
    standing = SheetImport.objects.filter(pk__in=gone, state=ImportState.PUBLISHED)
    joining.undone += [str(batch) for batch in standing.values_list("batch", flat=True)]


def _write_settings(area: Area) -> Iterator[Row]:
    scope = Scope.of([Node("region", area.code)])
    yield from (plain_row(each) for each in PlaceSetting.objects.order_by("id") if within(each.region, scope))


def _take_settings(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """What is decided here already stays; it is counted, so that somebody compares."""
    counts: Counter[str] = Counter()
    for row in rows:
        values = read_row(PlaceSetting, row)
        known = PlaceSetting.objects.filter(region=values["region"], key=values["key"]).first()
        if known is None:
            PlaceSetting.objects.create(**values)
        counts["new" if known is None else "differs" if known.value != values["value"] else "same"] += 1
    return counts


def _write_fields(area: Area) -> Iterator[Row]:
    yield from map(plain_row, area.rows(OwnField).order_by("id").iterator())


def _take_fields(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """The fields that the place has added: facts are called by their keys. One that is here already stays as it is."""
    new = _new(OwnField, rows)
    OwnField.objects.bulk_create(OwnField(**read_row(OwnField, row)) for row in new)
    for row in new:
        OwnField.objects.filter(pk=row["id"]).update(created_at=row["created_at"])
    return Counter(new=len(new))


def _write_forms(area: Area) -> Iterator[Row]:
    """The bureau's own forms that a place uses or has used, each with its blank workbook; what is lost is left out."""
    for layout in area.rows(Layout).exclude(state=LayoutState.DRAFT).order_by("id").iterator():
        with suppress(Refused):
            content = b64encode(form_bytes(layout)).decode()
            yield {**plain_row(layout, "file_id", "signature"), "content": content}


def _take_forms(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """Judged by the rules of this installation. One that is here already stays as it is."""
    counts: Counter[str] = Counter()
    for row in _new(Layout, rows):
        layout = Layout(**read_row(Layout, row))
        taken = take_layout(actor=joining.actor, layout=layout, content=b64decode(row["content"]))
        Layout.objects.filter(pk=row["id"]).update(made_at=row["made_at"])
        counts["new" if taken else "left_out"] += 1
    return counts


def _staying() -> list[str]:
    """The kinds of subjects that stay where they are, with whatever is told of them."""
    return [kind.name for kind in SUBJECT_KINDS if not kind.travels]


def _write_looks(area: Area) -> Iterator[Row]:
    scope = Scope.of([Node("region", area.code)])
    places = AccessRecord.objects.order_by().values_list("region", flat=True).distinct()
    homes = [code for code in places if code and within(code, scope)]
    rows = AccessRecord.objects.filter(region__in=homes).exclude(subject_kind__in=_staying())
    for record in rows.order_by("id").iterator():
        yield plain_row(record)


def _take_looks(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    new = _new(AccessRecord, rows)
    today = identities([UUID(row["subject"]) for row in new])
    records = [
        AccessRecord(**{**read_row(AccessRecord, row), "subject": today[UUID(row["subject"])]}) for row in new
    ]
    AccessRecord.objects.bulk_create(records)
    for row in new:
        AccessRecord.objects.filter(pk=row["id"]).update(at=row["at"])
    return Counter(new=len(new))


def _write_erased(area: Area) -> Iterator[Row]:
    """Whom the region's places have erased: a key that opens nothing, the place, the ground and the day."""
    shares = area.rows(ErasureShare).filter(erasure__state=ErasureState.DONE).select_related("erasure")
    for share in shares.exclude(erasure__subject_kind__in=_staying()).order_by("id").iterator():
        erasure = share.erasure
        yield {
            "subject": str(erasure.subject),
            "kind": erasure.subject_kind,
            "home": share.home,
            "ground": erasure.ground,
            "day": f"{localtime(erasure.done_at):%Y-%m-%d}",
        }


def _take_erased(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """What the place said of somebody whom it has erased since is proposed to be erased here: a second person decides."""
    today = identities([UUID(row["subject"]) for row in rows])
    counts: Counter[str] = Counter()
    for row in rows:
        reason = _("{place}已于 {day} 抹除，由档案包告知").format(place=name_of(row["home"]), day=row["day"])
        proposed = propose_as_told(
            actor=joining.actor, kind=row["kind"], subject=today[UUID(row["subject"])], home=row["home"],
            ground=row["ground"], reason=reason,
        )  # fmt: skip
        counts["new" if proposed else "kept"] += 1
    return counts


def _new(model: type[models.Model], rows: Sequence[Row]) -> list[Row]:
    held: Any = model._default_manager.filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True)
    known = set(map(str, held))
    return [row for row in rows if row["id"] not in known]


def _carry(name: str, order: int, write: Write, take: Take, **further: Any) -> None:
    CARRIED.add(name, Carried(name, order, write, take, **further))


_carry("sheets.batch", BATCHES, _write_batches, _take_batches)
_carry("regions.setting", SETTINGS, _write_settings, _take_settings, late=True)
_carry("fields.field", FIELDS, _write_fields, _take_fields, late=True)
_carry("sheets.layout", FORMS, _write_forms, _take_forms, late=True)
_carry("sheets.import", IMPORTS, _write_imports, _take_imports, late=True, foresee=_undone_since)
_carry("privacy.look", LOOKS, _write_looks, _take_looks, late=True)
_carry("privacy.erased", ERASED, _write_erased, _take_erased, late=True)
NAMINGS.add("archives", names_of_acts)
