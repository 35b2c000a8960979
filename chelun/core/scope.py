"""Scope is a value: the set of nodes on which somebody may act, and how a table is narrowed to it.

A node is (kind, key), for instance ("region", "513436"). A room that brings a new kind of node registers
a resolver for it; selectors never change. The only filter by scope in the whole house is
`ScopedQuerySet.in_scope`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

M = TypeVar("M", bound=models.Model)
Resolver = Callable[[type[models.Model], frozenset[str]], Q]

ALL_KIND = "all"
_resolvers: dict[str, Resolver] = {}


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """One place in one tree: its kind and its key within that kind."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Scope:
    """The nodes on which the reader may act. An empty scope sees nothing."""

    nodes: frozenset[Node]

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> Self:
        """A scope over these nodes."""
        return cls(frozenset(nodes))

    @classmethod
    def everything(cls) -> Self:
        """The whole installation: for commands and jobs that act for the system, never for a page."""
        return cls(frozenset({Node(ALL_KIND, "*")}))

    def __bool__(self) -> bool:
        return bool(self.nodes)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is hidden."""
        return any(node.kind == ALL_KIND for node in self.nodes)

    def keys(self, kind: str) -> frozenset[str]:
        """The keys of all nodes of one kind."""
        return frozenset(node.key for node in self.nodes if node.kind == kind)


def register_resolver(kind: str, resolver: Resolver) -> None:
    """Say how a table is narrowed to nodes of `kind`. Called once, from the app that owns the kind."""
    _resolvers[kind] = resolver


def scope_filter(model: type[models.Model], scope: Scope) -> Q:
    """The condition that leaves the rows of `model` which `scope` may see; matches nothing for an empty scope."""
    if scope.is_everything:
        return Q()
    condition = Q(pk__in=[])
    for kind in sorted({node.kind for node in scope.nodes}):
        condition |= _resolvers[kind](model, scope.keys(kind))
    return condition


class ScopedQuerySet(models.QuerySet[M]):
    """The only door to rows that belong to a place."""

    def in_scope(self, scope: Scope) -> Self:
        """Only the rows that `scope` may see."""
        return self.filter(scope_filter(self.model, scope))
