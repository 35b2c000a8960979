"""Forms of places: the list, the upload, the page on which a form is explained once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, keyset_page
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.choices import LayoutState
from chelun.platform.sheets.layout_forms import LayoutUploadForm, check_sent, read_shape
from chelun.platform.sheets.layouts.shape import Shape, shape_of
from chelun.platform.sheets.models import Layout
from chelun.platform.sheets.registers import REGISTERS, Register, registers_at
from chelun.platform.sheets.selectors import layout_pages
from chelun.platform.sheets.selectors.imports import import_regions
from chelun.platform.sheets.selectors.layouts import layout_get, layouts_seen
from chelun.platform.sheets.services.layouts import (
    PERMISSION,
    begin_layout,
    confirm_layout,
    look_again,
    rest_layout,
    sheets_of,
)
from chelun.platform.sheets.uploads import was_too_large


@page(PERMISSION)
def layout_list(request: PageRequest) -> HttpResponse:
    """The forms of the reader's places, and those from above."""
    turned = keyset_page(layouts_seen(request.scope), ("-made_at", "-id"), Address.of(request))
    table = layout_pages.layout_table(turned.items, request.scope)
    return render(request, "sheets/layout_list.html", {"page": turned, "table": table})


@page(PERMISSION)
def layout_new(request: PageRequest) -> HttpResponse:
    """Bring a form."""
    sent = request.POST if request.method == "POST" else None
    files = request.FILES if sent is not None else None
    form = LayoutUploadForm(sent, files, regions=import_regions(scope=request.scope))
    if was_too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", _("文件太大，版式只要空白表。"))
    elif sent is not None and form.is_valid():
        try:
            return redirect("sheets:layout_map", _begun(request, form.cleaned_data).pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "sheets/layout_new.html", {"form": form}, status=422 if form.errors else 200)


def _begun(request: PageRequest, sent: dict[str, Any]) -> Layout:
    file = sent["file"]
    return begin_layout(
        actor=request.actor, region=sent["region"], register=sent["register"], name=sent["name"], file=file,
        file_name=file.name,
    )  # fmt: skip


@page(PERMISSION)
def layout_map(request: PageRequest, layout_id: UUID) -> HttpResponseBase:
    """Which column is which field, where the table stands, what is filled in beside it: shown, corrected, confirmed."""
    layout = layout_get(request.scope, layout_id)
    sent = request.POST.dict()
    register = sent.get("register", layout.register)
    shape = shape_of(layout.shape)
    if request.method != "POST":
        return _shown(request, layout, register, shape)
    if REGISTERS.get(register) is None or "again" in sent:
        return _again(request, layout, register, sent.get("sheet", shape.sheet))
    shape = read_shape(shape if sent.get("sheet", "") == shape.sheet else _other(request, layout, sent), sent)
    try:
        check_sent(shape, sent)
        confirm_layout(actor=request.actor, layout=layout, register=register, shape=shape)
    except Refused as refusal:
        return _shown(request, layout, register, shape, refusal.message, 422)
    messages.success(request, _("版式已启用：导出名单时可以选它，照它填好的表上传后不用再对列。"))
    return redirect("sheets:layout_list")


def _other(request: PageRequest, layout: Layout, sent: dict[str, str]) -> Shape:
    """The form as it was shown for another sheet than the one that is kept."""
    register = sent.get("register", layout.register)
    return look_again(actor=request.actor, layout=layout, register=register, sheet=sent.get("sheet", ""))


def _again(request: PageRequest, layout: Layout, register: str, sheet: str) -> HttpResponse:
    register = register if REGISTERS.get(register) else layout.register
    try:
        shape = look_again(actor=request.actor, layout=layout, register=register, sheet=sheet)
    except Refused as refusal:
        return _shown(request, layout, layout.register, shape_of(layout.shape), refusal.message, 422)
    return _shown(request, layout, register, shape, _("已重新识别，请核对后再确认。"))


def _shown(
    request: PageRequest, layout: Layout, register: str, shape: Shape, told: str = "", status: int = 200
) -> HttpResponse:
    found = _register(layout, register)
    context = {
        "layout": layout, "shape": shape, "told": told, "refused": status == 422,
        "facts": layout_pages.layout_facts(layout), "columns": layout_pages.column_lines(shape, found),
        "cells": layout_pages.cell_lines(shape), "missing": layout_pages.missing_fields(shape, found),
        "sheets": sheets_of(layout) if layout.file_id else [shape.sheet],
        "registers": [(each.name, _(each.label), each.name == found.name) for each in REGISTERS],
        "draft": layout.state == LayoutState.DRAFT, "resting": layout.state == LayoutState.RESTING,
    }  # fmt: skip
    return render(request, "sheets/layout_map.html", context, status=status)


def _register(layout: Layout, name: str) -> Register:
    """A register as the form's place has it."""
    return registers_at(placed(layout.home))[name]


@page(PERMISSION)
def layout_rest(request: PageRequest, layout_id: UUID) -> HttpResponseBase:
    """Let a form rest, take it into use again, or throw a draft away."""
    layout = layout_get(request.scope, layout_id)
    if request.method == "POST":
        rest_layout(actor=request.actor, layout=layout)
        return redirect("sheets:layout_list")
    button, text = _asked(layout)
    context = {
        "heading": button, "button": button, "text": text, "facts": layout_pages.layout_facts(layout),
        "harmless": layout.state == LayoutState.RESTING, "name": layout.name,
        "cancel_url": reverse("sheets:layout_map", args=[layout.pk]),
    }  # fmt: skip
    return render(request, "core/confirm.html", context)


def _asked(layout: Layout) -> tuple[str, str]:
    """What is about to be done with a form, and what that means."""
    words = {
        LayoutState.DRAFT: (_("删除这份草稿"), _("上传的文件立即清除。")),
        LayoutState.IN_USE: (
            _("停用这份版式"),
            _("导出时不再能选它。照它填好的表仍然认得，随时可以恢复使用。"),
        ),
        LayoutState.RESTING: (_("恢复使用"), _("导出名单时又可以选它。")),
    }
    return words[LayoutState(layout.state)]
