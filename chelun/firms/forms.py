"""Forms of the firms app."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.firms.choices import COUNTED, Counting
from chelun.firms.lights import LIGHTS, fed_lights
from chelun.firms.thresholds import Rule
from chelun.people.forms_filters import LEDGER, choose
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


class RuleForm(forms.Form):
    """By what firms come into a register, and from which day on."""

    label = forms.CharField(label=gettext_lazy("名册名称"), max_length=40)
    counting = forms.ChoiceField(label=gettext_lazy("数什么"), choices=Counting)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("只算哪些工种"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个都不选，就全部都算。"),
    )
    at_least = forms.IntegerField(
        label=gettext_lazy("从多少起"), min_value=1, max_value=1_000_000, required=False
    )
    since = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    criterion = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=200,
        help_text=gettext_lazy("写明文件或口径，例如“某号文件：50 辆车以上”。"),
    )

    def __init__(self, *args: Any, kinds: Mapping[str, str], new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(kinds.items())
        counting = self.fields["counting"]
        assert isinstance(counting, forms.ChoiceField)
        if new:
            # What nobody has yet is neither put aside nor left to those above.
            counting.choices = [
                each for each in Counting.choices if each[0] not in (Counting.OFF, Counting.ABOVE)
            ]

    def rule(self, register: str, home: str) -> Rule:
        """What was filled in, as a rule of a place."""
        said = self.cleaned_data
        return Rule(
            register, said["label"].strip(), said["counting"], said["at_least"], tuple(said["kinds"]), said["since"],
            home, said["criterion"].strip(),
        )  # fmt: skip


class DayForm(forms.Form):
    """Which day of a register, and where."""

    day = forms.DateField(
        label=gettext_lazy("看哪一天"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)

    def __init__(self, *args: Any, regions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "region", regions)


class ListForm(forms.Form):
    """Which firms a list names, and which list that is."""

    lines = forms.CharField(
        label=gettext_lazy("企业"), widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("每行一家：企业全称，或统一社会信用代码。可以从表格里整列粘贴。"),
    )  # fmt: skip
    ground = forms.CharField(
        label=gettext_lazy("依据"), max_length=200,
        help_text=gettext_lazy("哪份名单，例如“县统计局 2026 年规上企业名单”。"),
    )  # fmt: skip
    from_day = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class EndForm(forms.Form):
    """Why and when a firm is taken off a list."""

    ground = forms.CharField(label=gettext_lazy("依据"), max_length=200)
    to_day = forms.DateField(
        label=gettext_lazy("从哪天起不在"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
