"""Certificate numbers of road transport: 从业资格证, 道路运输证, 经营许可证, 驾驶证, and papers whose numbers have no known form.

What lives here: the forms of the numbers, and the conventions that say "none needed" where a number should be.
What does not: validity dates, who needs which certificate, and the types of qualification.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from chelun.engines.faults import Fault
from chelun.engines.ids import faults
from chelun.engines.ids.cells import NOTHING_WORDS, CellValue, compact, looks_masked, lost_digits
from chelun.engines.ids.idcard import looks_like_id_number

CertificateKind = Literal["qualification_18", "qualification_19", "transport", "driving", "free"]
AbsenceReason = Literal["light_vehicle", "none", "in_progress"]

_QUALIFICATION_EXEMPT = re.compile(r"\d{6}0{12}", re.ASCII)
_TRANSPORT_EXEMPT = re.compile(r"\d{6}0{6}", re.ASCII)
_PRINTED = re.compile(r"^\D*?(?:字|证号|编号)?(?:第)?[::]?(\d+X?)号?$", re.ASCII)
_FREE = re.compile(r"[A-Z0-9\u4e00-\u9fff()〔〕\[\]./-]{4,40}")
_FEWEST_DIGITS = 4
_LIGHT_VEHICLE = re.compile(r"4\.5(?:T|吨)|总质量.{0,4}以下|轻型|蓝牌")
_NONE_WORDS = NOTHING_WORDS | {"未办", "未办理", "未办证", "无证", "不需要", "无需", "免", "免办"}
_IN_PROGRESS_WORDS = frozenset(["办理中", "在办", "正在办理", "待办", "申请中", "换证中"])


@dataclass(frozen=True, slots=True)
class Certificate:
    """A number that fits its certificate. `is_id_number`: it is (or may be) somebody's identity number, so mask it."""

    value: str = field(repr=False)
    kind: CertificateKind
    is_id_number: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no certificate, and the cell says so; `light_vehicle`: not needed up to 4.5 t (道路运输条例 §22, §24)."""

    reason: AbsenceReason


def read_qualification(text: CellValue, *, id_number: str | None = None) -> Certificate | Absent | Fault:
    """Read a driver's 从业资格证 number: 18 characters equal to an identity number, or 19 digits.

    `id_number` is the holder's, where known: an equal number is right even if it would not stand on its own.
    """
    plain = _number(text)
    if not isinstance(plain, str):
        return plain
    if _QUALIFICATION_EXEMPT.fullmatch(plain):
        return Absent("light_vehicle")
    if len(plain) == 19 and plain.isdecimal():
        return Certificate(plain, "qualification_19")
    if len(plain) != 18:
        return faults.QUALIFICATION_LENGTH(length=len(plain))
    if plain == id_number or looks_like_id_number(plain):
        return Certificate(plain, "qualification_18", is_id_number=True)
    return faults.QUALIFICATION_CHECK()


def read_transport_number(text: CellValue) -> Certificate | Absent | Fault:
    """Read the 12 digits of a 道路运输证 or 经营许可证, also from the printed form with 交运管(许可)…字…号."""
    plain = _number(text)
    if not isinstance(plain, str):
        return plain
    if _TRANSPORT_EXEMPT.fullmatch(plain):
        return Absent("light_vehicle")
    if len(plain) != 12 or not plain.isdecimal():
        return faults.TRANSPORT_LENGTH(length=len(plain))
    return Certificate(plain, "transport")


def read_driving_number(text: CellValue, *, id_number: str | None = None) -> Certificate | Absent | Fault:
    """Read the number of a 驾驶证, which is the identity number of its holder (`id_number`, where known)."""
    plain = _number(text)
    if not isinstance(plain, str):
        return plain
    if plain == id_number or (id_number is None and len(plain) == 18 and looks_like_id_number(plain)):
        return Certificate(plain, "driving", is_id_number=True)
    return faults.DRIVING_DIFFERS()


def read_paper_number(text: CellValue) -> Certificate | Absent | Fault:
    """Read a number whose form no source gives (网约车证, 快递许可, 职业技能等级证书): letters, digits and words, at least four digits."""
    plain = compact(text)
    if not plain:
        return faults.CERTIFICATE_EMPTY()
    if lost_digits(text, plain):
        return faults.CERTIFICATE_SCIENTIFIC()
    reason = _absence(plain)
    if reason is not None:
        return Absent(reason)
    if looks_masked(plain):
        return faults.CERTIFICATE_MASKED()
    if not _FREE.fullmatch(plain) or sum(sign.isdecimal() for sign in plain) < _FEWEST_DIGITS:
        return faults.PAPER_NUMBER_FORM()
    return Certificate(plain, "free", is_id_number=looks_like_id_number(plain))


def _number(cell: CellValue) -> str | Absent | Fault:
    """The bare digits (and X) of a cell, or what stands there instead."""
    plain = compact(cell)
    if not plain:
        return faults.CERTIFICATE_EMPTY()
    if lost_digits(cell, plain):
        return faults.CERTIFICATE_SCIENTIFIC()
    reason = _absence(plain)
    if reason is not None:
        return Absent(reason)
    printed = _PRINTED.match(plain)
    if printed is not None:
        return printed.group(1)
    return faults.CERTIFICATE_MASKED() if looks_masked(plain) else faults.CERTIFICATE_BAD_CHARACTER()


def _absence(plain: str) -> AbsenceReason | None:
    if plain in _NONE_WORDS:
        return "none"
    if plain in _IN_PROGRESS_WORDS:
        return "in_progress"
    return "light_vehicle" if _LIGHT_VEHICLE.search(plain) and len(plain) <= 20 else None
