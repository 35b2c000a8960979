"""The form in which somebody writes which source outweighs which."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.people.displays.rank_pages import NO_ORDER, UnknownSource, order_from, order_text
from chelun.people.displays.ranks import DOOR_NAMES, group_facts, group_name
from chelun.people.rules.ranks import GROUPS, MOST_STEPS, REST, STANDARD, Lines, Order


class RankForm(forms.Form):
    """One line for each group of facts: doors and sources, the weightiest first, with > between them."""

    def __init__(
        self, *args: Any, register: str, lines: Lines, sources: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._sources = sources
        self._groups = (*GROUPS[register], REST)
        for group in self._groups:
            self.fields[_field(group)] = forms.CharField(
                label=group_name(group), help_text=_help(register, group), required=False, max_length=300,
                initial=order_text(lines[group]) if group in lines else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("调整的理由"), max_length=200, min_length=4,
            help_text=gettext_lazy("至少 4 个字，不要写姓名和号码。会写进审计记录，也显示在规则旁边。"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The orders in place of the texts."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for group in self._groups:
            text = cleaned.get(_field(group), "")
            if text:
                cleaned[_field(group)] = self._order(group, text)
        return cleaned

    def lines(self) -> dict[str, Order]:
        """The lines of the rule; an empty one follows the rest."""
        written = {group: self.cleaned_data[_field(group)] for group in self._groups}
        return {group: order for group, order in written.items() if order != ""}

    def _order(self, group: str, text: str) -> Order:
        try:
            order = order_from(text, self._sources)
        except UnknownSource as unknown:
            sentence = _("没有叫“{name}”的来源。请照下面列出的名字写。").format(name=unknown.args[0])
            self.add_error(_field(group), sentence)
            return ()
        if len(order) > MOST_STEPS:
            self.add_error(
                _field(group), _("最多写 {count} 个，其余的一律排在后面。").format(count=MOST_STEPS)
            )
        return order


def _field(group: str) -> str:
    return f"order_{group or 'rest'}"


def _help(register: str, group: str) -> str:
    if group == REST:
        return _("不填就按通行规则：{standard}。").format(standard=order_text(STANDARD))
    return _("{facts}。不填就与“其余各项”一样。").format(facts=group_facts(register, group))


def names_to_write(sources: Collection[str]) -> list[str]:
    """What may stand in a line: the doors, the word for none of them, the sources."""
    return [*(_(name) for name in DOOR_NAMES.values()), _(NO_ORDER), *sources]
