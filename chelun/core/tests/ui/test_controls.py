"""Inputs and choices are what Django's own templates make of them, but for empty lines."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from chelun.core.ui.controls import QuickRenderer

OF_DJANGO = DjangoTemplates()
ODD = """<b>"甲" & '乙'</b>"""
CHOICES: list[Any] = [
    ("", "—"), ("1", ODD), (2, gettext_lazy("姓名")), (None, mark_safe("<i>安全</i>")),
    (ODD, [("a", "甲"), (ODD, "乙")]), ("空组", []),
]  # fmt: skip
ATTRIBUTES: dict[str, Any] = {
    "class": "form-select", "required": True, "disabled": False, "data-x": ODD, "maxlength": 60, "title": gettext_lazy("姓名"),
}  # fmt: skip
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.Select(choices=CHOICES), "1"),
    (forms.Select(choices=CHOICES), None),
    (forms.Select(choices=CHOICES), ODD),
    (forms.SelectMultiple(choices=CHOICES), ["1", "a"]),
    (forms.NullBooleanSelect(), True),
    (forms.TextInput(), ODD),
    (forms.TextInput(), None),
    (forms.TextInput(), ""),
    (forms.TextInput(), mark_safe("&lt;")),
    (forms.NumberInput(), 12345),
    (forms.NumberInput(), 0.5),
    (forms.EmailInput(), "a@b.cn"),
    (forms.PasswordInput(), "not shown"),
    (forms.HiddenInput(), ODD),
    (forms.DateInput(), date(2026, 11, 1)),
    (forms.CheckboxInput(), True),
    (forms.Textarea(), ODD),
    (forms.ClearableFileInput(), None),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_widget_is_drawn_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    assert _drawn(QuickRenderer(), widget, value, ATTRIBUTES) == _drawn(OF_DJANGO, widget, value, ATTRIBUTES)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.text(), st.text())), st.text(), st.dictionaries(st.text(min_size=1), st.text()))
def test_no_text_changes_what_is_drawn(choices: list[Any], value: str, attributes: dict[str, str]) -> None:
    for widget in (forms.Select(choices=choices), forms.TextInput()):
        assert _drawn(QuickRenderer(), widget, value, attributes) == _drawn(
            OF_DJANGO, widget, value, attributes
        )


def _drawn(renderer: DjangoTemplates, widget: forms.Widget, value: Any, attributes: dict[str, Any]) -> str:
    return re.sub(r"\s*\n\s*", "\n", widget.render("名<", value, dict(attributes), renderer))
