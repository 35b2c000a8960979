"""How inputs and choices of forms become HTML: as Django's own templates draw them, without a template for each option.

A list's filters have a hundred options; by a template for each they took a quarter of the page. Every other widget goes
the usual way, with its template. `FORM_RENDERER` names this in the settings.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class QuickRenderer(DjangoTemplates):
    """Django's renderer, which draws inputs and choices by itself."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """The widget as HTML."""
        draw = _DRAWN.get(template_name)
        return SafeString(
            draw(context["widget"]) if draw else super().render(template_name, context, request)
        )


def _input(widget: Widget) -> str:
    value = widget["value"]
    told = "" if value is None else f' value="{_text(value)}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{told}{_attributes(widget)}>'


def _select(widget: Widget) -> str:
    inner = "".join(_group(label, options) for label, options, _number in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{inner}\n</select>'


def _group(label: object, options: list[Widget]) -> str:
    inner = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{_text(label)}">{inner}\n  </optgroup>' if label else inner


def _option(option: Widget) -> str:
    value, label = _text(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{_attributes(option)}>{label}</option>'


def _attributes(widget: Widget) -> str:
    held = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"' for name, value in held
    )


def _text(value: object) -> str:
    return conditional_escape(str(value))


_INPUTS = ("text", "number", "email", "password", "hidden", "date", "input")
_DRAWN: dict[str, Callable[[Widget], str]] = {
    "django/forms/widgets/select.html": _select,
    **{f"django/forms/widgets/{kind}.html": _input for kind in _INPUTS},
}
