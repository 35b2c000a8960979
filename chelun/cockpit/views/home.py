"""The start page: the work of today, by what the reader may do; for who only looks, his region in a minute."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chelun.cockpit.duties import acts_of, duties_of
from chelun.cockpit.story import story_of
from chelun.core.actors import Actor
from chelun.core.pages import PageRequest, own_page, public_page
from chelun.people.forms import SearchForm


@public_page
def root(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the start page."""
    return redirect("cockpit:start")


def _search(actor: Actor) -> SearchForm | None:
    """The search box, for those who work with the registers; at the counter everything begins with it."""
    if not actor.has("people.edit"):
        return None
    form = SearchForm(auto_id="start_%s")
    if actor.has("sheets.import"):
        form.fields["q"].widget.attrs.pop("autofocus")
    return form


@own_page
def start(request: PageRequest) -> HttpResponse:
    """What waits for the reader."""
    duties = duties_of(request.actor)
    context = {
        "waiting": [each for each in duties if each.count],
        "done": [each for each in duties if not each.count],
        "acts": acts_of(request.actor),
        "search": _search(request.actor),
        "story": story_of(request.actor),
    }
    return render(request, "cockpit/start.html", context)
