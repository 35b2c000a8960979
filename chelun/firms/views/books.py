"""Registers and lights taken away as workbooks, with a purpose; and registers that are kept by hand."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, day
from chelun.firms.displays.books import StaffBook, as_export
from chelun.firms.displays.lights import light_table
from chelun.firms.displays.registers import crossing_table, sentence, stay_table
from chelun.firms.forms import EndForm, ListForm
from chelun.firms.models import Stay
from chelun.firms.selectors.lights import LightFilters, light_list
from chelun.firms.selectors.registers import crossings, names_of, register_rule, stays_as_of
from chelun.firms.services.deciding import PERMISSION
from chelun.firms.services.listing import MOST_LINES, Listed, end_by_hand, list_by_hand
from chelun.firms.views.registers import day_of
from chelun.people.forms import PurposeForm
from chelun.people.selectors.lists import is_one_county
from chelun.people.views.shared import kind_names
from chelun.platform.privacy.services import note_export
from chelun.platform.regions.selectors import within
from chelun.platform.regions.words import home_region, values_for
from chelun.platform.sheets.writing.answers import workbook_response

EXPORT = "people.export"
MOST_FIRMS = 5_000


@page(EXPORT)
def light_export(request: PageRequest) -> HttpResponseBase:
    """The list of lights, as the address narrows it, for a purpose."""
    form = PurposeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, "firms:light_list")
    address, values = Address.of(request), values_for(home_region(request.scope))
    filters = LightFilters.of(dict(address.pairs))
    rows = list(light_list(request.scope, filters)[:MOST_FIRMS])
    one_place = is_one_county(request.scope, filters.region)
    table = light_table(rows, values, values.kinds(), address, one_place=one_place)
    purpose = form.cleaned_data["purpose"]
    _left(request, purpose, rows)
    return workbook_response(request.actor, "lights.xlsx", filters.region, as_export(table), purpose=purpose)


@page(EXPORT)
def register_export(request: PageRequest, threshold: str) -> HttpResponseBase:
    """A register as of a day: its firms, who works for each, who crossed in the month; for a purpose."""
    region = request.GET.get("region", "")
    when = day_of(request.GET.get("day", ""))
    rule = register_rule(request.scope, threshold, region or home_region(request.scope), when)
    form = PurposeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, "firms:register_detail", threshold)
    kinds, address = kind_names(request.scope), Address("")
    stays = list(stays_as_of(request.scope, threshold, when, region)[:MOST_FIRMS])
    crossed = crossings(request.scope, threshold, when, region)
    names = names_of((each.enterprise_id, each.home) for each in [*stays, *(row[2] for row in crossed)])
    notes = [sentence(rule, kinds), _("在册日期：{day}").format(day=day(when))]
    staff, purpose = StaffBook(request.scope, stays, kinds), form.cleaned_data["purpose"]
    tables = [
        as_export(stay_table(stays, names, rule, address), notes), staff.table, as_export(crossing_table(crossed, names)),
    ]  # fmt: skip
    _left(request, purpose, stays, staff.persons)
    return workbook_response(request.actor, f"register-{threshold}.xlsx", region, *tables, purpose=purpose)


@page(PERMISSION)
def register_list_in(request: PageRequest, threshold: str) -> HttpResponseBase:
    """Enter firms into a register that is kept by hand."""
    home, today = home_region(request.scope), timezone.localdate()
    if not home or not within(home, request.scope):
        raise NotFound
    rule = register_rule(request.scope, threshold, home, today)
    form = ListForm(request.POST or None, initial={"from_day": today})
    if request.method == "POST" and form.is_valid() and (done := _listed(request, form, threshold, home)):
        told = ngettext("列入 {n} 家，{m} 家原来就在。", "列入 {n} 家，{m} 家原来就在。", done.added)
        messages.success(request, told.format(n=done.added, m=done.already))
        if not done.unknown:
            return redirect("firms:register_detail", threshold)
        lines = "\n".join(done.unknown)
        form = ListForm(initial={**form.cleaned_data, "lines": lines})
        context = {"rule": rule, "form": form, "unknown": len(done.unknown)}
        return render(request, "firms/list_in.html", context)
    context = {"rule": rule, "form": form, "most": MOST_LINES}
    return render(request, "firms/list_in.html", context, status=422 if form.errors else 200)


@page(PERMISSION)
def stay_end(request: PageRequest, threshold: str, stay: UUID) -> HttpResponseBase:
    """Take a firm off a register that is kept by hand."""
    row = Stay.objects.in_scope(request.scope).filter(pk=stay, register=threshold, to_day=None).first()
    if row is None:
        raise NotFound
    rule = register_rule(request.scope, threshold, row.home, timezone.localdate())
    form = EndForm(request.POST or None, initial={"to_day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            end_by_hand(actor=request.actor, register=threshold, stay=row.pk, **form.cleaned_data)
            messages.success(request, _("已从名册里去掉，过去的记录还在。"))
            return redirect("firms:register_detail", threshold)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    firm = names_of([(row.enterprise_id, row.home)]).get((row.enterprise_id, row.home))
    context = {"rule": rule, "form": form, "firm": firm.name if firm else ""}
    return render(request, "firms/stay_end.html", context, status=422 if form.errors else 200)


def _listed(request: PageRequest, form: ListForm, register: str, home: str) -> Listed | None:
    said = form.cleaned_data
    try:
        return list_by_hand(
            actor=request.actor, register=register, home=home, lines=said["lines"].splitlines(),
            from_day=said["from_day"], ground=said["ground"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None


def _left(
    request: PageRequest, purpose: str, firms: Sequence[Any], persons: Sequence[tuple[UUID, str]] = ()
) -> None:
    """Write down of each firm and each person that a list with them left the house."""
    named = list(dict.fromkeys((row.enterprise_id, row.home) for row in firms))
    note_export(actor=request.actor, subjects=named, subject_kind="enterprise", reason=purpose)
    note_export(actor=request.actor, subjects=persons, subject_kind="person", reason=purpose)


def _ask(request: PageRequest, form: PurposeForm, back: str, *names: str) -> HttpResponse:
    """The page that asks for what it is."""
    context = {"form": form, "back": redirect(back, *names).url}
    return render(request, "firms/purpose.html", context, status=422 if form.errors else 200)
