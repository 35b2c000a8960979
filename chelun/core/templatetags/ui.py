"""`{% load ui %}`: the components of which pages are made (how to use them: chelun/core/README.md)."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe

from chelun.core.icons import icon_svg
from chelun.core.menu import MenuGroup, MenuLink
from chelun.core.ui import fields, tables
from chelun.core.ui.addresses import Address
from chelun.core.ui.charts import Chart
from chelun.core.ui.filters import chips
from chelun.core.ui.formats import Count
from chelun.core.ui.paging import Page
from chelun.core.ui.tables import Table
from chelun.core.ui.values import Fact, Moment, Stat, Tab

register = template.Library()

MESSAGE_ICONS = {"success": "circle-check", "warning": "alert-triangle", "error": "alert-circle"}


@register.simple_tag
def icon(name: str, style: str = "outline") -> SafeString:
    """An icon of @tabler/icons, passed over by screen readers: the text beside it says what it means."""
    return icon_svg(name, style)


@register.simple_tag
def menu_groups(groups: Iterable[MenuGroup]) -> SafeString:
    """The menu, each group a list under its heading. By Python: every page has thirty lines of it."""
    drawn = (
        f'<p class="c-side-head" id="menu-group-{number}">{tables.esc(group.label)}</p>'
        f'<ul aria-labelledby="menu-group-{number}">{"".join(map(_menu_line, group.links))}</ul>'
        for number, group in enumerate(groups, 1)
    )
    return mark_safe("".join(drawn))  # noqa: S308 – escaped


def _menu_line(link: MenuLink) -> str:
    current = ' aria-current="page"' if link.current else ""
    return f'<li><a href="{tables.esc(link.url)}"{current}>{icon_svg(link.icon)}<span>{tables.esc(link.label)}</span></a></li>'


@register.filter
def message_icon(level: str) -> str:
    """The icon of a message's level."""
    return MESSAGE_ICONS.get(level, "info-circle")


@register.simple_tag(takes_context=True)
def back_url(context: Context) -> str:
    """The page of this site from which the reader came; the start page when there is none."""
    request: HttpRequest | None = context.get("request")
    came_from = request.headers.get("Referer", "") if request else ""
    if request and url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    try:
        return reverse("home")
    except NoReverseMatch:
        return "/"


@register.simple_tag
def badge(text: str, tone: str = "idle") -> SafeString:
    """A state in words; tone is ok, warn, bad, info or idle."""
    return tables.badge(text, tone)


@register.inclusion_tag("core/ui/crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """The way to this page: label, address, label, address … and at last the label of the page itself."""
    links = [(parts[at], parts[at + 1]) for at in range(0, len(parts) - 1, 2)]
    return {"links": links, "here": parts[-1] if len(parts) % 2 else ""}


@register.simple_block_tag(end_name="endnote")
def note(content: SafeString, level: str = "info") -> SafeString:
    """A remark within a page: info, success, warning or error."""
    sign = icon_svg(message_icon(level))
    return format_html('<div class="c-note c-note-{}">{}<div>{}</div></div>', level, sign, content)


@register.inclusion_tag("core/ui/stats.html")
def stats(items: Sequence[Stat]) -> dict[str, Any]:
    """Numbers in a row, each a link to its rows, with its meaning in words."""
    return {"items": items}


@register.inclusion_tag("core/ui/table.html")
def table(table: Table, page: Page[Any] | None = None, count: Count | None = None) -> dict[str, Any]:
    """A list with its heads, its choice of columns, its count and its pager."""
    return {"table": table, "page": page, "count": count}


@register.simple_tag
def draw(table: Table) -> SafeString:
    """Only the table itself."""
    return tables.draw_table(table)


@register.inclusion_tag("core/ui/filters.html")
def filters(form: BaseForm, address: Address) -> dict[str, Any]:
    """The bar above a list: the filter form (sent by GET) and the filters that are active now."""
    carried = address.others({*form.fields, "after", "before"})
    return {"form": form, "address": address, "chips": chips(form, address), "carried": carried}


@register.inclusion_tag("core/ui/empty.html")
def empty(name: str, title: str, text: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """An empty list: an icon, what is not there, what to do next and the button that does it."""
    return {"icon_name": name, "title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("core/ui/masked.html")
def masked(value: str, reveal_url: str = "", what: str = "") -> dict[str, Any]:
    """A masked value with, where the reader may ask for it, the way to the original."""
    return {"value": value, "reveal_url": reveal_url, "what": what}


@register.inclusion_tag("core/ui/facts.html")
def facts(items: Sequence[Fact]) -> dict[str, Any]:
    """What is known of a person, firm or vehicle, line by line, each with its source."""
    return {"items": items}


@register.inclusion_tag("core/ui/timeline.html")
def timeline(items: Sequence[Moment]) -> dict[str, Any]:
    """A history, newest first."""
    return {"items": items}


@register.inclusion_tag("core/ui/tabs.html")
def tabs(items: Sequence[Tab], label: str = "") -> dict[str, Any]:
    """Parts of a page, each with its own address."""
    return {"items": items, "label": label}


@register.inclusion_tag("core/ui/steps.html")
def steps(current: int, *labels: str) -> dict[str, Any]:
    """Steps of a longer act; `current` counts from 1."""
    states = [
        "done" if at < current else "now" if at == current else "next" for at in range(1, len(labels) + 1)
    ]
    return {"steps": list(zip(labels, states, strict=True)), "current": current, "total": len(labels)}


@register.inclusion_tag("core/ui/progress.html")
def progress(
    url: str, value: int, total: int, text: str = "", running: bool = True, name: str = "progress"
) -> dict[str, Any]:
    """A bar that asks `url` for itself every two seconds while `running`; without a script its link does."""
    share = min(100, value * 100 // total) if total else 0
    return {
        "url": url,
        "value": f"{value:,}",
        "total": f"{total:,}",
        "text": text,
        "running": running,
        "name": name,
        "share": share,
    }


@register.inclusion_tag("core/ui/field.html")
def field(bound: BoundField, label: str = "", hint: str = "") -> dict[str, Any]:
    """A field of a form with its label, its hint and its error, joined for screen readers."""
    return fields.field_parts(bound, label, hint)


@register.inclusion_tag("core/ui/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """The summary above a form that was refused: every error, linked to its field."""
    return {"errors": fields.error_links(form)}


@register.inclusion_tag("core/ui/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """A chart with its table. The page must load the drawing script: `{% include "core/ui/chart_scripts.html" %}`."""
    return {"chart": chart, "source": f"chart-{chart.name}", "table": chart.table}
