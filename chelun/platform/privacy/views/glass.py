"""Break-glass: areas for the security administrator, openings for the privacy officer, reviews for the audit administrator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.privacy import selectors
from chelun.platform.privacy.displays import glass as displays
from chelun.platform.privacy.forms_glass import AreaForm, ReviewForm, ToldForm
from chelun.platform.privacy.selectors import glass as reads
from chelun.platform.privacy.services import glass as services
from chelun.platform.privacy.services.glass import AUDIT, SECURITY
from chelun.platform.privacy.services.holds import DECIDE


@page(SECURITY)
def area_list_page(request: PageRequest) -> HttpResponseBase:
    """How far break-glass reaches; a POST names an area."""
    form = AreaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.name_area(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("已指定。紧急查看的每一次都要写理由，并由审计管理员复核。"))
            return redirect("privacy:glass_areas")
        except (Refused, NotFound) as refusal:
            form.add_error("region", getattr(refusal, "message", _("这个地区不在您的管理范围里。")))
    areas = list(reads.area_list(request.scope)[:200])
    context = {"form": form, "areas": areas, "table": displays.area_table(areas)}
    return render(request, "privacy/glass_areas.html", context, status=422 if form.errors else 200)


@page(SECURITY)
@require_POST
def area_end(request: PageRequest, area: UUID) -> HttpResponseBase:
    """No more break-glass there."""
    services.end_area(actor=request.actor, area=area)
    messages.success(request, _("已取消，正在进行的紧急查看随之结束。"))
    return redirect("privacy:glass_areas")


@page(DECIDE)
def glass_list_page(request: PageRequest) -> HttpResponse:
    """Files that were opened in an emergency, and whether the person was told."""
    address = Address.of(request)
    rows = reads.glass_list(request.scope, address.get("state"))
    shown = keyset_page(rows, ("-id",), address)
    context = {
        "page": shown,
        "table": displays.glass_table(shown.items, address),
        "count": capped_count(rows),
    }
    return render(request, "privacy/glass_list.html", context)


@page(DECIDE)
def glass_tell(request: PageRequest, glass: UUID) -> HttpResponseBase:
    """Write down that the person was told."""
    found = reads.glass_one(request.scope, glass)
    form = ToldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.tell_person(actor=request.actor, glass=glass, **form.cleaned_data)
            return redirect("privacy:glass_list")
        except Refused as refusal:
            form.add_error(None, refusal.message)
    shown = selectors.subject_shown(request.scope, found.subject_kind, found.subject)
    context = {
        "heading": _("告知本人"), "name": shown.name, "facts": displays.glass_facts(found, shown), "form": form,
        "text": _("告诉他：谁、什么时候、为什么紧急查看了他的档案，他可以投诉。"), "harmless": True,
        "button": _("已告知本人"), "cancel_url": reverse("privacy:glass_list"),
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)


@page(AUDIT)
def review_list_page(request: PageRequest) -> HttpResponse:
    """Openings for the audit administrator: who, when, why; whose file it was is not shown."""
    address = Address.of(request)
    rows = reads.glass_list(request.scope, address.get("state"))
    shown = keyset_page(rows, ("-id",), address)
    context = {
        "page": shown,
        "table": displays.review_table(shown.items, address),
        "count": capped_count(rows),
    }
    return render(request, "privacy/glass_reviews.html", context)


@page(AUDIT)
def glass_review(request: PageRequest, glass: UUID) -> HttpResponseBase:
    """Say whether it was an emergency."""
    found = reads.glass_one(request.scope, glass)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.review_glass(actor=request.actor, glass=glass, **form.cleaned_data)
            return redirect("privacy:glass_reviews")
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {
        "heading": _("复核紧急查看"), "name": displays.glass_number(found), "facts": displays.glass_facts(found),
        "form": form, "harmless": True, "button": _("记下结论"), "cancel_url": reverse("privacy:glass_reviews"),
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)
