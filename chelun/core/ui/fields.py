"""Form fields as the face draws them: which kind of control, and how label, hint and error are joined to it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField

CLASSES = {"select": "form-select", "checkbox": "form-check-input", "file": "c-file", "input": "form-control"}


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One error of a form and the field it is about ('' for the form as a whole)."""

    text: str
    target: str
    label: str = ""


def kind_of(bound: BoundField) -> str:
    """hidden, file, checkbox, group (several boxes or buttons), select or input."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    kinds: list[tuple[Any, str]] = [
        (forms.FileInput, "file"),
        (forms.CheckboxInput, "checkbox"),
        ((forms.RadioSelect, forms.CheckboxSelectMultiple), "group"),
        (forms.Select, "select"),
    ]
    return next((kind for widgets, kind in kinds if isinstance(widget, widgets)), "input")


def field_parts(bound: BoundField, label: str = "", hint: str = "") -> dict[str, Any]:
    """What `core/ui/field.html` draws. A field is starred when it is required, or `marked` because a service requires it."""
    kind, name = kind_of(bound), bound.auto_id or bound.html_name
    hint = hint or str(bound.help_text)
    described = [f"{name}_hint"] * bool(hint) + [f"{name}_error"] * bool(bound.errors)
    attrs: dict[str, Any] = {
        "class": " ".join(filter(None, (bound.field.widget.attrs.get("class"), CLASSES.get(kind))))
    }
    if described and kind != "group":
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "kind": kind,
        "name": name,
        "label": label or bound.label,
        "hint": hint,
        "described": " ".join(described),
        "control": bound.as_widget(attrs=attrs) if kind != "group" else "",
        "required": bound.field.required or getattr(bound.field, "marked", False),
    }


def error_links(form: BaseForm) -> list[ErrorLink]:
    """Every error of a form: those of the whole first, then field by field in the order of the page."""
    links = [ErrorLink(str(text), "") for text in form.non_field_errors()] if form.is_bound else []
    for bound in form if form.is_bound else ():
        suffix = "_0" if kind_of(bound) == "group" else ""
        target = f"{bound.auto_id or bound.html_name}{suffix}"
        links += [ErrorLink(str(text), target, str(bound.label)) for text in bound.errors]
    return links
