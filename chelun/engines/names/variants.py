"""One name written with other characters: rare ones and what stands for them, a character by its parts, or by a sign that it is missing.

What lives here: the usual character for a rare one, characters put together from their parts, and hidden characters one by one.
What does not: what only sounds (`near.py`) or looks alike (`shapes.py`), and masks of any length (`visible.py`).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from chelun.engines.names.normalise import DOT, clean_text, is_plain, simplify, spelled
from chelun.engines.names.split import split_name
from chelun.engines.names.tables import rows

HIDDEN = "?"
"""Stands for one character that is not there."""
MOST_WRITINGS = 8

_SURNAMES = dict(zip("萧傅戴阎蓝邱", "肖付代闫兰丘", strict=True))
"""Surnames of which the second simplification (1977) or a clerk's hand made another that many papers keep."""
_FONT_BYTES = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
_FONT_LEFT = dict(
    zip(
        "\ue816\ue817\ue818\ue81e\ue826\ue82b\ue82c\ue831\ue832\ue83b\ue843\ue854\ue855\ue864",
        "𠂇𠂉𠃌龴龵龶龷𡗗龸𢦏龹龺𤇾龻",
        strict=True,
    )
)
"""Places of GB 18030-2000 in the private area whose characters got places of their own later (GB 18030-2022, annex D)."""
_SIDES = str.maketrans("氵亻艹扌忄钅讠纟犭礻衤饣灬刂王", "水人草手心金言糸犬示衣食火刀玉")
"""Sides of characters, and the characters that the table of parts has in their place."""
_NOT_THERE = re.compile("[□▢〓\ufffd]")
_MISSING = re.compile("[□▢〓\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_BRACKETED = re.compile(r"[（(\[【〔{<《〈「『]([^）)\]】〕}>》〉」』]{2,9})[）)\]】〕}>》〉」』]")
_DESCRIPTION = "⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻"
_OF_THREE = "⿲⿳"
_NO_LETTER = re.compile("[^\\w\ue000-\uf8ff\U000f0000-\U0010fffd]")
_PLUS = re.compile("[+＋]")
_PLACES = re.compile("[左右上下]")
_LOST_RUN = re.compile(r"\?+")
_JOINING = str.maketrans("", "", f" {DOT}.'’-")


def usual_writing(name: str) -> str:
    """The key under which one name written with rare, private-use, traditional or usual characters is equal: 喆 as 哲, 萧 as 肖.

    Notes, glosses, dots, spaces and case do not count; a character that stands there by its parts is put together. Characters that
    the tables do not know stand for themselves. A name that lacks a character has an empty key, which says nothing. Sources:
    `variants.tsv`, and GB 18030 for what old fonts kept in the private area.
    """
    shown = _put_together(name)
    if HIDDEN in shown or _NOT_THERE.search(shown):
        return ""
    plain = _NO_LETTER.sub("", simplify(spelled(shown)).translate(_variants()).casefold())
    surname, given = split_name(plain)
    return _SURNAMES.get(surname, surname) + given if surname and given else plain


def composed_writings(name: str) -> tuple[str, ...]:
    """Other writings of a name in which neighbours are taken for the parts of one rare character: 王方方土 as 王堃; mostly none."""
    plain = simplify(spelled(name))
    found = dict.fromkeys(
        plain[:begin] + whole + plain[end:]
        for begin in range(1, len(plain))
        for end in range(begin + 2, min(begin + 4, len(plain)) + 1)
        if (whole := _composed(plain[begin:end]))
    )
    return tuple(islice(found, MOST_WRITINGS))


def shown_writings(text: str) -> tuple[str, ...]:
    """A name with `HIDDEN` for each character that is not there, simplified and without dots and spaces; () if none is missing.

    □, 〓 and private-use characters of unknown fonts stand for one character each. A run of question marks may be fewer
    characters than marks, because a rare one is lost in two or more bytes: 王?? is ("王??", "王?"). A character in brackets or
    after ⿰, ⿱ … by its parts is that character, if the table of parts knows it, and else hidden.
    """
    shown = _put_together(text)
    lost = HIDDEN in shown
    plain = simplify(spelled(_MISSING.sub(HIDDEN, shown))).translate(_JOINING)
    if HIDDEN not in plain or not plain.strip(HIDDEN):
        return ()
    return tuple(islice(_shorter(plain), MOST_WRITINGS)) if lost else (plain,)


