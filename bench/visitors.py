"""`python -m bench.visitors PORT TARGETS OUT --users 20 --seconds 180`: people at work over HTTP, in a process of their own.

Each logs in, opens one page after the other in a random order, and thinks for about five seconds between two pages.
With `--saturate PAGE` nobody thinks: how many answers a second come.
"""

import argparse
import http.client
import json
import re
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

THINKING_SECONDS = 5.0
PASSWORD = "Renmen-zai-gongzuo-2026"
NEXT = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')
HEADERS = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.7",
    "Host": "localhost",
    "Origin": "https://localhost",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """One page: milliseconds to the answer as the visitor sees them, on the server, of computing; statements; status."""

    page: str
    waited: float
    took: float
    computed: float
    queries: int
    status: int


class Visitor:
    """Somebody who has logged in."""

    def __init__(self, port: int, name: str, targets: dict[str, Any], seed: int) -> None:
        self._port, self._targets, self._dice = port, targets, Random(seed)
        self._cookies: dict[str, str] = {}
        self._door: http.client.HTTPConnection | None = None
        self._next = ""
        self._send("GET", targets["login"])
        status = self._send("POST", targets["login"], {"username": name, "password": PASSWORD})[0]
        assert status == 302, f"{name}: {status}"

    def open(self, page: str) -> Opened:
        """One page of a kind."""
        method, path, form = getattr(self, f"_{page}")()
        begun = time.perf_counter()
        status, headers, body = self._send(method, path, form)
        waited = (time.perf_counter() - begun) * 1000
        if page in ("list", "next_page"):
            found = NEXT.search(body)
            self._next = found[1].replace("&amp;", "&") if found else ""
        took, computed = (float(headers.get(name, 0)) for name in ("X-Took", "X-Computed"))
        return Opened(page, waited, took, computed, int(headers.get("X-Queries", 0)), status)

    def _send(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, Any, str]:
        token = self._cookies.get("__Host-csrf", "")
        body = urlencode({**form, "csrfmiddlewaretoken": token}) if form is not None else None
        headers = {**HEADERS, "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._door is None:
            self._door = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            self._door.request(method, path, body, headers)
            answer = self._door.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self._door = None
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.headers, text

    def _any(self, kind: str) -> str:
        return str(self._dice.choice(self._targets[kind]))

    def _searched(self, text: str) -> tuple[str, str, None]:
        return "GET", f"{self._targets['search']}?q={quote(text)}", None

    def _list(self) -> tuple[str, str, None]:
        return "GET", str(self._targets["list"]), None

    def _next_page(self) -> tuple[str, str, None]:
        base = str(self._targets["list"])
        return "GET", base + self._next if self._next.startswith("?") else self._next or base, None

    def _list_of_county(self) -> tuple[str, str, None]:
        return "GET", f"{self._targets['list']}?region={self._any('counties')}", None

    def _list_then(self) -> tuple[str, str, None]:
        return "GET", f"{self._targets['list']}?known={self._targets['then']}", None

    def _county_then(self) -> tuple[str, str, None]:
        return "GET", f"{self._list_of_county()[1]}&known={self._targets['then']}", None

    def _person_then(self) -> tuple[str, str, None]:
        return "GET", f"{self._any('pasts')}?moment={self._targets['then']}", None

    def _name(self) -> tuple[str, str, None]:
        return self._searched(self._any("names"))

    def _pinyin(self) -> tuple[str, str, None]:
        return self._searched(self._any("pinyins"))

    def _digits(self) -> tuple[str, str, dict[str, str]]:
        return "POST", str(self._targets["search"]), {"q": self._any("tails")}

    def _plate(self) -> tuple[str, str, None]:
        return self._searched(self._any("plates"))

    def _person(self) -> tuple[str, str, None]:
        return "GET", self._any("persons"), None

    def _firm(self) -> tuple[str, str, None]:
        return "GET", self._any("firms"), None

    def _cockpit(self) -> tuple[str, str, None]:
        return "GET", str(self._targets["cockpit"]), None

    def _bare(self) -> tuple[str, str, None]:
        return "GET", str(self._targets["bare"]), None


PAGES = (
    "list",
    "next_page",
    "list_of_county",
    "name",
    "pinyin",
    "digits",
    "plate",
    "person",
    "firm",
    "cockpit",
    "list_then",
    "county_then",
    "person_then",
)


def at_work(visitor: Visitor, dice: Random, until: float, found: list[Opened]) -> None:
    """Open pages and think, until the time is over."""
    time.sleep(dice.random() * THINKING_SECONDS)
    while time.monotonic() < until:
        for page in dice.sample(PAGES, len(PAGES)):
            if time.monotonic() < until:
                found.append(visitor.open(page))
                time.sleep(THINKING_SECONDS * dice.uniform(0.5, 1.5))


def without_pause(visitor: Visitor, page: str, until: float, found: list[Opened]) -> None:
    """The same kind of page again and again."""
    while time.monotonic() < until:
        found.append(visitor.open(page))


def main() -> None:
    """Log everybody in, let them work, write down what they opened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("targets", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--saturate", choices=(*PAGES, "bare"))
    options = parser.parse_args()
    targets = json.loads(options.targets.read_text("utf-8"))
    visitors = [Visitor(options.port, f"bench{number}", targets, number) for number in range(options.users)]
    found: list[Opened] = []
    until = time.monotonic() + options.seconds
    threads = []
    for number, visitor in enumerate(visitors):
        dice = Random(100 + number)
        task = (
            (without_pause, (visitor, options.saturate, until, found))
            if options.saturate
            else (at_work, (visitor, dice, until, found))
        )
        threads.append(threading.Thread(target=task[0], args=task[1]))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    options.out.write_text("".join(json.dumps(asdict(each)) + "\n" for each in found), "utf-8")


if __name__ == "__main__":
    main()
