"""Forms of the firms app."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.firms.choices import COUNTED
from chelun.firms.lights import LIGHTS, fed_lights
from chelun.people.forms import LEDGER, choose
from chelun.platform.regions.words import PlaceValues

Choices = Sequence[tuple[str, str]]


class LightFilter(forms.Form):
    """The filters of the list of lights. Regions, kinds and words come from the reader's place."""

    q = forms.CharField(label=gettext_lazy("企业名称、拼音或信用代码"), required=False, max_length=60)
    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    light = forms.ChoiceField(label=gettext_lazy("灯"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("行业类别"), required=False)
    mentioned = forms.ChoiceField(label=gettext_lazy("台账"), choices=LEDGER, required=False)

    def __init__(
        self, *args: Any, regions: Choices, kinds: Mapping[str, str], values: PlaceValues, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "region", regions)
        choose(self, "kind", list(kinds.items()))
        choose(self, "light", _lights(values))


def _lights(values: PlaceValues) -> list[tuple[str, str]]:
    """Every light that can be counted, with everything that it can say."""
    text = _("{light}：{state}")
    return [
        (f"{name}:{state.value}", text.format(light=LIGHTS[name].label(values), state=state.label))
        for name in fed_lights()
        for state in COUNTED
        if LIGHTS[name].shows(values)
    ]
