"""For every request of somebody who is logged in: his language, the idle log-out, and the second factor before any page."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from chelun.core.pages import lead_to, lead_to_login, page_of, rule_of
from chelun.platform.accounts import sessions
from chelun.platform.accounts.models import User
from chelun.platform.accounts.rules import is_idle

GetResponse = Callable[[HttpRequest], HttpResponse]
# How old the note of the last use may get before it is written again, in seconds: one write a minute, not one a page.
TOUCH = 60


def before_factor(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a declared view that is open while the second factor is still asked for."""
    view.before_factor = True  # type: ignore[attr-defined]
    return view


def enrols(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a declared view that sets up a second factor: open as long as none is in force, then like any other."""
    view.enrols = True  # type: ignore[attr-defined]
    return view


class ChosenLanguage:
    """Chinese unless the reader chose otherwise: by account, or before log-in by cookie. Browsers are not asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        chosen = getattr(request.user, "language", "") or cookie
        known = chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        self._keep(request, response)
        return response

    def _keep(self, request: HttpRequest, response: HttpResponse) -> None:
        """A language that this answer writes into the cookie goes into the account, too."""
        morsel = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
        if morsel and morsel.value and isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=morsel.value)


class IdleLogout:
    """Ends a log-in that nobody has used for CHELUN_IDLE_MINUTES, and says so on the log-in page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Log out or note the use; pages that stand apart from log-ins do neither."""
        if not request.user.is_authenticated or _is_apart(request):
            return self.get_response(request)
        now, seen = int(time.time()), request.session.get(sessions.SEEN)
        if is_idle(seen, now, settings.CHELUN_IDLE_MINUTES):
            logout(request)
            return lead_to_login(request, idle=1)
        if seen is None or now - seen >= TOUCH:
            request.session[sessions.SEEN] = now
        return self.get_response(request)


def _is_apart(request: HttpRequest) -> bool:
    """Whether the page that is asked for takes no notice of a log-in."""
    try:
        return bool(getattr(resolve(request.path_info).func, "apart", False))
    except Resolver404:
        return False


class SecondFactorFirst:
    """Whoever must prove a second factor does so before anything else; public pages stay open."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Send to the code page unless the session has confirmed, or the page is one that comes before."""
        rule = rule_of(view)
        if rule is None or rule.kind == "public" or getattr(view, "before_factor", False):
            return None
        user = request.user
        if not isinstance(user, User):
            return None
        factor = user.confirmed_factor()
        if factor is None:
            free = getattr(view, "enrols", False) or not user.needs_second_factor()
            return None if free else lead_to(request, reverse("accounts:factor_enrol"))
        if request.session.get(sessions.FACTOR) == str(factor.pk):
            return None
        query = urlencode({"next": page_of(request)})
        return lead_to(request, f"{reverse('accounts:factor_confirm')}?{query}")
