"""Number plates (GA 36) with their colours: reading the many ways in which rosters write them.

What lives here: the forms of plates, colour names and codes (GA 36, JT/T 415), the key number + colour.
What does not: which vehicle it is, and the rules that depend on a vehicle's class.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from chelun.engines.faults import Fault
from chelun.engines.ids import faults
from chelun.engines.ids.cells import CellValue, compact, looks_masked, says_nothing

PlateKind = Literal[
    "standard",
    "nev_small",
    "nev_large",
    "trailer",
    "learner",
    "police",
    "border",
    "oversize",
    "embassy",
    "emergency",
    "farm",
]
"""standard 蓝牌黄牌等, nev 新能源, trailer 挂, learner 学, police 警, border 港澳, oversize 超, embassy 使领,
emergency 应急, farm 拖拉机等农用车 (two digits after the province)."""

COLOURS = {
    1: "蓝",
    2: "黄",
    3: "黑",
    4: "白",
    5: "绿",
    9: "其他",
    91: "农黄",
    92: "农绿",
    93: "黄绿",
    94: "渐变绿",
}
"""Codes of plate colours and their names, as the interfaces of freight platforms carry them."""

PROVINCE_SIGNS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"

TRAILER_SIGN = "挂"
"""The plate of a trailer ends with it (GA 36)."""

_COLOUR_WORDS = {
    **{name: code for code, name in COLOURS.items()},
    **{str(code): code for code in COLOURS},
    "渐绿": 94,
    "新能源绿": 94,
    "小型新能源": 94,
    "绿白": 94,
    "黄绿双拼": 93,
    "黄绿双": 93,
    "大型新能源": 93,
    "农用黄": 91,
    "农用绿": 92,
    "其它": 9,
    "BLUE": 1,
    "YELLOW": 2,
    "BLACK": 3,
    "WHITE": 4,
    "GREEN": 5,
    "OTHER": 9,
    "FARMYELLOW": 91,
    "FARMGREEN": 92,
    "YELLOW-GREEN": 93,
    "GRADIENTGREEN": 94,
}
_COLOUR_SUFFIX = re.compile(r"(?:颜?色)?(?:牌照|车牌|号牌|牌|底[黑白红]字)?$")
_TRADITIONAL = str.maketrans(
    "晉遼滬蘇閩贛魯鄂粵瓊貴雲陝甯寧藍黃綠農學領應滿變雙", "晋辽沪苏闽赣鲁鄂粤琼贵云陕宁宁蓝黄绿农学领应满变双"
)
_SEPARATORS = str.maketrans("", "", "·•・‧∙⋅●.。．,，:：;；-－—–_~/\\|'")
_BRACKETS = re.compile(r"[(\[【〔{<《]([^)\]】〕}>》]*)[)\]】〕}>》]?")
_CHINESE_TAIL = re.compile(
    r"^(.+?[0-9A-Z挂学警港澳领使超])((?:渐变|农用?|新能源|大型|小型|[蓝黄黑白绿其]).*)$"
)

_SIGN = f"[{PROVINCE_SIGNS}]"
_BODY = "A-HJ-NP-Z0-9"
_NEV = "A-HJK"
_STANDARD = re.compile(rf"{_SIGN}[A-HJ-NP-Z][{_BODY}]{{5}}")
_SHAPES: tuple[tuple[PlateKind, re.Pattern[str]], ...] = (
    ("standard", _STANDARD),
    ("nev_small", re.compile(rf"{_SIGN}[A-HJ-NP-Z][{_NEV}][{_BODY}][0-9]{{4}}")),
    ("nev_large", re.compile(rf"{_SIGN}[A-HJ-NP-Z][0-9]{{5}}[{_NEV}]")),
    ("trailer", re.compile(rf"{_SIGN}[A-HJ-NP-Z][{_BODY}]{{4}}挂")),
    ("learner", re.compile(rf"{_SIGN}[A-HJ-NP-Z][{_BODY}]{{4}}学")),
    ("police", re.compile(rf"{_SIGN}[A-HJ-NP-Z][{_BODY}]{{4}}警")),
    ("border", re.compile(rf"{_SIGN}[A-HJ-NP-Z][{_BODY}]{{4}}[港澳]")),
    ("oversize", re.compile(rf"{_SIGN}[A-HJ-NP-Z][{_BODY}]{{4}}超")),
    ("embassy", re.compile(rf"使[0-9]{{6}}|[0-9]{{6}}使|{_SIGN}[A-HJ-NP-Z][{_BODY}]{{4}}领")),
    ("emergency", re.compile(rf"{_SIGN}[A-HJ-NP-Z][{_BODY}]{{4}}应急")),
    ("farm", re.compile(rf"{_SIGN}[0-9]{{2}}[{_BODY}]{{5}}")),
)
_ANY_PLATE = re.compile(rf"{_SIGN}[A-Z][0-9A-Z]{{4,6}}")


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate: `number` without dot or spaces, `colour` a code of `COLOURS` or None where nobody said it."""

    number: str
    colour: int | None = None
    kind: PlateKind = "standard"
    colour_inferred: bool = False

    @property
    def key(self) -> str:
        """Number and colour: never the number alone, since two vehicles may share it."""
        return f"{self.number}/{self.colour or 0}"

    @property
    def colour_name(self) -> str:
        """The colour's name in Chinese, or an empty text."""
        return COLOURS[self.colour] if self.colour else ""


