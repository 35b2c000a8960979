"""Papers into the register: known again by kind and holder, and by the number where somebody may hold several of a kind."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.crypto import blind_index
from chelun.core.identifiers import uuid7
from chelun.people.models import Credential
from chelun.people.rules.cards import credential_values, erased_digests
from chelun.people.rules.credentials import NUMBER_IS_KEY
from chelun.people.rules.facts import Facts, Record
from chelun.people.services.intake import ledger
from chelun.people.services.intake.gathering import NO_LEAF, NOBODY
from chelun.people.services.intake.holders import Holder, Holders
from chelun.people.services.intake.joined_papers import count_papers
from chelun.people.services.intake.leaves import counted_around
from chelun.people.services.intake.shelf import CREDENTIALS, HOLDERS
from chelun.people.services.intake.things import ThingPublisher
from chelun.platform.audit.services import Event
from chelun.platform.privacy.keys import keys_of, make_keys
from chelun.platform.privacy.services.returning import anybody_barred, barred_digests
from chelun.platform.sheets.batches import home_of
from chelun.platform.sheets.registers import Intake, StagedRow

Name = tuple[str, UUID, str, str]
"""(register, holder, kind, mark): what makes a paper the same one."""
FIELDS = ("id", "kind", "mark", "person_id", "enterprise_id", "vehicle_id")


class CredentialPublisher(ThingPublisher):
    """Brings rows of papers into the register; whoever holds one and is not on file yet comes with it."""

    shelf = CREDENTIALS

    def __init__(self, intake: Intake) -> None:
        super().__init__(intake)
        self._holders = Holders(intake)
        self._identities: dict[UUID, Credential] = {}
        self._barred = 0

    def preview(self, rows: Sequence[StagedRow]) -> Counter[str]:
        """What `apply` would do."""
        return self._counted(super().preview(rows))

    def apply(self, rows: Sequence[StagedRow]) -> Counter[str]:
        """Bring the rows in: holders, papers, source records, cards, audit rows."""
        return self._counted(super().apply(rows))

    def known(self, rows: Sequence[StagedRow]) -> list[UUID | None]:
        """By holder and kind, and by the number where it tells papers of a kind apart."""
        names = [
            _name(row, holder) if holder else None
            for row, holder in zip(rows, self._holders.known(rows), strict=True)
        ]
        found = papers_named({name for name in names if name})
        return [found.get(name) if name else None for name in names]

    def identify(self, rows: Sequence[StagedRow]) -> list[UUID]:
        """As `known`; holders and papers that nobody has named yet are made."""
        names = [_name(row, holder) for row, holder in zip(rows, self._holders.bring(rows), strict=True)]
        found = papers_named(set(names))
        new = {name: uuid7() for name in dict.fromkeys(names) if name not in found}
        insert_rows(Credential, FIELDS, [identity_row(paper, name) for name, paper in new.items()])
        joined = {each.leaf for each in counted_around({holder for _, holder, _, _ in new})}
        if joined:
            count_papers(joined)
        return [found.get(name) or new[name] for name in names]

    def write(
        self,
        everything: Mapping[UUID, Sequence[Record]],
        earlier: Mapping[UUID, Sequence[Record]],
        keys: Mapping[UUID, bytes],
        arrived: Mapping[UUID, int] = NOBODY,
        named: Mapping[UUID, UUID] = NO_LEAF,
    ) -> tuple[list[Event], int]:
        """As for every thing, after it is known whose papers they are."""
        self._identities = Credential.objects.in_bulk(list(everything))
        return super().write(everything, earlier, keys, arrived, named)

    def values(self, subject: UUID, facts: Facts, records: Sequence[Record]) -> dict[str, Any]:
        """The columns of the paper's card."""
        paper = self._identities[subject]
        return credential_values(
            facts,
            max(record.as_of for record in records),
            sources=len({record.source for record in records}),
            kind=paper.kind,
            holder={register: getattr(paper, shelf.subject) for register, shelf in HOLDERS.items()},
        )

    def _fresh(self, rows: Sequence[StagedRow]) -> tuple[list[tuple[StagedRow, str]], int]:
        """Without the papers of those who were erased because they objected to being kept: these are left out and counted."""
        fresh, unchanged = super()._fresh(rows)
        self._barred = 0
        if not anybody_barred():
            return fresh, unchanged
        meant = [erased_digests(row.facts) for row, _ in fresh]
        barred = barred_digests({digest for digests in meant for digest in digests})
        kept = [each for each, digests in zip(fresh, meant, strict=True) if barred.isdisjoint(digests)]
        self._barred = len(fresh) - len(kept)
        return kept, unchanged

    def _counted(self, counts: Counter[str]) -> Counter[str]:
        if self._barred:
            counts["barred"] = self._barred
        return counts

    def _keys(self, fresh: Sequence[tuple[StagedRow, str]]) -> dict[UUID, bytes]:
        """A key for each paper: what the trail says of it lies under it."""
        keys = keys_of(set(self.brought))
        return {**keys, **make_keys(set(self.brought) - keys.keys())}

    def _event(
        self, subject: UUID, before: Facts, facts: Facts, fields: list[str], key: bytes | None
    ) -> Event:
        """A paper is a person's matter: old and new lie under its key, which goes when he is erased."""
        register, intake = self.shelf.register, self._intake
        old = {name: before[name] for name in fields if name in before}
        new = {name: facts[name] for name in fields if name in facts}
        return Event(
            f"people.{register}.{'changed' if before else 'created'}", register, str(subject), home_of(intake.place),
            intake.source, str(intake.batch or ""), ledger.audit_text(key, old) if old and key else {},
            ledger.audit_text(key, new) if key else {"fields": fields},
        )  # fmt: skip


def identity_row(paper: UUID, name: Name) -> tuple[Any, ...]:
    """The row of a new paper in the order of FIELDS."""
    holder, subject, kind, mark = name
    return (paper, kind, mark, *(subject if register == holder else None for register in HOLDERS))


def holder_of(held: Any) -> Holder:
    """Whose a paper is: of its identity or of a card of it."""
    return next(
        (register, subject)
        for register, shelf in HOLDERS.items()
        if (subject := getattr(held, shelf.subject))
    )


def mark_of(kind: str, number: str) -> str:
    """What of a number belongs to the identity: its keyed digest where somebody may hold several of the kind, else ''."""
    return blind_index("credential", number) if number and kind in NUMBER_IS_KEY else ""


def papers_named(names: Collection[Name]) -> dict[Name, UUID]:
    """The papers that are known among these."""
    found: dict[Name, UUID] = {}
    for register, shelf in HOLDERS.items():
        holders = {subject for holder, subject, _, _ in names if holder == register}
        found |= {
            each: paper for each, paper in _of_holders(register, shelf.subject, holders) if each in names
        }
    return found


def _of_holders(register: str, column: str, holders: Collection[UUID]) -> Iterable[tuple[Name, UUID]]:
    rows = (
        Credential.objects.filter(**{f"{column}__in": list(holders)})
        if holders
        else Credential.objects.none()
    )
    for paper, subject, kind, mark in rows.values_list("id", column, "kind", "mark"):
        yield (register, subject, kind, mark), paper


def _name(row: StagedRow, holder: Holder) -> Name:
    kind = row.facts["paper"]
    return (*holder, kind, mark_of(kind, row.facts.get("number", "")))
