"""Choosing a region in a form: by name, pinyin or code, with suggestions while writing; works without a script."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.scope import Scope
from chelun.core.ui import listed
from chelun.platform.regions.choices import LEVEL_NAMES
from chelun.platform.regions.place_settings import Setting, Value
from chelun.platform.regions.reading import region_from_text
from chelun.platform.regions.rules import LEVELS
from chelun.platform.regions.selectors import path_of, place, region_search
from chelun.platform.regions.services.settings import LONGEST_TEXT

_SUGGESTED, _LOOKED_AT = 5, 50


class RegionInput(forms.TextInput):
    """A text field that asks `regions:search` for suggestions and links to the directory of regions."""

    template_name = "regions/region_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the address of the search and the name of the list of suggestions."""
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["list_id"] = f"{base}_suggested"
        context["search_url"] = f"{reverse('regions:search')}?field={name}"
        context["widget"]["attrs"] |= {"list": context["list_id"], "autocomplete": "off"}
        return context


class RegionField(forms.CharField):
    """A region's code in force, read from what a clerk writes: 美姑, meigu, 四川 美姑县, 513436.

    `within` is where a name is looked for first; `levels` are those that will do. Ambiguous names are refused with the
    places that they may mean.
    """

    widget = RegionInput

    def __init__(self, *, within: str = "", levels: Collection[str] = LEVELS, **options: Any) -> None:
        super().__init__(max_length=80, **options)
        self.within = within
        self.levels = frozenset(levels)

    def prepare_value(self, value: Any) -> Any:
        """A stored code is shown as the names from the province down."""
        return " ".join(path_of(value)) or value if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """The code; '' when nothing is written and nothing is required."""
        text = str(super().clean(value))
        if not text:
            return ""
        code = region_from_text(text, self.within) or self._only(text)
        found = place(code) if code else None
        if found is None:
            raise forms.ValidationError(self._complaint(text), code="region")
        if found.level not in self.levels:
            message = _("“{text}”是{level}地区，这里要的是：{levels}。")
            levels = listed(str(LEVEL_NAMES[level]) for level in LEVELS if level in self.levels)
            named = message.format(text=text, level=LEVEL_NAMES[found.level], levels=levels)
            raise forms.ValidationError(named, code="region_level")
        return found.code

    def _only(self, text: str) -> str:
        """The one region that a search by pinyin or part of a name finds, the whole pinyin before its beginnings;
        '' when there are several."""
        fits = self._candidates(text, _LOOKED_AT)
        whole = [found for found in fits if found.pinyin == text.lower()]
        return (whole or fits)[0].code if len(whole or fits) == 1 else ""

    def _candidates(self, text: str, most: int) -> list[Any]:
        found = region_search(text, scope=Scope.everything(), limit=_LOOKED_AT)
        return [entry for entry in found if entry.in_force and entry.level in self.levels][:most]

    def _complaint(self, text: str) -> str:
        names = ["".join(path_of(found.code)) for found in self._candidates(text, _SUGGESTED)]
        if not names:
            return _("没有叫“{text}”的地区。请写县名、拼音或六位代码，例如“美姑”“meigu”“513436”。").format(
                text=text
            )
        return _("“{text}”不能确定是哪里，请写全：{names}。").format(text=text, names=listed(names))


class RegionSearchForm(forms.Form):
    """The bar above the directory of regions."""

    q = forms.CharField(
        label=gettext_lazy("名称、拼音、首字母或代码"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class SettingForm(forms.Form):
    """The field in which a place decides a setting, and why it differs from above."""

    reason = forms.CharField(
        label=gettext_lazy("为什么与上级不同"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": gettext_lazy("为什么与上级不同")}),
    )  # fmt: skip

    def __init__(self, setting: Setting, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setting = setting
        self.fields["value"] = _field(setting)

    def decided(self) -> Value:
        """The value as the service wants it."""
        value = self.cleaned_data["value"]
        return value == "on" if self.setting.kind == "flag" else str(value)


def _field(setting: Setting) -> forms.Field:
    if setting.kind == "text":
        return forms.CharField(label=str(setting.label), max_length=LONGEST_TEXT)
    choices = (
        list(setting.choices.items()) if setting.kind == "choice" else [("on", _("启用")), ("off", _("停用"))]
    )
    return forms.ChoiceField(label=str(setting.label), choices=choices)
