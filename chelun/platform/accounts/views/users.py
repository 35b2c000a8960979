"""Accounts for the system administrator: the list, a new one, one of them, its invitation."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, capped_count, keyset_page
from chelun.platform.accounts.forms import UserFilterForm, UserForm
from chelun.platform.accounts.models import User
from chelun.platform.accounts.selectors.grants import grant_list
from chelun.platform.accounts.selectors.users import names, open_invitation, same_person, user_get, user_list
from chelun.platform.accounts.services.invitations import invitation_send
from chelun.platform.accounts.services.users import user_create, user_disable, user_enable
from chelun.platform.accounts.views.tables import user_facts, user_table


@page("accounts.manage")
def user_list_page(request: PageRequest) -> HttpResponse:
    """All accounts of the administrator's offices."""
    return render(request, "accounts/user_list.html", list_context(request, "accounts:user_detail"))


def list_context(request: PageRequest, detail: str) -> dict[str, object]:
    """A filtered, paged table of accounts whose rows lead to the page named `detail`."""
    form, address = UserFilterForm(request.GET), Address.of(request)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = user_list(scope=request.scope, **wanted)
    turned = keyset_page(rows, ("username",), address)
    table = user_table(turned.items, address, detail)
    return {"form": form, "address": address, "page": turned, "table": table, "count": capped_count(rows)}


@page("accounts.manage")
def user_new_page(request: PageRequest) -> HttpResponse:
    """Make an account and show its link once."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, token = user_create(actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            field = "region" if refusal.code == "accounts.region" else "username"
            form.add_error(field, refusal.message)
        else:
            return _link_shown(request, user, token)
    return render(request, "accounts/user_new.html", {"form": form}, status=422 if form.errors else 200)


@page("accounts.manage")
def user_detail_page(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """One account."""
    user = user_get(scope=request.scope, pk=pk)
    invitation = open_invitation(user=user)
    context = {
        "account": user,
        "facts": user_facts(user),
        "grants": grant_list(user=user),
        "invitation": invitation,
        "expired": invitation is not None and invitation.expires_at <= timezone.now(),
        "others": names(same_person(user=user)),
    }
    return render(request, "accounts/user_detail.html", context)


@page("accounts.manage")
@require_POST
def invitation_send_do(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a new link in place of earlier ones, and show it once."""
    user = user_get(scope=request.scope, pk=pk)
    return _link_shown(request, user, invitation_send(actor=request.actor, user=user))


@page("accounts.manage")
@require_POST
def user_disable_do(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Close an account."""
    user_disable(actor=request.actor, user=user_get(scope=request.scope, pk=pk))
    messages.success(request, _("账号已停用，它的登录都已退出。"))
    return redirect("accounts:user_detail", pk)


@page("accounts.manage")
@require_POST
def user_enable_do(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a closed account again."""
    user_enable(actor=request.actor, user=user_get(scope=request.scope, pk=pk))
    messages.success(request, _("账号已启用。"))
    return redirect("accounts:user_detail", pk)


def _link_shown(request: PageRequest, user: User, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
    context = {
        "account": user,
        "link": link,
        "hours": settings.CHELUN_INVITATION_HOURS,
        "others": names(same_person(user=user)),
    }
    return render(request, "accounts/invitation_link.html", context)
