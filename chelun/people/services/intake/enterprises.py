"""Enterprises into the register: known again by credit code, else by name within the place."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.identifiers import uuid7
from chelun.engines.names import normalise_firm
from chelun.people.models import Enterprise, EnterpriseCard
from chelun.people.rules.cards import enterprise_values
from chelun.people.rules.facts import Facts, Record
from chelun.people.services.intake import ledger
from chelun.people.services.intake.shelf import ENTERPRISES
from chelun.people.services.intake.things import ThingPublisher
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.registers import StagedRow


class EnterprisePublisher(ThingPublisher):
    """Brings rows of the firm ledger into the register."""

    shelf = ENTERPRISES

    def known(self, rows: Sequence[StagedRow]) -> list[UUID | None]:
        """By credit code anywhere; by name only in the place, and only a firm whose code does not differ."""
        codes = {row.facts["uscc"] for row in rows if row.facts.get("uscc")}
        by_code = dict(Enterprise.objects.filter(uscc__in=codes).values_list("uscc", "id"))
        by_name = self._by_name([normalise_firm(row.facts["name"]) for row in rows])
        found: list[UUID | None] = []
        for row in rows:
            code = row.facts.get("uscc", "")
            named, its_code = by_name.get(normalise_firm(row.facts["name"]), (None, ""))
            same = named if not (code and its_code and code != its_code) else None
            found.append(by_code.get(code) or same)
        return found

    def identify(self, rows: Sequence[StagedRow]) -> list[UUID]:
        """As `known`; new firms are made, and a firm that had no code takes the one that its row brings."""
        subjects: list[UUID] = []
        made: dict[tuple[str, str], UUID] = {}
        new: list[tuple[UUID, str | None]] = []
        for row, known in zip(rows, self.known(rows), strict=True):
            code = row.facts.get("uscc", "")
            key = (code, "") if code else ("", normalise_firm(row.facts["name"]))
            subject = known or made.get(key)
            if subject is None:
                subject = made[key] = uuid7()
                new.append((subject, code or None))
            elif code and known:
                Enterprise.objects.filter(pk=known, uscc=None).update(uscc=code)
            subjects.append(subject)
        insert_rows(Enterprise, ("id", "uscc"), new)
        return subjects

    def values(self, facts: Facts, records: Sequence[Record]) -> dict[str, Any]:
        """The columns of the firm's card."""
        return enterprise_values(facts, _newest(records), sources=len({record.source for record in records}))

    def _by_name(self, keys: Sequence[str]) -> dict[str, tuple[UUID, str]]:
        cards = EnterpriseCard.objects.standing(self._intake.batch, hidden_batches())
        rows = cards.filter(home=ledger.home_of(self._intake.place), name_key__in=keys)
        return {card.name_key: (card.enterprise_id, card.uscc) for card in rows}


def _newest(records: Sequence[Record]) -> Any:
    return max(record.as_of for record in records)
