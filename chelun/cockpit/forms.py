"""Forms of the cockpit."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chelun.cockpit.choices import WallLanguage, WallTheme
from chelun.core.scope import Scope
from chelun.platform.regions.forms import RegionField
from chelun.platform.regions.words import home_region


class WallForm(forms.Form):
    """What a screen on a wall shows, where it hangs, and for how long."""

    region = RegionField(
        label=_("显示哪个地区"),
        levels=("province", "city", "county"),
        help_text=_("屏上只有这个地区的汇总数，没有任何个人。"),
    )
    label = forms.CharField(
        label=_("挂在哪里"), max_length=40, help_text=_("例如“一楼大厅”，以后收回时认得出来。")
    )
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=366, initial=180)
    theme = forms.ChoiceField(label=_("明暗"), choices=WallTheme.choices, initial=WallTheme.DARK)
    language = forms.ChoiceField(
        label=_("语言"), choices=WallLanguage.choices, initial=settings.LANGUAGE_CODE
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        assert isinstance(field, RegionField)
        field.within = home_region(scope)
        field.initial = field.within
