"""The form of break-glass: a whole number and a reason."""

from django import forms
from django.utils.translation import gettext_lazy


class GlassForm(forms.Form):
    """Whose file is needed in an emergency, and why."""

    number = forms.CharField(
        label=gettext_lazy("身份证号或手机号"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("要完整的号码：紧急查看只为找到的那一个人，不能翻看名单。"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("什么紧急情况"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写明发生了什么、为什么等不及，至少 10 个字。不要写姓名和号码；本人和审计管理员都会看到。"),
    )  # fmt: skip
