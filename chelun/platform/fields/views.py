"""The fields of places: to see, to add, to change, to let rest."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Fact
from chelun.platform.fields.choices import FieldType
from chelun.platform.fields.displays import content_of, tables_of
from chelun.platform.fields.forms import FieldForm, KindForm, initial_of
from chelun.platform.fields.models import OwnField
from chelun.platform.fields.rules import sealed_at_first
from chelun.platform.fields.selectors import field_get, fields_of
from chelun.platform.fields.services import PERMISSION, add_field, change_field, retire_field, revive_field
from chelun.platform.regions.selectors import Place, children, name_of, place, within
from chelun.platform.sheets.registers import REGISTERS


@page(PERMISSION)
def home(request: PageRequest) -> HttpResponseBase:
    """The places whose fields the reader maintains; straight to the one if there is only one."""
    codes = sorted(request.scope.keys("region"))
    mine = [found for code in codes if (found := place(code)) and _may_have(found)]
    if len(mine) == 1:
        return redirect("fields:place", mine[0].code)
    places = mine or (children("") if request.scope.is_everything else ())
    return render(request, "fields/home.html", {"places": places})


@page(PERMISSION)
def place_fields(request: PageRequest, code: str) -> HttpResponse:
    """The fields of one place, its own and those from above."""
    found = _managed(request, code)
    tables = tables_of(fields_of(request.scope, found.code), found.code)
    below = [child for child in children(found.code) if child.level != "township"]
    return render(request, "fields/place.html", {"place": found, "tables": tables, "below": below})


@page(PERMISSION)
def add(request: PageRequest, code: str) -> HttpResponseBase:
    """First what the field is, then the rest: each step is a page of its own."""
    found = _managed(request, code)
    kind = KindForm(request.GET if "type" in request.GET else None)
    if not kind.is_valid():
        context = {"place": found, "form": kind}
        return render(request, "fields/kind.html", context, status=422 if kind.errors else 200)
    register, type_ = kind.cleaned_data["register"], kind.cleaned_data["type"]
    first = {"sealed": sealed_at_first(register, type_), "filtered": True}
    form = FieldForm(request.POST or None, type_=type_, initial=first)
    if request.method == "POST" and form.is_valid() and _added(request, found, form, register, type_):
        return redirect("fields:place", found.code)
    context = {"place": found, "form": form, "facts": _chosen(register, type_)}
    return render(request, "fields/field.html", context, status=422 if form.errors else 200)


@page(PERMISSION)
def change(request: PageRequest, own_field: UUID) -> HttpResponseBase:
    """Change a field."""
    row = field_get(request.scope, own_field)
    form = FieldForm(request.POST or None, type_=row.type, field=row, initial=initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            change_field(actor=request.actor, field=row.pk, draft=form.draft())
            messages.success(request, _("已保存。"))
            return redirect("fields:place", row.home)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"place": place(row.home), "field": row, "form": form, "facts": _chosen(row.register, row.type)}
    return render(request, "fields/field.html", context, status=422 if form.errors else 200)


@page(PERMISSION)
def rest(request: PageRequest, own_field: UUID) -> HttpResponseBase:
    """Let a field rest, or take one that rests into use again."""
    row = field_get(request.scope, own_field)
    if request.method == "POST":
        (revive_field if row.retired_at else retire_field)(actor=request.actor, field=row.pk)
        told = _("“{label}”已恢复使用。") if row.retired_at else _("“{label}”已停用。")
        messages.success(request, told.format(label=row.label))
        return redirect("fields:place", row.home)
    back = reverse("fields:change", args=[row.pk])
    context = {**_asked(row), "harmless": bool(row.retired_at), "name": row.label, "cancel_url": back}
    return render(request, "core/confirm.html", context)


def _asked(row: OwnField) -> dict[str, Any]:
    facts = [
        Fact(_("名称"), row.label),
        Fact(_("填什么"), content_of(row)),
        Fact(_("由谁设"), name_of(row.home)),
    ]
    if row.retired_at:
        return {"heading": _("恢复使用"), "button": _("恢复使用"), "facts": facts}
    text = _("停用后，表格、表单、名单和驾驶舱不再有这一项；档案里已登记的内容保留，随时可以恢复使用。")
    return {"heading": _("停用字段"), "button": _("停用字段"), "text": text, "facts": facts}


def _added(request: PageRequest, found: Place, form: FieldForm, register: str, type_: str) -> bool:
    sealed = form.cleaned_data["sealed"]
    try:
        made = add_field(
            actor=request.actor,
            region=found.code,
            register=register,
            type_=type_,
            sealed=sealed,
            draft=form.draft(),
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, _("已建立“{label}”，新的模板和表单里就有它。").format(label=made.label))
    return True


def _chosen(register: str, type_: str) -> list[Fact]:
    return [Fact(_("加在哪里"), _(REGISTERS[register].label)), Fact(_("填什么"), str(FieldType(type_).label))]


def _may_have(found: Place) -> bool:
    return found.in_force and found.level != "township"


def _managed(request: PageRequest, code: str) -> Place:
    found = place(code)
    if found is None or not _may_have(found) or not within(found.code, request.scope):
        raise NotFound
    return found
