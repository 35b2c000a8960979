"""Joining two files: the search for the other one, the comparison, the list of merges and their undoing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.people.addresses import named
from chelun.people.displays.bulk import bulk_words
from chelun.people.displays.facts import subject_url
from chelun.people.displays.lists import LISTINGS
from chelun.people.displays.merges import (
    choice_table,
    compare_heading,
    merge_table,
    number_choices,
    pair_table,
    part_example,
    part_text,
    search_lead,
    side_choices,
    stays_facts,
)
from chelun.people.forms import MergeForm, PartForm, SearchForm
from chelun.people.forms_filters import MergeFilter
from chelun.people.selectors import Filters, recognise
from chelun.people.selectors.merges import ORDER, merge_in, merge_list, names_of, stays_whole
from chelun.people.selectors.plates import bulk_asked
from chelun.people.selectors.records import Held, held, moved_to
from chelun.people.services.intake.shelf import SHELVES
from chelun.people.services.lookups import note_lookup
from chelun.people.services.merging import (
    MERGE,
    MERGEABLE,
    Pair,
    conflict_of,
    merge_files,
    pair_of,
    unmerge_files,
)
from chelun.people.views.shared import kind_names
from chelun.platform.privacy.services import note_opening

MOST = 20


@page(MERGE)
def file_merge(request: PageRequest, register: str, subject: UUID) -> HttpResponse:
    """Look for the other file. What is typed is sent by POST, so that no number stands in an address."""
    found = _file(request, register, subject)
    sent = SearchForm(request.POST or None)
    typed = sent.cleaned_data["q"] if sent.is_valid() else ""
    asked = recognise(typed)
    table = _others(request, register, found, typed) if asked.kind not in ("nothing", "refused") else None
    form = SearchForm({"q": "" if asked.unspeakable else typed})
    # The lead says by what this register is searched.
    form.fields["q"].help_text = ""
    context = {
        "form": form, "asked": asked, "table": table,
        "name": str(found.cards[0]), "file_url": subject_url(register, subject), "lead": search_lead(register, found),
    }  # fmt: skip
    return render(request, "people/file_merge.html", context)


def _file(request: PageRequest, register: str, subject: UUID) -> Held:
    if register not in MERGEABLE:
        raise NotFound
    return held(request.scope, SHELVES[register], subject)


def _others(request: PageRequest, register: str, found: Held, typed: str) -> Any:
    """The files that fit, without the one that is to be joined."""
    scope, asked, subject = request.scope, recognise(typed), SHELVES[register].subject
    rows = LISTINGS[register].rows(scope, Filters(asked=asked)).exclude(**{subject: found.subject})
    cards = list(rows[:MOST])
    if asked.secret and register == "person":
        note_lookup(actor=request.actor, asked=asked, found=cards)
    return choice_table(register, scope, cards, kind_names(scope), found.subject)


@page(MERGE)
def file_compare(request: PageRequest, register: str, subject: UUID, other: UUID) -> HttpResponseBase:
    """Both files side by side; a POST joins them."""
    try:
        pair = pair_of(request.actor, register, subject, other)
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect("people:file_merge", register, subject)
    sides = side_choices(pair)
    form = MergeForm(
        request.POST or None, files=sides, numbers=number_choices(pair), initial={"keep": sides[0][0]}
    )
    if request.method == "POST" and form.is_valid() and _joined(request, pair, form):
        return redirect(subject_url(register, named(form.cleaned_data["keep"]) or subject))
    return render(
        request,
        "people/file_compare.html",
        _compared(request, pair, form),
        status=422 if form.errors else 200,
    )


def _compared(request: PageRequest, pair: Pair, form: MergeForm) -> dict[str, Any]:
    """What the comparison shows. That both files were looked at is written down."""
    register, subject = pair.shelf.register, pair.leaf.subject
    for found in (pair.leaf, pair.canonical):
        for leaf, homes in found.parts.items():
            note_opening(actor=request.actor, subject=leaf, subject_kind=register, regions=homes)
    return {
        "form": form, "table": pair_table(pair, kind_names(request.scope)), "name": str(pair.leaf.cards[0]),
        "file_url": subject_url(register, subject), "back": reverse("people:file_merge", args=[register, subject]),
        "region": pair.region, "heading": compare_heading(register), "conflict": conflict_of(pair),
    }  # fmt: skip


def _joined(request: PageRequest, pair: Pair, form: MergeForm) -> bool:
    """Join them as the form says; what is refused stands at the form."""
    sides = {pair.leaf.subject, pair.canonical.subject}
    keep = named(form.cleaned_data["keep"])
    (leaf,) = sides - {keep}
    try:
        merge_files(
            actor=request.actor, register=pair.shelf.register, leaf=leaf, canonical=(sides - {leaf}).pop(),
            reason=form.cleaned_data["reason"], wrong=named(form.cleaned_data.get("wrong", "")),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("reason" if refusal.code == "people.merge.reason" else None, refusal.message)
        return False
    messages.success(request, _("已合并。两份档案的来源记录都在，随时可以拆分。"))
    return True


@page(MERGE)
def merge_list_page(request: PageRequest) -> HttpResponse:
    """All merges of the reader's places."""
    address = Address.of(request)
    bulk = bulk_asked(request.scope, address.get("bulk"))
    rows = merge_list(request.scope, address.get("state"), bulk.pk if bulk else None)
    found = keyset_page(rows, ORDER, address)
    names = names_of(request.scope, found.items)
    context = {
        "page": found, "table": merge_table(found.items, names, address, may_part=True), "address": address,
        "form": MergeFilter(request.GET, told={"bulk": bulk_words(bulk) if bulk else ""}), "count": capped_count(rows),
        "narrowed": bool(address.get("state") or bulk),
    }  # fmt: skip
    return render(request, "people/merge_list.html", context)


@page(MERGE)
def merge_undo(request: PageRequest, merge: UUID) -> HttpResponseBase:
    """Take a merge back, for a reason."""
    found = merge_in(request.scope, merge)
    form = PartForm(request.POST or None, example=part_example(found.register))
    if request.method == "POST" and form.is_valid():
        try:
            waiting = unmerge_files(actor=request.actor, merge=merge, reason=form.cleaned_data["reason"])
            return _parted(request, waiting)
        except Refused as refusal:
            form.add_error("reason", refusal.message)
    names = names_of(request.scope, [found])
    stays = stays_facts(found.register, stays_whole(request.scope, found), kind_names(request.scope))
    context = {
        "heading": _("拆分合并的档案"), "button": _("拆分"), "form": form, "facts": stays,
        "text": part_text(found.register, stays=bool(stays)),
        "cancel_url": reverse("people:merge_list"), "name": names.get(found.canonical) or _("合并过的档案"),
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)


def _parted(request: PageRequest, waiting: int) -> HttpResponse:
    messages.success(request, _("已拆分。"))
    if not waiting:
        return redirect("people:merge_list")
    told = ngettext("有 {n} 行分不清是谁的，请认定。", "有 {n} 行分不清是谁的，请认定。", waiting)
    messages.warning(request, told.format(n=waiting))
    return redirect("people:unresolved_list")


def joined_file(request: PageRequest, register: str, subject: UUID) -> HttpResponse:
    """Where a leaf's address leads: to the file on which it is shown; NotFound for whom nobody here knows."""
    whole = moved_to(request.scope, SHELVES[register], subject)
    if whole is None:
        raise NotFound
    messages.info(request, _("这份档案已与另一份合并，这里是合并后的档案。"))
    return redirect(subject_url(register, whole))
