"""What the columns of a file mean: shown, corrected, confirmed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.forms import read_proposals, register_options
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.selectors import results
from chelun.platform.sheets.selectors.columns import Proposal, present_proposals, table_choices
from chelun.platform.sheets.selectors.imports import import_get
from chelun.platform.sheets.services.steps import start_check


@page("sheets.import")
def import_mapping(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Show each table with its columns; take the clerk's corrections and go on to the check."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    if sheet_import.state not in (ImportState.MAPPING, ImportState.CHECKED):
        return redirect("sheets:import_detail", import_id)
    if request.method != "POST":
        return _shown(request, sheet_import, present_proposals(sheet_import))
    proposals, again = read_proposals(sheet_import, request.POST.dict())
    if again:
        return _shown(request, sheet_import, proposals, _("已按新的登记类别重新识别列，请核对后再确认。"))
    choices = [{"register": chosen.register, "mapping": dict(chosen.mapping)} for chosen in proposals]
    try:
        start_check(actor=request.actor, sheet_import=sheet_import, choices=choices)
    except Refused as refusal:
        return _shown(request, sheet_import, proposals, refusal.message, 422)
    messages.success(request, _("对应列已确认，同一来源的下一份表会照此处理。"))
    return redirect("sheets:import_detail", import_id)


def _shown(
    request: PageRequest,
    sheet_import: SheetImport,
    proposals: list[Proposal],
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    tables = table_choices(sheet_import, proposals)
    context = {
        "import": sheet_import, "told": told, "refused": status == 422,
        "tables": [(table, register_options(table.register)) for table in tables],
        "asks": sum(table.asks for table in tables),
        "columns_out": results.left_out_columns(sheet_import), "rows_out": results.left_out_rows(sheet_import),
    }  # fmt: skip
    return render(request, "sheets/import_mapping.html", context, status=status)
