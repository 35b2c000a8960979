"""Toneless pinyin of names, fast: a cache of single characters, with the readings that names have.

What lives here: the reading of a person's, firm's or place's name, its initials, and its other possible readings.
What does not: tones, word segmentation for prose, and searching itself.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

from chelun.engines.names.normalise import DOT, clean_text, is_plain, simplify
from chelun.engines.names.readings import COMPOUND_SURNAMES, GIVEN, PLACES, SURNAMES

MOST_KEYS = 8
_LONGEST_WITH_SURNAME = 4
_PASSPORT = {"lv": "lyu", "nv": "nyu", "lve": "lyue", "nve": "nyue"}


def pinyin_of(name: str, *, surname: bool = True) -> str:
    """The name's reading as one word, without tones: "wangwei". Letters and digits stay, other signs go.

    With `surname` the beginning is read as a Chinese person's name (单 shan, 万俟 moqi) if the name has at most four
    characters and no middle dot; without it, as the name of a firm or place (重庆 chongqing). ü is written v.
    """
    return "".join(_syllables(name, surname))


def syllables_of(name: str) -> tuple[str, ...]:
    """The reading of a person's name, one part for each character and for each Latin word: ("wang", "wei")."""
    return _person(name)


def given_syllables_of(name: str) -> tuple[str, ...]:
    """The reading of a name in which no surname is looked for, one part for each character and for each Latin word."""
    return tuple(map(_given, _chars(name)))


def initials_of(name: str, *, surname: bool = True) -> str:
    """The first letter of every character's reading, and of every Latin word: "ww"."""
    return "".join(part[0] for part in _syllables(name, surname) if part)


def search_keys(name: str, *, surname: bool = True) -> frozenset[str]:
    """The reading of `pinyin_of` and others that somebody may type (at most 8): 单 also as dan, 吕 also as lyu."""
    if surname and is_plain(name) and (simple := simplify(name))[:2] not in COMPOUND_SURNAMES:
        return _plain_keys(simple)
    chars, chosen = _chars(name), _syllables(name, surname)
    if len(chars) != len(chosen):
        return frozenset(("".join(chosen),))
    return _keys(chosen, [_others(char, said) for char, said in zip(chars, chosen, strict=True)])


def _plain_keys(chars: str) -> frozenset[str]:
    """The keys of two to four simplified characters that begin with no compound: one look-up for each of them."""
    entries = [_surname_entry(chars[0]), *map(_entry, chars[1:])]
    return _keys([said for said, _others in entries], [others for _said, others in entries])


@cache
def _surname_entry(char: str) -> tuple[str, tuple[str, ...]]:
    said = SURNAMES.get(char) or _given(char)
    return said, _others(char, said)


@cache
def _entry(char: str) -> tuple[str, tuple[str, ...]]:
    said = _given(char)
    return said, _others(char, said)


def _others(char: str, said: str) -> tuple[str, ...]:
    return tuple(other for other in _alternatives(char) if other != said)


def _keys(chosen: Sequence[str], others: Sequence[Sequence[str]]) -> frozenset[str]:
    """The reading, and those in which one character is read otherwise, the more usual readings of all characters first."""
    base = "".join(chosen)
    if not any(others):
        return frozenset((base,))
    found = [base]
    around = [("".join(chosen[:place]), "".join(chosen[place + 1 :])) for place in range(len(chosen))]
    for rank in range(max(map(len, others))):
        for (before, after), alternatives in zip(around, others, strict=True):
            if rank < len(alternatives):
                found.append(before + alternatives[rank] + after)
        if len(found) >= MOST_KEYS:
            break
    return frozenset(found[:MOST_KEYS])


def other_readings(sign: str) -> tuple[str, ...]:
    """The readings of one character but for its usual one in names, with the spelling of passports (吕 lyu)."""
    return _entry(sign)[1]


def beginnings(text: str) -> frozenset[str]:
    """How the readings (`pinyin_of`) of persons' names that begin with this text begin: mostly one.

    曾 zeng, but ceng in a name of more than four characters; 尉 also yu, for 尉迟.
    """
    chars = _chars(text)
    given = tuple(map(_given, chars))
    found = {given, (*(SURNAMES.get(char) or _given(char) for char in chars[:1]), *given[1:])}
    for compound, reading in COMPOUND_SURNAMES.items():
        if chars and compound.startswith("".join(chars[:2])):
            found.add((*reading[: len(chars)], *given[2:]))
    return frozenset(filter(None, map("".join, found)))


def _syllables(name: str, surname: bool) -> tuple[str, ...]:
    return _person(name) if surname else _words(name)


def _person(name: str) -> tuple[str, ...]:
    chars = _chars(name)
    if not 2 <= len(chars) <= _LONGEST_WITH_SURNAME or DOT in name:
        return tuple(map(_given, chars))
    compound = COMPOUND_SURNAMES.get("".join(chars[:2])) if len(chars) > 2 else None
    if compound is not None:
        return (*compound, *map(_given, chars[2:]))
    return (SURNAMES.get(chars[0]) or _given(chars[0]), *map(_given, chars[1:]))


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    """Firms and places, where the neighbours decide the reading; slower, so whole names are remembered."""
    chars = _chars(name)
    text = "".join(chars)
    if text.isascii():
        return chars
    for place, reading in PLACES.items():
        before, found, after = text.partition(place)
        if found:
            return (*_words(before), *reading.split(), *_words(after))
    return tuple(lazy_pinyin(text))


def _chars(name: str) -> tuple[str, ...]:
    """Simplified characters, one by one, and Latin words and numbers whole and in lower case."""
    return tuple(simplify(name)) if is_plain(name) else _signs_and_words(name)


@lru_cache(maxsize=65536)
def _signs_and_words(name: str) -> tuple[str, ...]:
    parts: list[str] = []
    word = ""
    for char in simplify(clean_text(name)):
        if char.isascii() and char.isalnum():
            word += char.lower()
            continue
        if word:
            parts.append(word)
            word = ""
        if char.isalnum() or char > "\u2e80":
            parts.append(char)
    return (*parts, word) if word else tuple(parts)


@cache
def _given(char: str) -> str:
    return GIVEN.get(char) or _readings(char)[0]


@cache
def _readings(char: str) -> tuple[str, ...]:
    """All readings of one character, the usual one first; whatever has no reading stands for itself."""
    if char.isascii():
        return (char,)
    found: list[str] = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(found))


@cache
def _alternatives(char: str) -> tuple[str, ...]:
    readings = [reading for reading in (SURNAMES.get(char), GIVEN.get(char), *_readings(char)) if reading]
    spelled = [_PASSPORT[reading] for reading in readings if reading in _PASSPORT]
    return tuple(dict.fromkeys([*readings, *spelled]))
