"""The calendar of papers that run out."""

from django.http import HttpResponse
from django.shortcuts import render

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address
from chelun.people.choices import PaperState
from chelun.people.displays.calendar import calendar_stats, month_of, month_view, span_of
from chelun.people.forms_filters import CalendarFilter
from chelun.people.reminders import Reminders
from chelun.people.selectors import Filters
from chelun.people.selectors.papers import days_of_ending, states_of
from chelun.people.views.shared import region_choices

KEPT = ("region", "kind")


@page("people.view")
def credential_calendar(request: PageRequest) -> HttpResponse:
    """Months ahead with what runs out in them, one of them day by day; every number opens to its rows."""
    reminders, address = Reminders.of(), Address.of(request)
    kept = {name: address.get(name) for name in KEPT if address.get(name)}
    first = month_of(request.GET.get("month", ""), reminders.today)
    begin, end = span_of(first, reminders.today)
    span = {"due_from": begin.isoformat(), "due_to": end.isoformat()}
    endings = days_of_ending(request.scope, Filters.of({**kept, **span}))
    states = states_of(request.scope, Filters.of(kept), reminders)
    context = {
        "form": CalendarFilter(request.GET, regions=region_choices(request.scope, kept.get("region", ""))), "address": address,
        "month": month_view(first, endings, reminders, kept),
        "stats": calendar_stats(states[PaperState.EXPIRED], states[PaperState.EXPIRING], kept),
    }  # fmt: skip
    return render(request, "people/credential_calendar.html", context)
