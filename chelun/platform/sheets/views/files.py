"""Files out: refusal workbooks, templates, exports."""

import io
from collections.abc import Iterator
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, keyset_page
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.words import home_region
from chelun.platform.sheets.models import StoredFile
from chelun.platform.sheets.registers import registers_at
from chelun.platform.sheets.selectors.files import export_get, export_list, export_table
from chelun.platform.sheets.selectors.imports import import_get
from chelun.platform.sheets.services.downloads import open_for_download, template_bytes
from chelun.platform.sheets.vault import CHUNK
from chelun.platform.sheets.wording import register_label

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("sheets.import")
def refusals_download(request: PageRequest, import_id: UUID) -> HttpResponseBase:
    """The workbook of refused rows."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    if sheet_import.refusals is None:
        raise NotFound
    return _sent(request, sheet_import.refusals)


@page("sheets.import")
def template_download(request: PageRequest, register: str) -> HttpResponseBase:
    """An empty workbook of a register's sheet, with the fields that the reader's place has added."""
    found = registers_at(placed(home_region(request.scope))).get(register)
    if found is None:
        raise NotFound
    name = _("{register}登记模板.xlsx").format(register=register_label(register))
    return FileResponse(
        io.BytesIO(template_bytes(found)), as_attachment=True, filename=name, content_type=XLSX
    )


@page("people.export")
def export_list_page(request: PageRequest) -> HttpResponse:
    """The reader's own exports that have not expired."""
    address = Address.of(request)
    turned = keyset_page(
        export_list(scope=request.scope, owner=request.actor), ("-created_at", "-id"), address
    )
    context = {"page": turned, "table": export_table(turned.items)}
    return render(request, "sheets/export_list.html", context)


@page("people.export")
def export_download(request: PageRequest, file_id: UUID) -> HttpResponseBase:
    """One of the reader's own exports."""
    return _sent(request, export_get(scope=request.scope, owner=request.actor, file_id=file_id))


def _sent(request: PageRequest, file: StoredFile) -> HttpResponseBase:
    """A stored file, opened chunk by chunk on its way out."""
    plain = open_for_download(actor=request.actor, file=file)

    def parts() -> Iterator[bytes]:
        with plain:
            while part := plain.read(CHUNK):
                yield part

    response = StreamingHttpResponse(parts(), content_type=XLSX)
    named = FileResponse(io.BytesIO(), as_attachment=True, filename=file.name)
    response["Content-Disposition"] = named["Content-Disposition"]
    response["Content-Length"] = str(file.size)
    return response
