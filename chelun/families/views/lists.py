"""Lists: adult relatives, minors by their own right, wishes, and the family of one registered person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.families import selectors
from chelun.families.displays import relative_table, wish_table
from chelun.families.forms import StateFilter, WishForm
from chelun.families.place_settings import PENDING
from chelun.families.selectors import EDIT, MINORS, VIEW
from chelun.people.views.shared import may
from chelun.platform.regions.words import values_for

ORDER = ("-id",)


@page(VIEW)
def relative_list_page(request: PageRequest) -> HttpResponse:
    """Adult relatives of the reader's places."""
    return _listed(request, minors=False)


@page(MINORS)
def minor_list_page(request: PageRequest) -> HttpResponse:
    """Minors of the reader's places. No list of them leaves the house."""
    return _listed(request, minors=True)


def _listed(request: PageRequest, *, minors: bool) -> HttpResponse:
    address, form = Address.of(request), StateFilter(request.GET, minors=minors)
    rows = selectors.relative_list(request.actor, minors=minors, state=address.get("state"))
    found = keyset_page(rows, ORDER, address)
    context = {
        "page": found, "table": relative_table(found.items, address, timezone.localdate()), "form": form,
        "address": address, "count": capped_count(rows), "minors": minors,
    }  # fmt: skip
    return render(request, "families/relative_list.html", context)


@page(EDIT)
def wish_list_page(request: PageRequest) -> HttpResponse:
    """Wishes that wait for a consent."""
    address, rows = Address.of(request), selectors.wishes_seen(request.actor).order_by("-id")
    found = keyset_page(rows, ORDER, address)
    context = {"page": found, "table": wish_table(found.items, address), "count": capped_count(rows)}
    return render(request, "families/wish_list.html", context)


@page(VIEW)
def family_page(request: PageRequest, person: UUID) -> HttpResponse:
    """The relatives of one registered person, and who waits for a consent."""
    return family_shown(request, person)


def family_shown(request: PageRequest, person: UUID, form: WishForm | None = None) -> HttpResponse:
    """The page, with what was wrong in its form."""
    found = selectors.person_of(request.actor, person)
    relatives, wishes = selectors.of_person(request.actor, found)
    minors = may(request, MINORS)
    context = {
        "name": str(found.cards[0]), "person": person, "wishes": wishes, "may_edit": may(request, EDIT), "may_minors": minors,
        "days": values_for(found.homes[0]).value(PENDING),
        "table": relative_table(relatives, Address(""), timezone.localdate()), "form": form or WishForm(minors=minors),
    }  # fmt: skip
    return render(request, "families/family.html", context, status=422 if form and form.errors else 200)
