"""Characters that are read alike: what an input method offers for a syllable, and what a dialect makes of it.

What lives here: candidates by syllable in the order of their frequency in names, and syllables that a speaker confuses. Nothing of the engine's
own tables is used: they may change, the same seed may not give other tables then, and what is measured may not measure itself.
"""

import re
from collections import defaultdict
from functools import cache

from pypinyin import lazy_pinyin

from bench.matching.data import given
from bench.matching.dice import Dice, Weighted
from bench.matching.frequencies import SURNAMES, by_rank

MOST_OFFERED = 6
_CONFUSED = {
    "zh_z": (("^(z|c|s)h", r"\1"), ("^(z|c|s)(?!h)", r"\1h")),
    "n_l": (("^n", "l"), ("^l", "n")),
    "an_ang": (("ang$", "an"), ("an$", "ang")),
    "en_eng": (("([ei])ng$", r"\1n"), ("([ei])n$", r"\1ng")),
    "f_h": (("^fa", "hua"), ("^fei$", "hui"), ("^fu$", "hu"), ("^fen$", "hun"), ("^hua", "fa"), ("^hui$", "fei"), ("^hu$", "fu"), ("^hun$", "fen")),
}  # fmt: skip
_SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "翟": "zhai", "缪": "miao", "覃": "qin", "朴": "piao",
    "盖": "ge", "乐": "yue", "员": "yun", "种": "chong", "召": "shao", "卜": "bu", "薄": "bo", "万": "wan", "尉": "yu", "俟": "qi", "么": "yao",
}  # fmt: skip


@cache
def reading(sign: str) -> str:
    """The usual reading of a character, toneless."""
    return lazy_pinyin(sign)[0]


def syllables(name: str) -> list[str]:
    """The readings of a name's characters, the first as that of a surname."""
    return [_SURNAMES.get(name[0]) or reading(name[0]), *map(reading, name[1:])]


@cache
def offered(syllable: str) -> Weighted[str] | None:
    """What is offered for a syllable, the first ones mostly taken; None where nothing is."""
    found = _by_syllable().get(syllable)
    return by_rank(found[:MOST_OFFERED]) if found else None


@cache
def _by_syllable() -> dict[str, list[str]]:
    weights: dict[str, float] = defaultdict(float)
    for lists in (given.MALE_LAST, given.FEMALE_LAST, given.MALE_FIRST, given.FEMALE_FIRST):
        for text in lists.values():
            for rank, sign in enumerate(text):
                weights[sign] += 1 / (rank + 6)
    for rank, surname in enumerate(SURNAMES.items):
        if len(surname) == 1:
            weights[surname] += 1 / (rank + 6)
    for sign in given.TAIL + _common():
        weights[sign] += 0.001
    found = defaultdict(list)
    for sign in sorted(weights, key=lambda sign: (-weights[sign], sign)):
        found[reading(sign)].append(sign)
    return dict(found)


def _common() -> str:
    """The first level of GB 2312: 3,755 characters."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return b"".join(codes).decode("gb2312", errors="ignore")


def confused(dice: Dice, syllable: str, dialect: str) -> str:
    """The syllable as a speaker of the dialect may write it down: one that he does not tell apart, or itself."""
    ways = [
        changed
        for old, new in _CONFUSED.get(dialect, ())
        if (changed := re.sub(old, new, syllable)) != syllable
    ]
    known = [way for way in ways if way in _by_syllable()]
    return dice.one_of(known) if known else syllable
