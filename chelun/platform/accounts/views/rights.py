"""Rights for the security administrator: roles, locks, second factors and log-ins of others."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.platform.accounts.forms import GrantForm
from chelun.platform.accounts.models import User
from chelun.platform.accounts.selectors.grants import grant_list
from chelun.platform.accounts.selectors.locks import lock_list
from chelun.platform.accounts.selectors.sessions import session_list
from chelun.platform.accounts.selectors.users import names, same_person, user_get
from chelun.platform.accounts.services.factors import factor_reset
from chelun.platform.accounts.services.grants import grant_give, grant_withdraw, lock_lift
from chelun.platform.accounts.services.sessions import session_end, sessions_end
from chelun.platform.accounts.views.tables import user_facts
from chelun.platform.accounts.views.users import list_context


@page("security.manage")
def rights_list_page(request: PageRequest) -> HttpResponse:
    """All accounts, for giving and withdrawing roles."""
    return render(request, "accounts/rights_list.html", list_context(request, "accounts:rights_detail"))


@page("security.manage")
def rights_detail_page(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """One account's roles and log-ins; a role is given here."""
    user = user_get(scope=request.scope, pk=pk)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grant_give(actor=request.actor, user=user, **form.cleaned_data)
        except Refused as refusal:
            field = "region" if refusal.code == "accounts.region" else "role"
            form.add_error(field, refusal.message)
        else:
            messages.success(request, _("已授予角色。"))
            return redirect("accounts:rights_detail", pk)
    return render(request, "accounts/rights_detail.html", _detail(user, form), status=_status(form))


def _status(form: GrantForm) -> int:
    return 422 if form.errors else 200


def _detail(user: User, form: GrantForm) -> dict[str, object]:
    return {
        "account": user,
        "form": form,
        "facts": user_facts(user),
        "grants": grant_list(user=user),
        "sessions": session_list(user=user),
        "others": names(same_person(user=user)),
        "factor": user.confirmed_factor(),
    }


@page("security.manage")
@require_POST
def grant_withdraw_do(request: PageRequest, pk: uuid.UUID, grant: uuid.UUID) -> HttpResponse:
    """Take a role away."""
    grant_withdraw(actor=request.actor, user=user_get(scope=request.scope, pk=pk), pk=grant)
    messages.success(request, _("已撤去角色。"))
    return redirect("accounts:rights_detail", pk)


@page("security.manage")
@require_POST
def factor_reset_do(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the second factor away, so that the user enrols anew."""
    factor_reset(actor=request.actor, user=user_get(scope=request.scope, pk=pk))
    messages.success(request, _("第二因子已重置，此人下次登录时重新启用。"))
    return redirect("accounts:rights_detail", pk)


@page("security.manage")
@require_POST
def user_session_end_do(request: PageRequest, pk: uuid.UUID, number: uuid.UUID) -> HttpResponse:
    """End one log-in of somebody."""
    session_end(actor=request.actor, user=user_get(scope=request.scope, pk=pk), number=number)
    messages.success(request, _("已退出那一处登录。"))
    return redirect("accounts:rights_detail", pk)


@page("security.manage")
@require_POST
def user_sessions_end_do(request: PageRequest, pk: uuid.UUID) -> HttpResponse:
    """End all log-ins of somebody."""
    sessions_end(actor=request.actor, user=user_get(scope=request.scope, pk=pk))
    messages.success(request, _("此人的登录都已退出。"))
    return redirect("accounts:rights_detail", pk)


@page("security.manage")
def lock_list_page(request: PageRequest) -> HttpResponse:
    """What is locked now."""
    return render(request, "accounts/lock_list.html", {"locks": lock_list(scope=request.scope)})


@page("security.manage")
@require_POST
def lock_lift_do(request: PageRequest) -> HttpResponse:
    """Unlock a name or an address."""
    asked = (request.POST.get("kind"), request.POST.get("key"))
    lock = next((one for one in lock_list(scope=request.scope) if (one.kind, one.key) == asked), None)
    if lock is None:
        raise NotFound
    lock_lift(actor=request.actor, lock=lock)
    messages.success(request, _("已解除锁定。"))
    return redirect("accounts:lock_list")
