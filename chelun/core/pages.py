"""Closed unless declared: how a view says who may open it.

Every view carries exactly one of `@page(permission)`, `@own_page` (anybody who is logged in) or `@public_page`;
a system check refuses to start with an undeclared URL. Anonymous → log-in; no right anywhere → 404, never 403.
What narrows a view to POST stands under the declaration, so that rights are looked at first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from chelun.core.actors import Actor
from chelun.core.scope import Scope

P = ParamSpec("P")
METHODS = ("GET", "HEAD", "POST")


class PageRequest(HttpRequest):
    """A request that has passed its page's declaration: who acts, and where the page's permission is held."""

    actor: Actor
    scope: Scope
    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class PageRule:
    """A view's declaration. `kind` is 'public', 'own' or 'permission'."""

    kind: str
    permission: str = ""


View = Callable[Concatenate[PageRequest, P], HttpResponseBase]
Opened = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(permission: str) -> Callable[[View[P]], Opened[P]]:
    """A page for those who hold `permission` somewhere; `request.scope` says where."""
    return _declared(PageRule("permission", permission))


def own_page(view: View[P]) -> Opened[P]:
    """A page about the reader himself, for anybody who is logged in. Its scope is empty."""
    return _declared(PageRule("own"))(view)


def public_page(view: View[P]) -> Opened[P]:
    """A page for everybody. Its scope is empty."""
    return _declared(PageRule("public"))(view)


def apart(view: Opened[P]) -> Opened[P]:
    """Mark a public view that takes no notice of a log-in: it neither keeps one alive nor ends with it."""
    view.apart = True  # type: ignore[attr-defined]
    return view


def lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that also leads the whole page when only a piece of it was asked for (htmx)."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def lead_to_login(request: HttpRequest, **query: object) -> HttpResponse:
    """To the log-in, and from there back to the page on which the reader was."""
    query["next"] = page_of(request)
    return lead_to(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query)}")


def page_of(request: HttpRequest) -> str:
    """The page on which the reader is: this one, or that whose form or piece asks; the start page if it is not ours."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    asked = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(asked)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def rule_of(view: Callable[..., Any]) -> PageRule | None:
    """The declaration that a view carries, or None."""
    rule = getattr(view, "page_rule", None)
    return rule if isinstance(rule, PageRule) else None


def _declared(rule: PageRule) -> Callable[[View[P]], Opened[P]]:
    def decorate(view: View[P]) -> Opened[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if rule.kind != "public" and not request.user.is_authenticated:
                return lead_to_login(request)
            entered = _enter(request, rule)
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            # No text of ours holds it, and PostgreSQL takes none that does.
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise Http404
            return view(entered, *args, **kwargs)

        opened.page_rule = rule  # type: ignore[attr-defined]
        return opened

    return decorate


def _enter(request: HttpRequest, rule: PageRule) -> PageRequest:
    entered: Any = request
    entered.actor = request.user
    entered.scope = Scope.of(())
    if rule.kind == "permission":
        entered.scope = entered.actor.scope_for(rule.permission)
        if not entered.scope:
            raise Http404
    page_request: PageRequest = entered
    return page_request
