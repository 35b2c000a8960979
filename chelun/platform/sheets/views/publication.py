"""Acts on an import: bring it in, take up cut-off work, give it up, take it back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.pages import PageRequest, page
from chelun.platform.sheets.forms import UndoForm
from chelun.platform.sheets.selectors.imports import import_get
from chelun.platform.sheets.selectors.shown import import_facts
from chelun.platform.sheets.services.steps import give_up, go_on, start_publication, start_undo


@page("sheets.import")
@require_POST
def import_publish(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Bring the checked rows in."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    start_publication(actor=request.actor, sheet_import=sheet_import)
    return redirect("sheets:import_detail", import_id)


@page("sheets.import")
@require_POST
def import_continue(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Take up work that was cut off."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    go_on(actor=request.actor, sheet_import=sheet_import)
    return redirect("sheets:import_detail", import_id)


@page("sheets.import")
def import_cancel(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Ask, then give the import up."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    if request.method == "POST":
        give_up(actor=request.actor, sheet_import=sheet_import)
        return redirect("sheets:import_detail", import_id)
    context = {
        "heading": _("放弃这次导入？"),
        "text": _("这份表不会入库，已经读取的内容会立即清除。名册不受影响，以后可以重新上传。"),
        "facts": import_facts(sheet_import), "button": _("放弃导入"),
        "cancel_url": reverse("sheets:import_detail", args=[import_id]), "name": sheet_import.file_name,
    }  # fmt: skip
    return render(request, "core/confirm.html", context)


@page("sheets.undo")
def import_undo(request: PageRequest, import_id: UUID) -> HttpResponse:
    """Ask for the reason, then take the import back."""
    sheet_import = import_get(scope=request.scope, import_id=import_id)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        start_undo(actor=request.actor, sheet_import=sheet_import, reason=form.cleaned_data["reason"])
        return redirect("sheets:import_detail", import_id)
    context = {
        "heading": _("撤销这次导入？"),
        "text": _("这次导入带来的内容会整批收回，名册恢复到没有这份表的样子。撤销前，大家看到的仍是现在的名册。"),
        "facts": import_facts(sheet_import), "button": _("撤销导入"), "form": form,
        "cancel_url": reverse("sheets:import_detail", args=[import_id]), "name": sheet_import.file_name,
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)
