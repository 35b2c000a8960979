"""Checks that refuse to start: each URL leads to a view that says who may open it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from chelun.core.pages import rule_of


def walk_urls(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every leaf of the URL tree as (namespaced prefix, pattern), in order."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from walk_urls(entry, inner)
        else:
            yield prefix, entry


@register("chelun")
def undeclared_urls(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each URL whose view carries no declaration."""
    return [
        Error(
            f"{prefix}{pattern.name or pattern.pattern} is not declared",
            hint="Put @page(permission), @own_page or @public_page on the view (chelun/core/pages.py).",
            id="chelun.E001",
        )
        for prefix, pattern in walk_urls()
        if rule_of(pattern.callback) is None
    ]
