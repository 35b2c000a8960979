"""A person's own copy: lines and sentences that somebody outside the office understands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chelun.core.ui import Fact, day, listed, minute
from chelun.people.displays.facts import names_among, shown, source_text
from chelun.people.displays.papers import Keys, last_day, masked_number, paper_name, state_cell
from chelun.people.displays.ranks import source_name
from chelun.people.displays.words import KindNames, OwnColumns, fact_label, fact_text, kind_name
from chelun.people.models import CredentialCard
from chelun.people.reminders import Reminders
from chelun.people.rules.facts import Record
from chelun.people.sections import COPY_PARTS
from chelun.people.selectors.files import PersonFile, Work
from chelun.people.selectors.records import Held
from chelun.people.services.intake.ledger import open_facts
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.fields.selectors import columns_named
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.models import BreakGlass
from chelun.platform.privacy.selectors.glass import glasses_of
from chelun.platform.privacy.subjects import SUBJECT_TABLES

OF_PERSONS = frozenset({"person", "subject", "candidates", "credential"})
"""The paths by which a declared table leads to a person."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the copy with its lines."""

    title: str
    lines: list[Fact]


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why one kind of data is held, on what ground, for how long."""

    what: str
    purpose: str
    ground: str
    retention: str


def copy_sections(
    held: Held, found: PersonFile, kinds: KindNames, papers: Sequence[CredentialCard], *, whole: bool
) -> list[Section]:
    """Everything that is held: the facts that stand, work, vehicles, papers, and what each source said."""
    own = columns_named(name for record in held.records for name in record.facts)
    facts = [_line(held, name, kinds, own, whole) for name in names_among("person", held.facts)]
    sections = [
        Section(_("登记的情况"), facts),
        Section(_("从业经历"), [_work(work, kinds) for work in found.works]),
        Section(_("车辆"), [Fact(_("车牌号"), each.plate) for each in found.vehicles]),
        Section(_("证照"), _papers(papers, whole)),
        Section(_("这些情况从哪里来"), [_source(record, own) for record in held.records]),
    ]
    opened = list(glasses_of(held.parts, held.homes))
    who = person_names(each.by for each in opened)
    sections.append(Section(_("紧急查看过您档案的人"), [_emergency(each, who[each.by]) for each in opened]))
    sections += [Section(*make(held)) for make in COPY_PARTS]
    return [section for section in sections if section.lines]


def purposes() -> list[Purpose]:
    """Why each kind of data about a person is held, as the rooms declare it; each sentence once."""
    tables = [table for table in SUBJECT_TABLES if table.path in OF_PERSONS and table.export]
    return [
        Purpose(
            str(table.model._meta.verbose_name), str(table.purpose), str(table.ground), str(table.retention)
        )
        for table in tables
    ]


def _line(held: Held, name: str, kinds: KindNames, own: OwnColumns, whole: bool) -> Fact:
    survivor = held.facts[name]
    masked = shown("person", name, survivor.value, kinds, own)
    text = fact_text(name, survivor.value, kinds, own) if whole else masked
    return Fact(fact_label("person", name, own), text, source_text(survivor.record))


def _emergency(glass: BreakGlass, who: str) -> Fact:
    return Fact(who, glass.reason, when=minute(glass.opened_at))


def _papers(cards: Sequence[CredentialCard], whole: bool) -> list[Fact]:
    keys, reminders = keys_of([card.credential_id for card in cards]), Reminders.of()
    return [_paper(card, keys, reminders, whole) for card in cards]


def _paper(card: CredentialCard, keys: Keys, reminders: Reminders, whole: bool) -> Fact:
    number = open_facts(keys.get(card.credential_id), bytes(card.sealed)).get("number", "") if whole else ""
    parts = [
        number or masked_number(card, keys), str(state_cell(card, reminders).text), last_day(card), card.issuer, card.grade,
    ]  # fmt: skip
    return Fact(paper_name(card.kind), " · ".join(part for part in parts if part))


def _work(work: Work, kinds: KindNames) -> Fact:
    tie = work.engagement
    period = _("{start} 至 {end}").format(
        start=day(tie.from_date) or _("不详"), end=day(tie.to_date) or _("现在")
    )
    kind = kind_name(tie.kind, kinds) if tie.kind else ""
    parts = [kind, tie.position, period]
    return Fact(work.firm or tie.platform or _("个人"), " · ".join(part for part in parts if part))


def _source(record: Record, own: OwnColumns) -> Fact:
    names = listed(fact_label("person", name, own) for name in names_among("person", record.facts))
    return Fact(f"{source_name(record.source)} {day(record.as_of)}", names)
