"""What a file really is, by its first bytes; the name only matters where the bytes do not say (.et)."""

import re
from typing import BinaryIO, Literal

from chelun.engines.tables.reading.sentences import Unreadable

Format = Literal["zip", "ole", "text", "web", "xml2003"]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
)
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_PAGE = re.compile(
    rb"\s*(<!--.{0,200}?-->\s*)?(<!doctype html|<html|<head|<body|<table|<meta|<style|<div)", re.IGNORECASE
)


def sniff(file: BinaryIO, name: str) -> Format:
    """Return the outer format of a file; what can never be a table, or only under another name, is refused."""
    file.seek(0)
    head = file.read(4096)
    if name.lower().endswith((".et", ".ett")):
        raise Unreadable("et")
    if head.startswith(b"PK"):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    for magic, code in _MAGIC:
        if head.startswith(magic) and (magic != b"BM" or b"\0" in head[:64]):
            raise Unreadable(code)
    if _BARE_BIFF.match(head):
        raise Unreadable("old_excel")
    if markup := _markup(head):
        return markup
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unreadable("no_rows")
    return "text"


def _markup(head: bytes) -> Format | None:
    """Return which kind of page or XML a file is, also in UTF-16; other XML and pages with enclosures are refused."""
    plain = (
        head.replace(b"\0", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    if _PAGE.match(plain):
        return "web"
    if plain[:40].lower().lstrip().startswith(b"mime-version:"):
        raise Unreadable("web_page")
    if not plain.lstrip().startswith(b"<?xml"):
        return None
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        return "xml2003"
    if b"<html" in plain.lower():
        return "web"
    raise Unreadable("not_a_sheet")
