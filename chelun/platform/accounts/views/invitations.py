"""The page behind an invitation's link: set a password, once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, public_page
from chelun.platform.accounts.forms import NewPasswordForm
from chelun.platform.accounts.services.invitations import invitation_use, invited_user


@sensitive_post_parameters()
@public_page
def invitation_page(request: PageRequest, token: str) -> HttpResponse:
    """Set the password by the link, then go to the log-in."""
    invited = invited_user(token=token)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation_use(token=token, password=form.cleaned_data["password"])
        except Refused as refusal:
            form.add_error("password", refusal.message)
        else:
            messages.success(request, _("密码已设好，请登录。"))
            return redirect("accounts:login")
    context = {"form": form, "invited": invited}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)
