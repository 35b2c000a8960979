"""Forms of accounts: what was typed, cleaned; what is allowed is asked of services."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from chelun.platform.accounts.roles import ROLES
from chelun.platform.regions.forms import RegionField


def _text(label: Any, *, hint: Any = "", length: int = 60, **attrs: object) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=length, widget=forms.TextInput(attrs=attrs)
    )


def _secret(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget)


class LoginForm(forms.Form):
    """Name and password."""

    username = _text(_("登录名"), autocomplete="username", autofocus=True)
    password = _secret(_("密码"), "current-password")


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = _secret(_("新密码"), "new-password")
    again = _secret(_("再输一遍新密码"), "new-password")

    def clean_again(self) -> str:
        """The repetition must be the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise ValidationError(gettext("两次输入的新密码不一样，请重新输入。"), code="differs")
        return again


class ChangePasswordForm(NewPasswordForm):
    """The present password, then the new one twice."""

    present = _secret(_("现在的密码"), "current-password")
    field_order = ("present", "password", "again")


class CodeForm(forms.Form):
    """A one-time code, or a recovery code."""

    code = _text(
        _("验证码"),
        length=20,
        autocomplete="one-time-code",
        inputmode="text",
        autofocus=True,
        autocapitalize="characters",
    )


class PresentPasswordForm(forms.Form):
    """The password once more, before something that somebody else at this desk should not do."""

    present = _secret(_("现在的密码"), "current-password")


class PasskeyForm(PresentPasswordForm):
    """How a new passkey is to be called."""

    name = _text(_("名称"), hint=_("便于以后分辨，如“办公室电脑”“蓝色钥匙”。"), length=40, autocomplete="off")
    field_order = ("name", "present")


class UserForm(forms.Form):
    """A new account."""

    person_name = _text(_("姓名"))
    username = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9._-]{2,59}$",
        label=_("登录名"),
        help_text=_("3 至 60 个字母、数字、点、横线或下划线，以字母开头；不分大小写。"),
        error_messages={
            "invalid": _("登录名须以字母开头，只含字母、数字、点、横线和下划线，至少 3 个字符。")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    region = RegionField(label=_("单位所在地区"), help_text=_("填地区名称、拼音或代码。"))


class GrantForm(forms.Form):
    """A role on a region."""

    role = forms.ChoiceField(
        label=_("角色"),
        choices=lambda: [(role.name, role.label) for role in ROLES.values()],
    )
    region = RegionField(label=_("范围"), help_text=_("填地区名称、拼音或代码；角色在该地区及其下级有效。"))


class UserFilterForm(forms.Form):
    """What a list of accounts is narrowed to."""

    text = forms.CharField(label=_("登录名或姓名"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            ("active", pgettext_lazy("account", "启用")),
            ("disabled", pgettext_lazy("account", "停用")),
            ("waiting", _("还没设密码")),
            ("bare", _("还没有角色")),
            ("shared", _("一人兼任的管理员")),
        ],
    )


class AuditFilterForm(forms.Form):
    """What the list of the audit trail is narrowed to; nothing is required."""

    actor = forms.CharField(label=_("操作者"), required=False, max_length=120)
    action = forms.CharField(label=_("动作"), required=False, max_length=60)
    target = forms.CharField(label=_("对象编号或登录名"), required=False, max_length=64)
    day = forms.DateField(
        label=_("日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
    )
