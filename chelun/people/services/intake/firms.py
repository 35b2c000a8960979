"""Enterprises that rows name: found by credit code or by name within the place, made when nobody has named them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.identifiers import uuid7
from chelun.engines.names import normalise_firm
from chelun.people.models import Enterprise, EnterpriseCard
from chelun.people.rules.cards import enterprise_values
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaf_names import names_here
from chelun.people.services.intake.renewal import join_mentions
from chelun.people.services.intake.shelf import ENTERPRISES
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import Intake

Named = tuple[str, str]
"""(name, credit code or '')."""


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise as a row refers to it."""

    id: UUID
    name: str


class Firms:
    """The enterprises of one place, found or made for the rows of one intake."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._home = home_of(intake.place)
        self._by_name: dict[str, Firm] = {}
        self._by_uscc: dict[str, Firm] = {}
        self._found: dict[Named, Firm] = {}

    def bring(self, named: Iterable[Named]) -> None:
        """Make sure that all these enterprises are known; those nobody has named get a card that says so."""
        wanted = {(name, uscc) for name, uscc in named if name and self.find(name, uscc) is None}
        if not wanted:
            return
        self._load(wanted)
        missing: dict[str, Named] = {}
        for name, uscc in wanted:
            if self.find(name, uscc) is None:
                missing.setdefault(uscc or normalise_firm(name), (name, uscc))
        self._make(list(missing.values()))

    def find(self, name: str, uscc: str = "") -> Firm | None:
        """The enterprise that a row means, if it is known by now."""
        if not name:
            return None
        found = self._found.get((name, uscc))
        if found is None:
            by_code = self._by_uscc.get(uscc) if uscc else None
            found = by_code or self._by_name.get(normalise_firm(name))
            if found is not None:
                self._found[name, uscc] = found
        return found

    def remember(self, firm: Firm, uscc: str) -> None:
        """Know an enterprise that was brought by its own row."""
        self._by_name.setdefault(normalise_firm(firm.name), firm)
        if uscc:
            self._by_uscc[uscc] = firm

    def _load(self, wanted: set[Named]) -> None:
        keys = [normalise_firm(name) for name, _ in wanted]
        cards = EnterpriseCard.objects.standing(self._intake.batch, hidden_batches()).filter(home=self._home)
        for card in cards.filter(name_key__in=keys):
            self.remember(Firm(card.enterprise_id, card.name), card.uscc)
        codes = [uscc for _, uscc in wanted if uscc]
        for card in cards.filter(uscc__in=codes) if codes else ():
            self.remember(Firm(card.enterprise_id, card.name), card.uscc)
        # A leaf of a joined file is named before the file as a whole.
        for leaf in names_here(ENTERPRISES, self._intake, keys, codes):
            self._by_name[leaf.key] = self._by_uscc[leaf.code] = Firm(leaf.leaf, leaf.name)

    def _make(self, missing: list[Named]) -> None:
        elsewhere = dict(
            Enterprise.objects.filter(uscc__in=[uscc for _, uscc in missing if uscc]).values_list(
                "uscc", "id"
            )
        )
        made = [(elsewhere.get(uscc) or uuid7(), name, uscc) for name, uscc in missing]
        new = [(firm, uscc or None) for firm, _, uscc in made if uscc not in elsewhere]
        insert_rows(Enterprise, ("id", "uscc"), sorted(new, key=lambda pair: pair[1] or ""))
        cards = {
            firm: enterprise_values(
                {"name": name, "uscc": uscc}, self._intake.as_of, sources=0, mentioned_only=True
            )
            for firm, name, uscc in made
        }
        ledger.write_cards(ENTERPRISES, self._intake, cards, {})
        if elsewhere:
            join_mentions(ENTERPRISES, self._intake, list(elsewhere.values()))
        for firm, name, uscc in made:
            self.remember(Firm(firm, name), uscc)
