"""Sending tables as a workbook at once: watermarked, and written down."""

import tempfile
from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.ui import minute
from chelun.platform.audit.services import record
from chelun.platform.sheets.writing.export import ExportTable, Watermark, write_tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(
    actor: Actor,
    name: str,
    region: str,
    *tables: ExportTable,
    purpose: str,
    action: str = "sheets.table.exported",
) -> HttpResponse:
    """A download of tables, each on a sheet of its own, with a log row that says for what."""
    mark = Watermark(actor.actor_name, minute(timezone.now()), purpose)
    with tempfile.TemporaryDirectory(prefix="chelun-") as folder:
        body = BytesIO()
        write_tables(body, tables, watermark=mark, say=_, tmpdir=folder)
    record(
        actor=actor,
        action=action,
        target_kind="table",
        target=name,
        region=region,
        purpose=purpose,
    )
    response = HttpResponse(body.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
