"""How a hand writes what it means: dates, plates, widths, short firms, addresses. No mistakes: a reader still knows all that is there.

What lives here: from plain texts to cells. What does not: mistakes (`mishaps/`).
"""

from datetime import date
from functools import cache

from opencc import OpenCC

from bench.matching.dice import Dice
from bench.matching.firms import Firm
from bench.matching.hands import Hand
from bench.matching.mishaps import time
from bench.matching.places import County
from bench.matching.rows import Row

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SEXES = {"男": ("男", "女"), "男性": ("男性", "女性"), "1": ("1", "2"), "M": ("M", "F")}
_DAY_ZERO = date(1899, 12, 30)


def write(row: Row, dice: Dice, hand: Hand) -> None:
    """Every cell of a row in the hand's own manner."""
    row.sex = _SEXES[hand.sex][0 if row.sex == "男" else 1] if row.sex else ""
    row.birth = written_day(row.birth, hand) if row.birth else ""
    row.plate = _plate(row.plate, hand)
    if row.colour and hand.plate == "·":
        row.colour += "色"
    if hand.grouped and len(row.phone) == 11:
        row.phone = (
            f"{row.phone[:3]} {row.phone[3:7]} {row.phone[7:]}"
            if hand.dialect
            else f"{row.phone[:3]}-{row.phone[3:7]}-{row.phone[7:]}"
        )
    if hand.wide:
        row.number, row.phone, row.plate = (
            text.translate(_WIDE) for text in (row.number, row.phone, row.plate)
        )
        row.code, row.certificate = row.code.translate(_WIDE), row.certificate.translate(_WIDE)
    if hand.traditional:
        row.name, row.head, row.firm = (_traditional(text) for text in (row.name, row.head, row.firm))
    if dice.chance(0.02):
        row.name = f" {row.name}" if dice.chance(0.5) else f"{row.name}\u00a0"
    if dice.chance(0.02) and row.number:
        row.number = f"'{row.number}" if dice.chance(0.3) else row.number.lower() + " "


def written_day(day: str, hand: Hand) -> str:
    """A day of the form 1978-12-18 as the hand writes days."""
    year, month, last = day.split("-")
    way = hand.date
    if way == "serial":
        try:
            return str((date(int(year), int(month), int(last)) - _DAY_ZERO).days)
        except ValueError:
            way = "2-"
    if way == "american":
        return f"{int(month)}/{int(last)}/{year}"
    if way == "8":
        return year + month + last
    if way == "年":
        return f"{year}年{int(month)}月{int(last)}日"
    if way == "month":
        return f"{year}-{month}" if not hand.wide else f"{year}年{int(month)}月"
    sign = way[1]
    return f"{year}{sign}{month}{sign}{last}" if sign == "-" else f"{year}{sign}{int(month)}{sign}{int(last)}"


def _plate(plate: str, hand: Hand) -> str:
    if len(plate) < 3 or hand.plate == "plain":
        return plate
    if hand.plate == "lower":
        return plate.lower()
    return plate[1:] if hand.plate == "bare" else plate[:2] + hand.plate + plate[2:]


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def _traditional(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


def shorten(row: Row, dice: Dice, hand: Hand) -> None:
    """Firm and address as far as the hand writes them out. A person's branch loses its team where only the firm is meant."""
    firm = row.subject or (row.work and row.work.firm)
    if firm:
        team = "" if row.work and dice.chance(0.4) else firm.team
        row.firm = _short_firm(firm, team, dice, hand)
    if row.person:
        cut = hand.kind != "tidy" and dice.chance(0.15)
        row.address = _address(row.person.county, row.person.town + ("" if cut else row.person.door), hand)
    elif row.subject:
        row.address = _address(row.subject.county, row.subject.address, hand)


def _short_firm(firm: Firm, team: str, dice: Dice, hand: Hand) -> str:
    if hand.firm == "no place":
        return f"{firm.core}{firm.trade}{firm.form}{team}"
    if hand.firm == "short":
        return f"{firm.core}{firm.trade}{team}"
    if hand.firm == "no form":
        return f"{firm.county.stem}{firm.core}{firm.trade}{'公司' if dice.chance(0.5) else ''}{team}"
    return f"{time.county_name(firm.county, hand)}{firm.core}{firm.trade}{firm.form}{team}"


def _address(county: County, rest: str, hand: Hand) -> str:
    name = time.county_name(county, hand)
    if hand.address == "only county":
        return county.province + name
    before = {
        "full": county.province + county.city + name,
        "county": name,
        "town": "",
        "former": county.city + name,
    }
    return before[hand.address] + rest
