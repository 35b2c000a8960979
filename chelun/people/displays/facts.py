"""The facts of a file as lines: value, source, and what another source says instead."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Fact, clauses, day
from chelun.engines.tables.columns.own_fields import is_own
from chelun.people.displays.ranks import source_name, why_text
from chelun.people.displays.words import (
    FACTS,
    NO_OWN,
    WANTED,
    KindNames,
    OwnColumns,
    fact_label,
    fact_masked,
    fact_text,
)
from chelun.people.rules.cards import missing_of
from chelun.people.rules.facts import Record, Survivor, reason
from chelun.people.rules.places import COUNTY_LETTERS, named_instead
from chelun.people.selectors.records import Held
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.fields.selectors import columns_named
from chelun.platform.regions.selectors import name_of
from chelun.platform.sheets.services.judging import TownshipFinder


def is_masked(register: str, name: str) -> bool:
    """Whether a fact stands masked in a file: every one that lies sealed."""
    return SHELVES[register].hides(name)


def fact_lines(
    register: str, found: Held, kinds: KindNames, *, may_reveal: bool, firm: UUID | None = None
) -> list[Fact]:
    """Every fact of a file in the order of its sheet; the ones that a person should have also when they are missing.

    `firm` is the firm on the card: its name opens its file.
    """
    names, own = names_among(register, found.facts), columns_named(found.facts)
    lines = [_line(register, found, name, kinds, own, may_reveal) for name in names]
    if firm and "enterprise" in names:
        place = names.index("enterprise")
        lines[place] = replace(lines[place], url=subject_url("enterprise", firm))
    return lines + [Fact(fact_label(register, name), "") for name in _wanted(register, found)]


def alone_text(found: Held) -> str:
    """That values of which no other source speaks stand by nothing but their one source; '' where there is none."""
    kinds = {reason(name, survivor, found.ranking).kind for name, survivor in found.facts.items()}
    if "only" not in kinds:
        return ""
    if kinds == {"only"}:
        return _("各项都只有所注的这一处写过，没有别的来源可以对照。")
    return _("没有注明理由的各项，都只有所注的这一处写过，没有别的来源可以对照。")


def names_among(register: str, facts: Iterable[str]) -> list[str]:
    """The names of some facts in the order of the register's sheet, those that places have added last."""
    held = set(facts)
    return [name for name in FACTS[register] if name in held] + sorted(filter(is_own, held))


def _wanted(register: str, found: Held) -> list[str]:
    if register == "credential":
        gaps = {name for card in found.cards for name in card.missing.split(",")}
        return [name for name in WANTED[register] if name in gaps]
    if register != "person":
        return [name for name in WANTED[register] if name not in found.facts]
    held = {name: survivor.value for name, survivor in found.facts.items()}
    lacking = missing_of(held, held.get("kinds") or ()).split(",")
    return [name for name in lacking if name and not (name == "name" and "masked_name" in held)]


def _line(register: str, found: Held, name: str, kinds: KindNames, own: OwnColumns, may_reveal: bool) -> Fact:
    survivor = found.facts[name]
    masked = is_masked(register, name)
    reveal = reverse("people:reveal", args=[register, found.subject, name]) if masked and may_reveal else ""
    return Fact(
        fact_label(register, name, own),
        shown(register, name, survivor.value, kinds, own),
        source_text(survivor.record),
        reveal_url=reveal if survivor.value else "",
        note=clauses(
            filter(None, [_disputed(register, name, survivor, kinds, own), _elsewhere(name, found)])
        ),
        why=why_text(reason(name, survivor, found.ranking), survivor.record, found.ranking.order_of(name)),
    )


def shown(register: str, name: str, value: Any, kinds: KindNames, own: OwnColumns = NO_OWN) -> str:
    """A value as a file shows it: masked where it is sensitive."""
    return fact_masked(name, value) if is_masked(register, name) else fact_text(name, value, kinds, own)


def _disputed(register: str, name: str, survivor: Survivor, kinds: KindNames, own: OwnColumns) -> str:
    """What other sources say instead, each value once."""
    others = {
        shown(register, name, record.facts.get(name), kinds, own): source_text(record)
        for record in survivor.others
    }
    return clauses(
        _("另一来源说：{value}（{source}）").format(value=value or _("未登记"), source=source)
        for value, source in others.items()
    )


def _elsewhere(name: str, found: Held) -> str:
    """At the township: which other one the address names."""
    if name != "township" or "address" not in found.facts:
        return ""
    code = str(found.facts[name].value)
    find = TownshipFinder(code[:COUNTY_LETTERS])
    named = named_instead(code, str(found.facts["address"].value), find)
    told = _("登记的地址写的是{place}，与这里不一样，请核对哪一个对")
    return told.format(place=name_of(named)) if named else ""


def source_text(record: Record) -> str:
    """Where a fact came from: source, day, sheet and row."""
    place = _("第 {row} 行").format(row=record.row_number) if record.row_number else ""
    return " ".join(
        part for part in (source_name(record.source), day(record.as_of), record.sheet, place) if part
    )


def waiting_lines(facts: Mapping[str, Any], kinds: KindNames) -> dict[str, str]:
    """The facts of a waiting row or a candidate, masked, by name."""
    return {
        name: shown("person", name, facts[name], kinds)
        for name in FACTS["person"]
        if facts.get(name) not in (None, "", [])
    }


def subject_url(register: str, subject: UUID) -> str:
    """The page of a subject's file."""
    return reverse(f"people:{register}_detail", args=[subject])
