"""Lines of a table for a terminal, in which a Chinese character takes two columns."""

import unicodedata
from collections.abc import Sequence


def table(lines: Sequence[Sequence[str]]) -> list[str]:
    """The lines with their columns under one another."""
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
