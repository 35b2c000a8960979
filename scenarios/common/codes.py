"""Numbers with right check digits under area codes that no authority has ever issued.

Area codes have the form ``PPCC99``: a real prefecture, and a county that never was (``ids.is_demo_area``). The rules
of the numbers are the business of ``chelun.engines.ids``; here they are drawn.
"""

from datetime import date
from random import Random

from chelun.engines import ids


def id_number(area: str, birth: date, sequence: int) -> str:
    """An ID number of 18 characters in a demo area; an odd ``sequence`` (0–999) is a man's."""
    if not ids.is_demo_area(area):
        raise ValueError(f"{area} is not a demo area")
    return ids.make_id_number(area, birth, sequence)


def id_15(number: str) -> str:
    """The 15-digit form, as cards before 1999 had it."""
    return number[:6] + number[8:17]


def under_area(number: str, area: str) -> str:
    """The same person's number under another area code, its check character anew."""
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return ids.make_id_number(area, birth, int(number[14:17]))


def credit_code(dice: Random, area: str) -> str:
    """A unified social credit code of a firm (registrar 9, kind 1) in a demo area."""
    return ids.make_uscc(area, dice.randrange(10**7, 10**8))
