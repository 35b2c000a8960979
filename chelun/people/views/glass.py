"""Break-glass: asking for one file outside the usual right, and the file, for three hours."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.people.displays.facts import fact_lines
from chelun.people.displays.ties import vehicle_lines, work_table
from chelun.people.displays.words import fact_text
from chelun.people.forms_glass import GlassForm
from chelun.people.services import glass as services
from chelun.people.views.shared import kind_names
from chelun.platform.accounts.models import User
from chelun.platform.privacy.displays.glass import minutes_left
from chelun.platform.privacy.selectors.glass import open_by
from chelun.platform.privacy.services.glass import ASK, close_glass, reach_of


@page(ASK)
def glass_ask(request: PageRequest) -> HttpResponseBase:
    """Ask for one file by a whole number and a reason. The number is sent by POST and stands in no address."""
    user, form = _user(request), GlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_for_file(actor=user, **form.cleaned_data)
            return redirect("people:glass_file", made.pk)
        except Refused as refusal:
            form.add_error("reason" if refusal.code.endswith("reason") else "number", refusal.message)
    context = {"form": form, "open": open_by(user), "reach": sorted(reach_of(user).keys("region"))}
    return render(request, "people/glass_ask.html", context, status=422 if form.errors else 200)


@page(ASK)
def glass_file(request: PageRequest, glass: UUID) -> HttpResponseBase:
    """The file, while it is open; a POST shows the telephone numbers."""
    user = _user(request)
    found, file = services.file_through(actor=user, glass=glass)
    kinds = kind_names(request.scope)
    phones = services.phones_through(actor=user, glass=glass) if request.method == "POST" else None
    context = {
        "glass": found, "card": file.card, "left": minutes_left(found), "works": work_table(file.works, kinds, None),
        "facts": fact_lines("person", file.held, kinds, may_reveal=False), "vehicles": vehicle_lines(file.vehicles),
        "phones": fact_text("phones", phones, kinds) if phones else "",
    }  # fmt: skip
    return render(request, "people/glass_file.html", context)


@page(ASK)
@require_POST
def glass_close(request: PageRequest, glass: UUID) -> HttpResponseBase:
    """Done before the time is over."""
    close_glass(actor=_user(request), glass=glass)
    messages.success(request, _("已结束。本人会被告知，审计管理员会复核。"))
    return redirect("people:glass_ask")


def _user(request: PageRequest) -> User:
    if not isinstance(request.user, User):
        raise NotFound
    return request.user
