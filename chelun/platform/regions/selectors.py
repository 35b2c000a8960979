"""Reads of the regions app. All answers come from the atlas in memory: no question costs a query of its own."""

import unicodedata
from functools import lru_cache

from opencc import OpenCC

from chelun.core.scope import Scope
from chelun.engines.ids import AreaHistory, build_area_history
from chelun.platform.regions.atlas import Atlas, Place, atlas
from chelun.platform.regions.models import RegionChange
from chelun.platform.regions.rules import LEVELS, city_of, normal_code, province_of

__all__ = [
    "Place",
    "area_history",
    "children",
    "current_of",
    "name_of",
    "path_of",
    "place",
    "placed",
    "region_search",
    "within",
]

_REGION = "region"


def place(code: str) -> Place | None:
    """The region of a code (6, 9 or 12 digits), in force or retired; None when nobody ever used the code."""
    return atlas().places.get(normal_code(code))


def name_of(code: str) -> str:
    """The region's own name, or the code itself when it is unknown."""
    found = place(code)
    return found.name if found else code


def path_of(code: str) -> tuple[str, ...]:
    """The names from the province down: ('陕西省', '安康市', '紫阳县'); empty when the code is unknown."""
    found = place(code)
    if found is None:
        return ()
    known = atlas().places
    return tuple(known[part].name for part in found.path_codes if part in known)


def children(code: str) -> tuple[Place, ...]:
    """The regions in force directly below a code, in order of code; '' gives the provinces, what is no code nothing."""
    book, above = atlas(), normal_code(code)
    if code and not above:
        return ()
    return tuple(book.places[child] for child in book.children.get(above, ()))


def current_of(code: str) -> str | None:
    """The code that a place has today, following the changes; None when it is unknown, gone or divided."""
    book, here, year = atlas(), normal_code(code), 0
    passed: set[str] = set()
    while here not in passed:
        found = book.places.get(here)
        if found is not None and found.in_force:
            return here
        passed.add(here)
        step = _next(book, here, year)
        if step is None:
            return None
        year, here = step
    return None


def _next(book: Atlas, code: str, since: int) -> tuple[int, str] | None:
    """The last year (not before `since`) in which the code passed to exactly one other."""
    later = [change for change in book.changes.get(code, ()) if change.year >= since]
    if not later:
        return None
    year = later[-1].year
    heirs = {change.new_code for change in later if change.year == year}
    return (year, heirs.pop()) if len(heirs) == 1 else None


def area_history() -> AreaHistory:
    """Every six-digit code with the years in which it was in use: what identity card numbers are checked against."""
    return _history(atlas())


@lru_cache(maxsize=1)
def _history(book: Atlas) -> AreaHistory:
    current = [place.code for place in book.places.values() if place.in_force and len(place.code) == 6]
    return build_area_history(current, RegionChange.objects.values_list("year", "old_code", "new_code"))


def placed(code: str) -> dict[str, str]:
    """The level columns of `Placed` for a code: today's codes, '' for what is not known.

    A retired code counts as its successor; where that is unknown, as what still stands above it. A code that never
    was gives its city and province if these exist.
    """
    today = current_of(code)
    if today is None:
        above = _above(normal_code(code))
        return placed(above) if above else dict.fromkeys(LEVELS, "")
    found = atlas().places[today]
    township = today if found.level == "township" else ""
    return {"province": found.province, "city": found.city, "county": found.county, "township": township}


def _above(code: str) -> str:
    """The next code above by form that can be placed; '' when there is none."""
    steps = (code[:6], city_of(code), province_of(code)) if code else ()
    return next((step for step in steps if step != code and current_of(step)), "")


def within(code: str, scope: Scope) -> bool:
    """Whether a region lies inside the scope: one of its own path's codes is granted."""
    found = place(code)
    return found is not None and _within(found, scope)


def _within(found: Place, scope: Scope) -> bool:
    return scope.is_everything or not scope.keys(_REGION).isdisjoint(found.path_codes)


def region_search(text: str, *, scope: Scope, limit: int = 20) -> tuple[Place, ...]:
    """Regions inside `scope` by characters (either script), pinyin, initials or the beginning of a code.

    Several words narrow from above: «凉山 候播». Regions in force come first, then the better match, the higher
    level, the lower code.
    """
    book = atlas()
    ranked: dict[str, tuple[tuple[bool, int, int, str], Place]] = {}
    for words in _readings(text):
        for found in book.places.values():
            rank = _rank(found, words[-1])
            if rank and _within(found, scope) and _lies_under(book, found, words[:-1]):
                order = (not found.in_force, rank, LEVELS.index(found.level), found.code)
                ranked.setdefault(found.code, (order, found))
    best = sorted(ranked.values(), key=lambda entry: entry[0])
    return tuple(found for _, found in best[:limit])


def _readings(text: str) -> list[list[str]]:
    """The words of a question as written and in simplified characters: 乾县 is a name, 干县 is none."""
    given = unicodedata.normalize("NFKC", text).lower()
    return [words for words in (form.split() for form in dict.fromkeys((given, simplified(given)))) if words]


def _rank(found: Place, word: str) -> int:
    """How well one word names a place: 1 best, 0 not at all."""
    if word[0].isdigit():
        return 1 if found.code == word else 2 if found.code.startswith(word) else 0
    if word.isascii():
        return _rank_letters(found, word)
    if found.name == word:
        return 1
    if found.name.startswith(word):
        return 2
    return 3 if word in found.name or word in found.former else 0


def _rank_letters(found: Place, word: str) -> int:
    if found.initials == word:
        return 1
    if found.pinyin.startswith(word):
        return 2
    return 3 if found.initials.startswith(word) else 0


def _lies_under(book: Atlas, found: Place, words: list[str]) -> bool:
    above = [book.places[code] for code in found.path_codes[:-1] if code in book.places]
    return all(any(_rank(place_above, word) for place_above in above) for word in words)


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Simplified characters, half-width letters and digits."""
    plain = unicodedata.normalize("NFKC", text)
    return plain if plain.isascii() else str(_converter().convert(plain))
