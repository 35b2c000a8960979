"""Readings that sound alike to many ears, brought to one: 陈 and 程, 聂 and 列.

What lives here: taking a syllable apart and folding it by sets of confusions (`near_sets.py`).
What does not: whether two names are one, and which set fits a place: that is chosen by who compares.
"""

import re
from functools import lru_cache

from chelun.engines.names.near_sets import SETS, USUAL_SETS

_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([aeiouv][a-z]*)")
_FINALS = frozenset(
    [
        "a",
        "o",
        "e",
        "i",
        "u",
        "v",
        "ai",
        "ei",
        "ao",
        "ou",
        "an",
        "en",
        "ang",
        "eng",
        "er",
        "ia",
        "ie",
        "iao",
        "iou",
        "ian",
        "in",
        "iang",
        "ing",
        "iong",
        "ua",
        "uo",
        "uai",
        "uei",
        "uan",
        "uen",
        "uang",
        "ueng",
        "ong",
        "ve",
        "van",
        "vn",
        "io",
    ]
)
_Y = {"u": "v", "ue": "ve", "uan": "van", "un": "vn", "ong": "iong", "i": "i", "in": "in", "ing": "ing"}
_W = {"u": "u", "ei": "uei", "en": "uen", "eng": "ueng"}
_SHORT = {"iu": "iou", "ui": "uei", "un": "uen", "ue": "ve"}
_PASSPORT = re.compile("(?<=^[ln])yu")
_COMPILED = {name: tuple((re.compile(old), new) for old, new in rules) for name, rules in SETS.items()}


def near_reading(reading: str, sets: frozenset[str] = USUAL_SETS) -> str:
    """A reading with its syllables apart ("chen wei") folded by the sets: "cen uei". What is no syllable stays.

    The result is a key for equality and no spelling. Raises KeyError for a set that is not in `SETS`.
    """
    return " ".join(_folded(syllable, sets) for syllable in reading.split())


@lru_cache(maxsize=8192)
def _folded(syllable: str, sets: frozenset[str]) -> str:
    unknown = sets - SETS.keys()
    if unknown:
        raise KeyError(*sorted(unknown))
    sound = sound_of(syllable)
    if sound is None:
        return syllable
    for name, rules in _COMPILED.items():
        if name in sets:
            for old, new in rules:
                sound, changed = old.subn(new, sound)
                if changed:
                    break
    return sound.replace("|", "")


def sound_of(syllable: str) -> str | None:
    """Initial and final of a syllable as they sound, "j|v" for ju and "|uei" for wei; None for what is no syllable."""
    found = _SYLLABLE.fullmatch(_PASSPORT.sub("v", syllable))
    if found is None:
        return None
    initial, final = found.groups()
    if initial == "y":
        initial, final = "", _Y.get(final, f"i{final}")
    elif initial == "w":
        initial, final = "", _W.get(final, f"u{final}")
    elif initial in ("j", "q", "x") and final.startswith("u"):
        final = f"v{final[1:]}"
    final = _SHORT.get(final, final)
    return f"{initial}|{final}" if final in _FINALS else None
