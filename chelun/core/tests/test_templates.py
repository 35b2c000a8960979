"""All templates of the house: nothing inline, nothing that the strict policy would block, every fragment also a page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from chelun.core.icons import icon_svg
from chelun.core.menu import MENU

TEMPLATES = sorted(Path(settings.BASE_DIR, "chelun").rglob("templates/**/*.html"))
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "an on… attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b", re.IGNORECASE),
    "hx-vals or hx-headers with js": re.compile(r"\bhx-(vals|headers|vars)\s*=\s*[\"']\s*js", re.IGNORECASE),
    "a trigger filter": re.compile(r"hx-trigger\s*=\s*[\"'][^\"']*\[", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an address elsewhere": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
FETCHED = re.compile(r'hx-get="([^"]*)"')


def _named(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_template_holds_nothing_inline(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_template_gives_every_fragment_an_address(path: Path) -> None:
    text = path.read_text("utf-8")
    missing = [
        url for url in FETCHED.findall(text) if f'href="{url}"' not in text and f'action="{url}"' not in text
    ]
    assert missing == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_template_names_only_icons_that_exist(path: Path) -> None:
    for name in re.findall(r'{% icon "([^"]+)"', path.read_text("utf-8")):
        icon_svg(name)


def test_menu_names_only_icons_that_exist() -> None:
    for item in MENU:
        icon_svg(item.icon)


def test_patterns_find_what_is_forbidden() -> None:
    bad = [
        '<p style="color:red">',
        "<style>",
        "<script>x()</script>",
        '<a onclick="x()">',
        '<a hx-on:click="x()">',
        """<a hx-vals='js:{a: 1}'>""",
        '<a hx-trigger="click[ctrlKey]">',
        '<a href="javascript:x()">',
        '<script src="https://example.org/x.js"></script>',
    ]
    for text, (what, pattern) in zip(bad, INLINE.items(), strict=True):
        assert pattern.search(text), what
