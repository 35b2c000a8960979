"""The addresses of the house, and what they answer to somebody: asked once where its effects are taken back."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chelun.core.checks import walk_urls
from chelun.core.pages import PageRule, rule_of
from chelun.platform.accounts.roles import ROLES
from tests.rights.world import World, other_key, plain, text_of


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name, who may open it, what it names."""

    name: str
    rule: PageRule
    converters: Mapping[str, Any]

    def path(self, world: World, **other: Any) -> str:
        """The address of the county's things; of others where they are given."""
        return reverse(self.name, kwargs=world.kwargs(self.name, self.converters) | other)

    def foreign(self, world: World) -> str:
        """The same address with keys that nobody has."""
        kwargs = world.kwargs(self.name, self.converters)
        return reverse(self.name, kwargs={name: other_key(value) for name, value in kwargs.items()})


def _addresses() -> list[Address]:
    found = []
    for prefix, pattern in walk_urls():
        rule = rule_of(pattern.callback)
        assert rule is not None
        found.append(Address(f"{prefix}{pattern.name}", rule, pattern.pattern.converters))
    return found


ADDRESSES = _addresses()


def reader_of(address: Address) -> str:
    """The first role that may open the page; for pages of everybody the registrar."""
    fits = (name for name, role in ROLES.items() if address.rule.permission in role.permissions)
    return next(fits, "registrar")


def named(addresses: list[Address]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("address", addresses, ids=[address.name for address in addresses])


def answered(client: Client, method: str, path: str, sent: Any = None) -> Any:
    """One request, whose effects are taken back."""
    with transaction.atomic():
        answer: Any = client.generic(method, path) if method != "POST" else client.post(path, sent or {})
        answer.shown = plain(text_of(answer))
        transaction.set_rollback(True)
    return answer


@dataclass(frozen=True, slots=True)
class Visit:
    """One answer: its status, its heads, and its words, packed because thousands of them are kept."""

    status_code: int
    headers: Mapping[str, str]
    packed: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers[name]

    @property
    def shown(self) -> str:
        """The words."""
        return zlib.decompress(self.packed).decode()


def visit(world: World, role: str, method: str, address: Address, language: str = "zh-hans") -> Visit:
    """The address as somebody with a role has it in a language; '' is a stranger."""
    key = (role, method, address.name, language)
    found: Visit | None = world.visited.get(key)
    if found is None:
        client = world.client(role)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = answered(client, method, address.path(world), world.sent.get(address.name))
        packed = zlib.compress(answer.shown.encode(), 1)
        found = world.visited[key] = Visit(answer.status_code, answer.headers, packed)
    return found
