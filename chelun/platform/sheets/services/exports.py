"""Lists that leave the house: written sealed, with a watermark and a purpose, logged, gone after some days."""

from collections.abc import Iterable, Mapping
from typing import BinaryIO, cast

from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.platform.audit.services import record
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.models import StoredFile
from chelun.platform.sheets.services.files import enter_file, new_sealed
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
    if not purpose.strip():
        raise Refused("sheets.export.purpose", _("请写明导出的用途，它会印在每一页上。"))
    stamp = localtime(now()).strftime("%Y-%m-%d %H:%M")
    watermark = Watermark(actor.actor_name, stamp, purpose.strip()[:200])
    with private_folder() as folder, new_sealed() as (file_id, writer):
        rows = write_tables(cast(BinaryIO, writer), tables, watermark=watermark, say=_, tmpdir=folder)
    file = enter_file(
        file_id=file_id, size=writer.size, actor=actor, kind="export", name=f"{name[:150]}.xlsx",
        place=placed(region), purpose=purpose.strip(),
    )  # fmt: skip
    record(
        actor=actor, action=action, target_kind="file", target=file.pk, region=region,
        purpose=purpose.strip(), new={**noted, "rows": rows},
    )  # fmt: skip
    return file
