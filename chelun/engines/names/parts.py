"""Names of parts that are written with dots, spaces or nothing between them, in another order, in other characters, or not all of them.

What lives here: a name's parts, and keys under which such writings of one name meet. Any name may be asked about and gets keys alike.
What does not: telling what kind of name it is: that is neither computed nor given out here.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from chelun.engines.names.near import sound_of
from chelun.engines.names.normalise import DOT, is_plain, simplify, spelled
from chelun.engines.names.pinyin import given_syllables_of
from chelun.engines.names.transliterations import FINALS, INITIALS, LEFT_OUT, ONE_WORD
from chelun.engines.names.variants import usual_writing

FEWEST_SYLLABLES = 4
"""From how many syllables on sounds are folded: fewer would make one of names that are not."""
_FEWEST_LEFT = 2

_BETWEEN = re.compile(f"[{DOT} \\-]+")


@dataclass(frozen=True, slots=True)
class PartKeys:
    """Keys of a name: `alike` by its parts in any order, and by all of it as one word; `without` one of its parts.

    Keys are for equality only. A name that says too little has none.
    """

    alike: frozenset[str] = field(repr=False)
    without: frozenset[str] = field(repr=False)

    def same_parts(self, other: "PartKeys") -> bool:
        """Whether both may be one name: the same parts in any order, with dots or none, in whatever characters."""
        return not self.alike.isdisjoint(other.alike)

    def one_part_less(self, other: "PartKeys") -> bool:
        """Whether one of the two may be the other with a part left out."""
        return not (self.alike.isdisjoint(other.without) and other.alike.isdisjoint(self.without))


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name between dots, spaces and hyphens, simplified, without notes and glosses: ("阿力", "木沙").

    Spaces between single characters divide nothing: 王 伟 is ("王伟",).
    """
    found = tuple(part for part in _BETWEEN.split(simplify(spelled(name, joined=False))) if part)
    return found if any(map(_is_word, found)) else ("".join(found),) if found else ()


def order_key(name: str) -> str:
    """The key under which writings of one name in another order of characters are equal: 王小明 and 小明王."""
    return "".join(sorted(usual_writing(name)))


@lru_cache(maxsize=8192)
def part_keys(name: str) -> PartKeys:
    """The keys of a name by its parts: their characters, and from four syllables on their sounds and words, folded.

    Sources of the folds: `transliterations.py`.

    What is left without a part must have two syllables at least; names that lack a character (王□) have no keys.
    """
    usual = usual_writing(name)
    if not usual:
        return PartKeys(frozenset(), frozenset())
    if is_plain(name) and len(name) < FEWEST_SYLLABLES:
        return PartKeys(frozenset((usual,)), frozenset())
    parts = name_parts(name)
    left = [parts[:place] + parts[place + 1 :] for place in range(len(parts))] if len(parts) > 1 else []
    return PartKeys(_keys(parts), frozenset().union(*map(_keys, left)))


def _keys(parts: tuple[str, ...]) -> frozenset[str]:
    """The key of the parts in any order, and that of all of them as one word."""
    count = sum(len(given_syllables_of(part)) for part in parts)
    if count < _FEWEST_LEFT:
        return frozenset()
    written = _folded if count >= FEWEST_SYLLABLES else usual_writing
    joined = written("".join(parts))
    return frozenset((joined, "/".join(sorted(map(written, parts))) if len(parts) > 1 else joined))


def _is_word(part: str) -> bool:
    return len(part) > 1


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    """A word by its sounds, coarsely: 阿布都 and 阿卜杜 are one."""
    known = _words().sub(lambda found: _first_of()[found.group()], usual_writing(word))
    kept = known[:1] + "".join(sign for sign in known[1:] if sign not in LEFT_OUT)
    return " ".join(map(_folded_syllable, given_syllables_of(kept)))


@cache
def _folded_syllable(syllable: str) -> str:
    initial, bar, final = (sound_of(syllable) or syllable).partition("|")
    return INITIALS.get(initial, initial) + FINALS.get(final, final) if bar else syllable


@cache
def _first_of() -> dict[str, str]:
    return {word: line.split()[0] for line in ONE_WORD for word in line.split()}


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _first_of()), key=len, reverse=True)))
