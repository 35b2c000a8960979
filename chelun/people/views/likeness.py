"""The list of files that may be one, and saying that two are not."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.people.displays.likeness import likeness_table, why
from chelun.people.forms import PartForm
from chelun.people.forms_filters import LikenessFilter
from chelun.people.models import Likeness
from chelun.people.selectors.likeness import ORDER, likeness_in, likeness_list, with_cards
from chelun.people.selectors.lists import is_one_county
from chelun.people.selectors.plates import has_plates
from chelun.people.services.likeness import offer_again, tell_apart
from chelun.people.services.merging import MERGE
from chelun.people.views.shared import kind_names, may, region_choices

EDIT = "people.edit"


@page(EDIT)
def likeness_list_page(request: PageRequest) -> HttpResponse:
    """All pairs of the reader's places."""
    address, scope = Address.of(request), request.scope
    asked = {name: address.get(name) for name in ("region", "register", "state")}
    rows = likeness_list(scope, **asked)
    found = keyset_page(rows, ORDER, address)
    table = likeness_table(
        with_cards(scope, found.items), kind_names(scope), address, may_join=may(request, MERGE),
        one_place=is_one_county(scope, asked["region"]),
    )  # fmt: skip
    context = {
        "page": found, "table": table, "address": address, "count": capped_count(rows),
        "form": LikenessFilter(request.GET, regions=region_choices(scope, asked["region"])),
        "narrowed": any(asked.values()), "asked_region": asked["region"],
        "bulk": may(request, MERGE) and has_plates(request.actor.scope_for(MERGE)),
    }  # fmt: skip
    return render(request, "people/likeness_list.html", context)


@page(EDIT)
def likeness_apart(request: PageRequest, likeness: UUID) -> HttpResponseBase:
    """Say that two files are not the same, for a reason."""
    text = _("认定以后，这两份不再列为可能重复；认定人和理由留在两份档案的经过里，随时可以收回。")
    return _decided(request, likeness, tell_apart, _("这两份不是同一份"), text)


@page(EDIT)
def likeness_again(request: PageRequest, likeness: UUID) -> HttpResponseBase:
    """Take that back, for a reason."""
    text = _("收回以后，这两份只要仍然相像，就重新列为可能重复。")
    return _decided(request, likeness, offer_again, _("重新列入可能重复"), text)


def _decided(
    request: PageRequest, likeness: UUID, decide: Callable[..., None], heading: str, text: str
) -> HttpResponseBase:
    found = likeness_in(request.scope, likeness)
    form = PartForm(
        request.POST or None,
        label=_("理由"),
        example=_("至少 4 个字，例如“已核对，是同名的两个人”。不要写姓名和号码。"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            decide(actor=request.actor, likeness=likeness, reason=form.cleaned_data["reason"])
            messages.success(request, _("已记下。"))
            return redirect("people:likeness_list")
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    context = {
        "heading": heading, "button": heading, "form": form, "text": f"{_named(request, found)} {text}", "facts": (),
        "cancel_url": reverse("people:likeness_list"), "name": _("可能重复的档案"), "harmless": True,
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)


def _named(request: PageRequest, found: Likeness) -> str:
    (pair,) = with_cards(request.scope, [found])
    names = [str(card) if card else _("（已不在册）") for card in (pair.one, pair.other)]
    return _("{one} 和 {other}：{why}。").format(one=names[0], other=names[1], why=why(found))
