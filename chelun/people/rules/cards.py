"""What a card shows, computed from the facts that stand. Pure but for the keyed digests of what must be found again."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from chelun.core.crypto import blind_index, short_index
from chelun.engines.ids import TRAILER_SIGN
from chelun.engines.names import initials_of, normalise_firm, pinyin_of
from chelun.people.choices import KnownBy, PaperStatus, Presence
from chelun.people.rules.facts import Facts
from chelun.people.rules.papers import UNKNOWN, end_of

Values = dict[str, Any]

PERSON_WANTED = ("name", "id_number", "phones", "kinds", "enterprise", "plate")
"""What a person's file should have; a gap is a matter of data quality, not a fault."""
OWN_VEHICLE = frozenset({"truck", "ride_hail", "taxi"})
"""Kinds of work that come with a vehicle of one's own: only there a missing plate is a gap."""

CALLED_BY = {
    "person": ("name", "masked_name"), "enterprise": ("name",), "vehicle": ("plate",), "credential": ("paper",),
}  # fmt: skip
"""What the card of a subject is called by."""


def person_values(
    facts: Mapping[str, Any],
    as_of: date,
    *,
    sources: int,
    enterprise: UUID | None,
    more_kinds: tuple[str, ...] = (),
) -> Values:
    """The columns of a person's card but for `sealed`. `facts` are the standing ones."""
    name, phone = facts.get("name") or facts["masked_name"], (facts.get("phones") or [""])[0]
    number = facts.get("id_number", "")
    kinds = list(dict.fromkeys([*facts.get("kinds", []), *more_kinds]))
    birth = facts.get("birth", "")
    values = {
        "name": name,
        "pinyin": pinyin_of(name)[:120],
        "initials": initials_of(name)[:30],
        "sex": facts.get("sex", ""),
        "birth_year": int(birth[:4]) if birth else None,
        "household": number[:6],
        "kind": kinds[0] if kinds else "",
        "more_kinds": ",".join(kinds[1:]),
        "enterprise_id": enterprise,
        "enterprise_name": facts.get("enterprise", ""),
        "platform": facts.get("platform", ""),
        "plate": facts.get("plate", ""),
        "has_id": bool(number),
        "phone_index": blind_index("phone", phone) if phone else "",
        "name_phone": name_phone_index(name, phone),
        "phone_tail": short_index("phone", phone[-4:]) if phone else "",
        "id_tail": short_index("id", number[-4:]) if number else "",
        "sources": sources,
        "as_of": as_of,
        "missing": missing_of(facts, kinds),
    }
    return values | _township(facts)


def _township(facts: Mapping[str, Any]) -> Values:
    """The column of the township; without one the place of the roster decides."""
    return {"township": facts["township"]} if facts.get("township") else {}


def name_phone_index(name: str, phone: str) -> str:
    """The keyed digest of a name together with a phone; '' without a phone."""
    return blind_index("name_phone", f"{name}|{phone}") if phone else ""


def erased_digests(facts: Mapping[str, Any]) -> list[str]:
    """The digests by which a row means somebody who was erased: of its ID number, of its name with each telephone."""
    number, name = facts.get("id_number"), facts.get("name")
    found = [blind_index("id_number", number)] if number else []
    return found + [name_phone_index(name, phone) for phone in facts.get("phones") or () if name]


def missing_of(facts: Mapping[str, Any], kinds: Collection[str]) -> str:
    """Which of the wanted facts a person lacks, by name; a platform stands in for an employer."""
    lacking = [name for name in PERSON_WANTED if not facts.get(name)]
    if "plate" in lacking and OWN_VEHICLE.isdisjoint(kinds):
        lacking.remove("plate")
    if facts.get("platform") and "enterprise" in lacking:
        lacking.remove("enterprise")
    return ",".join(lacking)


def _count(stated: int | str | None) -> int | None:
    """A stated number; None where nobody said one, or a correction took it away."""
    return None if stated in (None, "") else int(stated)


def enterprise_values(facts: Facts, as_of: date, *, sources: int, mentioned_only: bool = False) -> Values:
    """The columns of an enterprise's card but for `sealed`."""
    name = facts["name"]
    return {
        **_township(facts),
        "name": name,
        "name_key": normalise_firm(name)[:120],
        "pinyin": pinyin_of(name, surname=False)[:240],
        "initials": initials_of(name, surname=False)[:60],
        "uscc": facts.get("uscc", ""),
        "kind": (facts.get("kinds") or [""])[0],
        "status": facts.get("status", ""),
        "legal_representative": facts.get("legal_representative", ""),
        "investors": facts.get("investors", ""),
        "staff_stated": _count(facts.get("staff")),
        "vehicles_stated": _count(facts.get("vehicles")),
        "address": facts.get("address", ""),
        "mentioned_only": mentioned_only,
        "known_by": KnownBy.of(mentioned_only=mentioned_only, code=facts.get("uscc", "")),
        "sources": sources,
        "as_of": as_of,
        "missing": ",".join(field for field in ("uscc", "kinds", "status") if not facts.get(field)),
        "sealed": b"",
    }


def _tonnes(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def vehicle_values(
    facts: Facts, as_of: date, *, sources: int, enterprise: UUID | None = None, mentioned_only: bool = False
) -> Values:
    """The columns of a vehicle's card but for `sealed`."""
    return {
        "plate": facts["plate"],
        "colour": facts.get("plate_colour", ""),
        "kind": (facts.get("kinds") or [""])[0],
        "vehicle_type": facts.get("vehicle_type", ""),
        "energy": facts.get("energy", ""),
        "gross_mass": _tonnes(facts.get("gross_mass")),
        "tonnage": _tonnes(facts.get("tonnage")),
        "trailer": facts["plate"].endswith(TRAILER_SIGN),
        "trailer_plate": facts.get("trailer_plate", ""),
        "enterprise_id": enterprise,
        "enterprise_name": facts.get("enterprise", ""),
        "mentioned_only": mentioned_only,
        "sources": sources,
        "as_of": as_of,
        "missing": ",".join(
            field for field in ("plate_colour", "kinds", "enterprise") if not facts.get(field)
        ),
        "sealed": b"",
    }


def credential_values(
    facts: Facts, as_of: date, *, sources: int, kind: str, holder: Mapping[str, UUID | None]
) -> Values:
    """The columns of a paper's card but for `sealed`. `holder` says for each register whose it is."""
    valid_to, term = end_of(kind, facts.get("valid_to"))
    start, presence = facts.get("valid_from"), facts.get("presence") or Presence.HELD.value
    held = presence == Presence.HELD
    lacking = [("number", not facts.get("number")), ("valid_to", term == UNKNOWN)]
    return {
        **{f"{register}_id": subject for register, subject in holder.items()},
        "kind": kind,
        "presence": presence,
        "status": facts.get("paper_status") or PaperStatus.IN_FORCE.value,
        "issuer": facts.get("issuer", ""),
        "grade": facts.get("grade", ""),
        "valid_from": date.fromisoformat(start) if start else None,
        "valid_to": valid_to,
        "term": term,
        "sources": sources,
        "as_of": as_of,
        "missing": ",".join(name for name, lacks in lacking if held and lacks),
        "sealed": b"",
    }
