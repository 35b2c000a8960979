"""The copy that a person may have: everything that is held of him, in plain words, with why and how long."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.pages import PageRequest, page
from chelun.core.ui import minute
from chelun.people.displays.copies import copy_sections, purposes
from chelun.people.forms import CopyForm
from chelun.people.selectors import person_file
from chelun.people.selectors.papers import papers_of
from chelun.people.services.copying import copy_of
from chelun.people.views.shared import kind_names, may
from chelun.platform.accounts.selectors.names import person_names


@page("people.view")
def person_copy(request: PageRequest, person: UUID) -> HttpResponse:
    """Ask why it is printed; then show it, once, ready to print."""
    found = person_file(request.scope, person)
    form = CopyForm(request.POST or None, may_reveal=may(request, "secrets.reveal"))
    if request.method != "POST" or not form.is_valid():
        context = {
            "form": form, "heading": _("打印给本人"), "harmless": True, "button": _("生成副本"),
            "cancel_url": reverse("people:person_detail", args=[person]), "name": found.card.name,
        }  # fmt: skip
        return render(request, "core/confirm.html", context, status=422 if form.errors else 200)
    whole = bool(form.cleaned_data.get("whole"))
    held = copy_of(actor=request.actor, found=found.held, reason=form.cleaned_data["reason"], whole=whole)
    papers, by = papers_of(request.scope, "person", list(held.parts)), request.actor.actor_name
    context = {
        "card": found.card, "sections": copy_sections(held, found, kind_names(request.scope), papers, whole=whole),
        "purposes": purposes(), "made": minute(timezone.now()), "by": person_names([by])[by],
    }  # fmt: skip
    return render(request, "people/person_copy.html", context)
