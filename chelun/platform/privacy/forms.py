"""Forms of privacy: they carry text to the services, which decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chelun.platform.privacy.choices import ErasureGround


class ErasureForm(forms.Form):
    """Why somebody is erased."""

    ground = forms.ChoiceField(label=_("依据"), choices=ErasureGround.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("说明"),
        max_length=200,
        help_text=_("至少 4 个字，不要写姓名和号码：这句话在抹除之后仍然保留。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LiftForm(forms.Form):
    """Which statute asks for somebody who objected to being kept."""

    statute = forms.CharField(
        label=_("要求登记的法律依据"),
        max_length=200,
        help_text=_("写明法律、法规的名称和条款，例如“道路运输条例第九条”。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
