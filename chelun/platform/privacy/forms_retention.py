"""Forms of keeping: for which region deletion by term is switched on, and why somebody's data may not go for now."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chelun.platform.privacy.choices import HoldGround
from chelun.platform.regions.forms import RegionField


class SwitchForm(forms.Form):
    """Where what is beyond its term should go by itself."""

    region = RegionField(label=_("地区"), levels=("province", "city", "county"))


class HoldForm(forms.Form):
    """Why somebody's data stays for now."""

    ground = forms.ChoiceField(label=_("依据"), choices=HoldGround.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("哪一件"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明案号、文号，或哪部法律的哪一条。这段文字加密保存，随他的档案一同抹除。"),
    )  # fmt: skip
    until = forms.DateField(
        label=_("留存至"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("到这一天自动失效；说不定就留空，事情了结后来解除。"),
    )  # fmt: skip
