"""Passkeys: adding one, proving a log-in by one, removing one. What the browser does between is `passkey.js`."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, own_page
from chelun.platform.accounts.addresses import client_address
from chelun.platform.accounts.ceremonies import creation_options, use_options
from chelun.platform.accounts.challenges import ADD, USE, challenge_give, challenge_take
from chelun.platform.accounts.forms import CodeForm, PasskeyForm, PresentPasswordForm
from chelun.platform.accounts.middleware import before_factor, enrols
from chelun.platform.accounts.models import User
from chelun.platform.accounts.parties import Party, local_door, party_of
from chelun.platform.accounts.selectors.passkeys import passkey_get, passkeys_known
from chelun.platform.accounts.services.passkeys import (
    passkey_add,
    passkey_asked,
    passkey_check,
    passkey_remove,
)
from chelun.platform.accounts.views.factors import factor_asked, factor_proved, factor_set, own_user
from chelun.platform.accounts.views.me import own_number


@enrols
@own_page
def passkey_new_page(request: PageRequest) -> HttpResponse:
    """Ask how a new passkey is to be called and for the password; keep what the browser has made."""
    user, told = own_user(request), ""
    if request.method == "POST":
        challenge = challenge_take(request.session, act=ADD, user=user)
        try:
            codes = passkey_add(
                user=user, answer=_answer(request), challenge=challenge, party=_party(request)
            )
        except Refused as refusal:
            told = refusal.message
        else:
            return factor_set(request, user, codes, _("通行密钥已添加。"))
    return render(
        request, "accounts/passkey_new.html", _adding(request, user, told), status=422 if told else 200
    )


def _adding(request: PageRequest, user: User, told: str) -> dict[str, object]:
    return {
        "form": PasskeyForm(),
        "told": told,
        "party": party_of(request),
        "local": local_door(request),
        "first": user.confirmed_factor() is None,
    }


@sensitive_post_parameters("present")
@enrols
@own_page
@require_POST
def passkey_new_options(request: PageRequest) -> HttpResponse:
    """What the browser needs to make a passkey: for who knows the password."""
    user = own_user(request)
    return _spoken(lambda: _creation(request, user))


@before_factor
@own_page
@require_POST
def passkey_use_options(request: PageRequest) -> HttpResponse:
    """What the browser needs to prove this log-in by a passkey."""
    user = own_user(request)
    return _spoken(lambda: _use(request, user))


@before_factor
@own_page
@require_POST
def passkey_use_do(request: PageRequest) -> HttpResponse:
    """Let a passkey prove this log-in; where it does not, ask again and say why."""
    user = own_user(request)
    if user.confirmed_factor() is None:
        return redirect("accounts:factor_enrol")
    challenge, address = challenge_take(request.session, act=USE, user=user), client_address(request)
    try:
        factor = passkey_check(
            user=user, answer=_answer(request), challenge=challenge, party=_party(request), address=address
        )
    except Refused as refusal:
        return factor_asked(request, user, CodeForm(), refusal.message)
    return factor_proved(request, factor)


@sensitive_post_parameters("present")
@own_page
def passkey_remove_page(request: PageRequest, passkey: uuid.UUID) -> HttpResponse:
    """Remove one of my passkeys."""
    user = own_user(request)
    known, form = passkey_get(user=user, pk=passkey), PresentPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        own, address = own_number(request), client_address(request)
        try:
            passkey_remove(user=user, pk=known.pk, address=address, but=own, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("present" if refusal.code.endswith("mistaken") else None, refusal.message)
        else:
            messages.success(request, _("通行密钥已移除，其他地方的登录都已退出。"))
            return redirect("accounts:me")
    return render(
        request, "core/confirm.html", _removal(known.name, form), status=422 if form.errors else 200
    )


def _removal(name: str, form: PresentPasswordForm) -> dict[str, object]:
    return {
        "name": _("我的账号"),
        "heading": _("移除通行密钥“{name}”").format(name=name),
        "text": _("移除后，它不能再用来登录，其他地方的登录都会退出。设备里的那一半要在设备的设置里删除。"),
        "form": form,
        "button": _("移除"),
        "cancel_url": reverse("accounts:me"),
    }


def _creation(request: PageRequest, user: User) -> str:
    form, party = PasskeyForm(request.POST), _party(request)
    if not form.is_valid():
        raise Refused("accounts.passkey.form", " ".join(_wrong(form)))
    passkey_asked(user=user, address=client_address(request), **form.cleaned_data)
    has = passkeys_known(user=user, party=party)
    challenge = challenge_give(request.session, act=ADD, user=user, name=form.cleaned_data["name"])
    return creation_options(party, challenge, handle=user.pk.bytes, username=user.username, has=has)


def _use(request: PageRequest, user: User) -> str:
    party = _party(request)
    has = passkeys_known(user=user, party=party)
    if not has:
        raise Refused("accounts.passkey.absent", _("您在这个网址没有登记过通行密钥，请用验证码或恢复码。"))
    return use_options(party, challenge_give(request.session, act=USE, user=user), has)


def _wrong(form: PasskeyForm) -> list[str]:
    labels = {name: str(field.label) for name, field in form.fields.items()}
    return [
        _("{field}：{error}").format(field=labels[name], error=" ".join(map(str, errors)))
        for name, errors in form.errors.items()
    ]


def _party(request: PageRequest) -> Party:
    party = party_of(request)
    if party is None:
        sentence = _("这个网址不能用通行密钥：须是主机名（不是数字地址）和 HTTPS；在本机上可以用 localhost。")
        raise Refused("accounts.passkey.place", sentence)
    return party


def _answer(request: PageRequest) -> str:
    return request.POST.get("credential", "")


def _spoken(make: Callable[[], str]) -> HttpResponse:
    """For a script: what it asked for, or the sentence that refuses it."""
    try:
        return HttpResponse(make(), content_type="application/json")
    except Refused as refusal:
        return JsonResponse({"told": refusal.message}, status=422)