def default_colour(plate: Plate) -> int | None:
    """The colour that a new-energy plate must have by its form (small 渐变绿, large 黄绿); None for all others."""
    return {"nev_small": 94, "nev_large": 93}.get(plate.kind)


def with_default_colour(plate: Plate) -> Plate:
    """The plate with its colour filled in where its form leaves no choice, marked as inferred."""
    colour = default_colour(plate) if plate.colour is None else None
    return plate if colour is None else replace(plate, colour=colour, colour_inferred=True)


def read_colour(text: CellValue) -> int | Fault:
    """The code of a colour written as a word (黄, 黄色, 黄牌, 黄底黑字 …) or as its code."""
    return colour_of(compact(text)) or faults.PLATE_COLOUR_UNKNOWN()


@lru_cache(maxsize=512)
def colour_of(word: str) -> int | None:
    """The code of a colour written as a compacted word or code, or None."""
    word = word.translate(_TRADITIONAL)
    return _COLOUR_WORDS.get(word) or _COLOUR_WORDS.get(_COLOUR_SUFFIX.sub("", word))


def read_plate(text: CellValue, colour: CellValue = None) -> Plate | Fault:
    """Read a plate, with the colour in its own cell or in the same one ("川W12345(黄)", "川W12345黄牌").

    Dots, spaces, lower case, full width and traditional characters are put right; nothing else is guessed.
    """
    if type(text) is str and colour is None and _STANDARD.fullmatch(text):
        return Plate(text)
    plain = compact(text)
    if says_nothing(plain):
        return faults.PLATE_EMPTY()
    number, words = plain.translate(_SEPARATORS), None
    if not _STANDARD.fullmatch(number):
        number, words = number_and_word(plain.translate(_TRADITIONAL))
    kind = _kind(number)
    if isinstance(kind, Fault):
        return kind
    codes = {colour_of(word) for word in (words, compact(colour)) if word and not says_nothing(word)}
    if None in codes:
        return faults.PLATE_COLOUR_UNKNOWN()
    if len(codes) > 1:
        return faults.PLATE_COLOUR_CONFLICT()
    return Plate(number, codes.pop() if codes else None, kind)


def number_and_word(plain: str) -> tuple[str, str | None]:
    """The number and, where it stands in the same cell, the word for the colour."""
    number = _BRACKETS.sub("", plain).translate(_SEPARATORS)
    tail = _CHINESE_TAIL.match(number)
    if tail is not None:
        return tail.group(1), tail.group(2)
    return number, next((note for note in _BRACKETS.findall(plain) if note and colour_of(note)), None)


def _kind(number: str) -> PlateKind | Fault:
    for kind, shape in _SHAPES:
        if shape.fullmatch(number):
            return kind
    return _form_fault(number)


def _form_fault(number: str) -> Fault:
    if not number:
        return faults.PLATE_EMPTY()
    if looks_masked(number):
        return faults.PLATE_MASKED()
    if len(_ANY_PLATE.findall(number)) > 1:
        return faults.PLATE_SEVERAL()
    if not number.isascii() and set(number[1:]) & {"I", "O"} and number[0] in PROVINCE_SIGNS:
        return faults.PLATE_LETTER_IO()
    if number.isascii() and number.isalnum() and 5 <= len(number) <= 7:
        return faults.PLATE_NO_PROVINCE()
    if (
        number[0] in PROVINCE_SIGNS
        and number[1:].isalnum()
        and number[1:].isascii()
        and len(number) not in (7, 8)
    ):
        return faults.PLATE_LENGTH(length=len(number))
    return faults.PLATE_FORM()
