"""The second factor: setting up one-time codes, proving it at log-in, new recovery codes."""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, own_page
from chelun.core.ui import listed
from chelun.platform.accounts import sessions, totp
from chelun.platform.accounts.addresses import client_address
from chelun.platform.accounts.forms import CodeForm
from chelun.platform.accounts.middleware import before_factor, enrols
from chelun.platform.accounts.models import SecondFactor, User
from chelun.platform.accounts.parties import local_door, party_of
from chelun.platform.accounts.selectors.passkeys import passkey_list
from chelun.platform.accounts.services.factors import (
    factor_begin,
    factor_check,
    factor_enrol,
    factor_secret,
    recovery_renew,
)
from chelun.platform.accounts.views.login import safe_next


def own_user(request: PageRequest) -> User:
    """The account of whoever reads the page."""
    if not isinstance(request.user, User):
        raise NotFound
    return request.user


@enrols
@own_page
def factor_enrol_page(request: PageRequest) -> HttpResponse:
    """Show the key as a picture; a first right code puts it into force."""
    user = own_user(request)
    present = user.confirmed_factor()
    if present and present.codes_at:
        return redirect("accounts:me")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = factor_enrol(user=user, code=form.cleaned_data["code"].replace(" ", ""))
        except Refused as refusal:
            form.add_error("code", refusal.message)
        else:
            return factor_set(request, user, codes, _("验证码已启用。"))
    required = present is None and user.needs_second_factor()
    context = {"form": form, **_enrolment(user), "required": required, "first": present is None}
    return render(request, "accounts/factor_enrol.html", context, status=422 if form.errors else 200)


@before_factor
@own_page
def factor_confirm_page(request: PageRequest) -> HttpResponse:
    """Ask for a code, or for a passkey (`passkeys`); the session remembers that it was right."""
    user = own_user(request)
    if user.confirmed_factor() is None:
        return redirect("accounts:factor_enrol")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factor = factor_check(user=user, code=form.cleaned_data["code"], address=client_address(request))
        except Refused as refusal:
            form.add_error("code", refusal.message)
        else:
            return factor_proved(request, factor)
    return factor_asked(request, user, form)


def factor_asked(request: PageRequest, user: User, form: CodeForm, told: str = "") -> HttpResponse:
    """The page that asks for the second factor; with what was wrong about a passkey, where something was."""
    factor, party = user.confirmed_factor(), party_of(request)
    passkeys = passkey_list(user=user)
    here = [each for each in passkeys if party and each.host == party.host]
    code = form.fields["code"]
    if here:
        code.widget.attrs.pop("autofocus")
    if factor and not factor.codes_at:
        code.label = _("一个恢复码")
    context = {
        "form": form,
        "next": safe_next(request),
        "demo": settings.CHELUN_DEMO and user.is_demo,
        "codes": factor and factor.codes_at,
        "usable": bool(here),
        "elsewhere": listed(sorted({each.host for each in passkeys})) if passkeys and not here else "",
        "local": local_door(request),
        "told": told,
    }
    status = 422 if form.errors or told else 200
    return render(request, "accounts/factor_confirm.html", context, status=status)


@own_page
@require_POST
def recovery_renew_do(request: PageRequest) -> HttpResponse:
    """Make and show new recovery codes."""
    user = own_user(request)
    if user.confirmed_factor() is None:
        raise Refused("accounts.factor.absent", _("您还没有启用第二因子，请先启用。"))
    return render(request, "accounts/recovery_codes.html", {"codes": recovery_renew(user=user)})


def factor_set(request: PageRequest, user: User, codes: list[str], said: str) -> HttpResponse:
    """Something that proves the second factor was set up here: this log-in has it now; its recovery codes, if new."""
    _confirm(request, SecondFactor.objects.get(user=user))
    if codes:
        return render(request, "accounts/recovery_codes.html", {"codes": codes})
    messages.success(request, said)
    return redirect("accounts:me")


def factor_proved(request: PageRequest, factor: SecondFactor) -> HttpResponse:
    """On to the page that was asked for."""
    _confirm(request, factor)
    return redirect(safe_next(request))


def _confirm(request: PageRequest, factor: SecondFactor) -> None:
    """A higher right, hence a new session key."""
    request.session.cycle_key()
    request.session[sessions.FACTOR] = str(factor.pk)


def _enrolment(user: User) -> dict[str, str]:
    secret = factor_secret(factor_begin(user=user))
    address = totp.enrolment_address(secret, user.username, "Chelun")
    picture = segno.make_qr(address).svg_data_uri(scale=5, border=3, light="#fff")
    return {"picture": picture, "secret": totp.readable_secret(secret)}
