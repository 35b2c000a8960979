"""Taking a list away. The file is fetched from sheets (`sheets:export_list`)."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, chips
from chelun.people.displays.lists import LISTINGS
from chelun.people.forms import PurposeForm
from chelun.people.selectors.lists import narrowed
from chelun.people.services.exporting import EXPORT, export_list, layouts_for
from chelun.people.views.lists import filter_form
from chelun.platform.jobs.models import Job


@page(EXPORT)
def export_new(request: PageRequest, register: str) -> HttpResponseBase:
    """Ask for the purpose; with one, write the list that the address describes."""
    if register not in LISTINGS:
        raise Http404
    narrowed(request.scope, request.GET.get("region", ""))
    address = Address.of(request)
    form = PurposeForm(request.POST or None, layouts=layouts_for(request.scope, register))
    if request.method == "POST" and form.is_valid():
        return _export(request, register, address, form.cleaned_data)
    context = {
        "form": form, "chips": chips(filter_form(request, register), address),
        "list_url": f"{reverse(f'people:{register}_list')}?{request.GET.urlencode()}",
    }  # fmt: skip
    return render(request, "people/export_new.html", context, status=422 if form.errors else 200)


def _export(request: PageRequest, register: str, address: Address, asked: dict[str, str]) -> HttpResponseBase:
    done = export_list(
        actor=request.actor, register=register, query=dict(address.pairs), purpose=asked["purpose"],
        layout=asked.get("layout", ""),
    )  # fmt: skip
    if isinstance(done, Job):
        messages.info(request, _("名单较长，正在后台导出。完成后在这一页下载。"))
    else:
        messages.success(request, _("已导出。"))
    return redirect("sheets:export_list")
