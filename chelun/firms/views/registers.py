"""Registers by threshold: which there are, who is in as of a day, and the rule with a preview of what it would change."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, day, keyset_page, minute
from chelun.firms.choices import Counting
from chelun.firms.displays.registers import (
    crossing_table,
    preview_tables,
    register_table,
    sentence,
    stay_table,
    waiting_table,
)
from chelun.firms.forms import DayForm, RuleForm
from chelun.firms.selectors.lights import last_review
from chelun.firms.selectors.registers import (
    ORDER,
    crossings,
    names_of,
    preview_of,
    register_rule,
    registers_of,
    stays_as_of,
    unnoted,
)
from chelun.firms.services.deciding import (
    PERMISSION,
    checked_rule,
    decide_rule,
    follow_above,
    new_register,
    note_crossings,
)
from chelun.firms.thresholds import Book, Rule
from chelun.people.views.shared import kind_names, may, region_choices
from chelun.platform.regions.selectors import within
from chelun.platform.regions.words import home_region


@page("people.view")
def registers(request: PageRequest) -> HttpResponse:
    """The registers by threshold of the reader's place."""
    kinds, today = kind_names(request.scope), timezone.localdate()
    found = registers_of(request.scope, home_region(request.scope), today)
    context = {"table": register_table(found, kinds), "may_manage": may(request, PERMISSION), **_around()}
    return render(request, "firms/registers.html", context)


@page("people.view")
def register_detail(request: PageRequest, threshold: str) -> HttpResponse:
    """Who is in a register at the end of a day, since when, and who crossed in its month."""
    scope, address = request.scope, Address.of(request)
    regions = region_choices(scope, address.get("region"))
    form, when = DayForm(request.GET, regions=regions), day_of(address.get("day"))
    rule = register_rule(scope, threshold, address.get("region") or home_region(scope), when)
    rows = stays_as_of(scope, threshold, when, address.get("region"))
    found = keyset_page(rows, ORDER, address)
    crossed = crossings(scope, threshold, when, address.get("region"))
    stays = [*found.items, *(stay for _day, _came, stay in crossed)]
    names = names_of((stay.enterprise_id, stay.home) for stay in stays)
    context = {
        "rule": rule, "sentence": sentence(rule, kind_names(scope)), "form": form, "address": address, "day": day(when),
        "page": found, "count": capped_count(rows), "table": stay_table(found.items, names, rule, address, may_end=may(request, PERMISSION)),
        "crossed": crossing_table(crossed, names), **_acts(request, threshold), **_above(request, rule), **_around(),
        "may_list": rule.counting == Counting.HAND and may(request, PERMISSION),
    }  # fmt: skip
    return render(request, "firms/register_detail.html", context)


@page("people.edit")
def crossed_list(request: PageRequest) -> HttpResponse:
    """Crossings of all registers that nobody has looked at yet."""
    address, rows = Address.of(request), unnoted(request.scope).order_by(*ORDER)
    found = keyset_page(rows, ORDER, address)
    names = names_of((stay.enterprise_id, stay.home) for stay in found.items)
    table = waiting_table(found.items, names, Book.of(timezone.localdate()), address)
    return render(
        request, "firms/crossed_list.html", {"page": found, "table": table, "count": capped_count(rows)}
    )


@page("people.edit")
@require_POST
def crossings_noted(request: PageRequest, threshold: str) -> HttpResponse:
    """Somebody has looked at who crossed."""
    register_rule(request.scope, threshold, home_region(request.scope), timezone.localdate())
    note_crossings(actor=request.actor, register=threshold)
    messages.success(request, _("已记下：这些进出看过了。"))
    return redirect("firms:register_detail", threshold)


@page(PERMISSION)
def rule_change(request: PageRequest, threshold: str) -> HttpResponseBase:
    """Change by what firms come into a register."""
    home = _place(request)
    rule = register_rule(request.scope, threshold, home, timezone.localdate())
    return _decide(request, rule, home)


@page(PERMISSION)
@require_POST
def rule_follow(request: PageRequest, threshold: str) -> HttpResponse:
    """Go by the rule above again."""
    home, today = _place(request), timezone.localdate()
    register_rule(request.scope, threshold, home, today)
    follow_above(actor=request.actor, register=threshold, home=home, today=today)
    messages.success(request, _("已恢复上级的规则，正在后台找出进出的企业，稍后刷新本页。"))
    return redirect("firms:register_detail", threshold)


@page(PERMISSION)
def register_new(request: PageRequest) -> HttpResponseBase:
    """A register that nobody has yet."""
    home = _place(request)
    return _decide(request, Rule(new_register(), "", Counting.VEHICLES, None, home=home), home)


def _decide(request: PageRequest, present: Rule, home: str) -> HttpResponseBase:
    kinds = kind_names(request.scope)
    initial = {
        "label": present.label, "counting": present.counting, "kinds": list(present.kinds),
        "at_least": present.at_least, "since": timezone.localdate(), "criterion": present.criterion,
    }  # fmt: skip
    known = bool(present.label)
    form = RuleForm(request.POST or None, initial=initial, kinds=kinds, new=not known)
    context: dict[str, Any] = {"form": form, "present": present, "known": known}
    if request.method == "POST" and form.is_valid():
        rule = form.rule(present.register, home)
        try:
            checked_rule(request.actor, rule)
            if "save" in request.POST:
                return _decided(request, rule)
            context |= _previewed(request, rule, home)
        except Refused as refused:
            form.add_error(None, refused.message)
    return render(request, "firms/rule.html", context, status=422 if form.errors else 200)


def _decided(request: PageRequest, rule: Rule) -> HttpResponse:
    decide_rule(actor=request.actor, rule=rule)
    messages.success(request, _("规则已记下，正在后台找出进出的企业，稍后刷新本页。"))
    return redirect("firms:register_detail", rule.register)


def _previewed(request: PageRequest, rule: Rule, home: str) -> dict[str, Any]:
    preview = preview_of(request.scope, rule, home, max(rule.since, timezone.localdate()))
    named = [(firm, place) for firm, place, _n in (*preview.came, *preview.left)]
    tables = preview_tables(preview, names_of(named))
    return {"preview": preview, "tables": tables, "sentence": sentence(rule, kind_names(request.scope))}


def _place(request: PageRequest) -> str:
    """The place for which the reader decides: the one that holds all in which he may."""
    home = home_region(request.scope)
    if not home or not within(home, request.scope):
        raise NotFound
    return home


def _acts(request: PageRequest, register: str) -> dict[str, Any]:
    mine: Any = request.user
    waiting = unnoted(mine.scope_for("people.edit")).filter(register=register).exists()
    return {
        "may_manage": may(request, PERMISSION),
        "waiting": waiting,
        "may_export": may(request, "people.export"),
    }


def _above(request: PageRequest, rule: Rule) -> dict[str, Any]:
    """What the rule above says, where the reader's place has one of its own; and whether he may go back to it."""
    home = home_region(request.scope)
    above = Book.of(timezone.localdate()).above(rule.register, rule.home) if rule.home else None
    if above is None:
        return {}
    mine = rule.home == home and may(request, PERMISSION)
    return {"above": sentence(above, kind_names(request.scope)), "may_follow": mine}


def _around() -> dict[str, str]:
    review = last_review()
    return {"as_of": minute(review.started_at) if review else ""}


def day_of(text: str) -> date:
    """The day of an address; today when it names none, or one that is still to come."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today