def with_one_hidden(name: str) -> frozenset[str]:
    """A name of two characters or more with each one hidden in turn: what `shown_writings` gives for it is among these, if one is missing."""
    plain = simplify(spelled(name)).translate(_JOINING)
    if len(plain) < 2 or HIDDEN in plain:
        return frozenset()
    return frozenset(plain[:place] + HIDDEN + plain[place + 1 :] for place in range(len(plain)))


def agree_but_for_hidden(one: str, other: str) -> bool:
    """Whether two writings are alike wherever both show a character, and both show one somewhere.

    Both may be names or what `shown_writings` gives. Two that hide all, or are empty, do not agree: they say nothing.
    """
    left, right = (simplify(clean_text(text)).translate(_JOINING) for text in (one, other))
    if len(left) != len(right):
        return False
    both = [(mine, yours) for mine, yours in zip(left, right, strict=True) if HIDDEN not in (mine, yours)]
    return bool(both) and all(mine == yours for mine, yours in both)


def _shorter(shown: str) -> Iterator[str]:
    """The writing, and those in which each run of question marks is shorter."""
    pieces = _LOST_RUN.split(shown)
    runs = [len(run) for run in _LOST_RUN.findall(shown)]
    for lengths in product(*(range(length, 0, -1) for length in runs)):
        hidden = [HIDDEN * length for length in lengths]
        yield "".join(part for pair in zip(pieces, [*hidden, ""], strict=True) for part in pair)


def _put_together(text: str) -> str:
    """The cleaned text with every character that stands there by its parts put together, or □ where that is not known."""
    if is_plain(text):
        return text
    return _BRACKETED.sub(
        _bracketed, "".join(_described(clean_text(text.translate(_old_font())).replace("？", HIDDEN)))
    )


def _described(text: str) -> Iterator[str]:
    """The text, each description (⿰女弟) made one character."""
    place = 0
    while place < len(text):
        end = _end_of(text, place)
        parts = [sign for sign in text[place:end] if sign not in _DESCRIPTION]
        yield text[place] if end == place + 1 else _whole_or_hidden("".join(parts))
        place = end


def _end_of(text: str, place: int) -> int:
    """Where the character or the description that begins here ends."""
    wanted = 1
    while wanted and place < len(text):
        wanted += (2 if text[place] in _OF_THREE else 1) if text[place] in _DESCRIPTION else -1
        place += 1
    return place


def _bracketed(found: re.Match[str]) -> str:
    inside = found.group(1)
    parts = _PLUS.sub("", inside)
    if parts != inside:
        return _whole_or_hidden(parts)
    placed = _PLACES.sub("", inside)
    if len(_PLACES.findall(inside)) == len(placed) == 2:
        return _whole_or_hidden(placed)
    return _composed(inside) or found.group()


def _whole_or_hidden(parts: str) -> str:
    return _composed(parts) or "□"


def _composed(parts: str) -> str:
    """The rare character of these parts, in whatever order they stand, or an empty text."""
    return _by_parts().get("".join(sorted(simplify(parts).translate(_SIDES))), "")


@cache
def _by_parts() -> dict[str, str]:
    return {
        "".join(sorted(parts.translate(_SIDES))): sign
        for sign, _corners, _class, parts in reversed([*rows("shapes.tsv", 4)])
        if parts
    }


@cache
def _variants() -> dict[int, str]:
    return {ord(rare): usual for rare, usual in rows("variants.tsv", 2)}


@cache
def _old_font() -> dict[int, str]:
    """The characters of FE50 to FEA0, which fonts before GB 18030-2005 kept at U+E815 and after."""
    own = {0xE815 + place: bytes((0xFE, byte)).decode("gb18030") for place, byte in enumerate(_FONT_BYTES)}
    return {code: _FONT_LEFT.get(sign, sign) for code, sign in own.items()}
