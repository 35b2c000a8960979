"""How clerks really write: every spelling that a roster may hold, each as one small function.

The functions change how a value looks, never what it is – except those named after a mistake (``wrong_check``,
``swapped``, ``excel_float``, ``too_short`` …), which make a row that must be refused.
"""

from datetime import date
from random import Random

from opencc import OpenCC
from pypinyin import Style, pinyin

from scenarios.common import codes

INVISIBLE = ("\u200b", "\ufeff", "\u00a0", "\u200e")
DOTS = ("•", "・", "．", "‧", "∙", ".")
_TRADITIONAL = OpenCC("s2t")
_CHINESE_DIGITS = "〇一二三四五六七八九"
_EXCEL_DAY_ZERO = date(1899, 12, 30)


def full_width(text: str) -> str:
    """ASCII characters as their full-width forms."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def invisible(dice: Random, text: str) -> str:
    """An invisible character somewhere inside, and a space behind."""
    place = dice.randrange(1, len(text)) if len(text) > 1 else 0
    return text[:place] + dice.choice(INVISIBLE) + text[place:] + " "


def traditional(text: str) -> str:
    """The same text in traditional characters."""
    return str(_TRADITIONAL.convert(text))


def gloss(name: str) -> str:
    """A name with its reading in brackets, as pages made for learners have it."""
    reading = " ".join(syllable[0] for syllable in pinyin(name.replace("·", ""), style=Style.TONE))
    return f"{name}({reading})"


def mask(name: str) -> str:
    """A name of which only the first character is shown."""
    return name[0] + "*" * (len(name) - 1)


def dotted(dice: Random, name: str) -> str:
    """The same name with another of the dots that people type."""
    return name.replace("·", dice.choice(DOTS))


def letter_spaced(name: str) -> str:
    """A name of two characters stretched to the width of three, as printed lists have it."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


def grouped_id(number: str) -> str:
    """An ID number in groups: area, birth date, the rest."""
    return f"{number[:6]} {number[6:14]} {number[14:]}"


def wrong_check(number: str) -> str:
    """The number with a check character that is not its own. Must be refused."""
    return number[:-1] + ("3" if number[-1] != "3" else "7")


def swapped(number: str) -> str:
    """The number with two neighbouring digits exchanged. Must be refused: any such exchange breaks the check."""
    for place in (15, 14, 13, 9, 8):
        if number[place] != number[place + 1]:
            return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    raise ValueError("no two different neighbours")


def never_an_area(number: str) -> str:
    """The number with a right check digit under an area code that never was, not even as a demo area."""
    return codes.under_area(number, number[:2] + "9901")


def excel_float(number: str) -> float:
    """What Excel keeps of an ID number typed into a plain cell: 15 digits, the rest zero. Must be refused."""
    return float(number[:15] + "000")


def excel_text(number: str) -> str:
    """The same after a round through a text file: 6.10999E+17. Must be refused."""
    return f"{number[0]}.{number[1:6]}E+17"


def too_short(phone: str) -> str:
    """A phone that lost its last two digits. Must be refused."""
    return phone[:-2]


def grouped_phone(phone: str) -> str:
    """A phone as people read it aloud: 3, 4 and 4 digits."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}"


def serial_day(day: date) -> int:
    """The day as Excel's serial number (1900 system)."""
    return (day - _EXCEL_DAY_ZERO).days


def chinese_day(day: date) -> str:
    """The day in Chinese numerals: 二〇二三年五月十六日."""
    year = "".join(_CHINESE_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_chinese_number(day.month)}月{_chinese_number(day.day)}日"


def _chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _CHINESE_DIGITS[tens]) + "十"
    return head + (_CHINESE_DIGITS[ones] if ones else "")


def day_cell(dice: Random, day: date) -> str | int | date:
    """The day in one of the ways that one column mixes."""
    ways: tuple[str | int | date, ...] = (
        day,
        day,
        serial_day(day),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month:02d}-{day.day:02d}",
        f"{day:%Y%m%d}",
        full_width(f"{day.year}-{day.month}-{day.day}"),
        chinese_day(day),
    )
    return dice.choice(ways)


def plate_text(dice: Random, plate: str) -> str:
    """A plate with or without a dot, small letters or spaces now and then."""
    prefix, tail = plate[:2], plate[2:]
    ways = (
        plate,
        plate,
        f"{prefix}·{tail}",
        f"{prefix}·{tail}",
        f"{prefix} {tail}",
        f"{prefix}•{tail}",
        plate.lower(),
    )
    return dice.choice(ways)
