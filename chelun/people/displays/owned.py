"""The controls of fields that places have added: in the form of a row, and in the filters of a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from chelun.engines.tables.columns.own_fields import (
    CHOICE,
    DAY,
    NO,
    NUMBER,
    TEXT_LIMIT,
    YES,
    YES_NO,
    OwnColumn,
)
from chelun.people.displays.words import own_text
from chelun.people.selectors.owned import ANY

Choices = list[tuple[str, str]]


def own_field(column: OwnColumn, present: str = "") -> forms.Field:
    """The control in the form of a row. An option that is no longer offered stays where it is the present value."""
    common: dict[str, Any] = {"label": column.label, "required": False, "help_text": _hint(column)}
    choices = _choices(column, present)
    if choices:
        return forms.ChoiceField(choices=[("", _("未登记")), *choices], **common)
    if column.type == DAY:
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(max_length=TEXT_LIMIT, widget=widget, **common)


def own_filter(column: OwnColumn, asked: str = "") -> forms.Field:
    """The control among the filters of a list."""
    choices = _choices(column, asked)
    if choices:
        choices += [(ANY, _("已登记的"))]
        return forms.ChoiceField(label=column.label, required=False, choices=[("", _("全部")), *choices])
    told = {NUMBER: _("例如 5 或 5-10"), DAY: _("例如 2026 或 2026-03")}.get(column.type, _("开头几个字"))
    widget = forms.TextInput(
        attrs={"autocomplete": "off", "placeholder": _("完整内容") if column.sealed else told}
    )
    return forms.CharField(label=column.label, required=False, max_length=TEXT_LIMIT, widget=widget)


def _choices(column: OwnColumn, present: str) -> Choices:
    if column.type == YES_NO:
        return [(each, own_text(column, each)) for each in (YES, NO)]
    if column.type == CHOICE:
        return [(code, label) for code, label in column.options if code in column.offered or code == present]
    return []


def _hint(column: OwnColumn) -> str:
    bounds = [
        told.format(bound=f"{bound.normalize():f}")
        for told, bound in ((_("不小于 {bound}"), column.low), (_("不大于 {bound}"), column.high))
        if bound is not None
    ]
    unit = [_("以{unit}计").format(unit=column.unit)] if column.unit and column.type == NUMBER else []
    return _("；").join([*([column.help] if column.help else []), *unit, *bounds])
