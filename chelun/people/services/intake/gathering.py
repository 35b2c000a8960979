"""What rows add to the files that they belong to: a row names a leaf, its file may be made of several."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from chelun.people.rules.facts import Record, changed_fields, rows_told, standing_facts
from chelun.people.rules.merging import Joined
from chelun.people.rules.ranks import Ranking
from chelun.people.services.intake import ledger
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.shelf import Shelf
from chelun.platform.audit.services import Event
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.registers import Intake, StagedRow

NOBODY: Mapping[UUID, int] = {}
NO_LEAF: Mapping[UUID, UUID] = {}


@dataclass(frozen=True, slots=True)
class Gathered:
    """Added records beside the earlier ones, by file.

    `leaves` are those of joined files that the rows name. `arrived` says of a joined file how many of its leaves the place had no record of, `named` which leaf of it the rows
    name, when it is just one: what is done is written down as done to that leaf.
    """

    everything: Mapping[UUID, list[Record]]
    earlier: Mapping[UUID, list[Record]]
    arrived: Mapping[UUID, int]
    named: Mapping[UUID, UUID]
    keys: Mapping[UUID, bytes]
    leaves: frozenset[UUID]

    def told(self, added: Sequence[Record], events: Iterable[Event], ranking: Ranking) -> int:
        """How many of the added records said something new, after their files were written anew."""
        return self._news(added, {event.target for event in events}, ranking)

    def foretold(self, added: Sequence[Record], ranking: Ranking) -> int:
        """How many of the added records would say something new, before anything is written."""
        renewed = {
            str(self.named.get(whole, whole))
            for whole, records in self.everything.items()
            if changed_fields(
                standing_facts(self.earlier.get(whole, ()), ranking), standing_facts(records, ranking)
            )
        }
        return self._news(added, renewed, ranking)

    def _news(self, added: Sequence[Record], renewed: Collection[str], ranking: Ranking) -> int:
        earlier = {self.named.get(whole, whole): records for whole, records in self.earlier.items()}
        file_of = {record.id: whole for whole, records in self.everything.items() for record in records}
        placed = [
            replace(record, subject=self.named.get(file_of[record.id], file_of[record.id]))
            for record in added
        ]
        told = rows_told(placed, earlier, renewed, ranking)
        return max(told, sum(self.arrived.values()))


def gather(
    shelf: Shelf, intake: Intake, added: Sequence[Record], new: Collection[UUID], keys: Mapping[UUID, bytes]
) -> Gathered:
    """The files to which some records are added; `new` are the subjects that nobody can have named before."""
    touched = {record.subject for record in added}
    joined = joined_in(intake.place, touched)
    wholes = {joined.whole_of(subject) for subject in touched}
    keys = {**keys, **keys_of(wholes - keys.keys() - set(new))} if joined.whole else keys
    earlier = ledger.records_of(shelf, intake, wholes - set(new), keys, joined)
    everything = {whole: list(earlier.get(whole, ())) for whole in wholes}
    for record in added:
        everything[joined.whole_of(record.subject)].append(joined.heard(record))
    named = frozenset(touched & joined.whole.keys())
    return Gathered(everything, earlier, *_leaves(joined, touched, earlier), keys, named)


def foretell(
    shelf: Shelf,
    intake: Intake,
    rows: Sequence[tuple[StagedRow, UUID]],
    on_file: Collection[UUID],
    ranking: Ranking,
) -> Counter[str]:
    """What rows of these subjects would come to: how many are `created`, how many rows are `changed`.

    Only files are read that stand already, or that several of the rows are about.
    """
    times = Counter(subject for _, subject in rows)
    telling = [(row, subject) for row, subject in rows if subject in on_file or times[subject] > 1]
    created = len(times.keys() - set(on_file))
    added = [ledger.new_record(intake, subject, row, "") for row, subject in telling]
    told = {record.subject for record in added}
    found = gather(shelf, intake, added, told - set(on_file), keys_of(told & set(on_file)))
    new = len(told - set(on_file))
    return Counter(created=created, changed=max(found.foretold(added, ranking) - new, 0) if added else 0)


def _leaves(
    joined: Joined, touched: Collection[UUID], earlier: Mapping[UUID, Sequence[Record]]
) -> tuple[dict[UUID, int], dict[UUID, UUID]]:
    """(leaves that the place had no record of, the one leaf that is named) of each joined file."""
    by_whole: dict[UUID, list[UUID]] = defaultdict(list)
    for leaf in touched:
        if leaf in joined.whole:
            by_whole[joined.whole[leaf]].append(leaf)
    known = {whole: {record.subject for record in earlier.get(whole, ())} for whole in by_whole}
    arrived = {whole: len(set(leaves) - known[whole]) for whole, leaves in by_whole.items()}
    return arrived, {whole: leaves[0] for whole, leaves in by_whole.items() if len(leaves) == 1}
