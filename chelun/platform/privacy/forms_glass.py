"""Forms of break-glass."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chelun.platform.accounts.roles import ROLES, roles_with
from chelun.platform.privacy.choices import GlassVerdict, ToldHow
from chelun.platform.privacy.services.glass import ASK
from chelun.platform.regions.forms import RegionField


class AreaForm(forms.Form):
    """How far break-glass reaches, and for whom."""

    role = forms.ChoiceField(label=_("角色"))
    region = RegionField(label=_("地区"), levels=("province", "city", "county"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, ROLES[name].label) for name in sorted(roles_with(ASK))]


class ToldForm(forms.Form):
    """How the person was told."""

    how = forms.ChoiceField(label=_("怎样告知"), choices=ToldHow.choices, widget=forms.RadioSelect)


class ReviewForm(forms.Form):
    """What the audit administrator found."""

    verdict = forms.ChoiceField(label=_("结论"), choices=GlassVerdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("说明"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
