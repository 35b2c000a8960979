"""Filters of a list: a form that is sent by GET, and the chips that say which of its fields narrow the list now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from chelun.core.ui.addresses import Address


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter in words, and the address of the list without it."""

    label: str
    value: str
    remove_url: str


def chips(form: BaseForm, address: Address) -> list[Chip]:
    """A chip for each value that the filter form holds. Nothing for a form that is not bound or not valid."""
    if not form.is_bound or not form.is_valid():
        return []
    return [
        Chip(str(form[name].label), _shown(form, name, value), address.without(name, _value_of(held, value)))
        for name, held in form.cleaned_data.items()
        for value in _each(held)
    ]


def _each(held: Any) -> Iterable[Any]:
    if held in (None, "", False):
        return ()
    return held if isinstance(held, (list, tuple, set, frozenset)) else (held,)


def _value_of(held: Any, value: Any) -> str | None:
    """Which of several values goes with a chip; of a field with one value that goes, however the address wrote it."""
    return None if held is value else str(_raw(value))


def _raw(value: Any) -> Any:
    return "on" if value is True else getattr(value, "pk", value)


def _shown(form: BaseForm, name: str, value: Any) -> str:
    if value is True:
        return _("是")
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    choices = getattr(form.fields[name], "choices", ())
    labels = {str(key): str(label) for key, label in _flat(choices)}
    return labels.get(str(_raw(value)), str(value))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield key, label
