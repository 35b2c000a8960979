"""`python -m bench.links GOAL_MS TARGETS`: every link of every page opened in turn, with a stop-watch.

`bench.pages` runs it against the register that it has filled: what nobody thought of measuring is found by following the
links, as a clerk's colleague would who may do more. A kind of page is a view with the names of its parameters; of each a few
are opened, and the quickest counts, for the first one also reads the disk. Prints the slowest kinds; 1 when one is beyond the
goal or a page failed.
"""

import json
import re
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from chelun.core.runtime import settle

ROLE, PROVINCE = "registrar", "510000"
SECONDS, OF_A_KIND, SHOWN = 150.0, 3, 12
HEADERS = {"X-Forwarded-Proto": "https"}
_LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')
_PARAMETER = re.compile(r"[?&]([a-z_]+)=")

Kind = tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class Opened:
    """The pages of one kind that were opened: milliseconds of each, statements of the last, how many failed, an address."""

    address: str
    took: list[float] = field(default_factory=list)
    statements: int = 0
    failed: int = 0

    @property
    def quickest(self) -> float:
        """Milliseconds; 0 where every page failed."""
        return min(self.took, default=0.0)


def main() -> int:
    """Follow the links, print; 1 when a kind of page is too slow or a page failed."""
    goal, targets = float(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    django.setup()
    settle()
    opened = walked(visitor(), ["/", *targets["persons"][:3], *targets["firms"][:3]], SECONDS)
    slowest = sorted(opened.values(), key=lambda each: -each.quickest)
    pages = sum(len(each.took) for each in slowest)
    print(f"  every link: {pages} pages of {len(slowest)} kinds; quickest of a kind, ms")
    for each in slowest[:SHOWN]:
        print(f"  {each.quickest:7.0f} {each.statements:4} statements  {each.address[:110]}")
    beyond = [each for each in slowest if each.quickest > goal]
    failed = [each.address for each in slowest if each.failed]
    print(f"  goal {goal:.0f} ms: {len(beyond)} kinds beyond; failed: {', '.join(failed) or 'none'}")
    return int(bool(beyond or failed))


def visitor() -> Client:
    """Somebody of the province who may do what a registrar may."""
    accounts: Any = import_module("chelun.platform.accounts.models")
    factories: Any = import_module("chelun.platform.accounts.tests.factories")
    user, new = accounts.User.objects.get_or_create(username="bench.links", defaults={"person_name": "访客"})
    if new:
        accounts.Grant.objects.create(user=user, role=ROLE, node_key=PROVINCE)
    client = Client(raise_request_exception=False, headers=HEADERS, SERVER_NAME="localhost")
    factories.logged_in(client, user)
    return client


def walked(client: Client, first: list[str], seconds: float) -> dict[Kind, Opened]:
    """What was opened by following links for so long, breadth first."""
    waiting, seen, counts = deque(first), set(first), Counter[Kind]()
    opened: dict[Kind, Opened] = {}
    until = time.monotonic() + seconds
    while waiting and time.monotonic() < until:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind is None or counts[kind] == OF_A_KIND:
            continue
        counts[kind] += 1
        for link in _open(client, address, opened.setdefault(kind, Opened(address))):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return {kind: each for kind, each in opened.items() if each.took or each.failed}


def kind_of(address: str) -> Kind | None:
    """The view of an address and the names of its parameters; None for what is no page of ours."""
    try:
        name = resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return None
    return name, tuple(sorted(set(_PARAMETER.findall(address))))


def _open(client: Client, address: str, noted: Opened) -> Iterator[str]:
    """Open a page, note what it took, and find its links."""
    with CaptureQueriesContext(connection) as asked:
        began = time.perf_counter()
        answer = client.get(address)
        body = b"" if answer.streaming else answer.content
        took = (time.perf_counter() - began) * 1000
    noted.failed += answer.status_code >= 500
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        noted.took.append(took)
        noted.statements = len(asked)
        yield from links_in(body.decode(), address)


def links_in(page: str, address: str) -> Iterator[str]:
    """The addresses on a page that lead into the house; those of its own with other parameters made whole."""
    for found in map(unescape, _LINK.findall(page)):
        link = address.partition("?")[0] + found if found.startswith("?") else found
        if link.startswith("/") and not link.startswith(("//", "/static")):
            yield link


if __name__ == "__main__":
    sys.exit(main())
