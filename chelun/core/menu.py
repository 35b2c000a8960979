"""The menu: what each room offers, to whom, in which order. Rooms register their lines in their own `menu.py`.

Here are only the registry, the choice of lines for one reader, and what every page's frame needs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from typing import Any, Protocol

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from chelun.core.registries import Registry

Text = str | Promise


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu. `icon` is a name of @tabler/icons; permission '' means anybody who is logged in."""

    label: Text
    url_name: str
    icon: str
    permission: str = ""
    order: int = 100
    group: str = "today"


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A line as one reader sees it on one page."""

    label: Text
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Lines under one heading."""

    label: Text
    links: tuple[MenuLink, ...]


class Reader(Protocol):
    """What the menu asks of whoever reads the page."""

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is logged in."""

    def has(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""


VERSION = version("chelun")
MENU: Registry[MenuItem] = Registry("menu item")

# The order of a bureau's day; the heading of each group.
GROUPS: dict[str, Text] = {
    "today": _("今天"),
    "registers": _("名册"),
    "sheets": _("表格"),
    "cockpit": _("驾驶舱"),
    "admin": _("管理"),
}


def menu_for(reader: Reader, path: str, items: Iterable[MenuItem] = MENU) -> tuple[MenuGroup, ...]:
    """The groups that `reader` may open, with the line marked to which the page at `path` belongs."""
    if not reader.is_authenticated:
        return ()
    allowed = [item for item in items if not item.permission or reader.has(item.permission)]
    placed = [(item, url) for item in allowed if (url := _address(item.url_name))]
    current = _nearest([url for _item, url in placed], path)
    links: dict[str, list[tuple[int, MenuLink]]] = {name: [] for name in GROUPS}
    for item, url in placed:
        line = MenuLink(item.label, url, item.icon, url == current)
        links.setdefault(item.group, []).append((item.order, line))
    return tuple(
        MenuGroup(
            GROUPS.get(name, name), tuple(link for _order, link in sorted(lines, key=lambda line: line[0]))
        )
        for name, lines in links.items()
        if lines
    )


def _address(url_name: str) -> str:
    return _found(url_name, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=256)
def _found(url_name: str, _prefix: str, urlconf: str | None) -> str:
    """The address of a line, looked up once: every page shows all of them."""
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:
        return ""


def _nearest(urls: Iterable[str], path: str) -> str:
    """The longest of the addresses under which `path` lies; the start page only for itself."""
    inside = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(inside, key=len, default="")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `menu` (read only by pages that show it) and `chelun_version`."""
    reader: Any = getattr(request, "user", None)
    return {
        "menu": SimpleLazyObject(partial(menu_for, reader, request.path)) if reader else (),
        "chelun_version": VERSION,
    }
