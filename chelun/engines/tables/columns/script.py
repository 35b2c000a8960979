"""Characters: width, invisible marks, traditional to simplified. What the text means is decided elsewhere."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from opencc import OpenCC

# Zero-width marks, soft hyphen, direction marks, BOM, variation selectors: Word and WeChat leave them in cells.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_SPACES = re.compile(r"\s+")
_LONG_DIGITS = re.compile(r"\d{6,}")

#: Longest head that is ever shown or compared, in characters.
HEAD_LIMIT = 60


def words(text: str) -> frozenset[str]:
    """The words of a list written with spaces between them."""
    return frozenset(text.split())


def plain(text: str) -> str:
    """NFKC (full width → half width), without invisible characters, outer spaces cut."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text.isprintable() or "\ufe0f" in text or "\ufe0e" in text:
        text = _INVISIBLE.sub("", text)
    return text.strip()


def compact(text: str) -> str:
    """`plain` and without any space."""
    text = plain(text)
    return text if text.isalnum() else _SPACES.sub("", text)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters as simplified ones; everything else untouched."""
    return text if text.isascii() else str(_converter().convert(text))


def all_simplified(texts: Sequence[str]) -> list[str]:
    """`simplified` for many short texts at once (one call is ten times faster than many)."""
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    return str(_converter().convert(joined)).split("\n") if texts else []


def safe_head(head: str) -> str:
    """A head as it may be shown and logged: one line, at most 60 characters, long runs of digits masked.

    The mask is for tables without heads, whose first row of data may have been taken for heads.
    """
    shown = _SPACES.sub(" ", plain(head))
    shown = _LONG_DIGITS.sub(lambda found: "*" * len(found.group()), shown)
    return shown if len(shown) <= HEAD_LIMIT else shown[: HEAD_LIMIT - 1] + "…"
