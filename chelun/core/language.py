"""Chinese on a page in another language: names, places and remarks stay as they are, each marked as Chinese.

A screen reader then reads them so, and the browser takes the Chinese forms of the characters (WCAG 2.2, 3.1.2).
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

GetResponse = Callable[[HttpRequest], HttpResponse]

LANG = ' lang="zh-Hans"'
_HAN = r"\u3400-\u9fff\uf900-\ufaff\u3007"
_IS_HAN = re.compile(f"[{_HAN}]")
_RUN = re.compile(rf"[{_HAN}](?:[{_HAN}\u3000-\u303f\uff00-\uffef·\d\s]*[{_HAN}\u3000-\u303f\uff00-\uffef])?")
# Either an element whose text is no text of the page, or a tag with the text behind it.
_PIECE = re.compile(
    r"<(?P<raw>script|style|textarea|title)\b.*?</(?P=raw)>|(?P<tag><(?P<name>\w*)[^<>]*>)(?P<text>[^<>]*)",
    re.DOTALL | re.IGNORECASE,
)


class MarkedChinese:
    """Marks the Chinese of pages that are read in another language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and mark what comes back."""
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and not (get_language() or "").startswith("zh"):
            response.content = mark_chinese(response.content.decode()).encode()
        return response


def mark_chinese(page: str) -> str:
    """The page with each run of Chinese in an element that says so. Attributes cannot be marked and stay as they are."""
    return _PIECE.sub(_marked, page) if _IS_HAN.search(page) else page


def _marked(found: re.Match[str]) -> str:
    text = found["text"]
    if not text or not _IS_HAN.search(text):
        return found[0]
    tag, name = found["tag"], found["name"]
    alone = bool(name) and found.string.startswith(f"</{name}", found.end())
    if alone and (name == "option" or _RUN.fullmatch(text.strip())):
        return f"{tag[:-1]}{LANG}>{text}" if " lang=" not in tag else found[0]
    return tag + _RUN.sub(lambda run: f"<bdi{LANG}>{run[0]}</bdi>", text)
