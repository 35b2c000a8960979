"""Where a Chinese name divides into surname and given name, and how its surname and the whole may be read.

What lives here: dividing names of two to four characters, and all readings under which two writings may meet.
What does not: comparing two names, and any word about names that do not divide: they are simply whole.
"""

from functools import lru_cache

from chelun.engines.names.normalise import DOT, clean_text, is_plain, simplify
from chelun.engines.names.pinyin import other_readings, syllables_of
from chelun.engines.names.readings import COMPOUND_SURNAMES, OTHER_SURNAMES, SURNAMES

MOST_READINGS = 4
_LONGEST = 4


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name in simplified characters: ("王", "伟"), ("欧阳", "娜娜").

    A name that is not two to four Chinese characters in a row is given back whole, with an empty surname. Two characters are
    one and one (欧阳: 欧, 阳), as they are read.
    """
    plain = simplify(clean_text(name))
    if is_plain(plain):
        return _divided(plain)
    joined = plain.replace(" ", "")
    if not 2 <= len(joined) <= _LONGEST or DOT in plain or not all(map(_is_chinese, joined)):
        return "", plain
    return _divided(joined)


def _divided(joined: str) -> tuple[str, str]:
    width = 2 if len(joined) > 2 and joined[:2] in COMPOUND_SURNAMES else 1
    return joined[:width], joined[width:]


@lru_cache(maxsize=4096)
def surname_readings(surname: str) -> tuple[str, ...]:
    """All readings of a surname that are in use, the usual one first: 乐 ("yue", "le"), 尉迟 ("yu chi",)."""
    plain = simplify(clean_text(surname))
    if plain in COMPOUND_SURNAMES:
        return (" ".join(COMPOUND_SURNAMES[plain]),)
    usual = SURNAMES.get(plain) or " ".join(syllables_of(plain))
    return tuple(dict.fromkeys((usual, *OTHER_SURNAMES.get(plain, ())))) if usual else ()


@lru_cache(maxsize=8192)
def name_readings(name: str, most: int = MOST_READINGS) -> tuple[str, ...]:
    """How a person's name may be read, its syllables apart, the usual reading first, at most `most`.

    First other readings of the surname, then of one other character each: 乐平 ("yue ping", "le ping", …). Two names that share one
    may be one name that somebody wrote down by its sound.
    """
    base = syllables_of(name)
    if not base:
        return ()
    surname = split_name(name)[0]
    begin = len(surname)
    found = [" ".join(base)]
    found += (" ".join((*other.split(), *base[begin:])) for other in surname_readings(surname)[1:])
    if len(found) < most:
        found += map(" ".join, _by_character(name, base, begin))
    return tuple(dict.fromkeys(found))[:most]


def _by_character(name: str, base: tuple[str, ...], begin: int) -> list[tuple[str, ...]]:
    """The base with one character read otherwise, the more usual readings of all characters first; none where words are Latin."""
    signs = simplify(clean_text(name)).replace(" ", "").replace(DOT, "")
    if len(signs) != len(base):
        return []
    others = sorted(
        (rank, place, other)
        for place, sign in enumerate(signs)
        if place >= begin
        for rank, other in enumerate(other_readings(sign))
    )
    return [(*base[:place], other, *base[place + 1 :]) for _rank, place, other in others]


def _is_chinese(sign: str) -> bool:
    """Han characters of any plane, 〇, and private ones, which stand for rare Han characters."""
    return (
        "\u3400" <= sign <= "\u9fff" or sign == "〇" or "\ue000" <= sign <= "\ufaff" or sign >= "\U00020000"
    )
