"""By what the leaves of joined firms and vehicles are known in a place.

A firm is told by its name, a vehicle by its plate, and the card that rows were compared with steps aside when its file
is joined. So each leaf keeps a name of its own: rows that name it find it, and a mere mention stands again when it is parted.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q

from chelun.engines.names import normalise_firm
from chelun.people.models import LeafName, PersonCard, Vehicle, VehicleCard
from chelun.people.rules.cards import enterprise_values, vehicle_values
from chelun.people.rules.facts import Facts, Record, standing_facts
from chelun.people.rules.merging import Joined
from chelun.people.rules.ranks import Ranking
from chelun.people.services.intake import ledger
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import ENTERPRISES, VEHICLES, Shelf
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import Intake

NAMED = (ENTERPRISES, VEHICLES)
NAMES = {ENTERPRISES.register: ("name", "uscc"), VEHICLES.register: ("plate", "plate_colour")}
"""The facts by which a firm or a vehicle is known: what it is called, and its code."""
Names = dict[UUID, LeafName]


@dataclass(slots=True)
class Mentions:
    """Of what no record tells: the cards to write that say so, by subject, and the subjects whose card stays as it is."""

    cards: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    kept: set[UUID] = field(default_factory=set)


def names_here(
    shelf: Shelf, intake: Intake, keys: Collection[str], codes: Collection[str] = ()
) -> list[LeafName]:
    """The leaves that the place knows by these names or credit codes."""
    rows = LeafName.objects.filter(home=home_of(intake.place), register=shelf.register)
    return list(rows.filter(Q(key__in=list(keys)) | Q(code__in=[code for code in codes if code])))


def leaves_here(shelf: Shelf, intake: Intake, subjects: Collection[UUID]) -> set[UUID]:
    """Which of these subjects the place knows as leaves of joined files."""
    rows = LeafName.objects.filter(home=home_of(intake.place), register=shelf.register)
    return set(rows.filter(leaf__among=list(subjects)).values_list("leaf", flat=True))


def keep_names(
    shelf: Shelf,
    intake: Intake,
    joined: Joined,
    subjects: Collection[UUID],
    said: Mapping[UUID, Sequence[Record]],
) -> Mentions:
    """Write down by what the leaves of these files are known, forget it of those that stand alone again.

    `said` are the records by file. Parted leaves of which nothing but a mention is left get their card back.
    """
    touched = joined.spread(subjects) | set(subjects)
    naming = _Naming(shelf, intake, said, touched)
    found, known = Mentions(), Names()
    for subject in touched:
        row = naming.name_of(subject)
        if row is None:
            continue
        if subject in joined.whole:
            known[subject] = row
        elif subject in naming.kept and row.mentioned:
            found.cards[subject] = mention_of(shelf, [row])
        elif row.mentioned and naming.has_mention(subject):
            found.kept.add(subject)
        elif row.mentioned:
            found.cards[subject] = mention_of(shelf, [row])
    naming.write(known, touched)
    for whole in {joined.whole[leaf] for leaf in known} - said.keys():
        rows = [known[leaf] for leaf in joined.leaves_of(whole) if leaf in known]
        if any(row.mentioned for row in rows):
            found.cards[whole] = mention_of(shelf, sorted(rows, key=lambda row: row.leaf != whole))
    return found


def learn_names(
    shelf: Shelf, intake: Intake, said: Mapping[UUID, Sequence[Record]], leaves: Collection[UUID]
) -> None:
    """Rows have come that name these leaves of joined files: by what they are known from now on."""
    naming = _Naming(shelf, intake, said, leaves, mentions=False)
    naming.write({leaf: row for leaf in leaves if (row := naming.name_of(leaf))}, leaves)


def mention_of(shelf: Shelf, rows: Sequence[LeafName]) -> dict[str, Any]:
    """The card of something that is only mentioned, by the names of its leaves: the first name, any code."""
    code, newest = next((row.code for row in rows if row.code), ""), max(row.as_of for row in rows)
    return mentioned_values(shelf, rows[0].name, code, newest)


def mentioned_values(shelf: Shelf, name: str, code: str, as_of: date) -> dict[str, Any]:
    """The card of a firm (by name and credit code) or a vehicle (by plate and colour) that is only mentioned."""
    if shelf is ENTERPRISES:
        return enterprise_values({"name": name, "uscc": code}, as_of, sources=0, mentioned_only=True)
    return vehicle_values({"plate": name, "plate_colour": code}, as_of, sources=0, mentioned_only=True)


class _Naming:
    """By what some subjects are known in the place of one intake."""

    def __init__(
        self,
        shelf: Shelf,
        intake: Intake,
        said: Mapping[UUID, Sequence[Record]],
        subjects: Collection[UUID],
        *,
        mentions: bool = True,
    ) -> None:
        self._shelf, self._intake = shelf, intake
        self._own: dict[UUID, list[Record]] = defaultdict(list)
        for records in said.values():
            for record in records:
                self._own[record.subject].append(record)
        rows = LeafName.objects.filter(home=home_of(intake.place), leaf__among=list(subjects))
        self.kept: Names = {row.leaf: row for row in rows}
        named = {subject for subject, own in self._own.items() if any(map(_names, own))}
        silent = set(subjects) - named if mentions else set[UUID]()
        self._cards: Mapping[UUID, Any] = ledger.current_cards(shelf, intake, silent)
        self._mentioned = self._still_mentioned(silent)

    @cached_property
    def _ranking(self) -> Ranking:
        return ranking_for(self._shelf.register, self._intake)

    def name_of(self, subject: UUID) -> LeafName | None:
        """By what its own records call it; else by what it was known before; else by the card that shows or mentions it."""
        own = self._own.get(subject, ())
        facts = standing_facts(own, self._ranking) if any(map(_names, own)) else {}
        if facts:
            return self._row(subject, facts, max(record.as_of for record in own), mentioned=False)
        kept, card = self.kept.get(subject), self._cards.get(subject)
        if subject in self._mentioned and (kept or not self.has_mention(subject)):
            as_of = kept.as_of if kept else self._cards[subject].as_of
            return self._row(subject, self._said(self._mentioned[subject]), as_of, mentioned=True)
        if kept is not None:
            return kept
        if card is None or not card.mentioned_only or (self.kept and subject not in self._mentioned):
            return None
        said = (card.name, card.uscc) if self._shelf is ENTERPRISES else (card.plate, card.colour)
        return self._row(subject, self._said(said), card.as_of, mentioned=True)

    def _said(self, said: tuple[str, str]) -> Facts:
        return dict(zip(NAMES[self._shelf.register], said, strict=True))

    def has_mention(self, subject: UUID) -> bool:
        """Whether its card says already that it is only mentioned."""
        card = self._cards.get(subject)
        return card is not None and bool(card.mentioned_only)

    def _still_mentioned(self, silent: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
        """Of whom no record tells any more, though rows of other registers in the place name them: as these call them."""
        # A mere mention beside leaves may be the card of the whole file, of which the place itself has said nothing.
        cards = self._cards.items()
        names = {each: str(card) for each, card in cards if self.kept or not card.mentioned_only}
        names = {each: name for each, name in names.items() if each not in self.kept}
        names |= {leaf: row.name for leaf, row in self.kept.items() if leaf in silent and not row.mentioned}
        found: set[UUID] = set()
        for model in self._shelf.mentioned_by if names else ():
            found |= {row[0] for row in self._rows(model, names).values_list(self._shelf.subject)}
        if self._shelf is VEHICLES:
            plates = Vehicle.objects.filter(pk__in=found).values_list("id", "plate", "colour")
            return {vehicle: (plate, colour) for vehicle, plate, colour in plates}
        for model in (VehicleCard, PersonCard) if found else ():
            names |= dict(self._rows(model, found).values_list("enterprise_id", "enterprise_name"))
        return {firm: (names[firm], "") for firm in found}

    def _rows(self, model: type[Any], subjects: Collection[UUID]) -> Any:
        rows = model._default_manager.standing(self._intake.batch, hidden_batches())
        return rows.filter(**{f"{self._shelf.subject}__in": list(subjects)}, home=home_of(self._intake.place))

    def _row(self, leaf: UUID, facts: Facts, as_of: date, *, mentioned: bool) -> LeafName:
        name, code = (str(facts.get(fact) or "") for fact in NAMES[self._shelf.register])
        key = normalise_firm(name) if self._shelf is ENTERPRISES else name
        place = self._intake.place
        return LeafName(
            province=place["province"], city=place.get("city", ""), county=place.get("county", ""), home=home_of(place),
            register=self._shelf.register, leaf=leaf, name=name[:120], key=key[:120], code=code, as_of=as_of,
            mentioned=mentioned,
        )  # fmt: skip

    def write(self, known: Names, subjects: Collection[UUID]) -> None:
        """These names for those of the subjects; what has not changed stays as it is."""
        gone = [row.pk for leaf, row in self.kept.items() if leaf in subjects and known.get(leaf) is not row]
        if gone:
            LeafName.objects.filter(pk__in=gone).delete()
        LeafName.objects.bulk_create(row for leaf, row in known.items() if self.kept.get(leaf) is not row)


def _names(record: Record) -> bool:
    """Whether it says what the firm or the vehicle is called."""
    return bool(record.facts.get("name") or record.facts.get("plate"))
