"""Names of persons and firms: one spelling, pinyin for searching, keys for equality.

What lives here: cleaning, reading, refusing what is no name.
What does not: matching persons, and anything that concludes from a name who somebody is.
"""

from chelun.engines.faults import Fault, FaultKind
from chelun.engines.names.faults import ALL_FAULTS
from chelun.engines.names.firm_parts import (
    FirmParts,
    FirmPlace,
    branches_differ,
    firm_parts,
    one_name_ends_other,
)
from chelun.engines.names.firms import normalise_firm, short_firm
from chelun.engines.names.near import near_reading
from chelun.engines.names.near_sets import SETS, USUAL_SETS
from chelun.engines.names.normalise import PersonName, clean_text, read_name, simplify
from chelun.engines.names.parts import PartKeys, name_parts, order_key, part_keys
from chelun.engines.names.pinyin import beginnings, initials_of, pinyin_of, search_keys
from chelun.engines.names.shapes import look_alike, look_alike_keys
from chelun.engines.names.split import name_readings, split_name, surname_readings
from chelun.engines.names.variants import (
    HIDDEN,
    agree_but_for_hidden,
    composed_writings,
    shown_writings,
    usual_writing,
    with_one_hidden,
)
from chelun.engines.names.visible import VisibleName, visible_name

__all__ = [
    "ALL_FAULTS",
    "HIDDEN",
    "SETS",
    "USUAL_SETS",
    "Fault",
    "FaultKind",
    "FirmParts",
    "FirmPlace",
    "PartKeys",
    "PersonName",
    "VisibleName",
    "agree_but_for_hidden",
    "beginnings",
    "branches_differ",
    "clean_text",
    "composed_writings",
    "firm_parts",
    "initials_of",
    "look_alike",
    "look_alike_keys",
    "name_parts",
    "name_readings",
    "near_reading",
    "normalise_firm",
    "one_name_ends_other",
    "order_key",
    "part_keys",
    "pinyin_of",
    "read_name",
    "search_keys",
    "short_firm",
    "shown_writings",
    "simplify",
    "split_name",
    "surname_readings",
    "usual_writing",
    "visible_name",
    "with_one_hidden",
]
