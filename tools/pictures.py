"""Takes the pictures of the README from a running demo: `make demo` in one window, `python -m tools.pictures` in another.

Every picture is one screen of an invented place, in Chinese and in English, at the width of a desktop or a phone.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tools.browser import find_chromium
from tools.demo import DEMO

FOLDER = Path("docs/pictures")
LANGUAGES = {"zh": "zh-hans", "en": "en"}
READER, PASSWORD_FILE = "ziyang-clerk", DEMO / "demo-password"
LARGEST = 150_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen: where it begins, on which links one clicks from there (the first that fits each), and how wide it is."""

    name: str
    path: str
    clicks: tuple[str, ...] = ()
    width: int = 1280
    height: int = 820


PICTURES = (
    Picture("cockpit", "/cockpit/"),
    Picture("import", "/sheets/", ("tbody a:text-matches('^02_')",), height=720),
    Picture("person", "/people/persons/?kind=truck", ("tbody a[href*='/people/persons/']",), height=900),
    Picture("phone", "/start/", width=390, height=760),
)


def logged_in(browser: Browser, server: str, language: str) -> BrowserContext:
    """A browser in which the place's clerk has logged in; his account has no language of its own, so the cookie decides."""
    context = browser.new_context(reduced_motion="reduce", color_scheme="light", locale="zh-CN")
    context.add_cookies([{"name": "django_language", "value": language, "url": server}])
    page = context.new_page()
    page.goto(f"{server}/accounts/login/")
    page.locator("input[name=username]").fill(READER)
    page.locator("input[name=password]").fill(PASSWORD_FILE.read_text("utf-8").strip())
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(f"{server}/start/")
    page.close()
    return context


def take(page: Page, server: str, picture: Picture) -> bytes:
    """One picture, after its charts are drawn."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto(server + picture.path)
    for link in picture.clicks:
        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")
    expect(page.locator("figure[data-chart]:not([data-drawn])")).to_have_count(0)
    return in_few_colours(page.screenshot(animations="disabled"))


def in_few_colours(picture: bytes) -> bytes:
    """A screen has few colours: said in 256 of them it opens in half the time."""
    small = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(256).save(small, "PNG", optimize=True)
    return small.getvalue()


def pictures(server: str) -> Iterator[tuple[Path, bytes]]:
    """Every picture in both languages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        for short, language in LANGUAGES.items():
            page = logged_in(browser, server, language).new_page()
            for picture in PICTURES:
                yield FOLDER / f"{picture.name}.{short}.png", take(page, server, picture)
        browser.close()


def main() -> int:
    """Write all pictures; 1 when one is too large for a page that is to open quickly."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    large = 0
    for path, content in pictures(f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"):
        path.write_bytes(content)
        large += len(content) > LARGEST
        print(f"{path} {len(content):,}")
    return int(large > 0)


if __name__ == "__main__":
    sys.exit(main())
