"""How a sheet differs from what its place holds, row by row, before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from chelun.people.displays.words import fact_masked, fact_text
from chelun.people.rules.facts import Facts, changed_fields, standing_facts
from chelun.people.services.intake import ledger
from chelun.people.services.intake.ranking import ranking_for
from chelun.people.services.intake.shelf import Shelf
from chelun.platform.fields.selectors import columns_named
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.words import values_for
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import CHANGED, GONE, NEW, Difference, Intake, StagedRow

FIELD_OF = {"phones": "phone", "masked_name": "name"}
"""Facts that the sheet calls otherwise."""
_NAMES = ("name", "masked_name", "plate")


class Meaning(Protocol):
    """What a publisher knows of rows without writing them."""

    def meant(self, rows: Sequence[StagedRow]) -> list[tuple[StagedRow, UUID | None]]:
        """What each row means that says something new."""


def compare(
    shelf: Shelf,
    publisher: Callable[[Intake], Meaning],
    intake: Intake,
    chunks: Iterable[Sequence[StagedRow]],
) -> Iterator[Difference]:
    """New subjects, changed values, and those that this source said before and this sheet does not say any more."""
    there: set[UUID] = set()
    for rows in chunks:
        meant = publisher(intake).meant(rows)
        there |= {subject for _, subject in meant if subject} | _said_again(shelf, intake, rows)
        yield from _rows(shelf, intake, meant)
    yield from _gone(shelf, intake, there)


def _said_again(shelf: Shelf, intake: Intake, rows: Sequence[StagedRow]) -> set[UUID]:
    """The subjects of whom this source has said just the same before."""
    digests = [row.ready.digest if row.ready else ledger.digest_of(row.facts) for row in rows]
    return set(_of_source(shelf, intake).filter(digest__among=digests).values_list(shelf.subject, flat=True))


def _of_source(shelf: Shelf, intake: Intake) -> Any:
    rows = shelf.sources.standing(intake.batch, hidden_batches())
    return rows.filter(home=home_of(intake.place), source=intake.source)


def _rows(
    shelf: Shelf, intake: Intake, meant: Sequence[tuple[StagedRow, UUID | None]]
) -> Iterator[Difference]:
    subjects = {subject for _, subject in meant if subject}
    told = ledger.records_of(shelf, intake, subjects, keys_of(subjects))
    ranking = ranking_for(shelf.register, intake)
    for row, subject in meant:
        label = _label(row.facts)
        if subject is None or subject not in told:
            yield Difference(NEW, label, row.sheet, row.number)
            continue
        record = ledger.new_record(intake, subject, row, "")
        before = standing_facts(told[subject], ranking)
        after = standing_facts([*told[subject], record], ranking)
        sides = Sides(before, {**before, **after, **standing_facts([record], ranking)}, after)
        if sides.differing:
            yield Difference(CHANGED, label, row.sheet, row.number, _changes(shelf, intake, sides))


@dataclass(frozen=True, slots=True)
class Sides:
    """What stands, what the sheet says, and what would stand once it is in: another source may outweigh it."""

    before: Facts
    said: Facts
    after: Facts

    @property
    def differing(self) -> list[str]:
        """The facts of which the sheet says something else, whichever will stand, in order."""
        return changed_fields(self.before, self.said)

    def stands(self, name: str) -> bool:
        """Whether what the sheet says of a fact will stand."""
        return name not in changed_fields(self.said, self.after)


def _changes(shelf: Shelf, intake: Intake, sides: Sides) -> tuple[tuple[str, str, str, bool], ...]:
    names = sides.differing
    own, kinds = columns_named(names), values_for(home_of(intake.place)).kinds()

    def shown(facts: Mapping[str, Any], name: str) -> str:
        value = facts.get(name)
        return fact_masked(name, value) if shelf.hides(name) else fact_text(name, value, kinds, own)

    return tuple(
        (FIELD_OF.get(name, name), shown(sides.before, name), shown(sides.said, name), sides.stands(name))
        for name in names
    )


def _gone(shelf: Shelf, intake: Intake, there: set[UUID]) -> Iterator[Difference]:
    """Cards of the place of which this source has spoken and does not speak any more, in the order of their keys."""
    said = _of_source(shelf, intake).values(shelf.subject)
    cards = shelf.cards.standing(intake.batch, hidden_batches()).filter(
        **{f"{shelf.subject}__in": said}, home=home_of(intake.place)
    )
    for card in cards.order_by(shelf.subject).iterator(chunk_size=500):
        if getattr(card, shelf.subject) not in there:
            yield Difference(GONE, str(card))


def _label(facts: Mapping[str, Any]) -> str:
    paper = fact_text("paper", facts.get("paper"), {})
    named = next((str(facts[name]) for name in _NAMES if facts.get(name)), "")
    return f"{paper} {named or facts.get('enterprise', '')}".strip() if paper else named
