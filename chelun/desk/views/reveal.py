"""One line of a change in the clear for whoever is to check it: asked for with a reason, shown once, kept nowhere."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.desk.displays import labels_of, line_facts
from chelun.desk.services import line_to_reveal, reveal_line
from chelun.people.forms import ReasonForm
from chelun.people.services.revealing import REVEAL


@page(REVEAL)
def change_reveal(request: PageRequest, change: UUID, field: str) -> HttpResponse:
    """Ask for the reason; with one, show what stood, what stands and what should stand."""
    found, line = line_to_reveal(request.actor, change, field)
    form, revealed = ReasonForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        try:
            reveal_line(actor=request.actor, change=found, line=line, reason=form.cleaned_data["reason"])
            revealed = True
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    context = {
        "name": found.name, "label": labels_of(found.request.register, [field])[field], "form": form, "revealed": revealed,
        "facts": line_facts(found, line, clear=revealed), "back_url": reverse("desk:change_detail", args=[change]),
        "up": _("变更申请"),
    }  # fmt: skip
    return render(request, "desk/change_reveal.html", context, status=422 if form.errors else 200)
