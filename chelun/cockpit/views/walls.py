"""Screens on walls: their administration, and the page that a screen shows.

A screen is no log-in. Its cookie is sent to these addresses alone and opens nothing but the page of its region.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from chelun.cockpit.displays.wall import WallDisplay, outlined
from chelun.cockpit.displays.wall_list import wall_table
from chelun.cockpit.forms import WallForm
from chelun.cockpit.models import WallScreen
from chelun.cockpit.selectors.walls import ORDER, screen_get, screen_list, screen_of
from chelun.cockpit.services.walls import PERMISSION, close_screen, note_seen, open_screen
from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, apart, page, public_page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.regions.outlines import outline
from chelun.platform.regions.views.outlines import outline_response

COOKIE = "chelun_wall"


@page(PERMISSION)
def wall_list(request: PageRequest) -> HttpResponse:
    """The screens of the administrator's regions."""
    address, rows = Address.of(request), screen_list(request.scope)
    found = keyset_page(rows, ORDER, address)
    context = {"page": found, "table": wall_table(found.items, address), "count": capped_count(rows)}
    return render(request, "cockpit/wall_list.html", context)


@page(PERMISSION)
def wall_new(request: PageRequest) -> HttpResponse:
    """Open a screen, and show its link once."""
    form = WallForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            token = open_screen(actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            link = request.build_absolute_uri(reverse("cockpit:wall_start", args=[token]))
            return render(
                request, "cockpit/wall_link.html", {"link": link, "label": form.cleaned_data["label"]}
            )
    return render(request, "cockpit/wall_new.html", {"form": form}, status=422 if form.errors else 200)


@page(PERMISSION)
def wall_detail(request: PageRequest, screen: UUID) -> HttpResponseBase:
    """Close a screen, after asking."""
    row = screen_get(request.scope, screen)
    if request.method == "POST":
        close_screen(actor=request.actor, screen=row.pk)
        messages.success(request, _("“{label}”已收回，一分钟内不再显示。").format(label=row.label))
        return redirect("cockpit:wall_list")
    return render(request, "cockpit/wall_close.html", {"screen": row})


@apart
@public_page
def wall_start(request: PageRequest, token: str) -> HttpResponse:
    """The link of a screen: this browser shows it from now on, until it expires or is taken back."""
    screen = screen_of(token)
    if screen is None:
        return _over(request)
    response: HttpResponse = redirect("cockpit:wall")
    left = int((screen.expires_at - timezone.now()).total_seconds())
    response.set_cookie(
        COOKIE, token, max_age=left, path=reverse("cockpit:wall"), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@apart
@public_page
def wall(request: PageRequest) -> HttpResponseBase:
    """What the screen shows; nothing but «not modified» while that is the same."""
    screen = _screen(request)
    if screen is None:
        return _over(request)
    note_seen(screen)
    translation.activate(screen.language)
    display = WallDisplay(screen)
    tag = f'"{display.stamp}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={"ETag": tag})
    headers = {"ETag": tag, "Content-Language": screen.language}
    return render_with(request, {"display": display, "screen": screen}, headers)


@apart
@public_page
def wall_outline(request: PageRequest) -> HttpResponseBase:
    """The outlines on which the screen draws; no others."""
    screen = _screen(request)
    code = outlined(screen.region) if screen else ""
    return outline_response(request, outline(code)) if code else _over(request)


def _screen(request: HttpRequest) -> WallScreen | None:
    return screen_of(request.COOKIES.get(COOKIE, ""))


def _over(request: HttpRequest) -> HttpResponse:
    """The same for a screen that was closed, has expired or never was."""
    return render(request, "cockpit/wall_over.html", status=404)


def render_with(request: HttpRequest, context: dict[str, Any], headers: dict[str, str]) -> HttpResponse:
    """The page with its headers."""
    response = render(request, "cockpit/wall.html", context)
    for name, value in headers.items():
        response.headers[name] = value
    return response
