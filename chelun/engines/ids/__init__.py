"""Numbers on papers: identity cards, credit codes, plates, telephones, certificates of road transport.

What lives here: reading a cell into a value or a `Fault`, masks, and making up numbers for tests and scenarios.
What does not: storing, who may lift a mask, databases, the translation of the sentences.
"""

from chelun.engines.faults import Fault, FaultKind
from chelun.engines.ids.areas import AreaHistory, build_area_history, demo_area, is_demo_area
from chelun.engines.ids.cells import CellValue
from chelun.engines.ids.certificate import (
    Absent,
    Certificate,
    read_driving_number,
    read_paper_number,
    read_qualification,
    read_transport_number,
)
from chelun.engines.ids.faults import ALL_FAULTS
from chelun.engines.ids.idcard import IdNumber, looks_like_id_number, make_id_number, read_id_number
from chelun.engines.ids.loose import (
    HIDDEN,
    IdParts,
    PhoneParts,
    PlateParts,
    UsccParts,
    agree_where_shown,
    colours_differ,
    deletion_keys,
    id_parts,
    ids_agree,
    ids_one_slip,
    one_slip,
    phone_parts,
    phones_agree,
    plate_parts,
    plates_agree,
    uscc_parts,
)
from chelun.engines.ids.masking import mask_certificate, mask_id_number, mask_name, mask_phone, mask_within
from chelun.engines.ids.phone import Phone, read_phone, split_phones
from chelun.engines.ids.plate import (
    COLOURS,
    PROVINCE_SIGNS,
    TRAILER_SIGN,
    Plate,
    default_colour,
    read_colour,
    read_plate,
    with_default_colour,
)
from chelun.engines.ids.uscc import Uscc, make_uscc, read_uscc
from chelun.engines.ids.within import holds_number

__all__ = [
    "ALL_FAULTS",
    "COLOURS",
    "HIDDEN",
    "PROVINCE_SIGNS",
    "TRAILER_SIGN",
    "Absent",
    "AreaHistory",
    "CellValue",
    "Certificate",
    "Fault",
    "FaultKind",
    "IdNumber",
    "IdParts",
    "Phone",
    "PhoneParts",
    "Plate",
    "PlateParts",
    "Uscc",
    "UsccParts",
    "agree_where_shown",
    "build_area_history",
    "colours_differ",
    "default_colour",
    "deletion_keys",
    "demo_area",
    "holds_number",
    "id_parts",
    "ids_agree",
    "ids_one_slip",
    "is_demo_area",
    "looks_like_id_number",
    "make_id_number",
    "make_uscc",
    "mask_certificate",
    "mask_id_number",
    "mask_name",
    "mask_phone",
    "mask_within",
    "one_slip",
    "phone_parts",
    "phones_agree",
    "plate_parts",
    "plates_agree",
    "read_colour",
    "read_driving_number",
    "read_id_number",
    "read_paper_number",
    "read_phone",
    "read_plate",
    "read_qualification",
    "read_transport_number",
    "read_uscc",
    "split_phones",
    "uscc_parts",
    "with_default_colour",
]
