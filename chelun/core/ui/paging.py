"""Keyset paging: a page begins after a row, not after a number of rows, so the last page is as fast as the first.

The address carries only the row's key (`?after=…`, `?before=…`), never its values, and the key is looked up within
the reader's own rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from chelun.core.together import Together
from chelun.core.ui.addresses import Address

M = TypeVar("M", bound=Model)
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of one page, and the addresses of its neighbours ('' where there is none)."""

    items: list[M]
    previous: str
    next: str

    @property
    def is_only(self) -> bool:
        """Whether there is nothing to turn to."""
        return not (self.previous or self.next)


def keyset_page(
    rows: QuerySet[M] | Together[M],
    order: Sequence[str],
    address: Address,
    size: int = PAGE_SIZE,
    *,
    keys_first: bool = False,
) -> Page[M]:
    """The page of `rows` at `address`. `order` names fields without NULLs, '-' for descending; its last one is unique.

    A key that is gone or foreign leads to the first page. With `keys_first` the keys of the page are looked for before
    its rows: worth a query more where an index alone can say which rows are meant, and most are not.
    """
    before, after = address.get("before"), address.get("after")
    backward = bool(before)
    turned = [_turn(name) for name in order] if backward else list(order)
    start = _values(rows, turned, before or after)
    chosen = rows.filter(_beyond(turned, start)) if start else rows
    found = _read(chosen.order_by(*(turned if start else order))[: size + 1], keys_first=keys_first)
    more, items = len(found) > size, found[:size]
    if start and backward:
        items.reverse()
    return _page(
        items,
        address,
        earlier=bool(start) and (more or not backward),
        later=more or (bool(start) and backward),
    )


def _read(rows: QuerySet[M] | Together[M], *, keys_first: bool) -> list[M]:
    if not keys_first or isinstance(rows, Together):
        return list(rows)
    keys = list(rows.values_list("pk", flat=True))
    found = rows.model._default_manager.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _page(items: list[M], address: Address, *, earlier: bool, later: bool) -> Page[M]:
    if not items:
        return Page(items, address.having() if earlier else "", "")
    return Page(
        items,
        address.having(before=str(items[0].pk)) if earlier else "",
        address.having(after=str(items[-1].pk)) if later else "",
    )


def _turn(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _values(rows: QuerySet[M] | Together[M], order: Sequence[str], key: str) -> tuple[Any, ...] | None:
    if not key:
        return None
    try:
        return rows.order_by().filter(pk=key).values_list(*(name.lstrip("-") for name in order)).first()
    except (ValidationError, ValueError):
        return None


def _beyond(order: Sequence[str], start: Sequence[Any]) -> Q:
    """Rows after `start`. The outer bound on the first field lets the database begin at the right place of its index."""
    condition = Q()
    for name, value in reversed(list(zip(order, start, strict=True))):
        field, way = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        further = Q(**{f"{field}__{way}": value})
        condition = (further | Q(**{field: value}) & condition) if condition else further
    first = order[0]
    bound = Q(**{f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}": start[0]})
    return bound & condition
