"""Fixtures for tests with a real browser: the machine's Chromium by playwright, no network but loopback."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tools.browser import find_chromium

FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--force-color-profile=srgb",
]
HEIGHT = 900
# A busy machine is no fault of a page.
TIMEOUT_MS = 120_000
expect.set_options(timeout=TIMEOUT_MS)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody reads: language, theme and width in CSS pixels."""

    language: str = "zh-hans"
    theme: str = "light"
    width: int = 1280

    @property
    def scheme(self) -> Literal["dark", "light"]:
        """The theme as a browser names what its reader prefers."""
        return "dark" if self.theme == "dark" else "light"

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}"


@dataclass
class Screen:
    """One open browser page and what it complained about."""

    page: Page
    server: str
    complaints: list[str] = field(default_factory=list)

    def wear(self, look: Look) -> None:
        """Read in another language, theme or width from the next page on."""
        self.page.context.add_cookies(
            [{"name": "django_language", "value": look.language, "url": self.server}]
        )
        self.page.emulate_media(color_scheme=look.scheme)
        self.page.set_viewport_size({"width": look.width, "height": HEIGHT})

    def open(self, path: str) -> int:
        """Go to a path of the test server and wait for its charts; its status."""
        answer = self.page.goto(self.server + path)
        expect(self.page.locator("figure[data-chart]:not([data-drawn])")).to_have_count(0)
        return answer.status if answer else 0

    def hear(self, message: ConsoleMessage) -> None:
        """Keep what the console says in anger; a page's own 4xx answer is no complaint."""
        if (
            message.type in {"error", "warning"}
            and "the server responded with a status of 4" not in message.text
        ):
            self.complaints.append(f"{message.type}: {message.text}")

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def faults(self) -> list[str]:
        """Everything that is wrong with the page as it stands; complaints are told once."""
        wide = self.overflow()
        complaints = self.complaints[:]
        self.complaints.clear()
        return [
            *complaints,
            *([f"wider than the window by {wide}"] if wide > 0 else []),
            *self.barriers(),
        ]

    def barriers(self) -> list[str]:
        """What axe-core finds serious or critical, with the places."""
        found: dict[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
        return [
            f"{rule['id']} ({rule['impact']}): {node['target']} {node.get('failureSummary', '')}"
            for rule in found["violations"]
            if rule["impact"] in {"serious", "critical", "moderate"}
            for node in rule["nodes"][:5]
        ]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium for the whole session."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or set CHELUN_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


OpenScreen = Callable[..., Screen]


@pytest.fixture
def screen_for(chromium: Browser, live_server: LiveServer) -> Iterator[OpenScreen]:
    """Opens screens: `screen_for(client, Look(...))` with the log-in of a test client; without one a stranger's."""
    contexts = []

    def opened(client: Client | None = None, look: Look = Look()) -> Screen:
        context = chromium.new_context(
            viewport={"width": look.width, "height": HEIGHT},
            color_scheme=look.scheme,
            reduced_motion="reduce",
        )
        context.set_default_timeout(TIMEOUT_MS)
        contexts.append(context)
        context.add_init_script(path=settings.NODE_MODULES / "axe-core" / "axe.min.js")
        cookies = {"django_language": look.language}
        if client is not None:
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        screen = Screen(context.new_page(), live_server.url)
        screen.page.on("console", screen.hear)
        screen.page.on("pageerror", lambda error: screen.complaints.append(str(error)))
        return screen

    yield opened
    for context in contexts:
        context.close()
