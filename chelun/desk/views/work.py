"""Work lists: those of a place, one with its rows, what waits for the reader; made from a list, worked off, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, Chip, capped_count, chips, keyset_page
from chelun.desk.models import WorkList
from chelun.desk.work import displays, selectors, services
from chelun.desk.work.forms import MarkForm, RowFilter, TaskForm
from chelun.desk.work.selectors import DONE, OPEN, VIEW, WORK
from chelun.people.displays.lists import LISTINGS
from chelun.people.views.lists import filter_form
from chelun.people.views.shared import may
from chelun.platform.regions.words import home_region
from chelun.platform.sheets.selectors.imports import import_regions

LISTS, ROWS = ("-id",), ("due_on", "id")


@page(VIEW)
def work_list(request: PageRequest) -> HttpResponse:
    """The lists of the reader's places that go on."""
    address = Address.of(request)
    found = keyset_page(selectors.work_lists(request.scope), LISTS, address)
    counts = selectors.counts_of(request.scope, found.items)
    table = displays.list_table(found.items, counts, address)
    return render(request, "desk/work_lists.html", {"page": found, "table": table})


@page(WORK)
def work_rows(request: PageRequest) -> HttpResponse:
    """What waits for the reader, over all his lists."""
    address, form = Address.of(request), RowFilter(request.GET)
    rows = selectors.my_rows(request.actor, address.get("state") or OPEN)
    found = keyset_page(rows, ROWS, address)
    lists = {row.work_list_id: row.work_list for row in found.items}
    context = {
        "page": found, "lines": displays.lines_of(found.items, lists), "form": form, "address": address,
        "count": capped_count(rows),
    }  # fmt: skip
    return render(request, "desk/work_rows.html", context)


@page(VIEW)
def work_detail(request: PageRequest, work: UUID) -> HttpResponse:
    """One list with its rows, looked up when the last time is some minutes ago."""
    found = selectors.work_list_get(request.scope, work)
    services.look_again(found)
    return _shown(request, found, MarkForm())


def _shown(request: PageRequest, found: WorkList, mark: MarkForm) -> HttpResponse:
    address, form = Address.of(request), RowFilter(request.GET)
    state = address.get("state") or OPEN
    rows = selectors.rows_of(request.scope, [found], state)
    turned = keyset_page(rows, ROWS, address)
    context = {
        "work": found, "page": turned, "lines": displays.lines_of(turned.items, {found.pk: found}), "form": form,
        "address": address, "count": capped_count(rows), "facts": displays.list_facts(found), "mark": mark,
        "may_work": may(request, WORK) and found.closed_at is None, "done": state == DONE,
    }  # fmt: skip
    return render(request, "desk/work_list.html", context, status=422 if mark.errors else 200)


@page(WORK)
def work_new(request: PageRequest, register: str) -> HttpResponseBase:
    """Save the list that the address describes, with what is to be done."""
    if register not in LISTINGS:
        raise Http404
    address = Address.of(request)
    form = _task_form(request)
    if request.method == "POST" and form.is_valid():
        made = _made(request, register, address, form)
        if made is not None:
            messages.success(request, _("已存为工作清单。"))
            return redirect("desk:work_detail", made.pk)
    back = f"{reverse(f'people:{register}_list')}?{request.GET.urlencode()}"
    shown: list[Chip] = chips(filter_form(request, register), address)
    context = {"form": form, "chips": shown, "list_url": back}
    return render(request, "desk/work_new.html", context, status=422 if form.errors else 200)


def _task_form(request: PageRequest, work_list: WorkList | None = None) -> TaskForm:
    homes = [] if work_list else import_regions(scope=request.scope)
    home = work_list.home if work_list else home_region(request.scope)
    first = {
        name: getattr(work_list, attribute)
        for name, attribute in {
            "name": "name", "action": "action", "owner": "owner", "rule": "due_rule", "days": "due_days", "day": "due_day",
        }.items()
        if work_list
    }  # fmt: skip
    owners = services.owners_for(request.actor, home)
    return TaskForm(request.POST or None, homes=homes, owners=owners, initial=first)


def _made(request: PageRequest, register: str, address: Address, form: TaskForm) -> WorkList | None:
    home = form.cleaned_data.get("home") or home_region(request.scope)
    try:
        return services.make_work_list(
            actor=request.actor, register=register, home=home, query=dict(address.pairs), task=form.task()
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None


@page(WORK)
def work_edit(request: PageRequest, work: UUID) -> HttpResponseBase:
    """Change what is to be done, by whom, until when."""
    found = selectors.work_list_get(request.scope, work)
    form = _task_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_work_list(actor=request.actor, pk=found.pk, task=form.task())
            return redirect("desk:work_detail", found.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    back = reverse("desk:work_detail", args=[found.pk])
    context = {"form": form, "chips": [], "list_url": back, "work": found}
    return render(request, "desk/work_new.html", context, status=422 if form.errors else 200)


@page(WORK)
@require_POST
def work_mark(request: PageRequest, work: UUID) -> HttpResponseBase:
    """Say of the chosen rows that they are done, or that they are not."""
    found = selectors.work_list_get(request.scope, work)
    form = MarkForm(request.POST)
    chosen = [UUID(each) for each in request.POST.getlist("row") if _is_key(each)]
    if not form.is_valid() or not chosen:
        form.add_error("note", _("请先勾选做完的行。"))
        return _shown(request, found, form)
    try:
        done = "reopen" not in request.POST
        services.mark_rows(
            actor=request.actor, pk=work, rows=chosen, done=done, note=form.cleaned_data["note"]
        )
    except Refused as refusal:
        form.add_error("note", refusal.message)
        return _shown(request, found, form)
    return redirect("desk:work_detail", work)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@page(WORK)
def work_end(request: PageRequest, work: UUID) -> HttpResponseBase:
    """Ask, then end a list."""
    found = selectors.work_list_get(request.scope, work)
    if request.method == "POST":
        services.end_work_list(actor=request.actor, pk=work)
        return redirect("desk:work_list")
    context = {
        "heading": _("结束这份清单？"), "text": _("结束后不再提醒；做过什么仍然查得到。"), "button": _("结束清单"),
        "facts": displays.list_facts(found), "name": found.name, "cancel_url": reverse("desk:work_detail", args=[work]),
    }  # fmt: skip
    return render(request, "core/confirm.html", context)
