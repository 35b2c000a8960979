"""The tables of characters that lie beside this file, written by `tools/shapes.py`.

What lives here: reading them, once.
What does not: what they mean (`shapes.py`, `variants.py`), and where they come from: that is in their heads.
"""

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str, width: int) -> Iterator[list[str]]:
    """The lines of a table as `width` cells each, empty ones where a line has fewer; its head is left out."""
    for line in files(__package__).joinpath(name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (width - len(cells))
