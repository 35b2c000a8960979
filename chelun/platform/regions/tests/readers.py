"""A reader of pages without an account (accounts lie above this room), and how he opens an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.urls import resolve
from django_htmx.middleware import HtmxDetails

from chelun.core.scope import Node, Scope


@dataclass(frozen=True)
class Reader:
    """Somebody who holds regions.manage in some regions, perhaps none."""

    regions: tuple[str, ...] = ()
    actor_kind: str = "user"
    actor_name: str = "admin"
    username: str = "admin"
    is_authenticated: bool = True

    def has(self, permission: str) -> bool:
        return permission == "regions.manage" and bool(self.regions)

    def scope_for(self, permission: str) -> Scope:
        return Scope.of([Node("region", code) for code in self.regions] if self.has(permission) else [])


def opened(
    reader: Reader,
    address: str,
    data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """What the reader gets at an address: by POST when there is `data`. Exceptions of the view come through."""
    factory = RequestFactory()
    request: Any = (
        factory.get(address, headers=dict(headers or {}))
        if data is None
        else factory.post(address, dict(data))
    )
    request.user, request.htmx = reader, HtmxDetails(request)
    request._messages = CookieStorage(request)
    match = resolve(request.path)
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer


def text_of(answer: HttpResponseBase) -> str:
    """The page as text."""
    return bytes(getattr(answer, "content", b"")).decode()
