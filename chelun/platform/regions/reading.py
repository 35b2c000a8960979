"""Which place a cell of a roster names: «四川省凉山州美姑县候播乃拖镇», «候播乃拖», an old name.

A roster repeats its townships thousands of times, so answers are remembered in the process – not those for cells with
a digit or of some length, which may be somebody's address.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from chelun.platform.regions.atlas import Atlas, Place, atlas
from chelun.platform.regions.naming import forms_of
from chelun.platform.regions.rules import LEVELS, normal_code
from chelun.platform.regions.selectors import current_of, simplified

_NOISE = re.compile(r"[\s\W_]+")
_COUNTRY = re.compile("^(?:中华人民共和国|中国)")
_LONGEST = 16
_RANKS = frozenset("省市县区州盟旗镇乡街村社组屯路道")

Walk = tuple[Place, ...]
"""Places named one below the other, from the highest."""


def region_from_text(text: str, within: str = "") -> str | None:
    """The code in force of the place that a text begins by naming, as fine as it is certain; None when there is none.

    `within` is the county (or city) that the roster comes from: names are looked for there first, and only there may a
    township stand alone. A name that several places bear gives the place named above it, or None.
    """
    cell = _COUNTRY.sub("", _NOISE.sub("", simplified(text)))
    if code := normal_code(cell):
        return current_of(code)
    home = current_of(within) or ""
    remembered = len(cell) <= _LONGEST and not any(character.isdigit() for character in cell)
    return (_remembered if remembered else _read)(atlas(), cell, home)


def _read(book: Atlas, cell: str, home_code: str) -> str | None:
    home = book.places.get(home_code)
    starts = list(_starts(book, cell))
    if home is not None:
        near = [(place, size) for place, size in starts if _related(place, home)]
        if found := _certain([walk for start in near for walk in _walks(book, cell, *start)]):
            return found
    far = [(place, size) for place, size in starts if place.level != "township"]
    return _certain([walk for start in far for walk in _walks(book, cell, *start)])


_remembered = lru_cache(maxsize=20_000)(_read)


def _starts(book: Atlas, cell: str, offset: int = 0) -> Iterator[tuple[Place, int]]:
    """Every place that a form at `offset` names, with the offset behind it."""
    forms = _names(book)
    for size in range(min(_LONGEST, len(cell) - offset), 1, -1):
        for code in forms.get(cell[offset : offset + size], ()):
            yield book.places[code], offset + size


def _related(place: Place, home: Place) -> bool:
    """Whether a place lies inside the home, is it, or lies above it."""
    return home.code in place.path_codes or place.code in home.path_codes


def _walks(book: Atlas, cell: str, start: Place, offset: int) -> Iterator[tuple[int, Walk]]:
    """Each way to read on from a place: (characters covered, places), the place itself included."""
    if not _cut(cell, offset):
        yield offset, (start,)
    for place, behind in _starts(book, cell, offset):
        if place.code != start.code and start.code in place.path_codes:
            for covered, walk in _walks(book, cell, place, behind):
                yield covered, (start, *walk)


def _cut(cell: str, offset: int) -> bool:
    """Whether a short name ends amid a longer one: 城关 in 城关镇, 紫阳 in 紫阳路."""
    return offset < len(cell) and cell[offset] in _RANKS and cell[offset - 1] not in _RANKS


def _certain(walks: list[tuple[int, Walk]]) -> str | None:
    """The end of the walk that covers most; of several such ends, the finest named place that all lie in."""
    if not walks:
        return None
    covered = max(size for size, _ in walks)
    best = [walk for size, walk in walks if size == covered]
    shared = set(best[0][-1].path_codes).intersection(*(walk[-1].path_codes for walk in best))
    named = [place for walk in best for place in walk if place.code in shared]
    finest = max(named, key=lambda place: LEVELS.index(place.level), default=None)
    return finest.code if finest else None


@lru_cache(maxsize=1)
def _names(book: Atlas) -> dict[str, list[str]]:
    """Every form of a name → the places in force that bear it; a name of old only where none bears it today.

    The oldest lists confuse neighbouring codes, so a former name must not compete with a living one.
    """
    living: dict[str, list[str]] = {}
    for place in book.places.values():
        for form in forms_of(place.name) if place.in_force else ():
            living.setdefault(form, []).append(place.code)
    former: dict[str, list[str]] = {}
    for place in book.places.values():
        names = place.former.split() if place.in_force else [place.name, *place.former.split()]
        for name in names:
            today = None if name in living else current_of(place.code)
            if today and today not in former.setdefault(name, []):
                former[name].append(today)
    return {name: _likeliest(book, name, codes) for name, codes in former.items()} | living


def _likeliest(book: Atlas, name: str, codes: list[str]) -> list[str]:
    """Of the heirs of a former name those that keep its stem (迁安县 → 迁安市), if there are any."""
    stem = forms_of(name)[-1:]
    kept = [code for code in codes if stem and book.places[code].name.startswith(stem)]
    return kept or codes
