"""Lists that leave the house: written sealed, with a watermark and a purpose, logged, gone after some days."""

from collections.abc import Iterable, Mapping
from typing import BinaryIO, cast
from uuid import UUID

from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.reasons import without_numbers
from chelun.platform.audit.services import record
from chelun.platform.regions.selectors import name_of, placed
from chelun.platform.sheets.layouts.fill import RowValues, fill
from chelun.platform.sheets.models import Layout, StoredFile
from chelun.platform.sheets.services.files import enter_file, new_sealed
from chelun.platform.sheets.services.layouts import form_of, told
from chelun.platform.sheets.services.refusals import private_folder
from chelun.platform.sheets.writing import ExportTable, Watermark, write_tables


def export_tables(
    *,
    actor: Actor,
    name: str,
    region: str,
    purpose: str,
    tables: Iterable[ExportTable],
    action: str,
    noted: Mapping[str, object],
) -> StoredFile:
    """Write tables as one sealed .xlsx that only the actor can fetch (`sheets:export_download`), and log it.

    `name` is the file's name without suffix, `region` the code of the place whose rows they are; rows are streamed,
    already narrowed to the actor's scope and masked as he may see them. The trail gets `action` with `noted` and the
    number of rows. Refused without a purpose.
    """
    watermark = _watermark(actor, purpose)
    with private_folder() as folder, new_sealed() as (file_id, writer):
        rows = write_tables(cast(BinaryIO, writer), tables, watermark=watermark, say=_, tmpdir=folder)
    return _entered(actor, file_id, writer.size, name, region, purpose, action, {**noted, "rows": rows})


def export_form(
    *,
    actor: Actor,
    name: str,
    region: str,
    purpose: str,
    layout: Layout,
    rows: Iterable[RowValues],
    count: int,
    action: str,
    noted: Mapping[str, object],
) -> StoredFile:
    """Fill a bureau's own form with `count` rows (streamed) as one sealed .xlsx; all else as `export_tables`.

    Refused when the form is gone or cannot hold so many rows.
    """
    mark = _watermark(actor, purpose).line(_)
    fixed = {
        "place": name_of(region), "day": localtime(now()).strftime("%Y-%m-%d"), "who": getattr(actor, "person_name", actor.actor_name),
        "purpose": purpose.strip()[:200],
    }  # fmt: skip
    parts, shape = form_of(layout)
    with told(), new_sealed() as (file_id, writer):
        written = fill(cast(BinaryIO, writer), parts, shape, rows, count, fixed, mark)
    noted = {**noted, "rows": written, "layout": str(layout.pk), "version": layout.version}
    return _entered(actor, file_id, writer.size, name, region, purpose, action, noted)


def _watermark(actor: Actor, purpose: str) -> Watermark:
    """Who takes something away, when and for what. Refused without a purpose."""
    if not purpose.strip():
        raise Refused("sheets.export.purpose", _("请写明导出的用途，它会印在每一页上。"))
    stamp = localtime(now()).strftime("%Y-%m-%d %H:%M")
    return Watermark(actor.actor_name, stamp, without_numbers(purpose.strip()[:200]))


def _entered(
    actor: Actor,
    file_id: UUID,
    size: int,
    name: str,
    region: str,
    purpose: str,
    action: str,
    noted: Mapping[str, object],
) -> StoredFile:
    """Write down that a sealed export lies there, and who made it for what."""
    file = enter_file(
        file_id=file_id, size=size, actor=actor, kind="export", name=f"{name[:150]}.xlsx",
        place=placed(region), purpose=purpose.strip(),
    )  # fmt: skip
    record(
        actor=actor, action=action, target_kind="file", target=file.pk, region=region,
        purpose=purpose.strip(), new=dict(noted),
    )  # fmt: skip
    return file
