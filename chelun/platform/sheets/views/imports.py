"""The list of imports, and the page of one import in each of its states."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.sheets.choices import WORKING_STATES, ImportState
from chelun.platform.sheets.forms import ImportFilter
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.selectors import differing, results
from chelun.platform.sheets.selectors.imports import import_get, import_list, import_regions
from chelun.platform.sheets.selectors.shown import import_facts, import_table, mapping_summary, step_of
from chelun.platform.sheets.services.steps import job_at_work, rows_of


@page("sheets.import")
def import_list_page(request: PageRequest) -> HttpResponse:
    """All imports that the reader may see, the newest first."""
    form = ImportFilter(request.GET or None, regions=import_regions(scope=request.scope))
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = import_list(
        scope=request.scope, state=chosen.get("state", ""), source=chosen.get("source", ""),
        region=chosen.get("region", ""),
        owner_id=getattr(request.actor, "id", None) if chosen.get("mine") else None,
    )  # fmt: skip
    address = Address.of(request)
    turned = keyset_page(rows, ("-created_at", "-id"), address)
    context = {
        "form": form, "address": address, "page": turned, "count": capped_count(rows),
        "table": import_table(turned.items, address),
    }  # fmt: skip
    return render(request, "sheets/import_list.html", context)


@page("sheets.import")
def import_detail(request: PageRequest, import_id: UUID) -> HttpResponse:
    """One import: what was found, what comes next."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    if sheet_import.state == ImportState.MAPPING and not request.htmx:
        return redirect("sheets:import_mapping", import_id)
    job = job_at_work(sheet_import)
    if request.htmx and job is None:
        return HttpResponseClientRefresh()
    context = {"import": sheet_import, "job": job}
    if request.htmx:
        return render(request, "sheets/parts/progress.html", context)
    return render(request, "sheets/import_detail.html", {**context, **_shown(request, sheet_import)})


def _shown(request: PageRequest, sheet_import: SheetImport) -> dict[str, Any]:
    state = sheet_import.state
    shown: dict[str, Any] = {
        "facts": import_facts(sheet_import), "step": step_of(state), "working": state in WORKING_STATES,
        "columns_out": results.left_out_columns(sheet_import), "rows_out": results.left_out_rows(sheet_import),
        "may_undo": request.actor.has("sheets.undo"), "rows": rows_of(sheet_import),
    }  # fmt: skip
    if state in (ImportState.CHECKED, ImportState.PUBLISHED, ImportState.UNDONE):
        checked = state == ImportState.CHECKED
        stats = results.preview_stats if checked else results.outcome_stats
        shown |= {
            "stats": stats(sheet_import), "mappings": mapping_summary(sheet_import),
            "differs": differing.difference_stats(sheet_import) if checked else [],
            "nothing": checked and results.nothing_passed(sheet_import),
            "outcome": None if checked else results.outcome_table(sheet_import),
            "problems": results.said_of(sheet_import, "problems"),
            "warnings": results.said_of(sheet_import, "warnings"),
        }  # fmt: skip
    return shown


@page("sheets.import")
def import_refused(request: PageRequest, import_id: UUID) -> HttpResponse:
    """The refused rows, page by page, each with what is wrong and what to do."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    shown = results.refusal_page(sheet_import, _page_asked(request))
    title = _("退回的行")
    return render(
        request, "sheets/import_refused.html", {"import": sheet_import, "shown": shown, "title": title}
    )


@page("sheets.import")
def import_differences(request: PageRequest, import_id: UUID) -> HttpResponse:
    """How a filled form differs from the register: what is new, changed, gone. Before anything is written."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    shown = differing.difference_page(sheet_import, request.GET.get("what", ""), _page_asked(request))
    words = {
        "new": _("名册没有，表里有"),
        "changed": _("两边不一样"),
        "gone": _("名册有，表里没有"),
    }
    context = {
        "import": sheet_import, "shown": shown, "title": _("与名册比对"), "heading": words[shown.what],
        "stats": differing.difference_stats(sheet_import),
    }  # fmt: skip
    return render(request, "sheets/import_differences.html", context)


def _page_asked(request: PageRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 8 else 1
