"""My account: what I may do, my password, my log-ins."""

import uuid

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, own_page
from chelun.platform.accounts import sessions
from chelun.platform.accounts.addresses import client_address
from chelun.platform.accounts.forms import ChangePasswordForm
from chelun.platform.accounts.parties import local_door, party_of
from chelun.platform.accounts.selectors.grants import grant_list
from chelun.platform.accounts.selectors.passkeys import passkey_list
from chelun.platform.accounts.selectors.sessions import session_list
from chelun.platform.accounts.services.passwords import password_change
from chelun.platform.accounts.services.sessions import session_end, sessions_end
from chelun.platform.accounts.views.factors import own_user


@own_page
def me(request: PageRequest) -> HttpResponse:
    """What my account is and may do, and where it is logged in."""
    user = own_user(request)
    context = {
        "grants": grant_list(user=user),
        "sessions": session_list(user=user),
        "current": own_number(request),
        "factor": user.confirmed_factor(),
        "passkeys": passkey_list(user=user),
        "party": party_of(request),
        "local": local_door(request),
    }
    return render(request, "accounts/me.html", context)


@sensitive_post_parameters()
@own_page
def password_page(request: PageRequest) -> HttpResponse:
    """Change my password."""
    user = own_user(request)
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        present, wanted = form.cleaned_data["present"], form.cleaned_data["password"]
        try:
            password_change(user=user, present=present, wanted=wanted, address=client_address(request))
        except Refused as refusal:
            form.add_error("present" if refusal.code.endswith("mistaken") else "password", refusal.message)
        else:
            _log_in_again(request)
            messages.success(request, _("密码已更改，其他地方的登录都已退出。"))
            return redirect("accounts:me")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


@own_page
@require_POST
def session_end_do(request: PageRequest, number: uuid.UUID) -> HttpResponse:
    """End one of my log-ins."""
    user = own_user(request)
    session_end(actor=user, user=user, number=number)
    messages.success(request, _("已退出那一处登录。"))
    return redirect("accounts:me")


@own_page
@require_POST
def sessions_end_do(request: PageRequest) -> HttpResponse:
    """End all my log-ins but this one."""
    user = own_user(request)
    ended = sessions_end(actor=user, user=user, but=own_number(request))
    said = ngettext("已退出其他 {count} 处登录。", "已退出其他 {count} 处登录。", ended)
    messages.success(request, said.format(count=ended))
    return redirect("accounts:me")


def own_number(request: PageRequest) -> uuid.UUID | None:
    """The number of this very log-in."""
    number = request.session.get(sessions.NUMBER)
    return uuid.UUID(number) if number else None


def _log_in_again(request: PageRequest) -> None:
    """Changing the password ended every log-in; this one goes on under a new key, its second factor with it."""
    factor = request.session.get(sessions.FACTOR)
    user = own_user(request)
    request.session.flush()
    login(request, user)
    if factor:
        request.session[sessions.FACTOR] = factor
