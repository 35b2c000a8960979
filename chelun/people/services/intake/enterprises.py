"""Enterprises into the register: known again by credit code, else by name within the place."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists

from chelun.core.bulk import insert_rows
from chelun.core.identifiers import uuid7
from chelun.engines.names import normalise_firm
from chelun.people.models import Enterprise, EnterpriseCard
from chelun.people.rules.cards import enterprise_values
from chelun.people.rules.facts import Facts, Record
from chelun.people.services.intake.leaf_names import names_here
from chelun.people.services.intake.shelf import ENTERPRISES
from chelun.people.services.intake.things import ThingPublisher
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import StagedRow


class EnterprisePublisher(ThingPublisher):
    """Brings rows of the firm ledger into the register."""

    shelf = ENTERPRISES

    def known(self, rows: Sequence[StagedRow]) -> list[UUID | None]:
        """By credit code or, where no other code speaks against it, by name in the place; else by code anywhere.

        The place comes first, so that its answer is the same whether or not another place knows the code.
        """
        codes = {row.facts["uscc"] for row in rows if row.facts.get("uscc")}
        anywhere = dict(Enterprise.objects.filter(uscc__in=codes).values_list("uscc", "id"))
        by_code, by_name = self._here(codes, {normalise_firm(row.facts["name"]) for row in rows})
        found: list[UUID | None] = []
        for row in rows:
            code = row.facts.get("uscc", "")
            named, its_code = by_name.get(normalise_firm(row.facts["name"]), (None, ""))
            same = named if not (code and its_code and code != its_code) else None
            found.append(by_code.get(code) or same or anywhere.get(code))
        return found

    def identify(self, rows: Sequence[StagedRow]) -> list[UUID]:
        """As `known`; new firms are made, and a firm that had no code takes the one that its row brings if it is free."""
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
                take_code(known, code)
            subjects.append(subject)
        insert_rows(Enterprise, ("id", "uscc"), sorted(new, key=lambda pair: pair[1] or ""))
        return subjects

    def values(self, subject: UUID, facts: Facts, records: Sequence[Record]) -> dict[str, Any]:
        """The columns of the firm's card."""
        return enterprise_values(facts, _newest(records), sources=len({record.source for record in records}))

    def _here(
        self, codes: Collection[str], keys: Collection[str]
    ) -> tuple[dict[str, UUID], dict[str, tuple[UUID, str]]]:
        """The place's firms by credit code, and by name with their code."""
        cards = EnterpriseCard.objects.standing(self._intake.batch, hidden_batches())
        cards = cards.filter(home=home_of(self._intake.place))
        by_code = dict(cards.filter(uscc__in=codes).values_list("uscc", "enterprise_id")) if codes else {}
        rows = cards.filter(name_key__in=keys).values_list("name_key", "enterprise_id", "uscc")
        by_name = {key: (firm, code) for key, firm, code in rows}
        for leaf in names_here(ENTERPRISES, self._intake, keys, codes):
            by_name[leaf.key] = leaf.leaf, leaf.code
            by_code |= {leaf.code: leaf.leaf} if leaf.code else {}
        return by_code, by_name


def take_code(firm: UUID, code: str) -> None:
    """Another place may have the code already: then the two stay apart until somebody joins them."""
    Enterprise.objects.filter(~Exists(Enterprise.objects.filter(uscc=code)), pk=firm, uscc=None).update(
        uscc=code
    )


def _newest(records: Sequence[Record]) -> Any:
    return max(record.as_of for record in records)
