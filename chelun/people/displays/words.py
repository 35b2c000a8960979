"""Names of facts, their values in words, and what of them stands masked."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.ui import listed
from chelun.engines.faults import N_
from chelun.engines.ids import COLOURS, mask_certificate, mask_id_number, mask_phone
from chelun.engines.tables.columns.own_fields import NO, YES, YES_NO, OwnColumn, is_own
from chelun.people.choices import (
    Energy,
    FirmStatus,
    PaperKind,
    PaperStatus,
    PlateColour,
    Presence,
    Sex,
    WorkKind,
)
from chelun.people.rules.papers import NO_END
from chelun.platform.regions.selectors import name_of, path_of
from chelun.platform.sheets.registers import REGISTERS

OwnColumns = Mapping[str, OwnColumn]
"""The fields of places among some facts, by the facts' names (`fields.selectors.columns_named`)."""
NO_OWN: OwnColumns = {}
KindNames = Mapping[str, str]
"""Codes of kinds of work with the names that the reader's place gives them."""

PERSON_FACTS = (
    "name", "masked_name", "id_number", "sex", "birth", "phones", "kinds", "enterprise", "uscc", "platform", "position",
    "start", "end", "plate", "plate_colour", "certificate", "township", "address", "note",
)  # fmt: skip
ENTERPRISE_FACTS = (
    "name", "uscc", "kinds", "status", "legal_representative", "investors", "staff", "vehicles", "phones", "township",
    "address", "note",
)  # fmt: skip
VEHICLE_FACTS = (
    "plate", "plate_colour", "kinds", "vehicle_type", "energy", "gross_mass", "tonnage", "trailer_plate", "enterprise", "uscc", "note",
)  # fmt: skip
CREDENTIAL_FACTS = (
    "paper", "presence", "number", "grade", "issuer", "valid_from", "valid_to", "paper_status", "name", "masked_name", "id_number",
    "sex", "birth", "phones", "enterprise", "uscc", "plate", "plate_colour", "note",
)  # fmt: skip
FACTS = {
    "person": PERSON_FACTS, "enterprise": ENTERPRISE_FACTS, "vehicle": VEHICLE_FACTS, "credential": CREDENTIAL_FACTS,
}  # fmt: skip
WANTED = {
    "person": ("name", "id_number", "phones", "kinds", "enterprise", "plate"),
    "enterprise": ("uscc", "kinds", "status"),
    "vehicle": ("plate_colour", "kinds", "enterprise"),
    "credential": ("number", "valid_to"),
}
"""What a card may lack, by register: the choices of the filter «缺项»."""
UNITS = {
    "person": gettext_lazy("人"), "enterprise": gettext_lazy("家"), "vehicle": gettext_lazy("辆"), "credential": gettext_lazy("本"),
}  # fmt: skip
"""In what the subjects of a register are counted."""
_OWN_LABELS = {
    "phones": N_("联系电话"),
    "masked_name": N_("姓名（不完整）"),
    "birth": N_("出生日期"),
    "sex": N_("性别"),
}


def fact_label(register: str, name: str, own: OwnColumns = NO_OWN) -> str:
    """What a fact is called, as the register's sheet calls it, or the place that has added it."""
    if is_own(name):
        return own[name].label if name in own else _("自定字段")
    label = _OWN_LABELS.get(name)
    if label:
        return _(label)
    specs = {spec.name: spec.label for spec in REGISTERS[register].fields}
    return _(specs[name]) if name in specs else name


def own_text(column: OwnColumn, value: str) -> str:
    """A value of a field of a place in words."""
    return (
        {YES: _("是"), NO: _("否")}[value]
        if column.type == YES_NO and value in (YES, NO)
        else column.words(value)
    )


_CHOICES: Mapping[str, type[TextChoices]] = {
    "sex": Sex, "status": FirmStatus, "paper": PaperKind, "energy": Energy, "presence": Presence, "paper_status": PaperStatus,
}  # fmt: skip


def fact_text(name: str, value: Any, kinds: KindNames, own: OwnColumns = NO_OWN) -> str:
    """A value in words, in the clear."""
    if value in (None, "", [], ()):
        return ""
    if name in own:
        return own_text(own[name], value)
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    match name:
        case "kinds":
            return listed(kind_name(kind, kinds) for kind in value)
        case "phones":
            return listed(value)
        case "plate_colour":
            return colour_name(value)
        case "township":
            return name_of(value)
        case "valid_to" if value == NO_END.isoformat():
            return _("长期")
    return str(value)


def fact_masked(name: str, value: Any) -> str:
    """A sensitive value as lists and files show it."""
    if value in (None, "", [], ()):
        return ""
    match name:
        case "id_number":
            return mask_id_number(value)
        case "phones":
            return listed(mask_phone(phone) for phone in value)
        case "certificate" | "number":
            return mask_certificate(value)
        case "birth":
            return f"{value[:4]}-**-**"
    return "******"


def kind_name(code: str, kinds: KindNames) -> str:
    """What a kind of work is called here; the general word where the place has none."""
    return kinds.get(code) or (str(WorkKind(code).label) if code in WorkKind.values else code)


def colour_name(code: str) -> str:
    """A plate's colour in words."""
    return str(PlateColour(code).label) if code in PlateColour.values else COLOURS.get(int(code), code)


def place_name(code: str) -> str:
    """A place with the one above it: 凉山彝族自治州美姑县."""
    names = path_of(code)
    return " ".join(names[-2:]) if names else code


def missing_names(register: str, missing: str) -> str:
    """What a card lacks, in words."""
    return listed(fact_label(register, name) for name in missing.split(",") if name)
