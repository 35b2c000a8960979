"""Papers: the file of one, and the form on the file of whoever holds it."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound
from chelun.core.pages import PageRequest, page
from chelun.people.displays.papers import next_step, reckoned_text, state_cell
from chelun.people.displays.words import place_name
from chelun.people.forms import RowForm
from chelun.people.reminders import Reminders
from chelun.people.rules.credentials import HOLDER_FACTS
from chelun.people.rules.papers import kinds_of
from chelun.people.selectors import credential_file
from chelun.people.selectors.records import held
from chelun.people.services.door import RowRefused
from chelun.people.services.intake.shelf import HOLDERS
from chelun.people.services.papers import register_paper
from chelun.people.views.corrections import wanted_home
from chelun.people.views.entry import tell
from chelun.people.views.files import file_context
from chelun.people.views.merging import joined_file
from chelun.people.views.shared import kind_names
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.registers import own_columns

HOLDER_CELLS = (*HOLDER_FACTS, "phone")


@page("people.view")
def credential_detail(request: PageRequest, credential: UUID) -> HttpResponse:
    """A paper's file: what is known of it, from whom, how it stands, what to do next."""
    try:
        found, reminders = credential_file(request.scope, credential), Reminders.of()
    except NotFound:
        return joined_file(request, "credential", credential)
    context = file_context(request, "credential", found.held, kind_names(request.scope)) | {
        "card": found.card, "state": state_cell(found.card, reminders), "next": next_step(found.card, reminders),
        "reckoned": reckoned_text(found.card), "holder": found.name,
        "holder_url": reverse(f"people:{found.register}_detail", args=[found.holder]),
    }  # fmt: skip
    return render(request, "people/credential_detail.html", context)


@page("people.edit")
def paper_new(request: PageRequest, register: str, subject: UUID) -> HttpResponseBase:
    """Enter a paper of somebody who is on file."""
    if register not in HOLDERS:
        raise Http404
    found = held(request.scope, HOLDERS[register], subject)
    home = wanted_home(request, found.homes)
    form = RowForm(
        request.POST or None, register="credential", kinds=kind_names(request.scope), leave=HOLDER_CELLS,
        own=own_columns(placed(home)).get("credential", ()), offered={"paper": kinds_of(register)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            brought = register_paper(
                actor=request.actor, register=register, subject=subject, home=home, raw=form.raw()
            )
            return tell(request, "credential", brought)
        except RowRefused as refusal:
            form.take_problems(refusal.problems)
    context = {"form": form, "place": place_name(home), **_words(register, subject, str(found.cards[0]))}
    return render(request, "people/entry.html", context, status=422 if form.errors else 200)


def _words(register: str, subject: UUID, name: str) -> dict[str, str]:
    back = reverse(f"people:{register}_detail", args=[subject])
    return {
        "heading": _("登记证照"), "up": name, "up_url": back, "back_url": back,
        "lead": _("同一种证照再登记一次就是更新。没有证的，写明持有情况。"),
    }  # fmt: skip
