"""Numbers that are damaged, hidden in part or mistyped, looked at for comparing: what they still say, and nothing more.

What lives here: one module for each kind of number, what shows (`shown.py`), slips of the hand (`slips.py`).
What does not: putting a number right, keeping it, and judging it: the strict readers decide what is a number.
"""

from chelun.engines.ids.loose.codes import UsccParts, uscc_parts
from chelun.engines.ids.loose.identity import IdParts, id_parts, ids_agree, ids_one_slip
from chelun.engines.ids.loose.phones import PhoneParts, phone_parts, phones_agree
from chelun.engines.ids.loose.plates import PlateParts, colours_differ, plate_parts, plates_agree
from chelun.engines.ids.loose.shown import HIDDEN, agree_where_shown
from chelun.engines.ids.loose.slips import deletion_keys, one_slip

__all__ = [
    "HIDDEN",
    "IdParts",
    "PhoneParts",
    "PlateParts",
    "UsccParts",
    "agree_where_shown",
    "colours_differ",
    "deletion_keys",
    "id_parts",
    "ids_agree",
    "ids_one_slip",
    "one_slip",
    "phone_parts",
    "phones_agree",
    "plate_parts",
    "plates_agree",
    "uscc_parts",
]
