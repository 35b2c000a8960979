"""Bringing a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import day
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.forms import UploadForm
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.selectors.imports import earlier_sources, import_regions
from chelun.platform.sheets.selectors.shown import owners_of
from chelun.platform.sheets.services.receiving import receive_sheet
from chelun.platform.sheets.services.steps import READ, after_reading, give_to_worker
from chelun.platform.sheets.uploads import was_too_large


@page("sheets.import")
def import_new(request: PageRequest) -> HttpResponse:
    """Choose a file and say where it comes from."""
    regions = import_regions(scope=request.scope)
    sent = request.POST if request.method == "POST" else None
    form = UploadForm(sent, request.FILES if sent is not None else None, regions=regions)
    if was_too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", _("文件超过 150 MB，请拆成几份再上传。"))
    elif sent is not None and form.is_valid():
        try:
            return redirect("sheets:import_detail", _received(request, form.cleaned_data).pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "sources": earlier_sources(scope=request.scope), "registers": list(REGISTERS)}
    return render(request, "sheets/import_new.html", context, status=422 if form.errors else 200)


def _received(request: PageRequest, sent: dict[str, Any]) -> SheetImport:
    """Take the file in, and go as far as can be gone without asking."""
    file = sent["file"]
    sheet_import, waits = receive_sheet(
        actor=request.actor, file=file, name=file.name, region=sent["region"], source=sent["source"],
        as_of=sent["as_of"],
    )  # fmt: skip
    if waits:
        give_to_worker(request.actor, sheet_import, READ)
    elif sheet_import.state == ImportState.PUBLISHED:
        told = _("同样的文件已在 {day} 由 {who} 入库，这次没有任何变化。下面是那一次的结果。")
        messages.info(
            request,
            told.format(day=day(sheet_import.published_at), who=owners_of([sheet_import])[sheet_import.pk]),
        )
    else:
        after_reading(actor=request.actor, sheet_import=sheet_import)
    return sheet_import
