"""Logging in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, own_page, public_page
from chelun.platform.accounts.addresses import client_address
from chelun.platform.accounts.forms import LoginForm
from chelun.platform.accounts.middleware import before_factor
from chelun.platform.accounts.models import User
from chelun.platform.accounts.services.login import login_check, login_opened
from chelun.platform.accounts.services.sessions import session_closed


def safe_next(request: PageRequest) -> str:
    """The page to go on to: the one asked for if it is ours, else the start page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else settings.LOGIN_REDIRECT_URL


@sensitive_post_parameters("password")
@public_page
def login_page(request: PageRequest) -> HttpResponse:
    """Ask for name and password; open a log-in."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = login_check(**form.cleaned_data, address=client_address(request))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            _opened(request, user)
            return redirect(safe_next(request))
    context = {"form": form, "next": safe_next(request), "idle": "idle" in request.GET}
    minutes = settings.CHELUN_IDLE_MINUTES
    status = 422 if form.errors else 200
    return render(request, "accounts/login.html", {**context, "idle_minutes": minutes}, status=status)


@transaction.atomic
def _opened(request: PageRequest, user: User) -> None:
    """Open the log-in and write it down, as one short write: others may be writing for long."""
    login(request, user)
    login_opened(user=user, address=client_address(request))


@before_factor
@own_page
@require_POST
def logout_do(request: PageRequest) -> HttpResponse:
    """End this log-in."""
    if isinstance(request.user, User):
        session_closed(user=request.user)
    logout(request)
    return redirect("accounts:login")
