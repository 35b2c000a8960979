"""Following the numbers of a page to the lists behind them."""

import re
from html import unescape
from typing import Any

from django.test import Client

LINK = re.compile(
    r'<a [^>]*href="(/people/[^"]+)"[^>]*>(?:<span class="visually-hidden">[^<]*</span>)?([\d,]+)</a>'
)


def opened(reader: Client, page: str) -> dict[str, tuple[int, int]]:
    """The numbers of a page that lead to lists of the registers, with what is said and what is there."""
    found: dict[str, Any] = {}
    for url, text in LINK.findall(reader.get(page).content.decode()):
        address = unescape(url)
        found[address] = (int(text.replace(",", "")), len(reader.get(address).context["page"].items))
    return found
