"""Reading and writing source records and cards, the same for every register."""

import base64
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chelun.core.actors import SystemActor
from chelun.core.bulk import insert_rows
from chelun.core.crypto import blind_index, open_with, seal_with
from chelun.core.identifiers import uuid7
from chelun.core.jsontext import from_json
from chelun.people.models import Card
from chelun.people.rules.facts import Facts, Record, canonical, split
from chelun.people.rules.merging import Joined
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.owned import drop_own, own_rows, write_own
from chelun.people.services.intake.passing import let_pass
from chelun.people.services.intake.shelf import Shelf, shelf_of_card
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.batches import hidden_batches, home_of
from chelun.platform.sheets.registers import Intake, StagedRow

Keys = Mapping[UUID, bytes]
Values = dict[str, Any]


BATCHES = SystemActor("chelun batches")
"""On whose behalf cards are computed anew."""


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def digest_of(facts: Mapping[str, Any]) -> str:
    """The keyed digest by which the same content is known again."""
    return blind_index("facts", canonical(facts))


def seal_facts(key: bytes, facts: Mapping[str, Any]) -> bytes:
    """Facts under a subject's key; nothing when there are none."""
    return seal_with(key, canonical(facts)) if facts else b""


def open_facts(key: bytes | None, sealed: bytes) -> Facts:
    """The facts of `seal_facts`; nothing when the subject was erased."""
    if not sealed or key is None:
        return {}
    facts: Facts = from_json(open_with(key, sealed))
    return facts


def audit_text(key: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    """How facts stand in the audit trail: their names, and their values under the subject's own key."""
    return {"fields": sorted(facts), "sealed": base64.b64encode(seal_with(key, canonical(facts))).decode()}


def known_digests(shelf: Shelf, intake: Intake, digests: Collection[str]) -> set[str]:
    """Which contents this source has already brought to this place."""
    rows = shelf.sources.standing(intake.batch, hidden_batches()).filter(
        digest__among=list(digests), home=home_of(intake.place), source=intake.source
    )
    return set(rows.values_list("digest", flat=True))


def records_of(
    shelf: Shelf, intake: Intake, subjects: Collection[UUID], keys: Keys, joined: Joined | None = None
) -> dict[UUID, list[Record]]:
    """The source records of some files in the place on which this intake builds, opened; of a joined file those of all its leaves.

    The single door builds on what readers see: what a hidden batch says shows with the batch and not before.
    """
    found: dict[UUID, list[Record]] = defaultdict(list)
    if subjects:
        joined = joined_in(intake.place, subjects) if joined is None else joined
        leaves = joined.spread(subjects)
        keys = {**keys, **keys_of(leaves - keys.keys())} if joined.whole else keys
        rows = shelf.sources.standing(intake.batch, hidden_batches())
        for row in rows.filter(**{f"{shelf.subject}__among": leaves}, home=home_of(intake.place)):
            record = to_record(shelf, row, keys)
            found[joined.whole_of(record.subject)].append(joined.heard(record))
    return found


def on_file(shelf: Shelf, intake: Intake, subjects: Collection[UUID]) -> set[UUID]:
    """Which of these subjects the place knows; of a joined file only the leaves that it has records of itself."""
    joined = joined_in(intake.place, subjects)
    cards = _current(shelf, intake, subjects).values_list(shelf.subject, flat=True)
    known = set(cards) - joined.whole.keys()
    leaves = [subject for subject in subjects if subject in joined.whole]
    if not leaves:
        return known
    rows = shelf.sources.standing(intake.batch, hidden_batches()).filter(home=home_of(intake.place))
    return known | set(rows.filter(**{f"{shelf.subject}__in": leaves}).values_list(shelf.subject, flat=True))


def leaf_here(shelf: Shelf, intake: Intake, whole: UUID) -> UUID:
    """To whom something belongs that names a file only: its one leaf of which the place has records, else the file itself."""
    leaves = joined_in(intake.place, [whole]).leaves_of(whole)
    if len(leaves) == 1:
        return whole
    rows = shelf.sources.standing(intake.batch, hidden_batches()).filter(home=home_of(intake.place))
    known = set(rows.filter(**{f"{shelf.subject}__in": leaves}).values_list(shelf.subject, flat=True))
    return known.pop() if len(known) == 1 else whole


def to_record(shelf: Shelf, row: Any, keys: Keys) -> Record:
    """A source record of the database as a value, with its secret facts opened."""
    subject: UUID = getattr(row, shelf.subject)
    facts = {**row.facts, **open_facts(keys.get(subject), bytes(row.sealed))}
    return Record(
        row.id, subject, facts, row.source, row.as_of, row.known_at, row.door,
        row.sheet, row.row_number, row.batch, row.digest,
    )  # fmt: skip


def current_cards(shelf: Shelf, intake: Intake, subjects: Collection[UUID]) -> dict[UUID, Card]:
    """The card of each subject in the place, as it will stand when this intake shows."""
    return {getattr(card, shelf.subject): card for card in _current(shelf, intake, subjects)}


def _current(shelf: Shelf, intake: Intake, subjects: Collection[UUID]) -> Any:
    rows = shelf.cards.standing(intake.batch, hidden_batches()) if subjects else shelf.cards.none()
    return rows.filter(**{f"{shelf.subject}__among": subjects}, home=home_of(intake.place))


def new_record(intake: Intake, subject: UUID, row: StagedRow, digest: str) -> Record:
    """The record of a row that has found its subject."""
    return Record(
        uuid7(), subject, row.facts, intake.source, intake.as_of, now(), intake.door,
        row.sheet[:60], row.number or None, intake.batch, digest,
    )  # fmt: skip


def write_records(shelf: Shelf, intake: Intake, records: Sequence[Record], keys: Keys) -> None:
    """Insert source records, secrets sealed."""
    rows = []
    for record in records:
        clear, secret = split(record.facts, shelf.secret)
        sealed = seal_facts(keys[record.subject], secret) if secret else b""
        rows.append(source_values(intake, record, clear, sealed))
    insert_rows(shelf.source_model, shelf.source_fields(), rows)


def source_values(intake: Intake, record: Record, clear: Facts, sealed: bytes) -> tuple[Any, ...]:
    """The row of a source record in the order of `Shelf.source_fields`: what may lie in the clear, the rest sealed."""
    place = intake.place
    township = record.facts.get("township") or place.get("township", "")
    return (
        record.id, place["province"], place.get("city", ""), place.get("county", ""), township, home_of(place),
        intake.batch, None, record.source, record.as_of, record.known_at, record.door, record.sheet,
        record.row_number, record.digest, clear, sealed, record.subject,
    )  # fmt: skip


def write_cards(
    shelf: Shelf, intake: Intake, cards: Mapping[UUID, Values], standing: Mapping[UUID, Card]
) -> None:
    """Put new cards in place of the standing ones: at once at the single door, with the batch otherwise."""
    replaced = [standing[subject] for subject in cards if subject in standing]
    _step_aside(shelf.cards, replaced, intake.batch)
    common = common_of_cards(intake)
    rows, own = [], []
    for subject, values in cards.items():
        old = standing.get(subject)
        behind = old.superseded_by if intake.batch is None and old is not None else None
        rows.append(card_values(shelf, common, subject, {**values, "superseded_by": behind}))
        own += own_rows(rows[-1], values.get("own", {}))
    insert_rows(shelf.card_model, shelf.card_fields(), rows)
    write_own(own)
    if intake.batch is None:
        overtake(shelf, home_of(intake.place), list(cards))


def common_of_cards(intake: Intake) -> Values:
    """What all cards that an intake writes now have in common."""
    place = intake.place
    levels = {name: place.get(name, "") for name in ("province", "city", "county", "township")}
    return {
        **levels, "home": home_of(place), "batch": intake.batch, "superseded_by": None, "updated_at": now(),
        "stale": False,
    }  # fmt: skip


def card_values(shelf: Shelf, common: Values, subject: UUID, values: Values) -> list[Any]:
    """The row of a new card in the order of `Shelf.card_fields`."""
    whole = {**common, **values, "id": uuid7(), shelf.subject: subject}
    return [whole[name] for name in shelf.card_fields()]


def step_aside(rows: Any, batch: UUID | None) -> None:
    """Let standing rows give way: superseded by the batch, or deleted when they are its own or there is none.

    A card that was there to be seen goes to the past. They are read once and then named by their keys alone: asked for
    the batch as well, SQLite would pass over all of it.
    """
    found = dict(rows.values_list("id", "batch"))
    gone = {row for row, its_batch in found.items() if batch is None or its_batch == batch}
    if gone:
        _drop(rows.model, list(gone), seen=batch is None)
    if left := found.keys() - gone:
        rows.model._default_manager.filter(id__among=list(left)).update(superseded_by=batch)


def _drop(model: type[Any], rows: list[UUID], *, seen: bool) -> None:
    if issubclass(model, Card):
        if seen:
            let_pass(shelf_of_card(model), rows, now())
        drop_own(rows)
    model._default_manager.filter(id__among=rows).delete()


def _step_aside(manager: Any, replaced: Iterable[Card], batch: UUID | None) -> None:
    ids = [card.id for card in replaced]
    if ids:
        step_aside(manager.filter(id__among=ids), batch)


def overtake(shelf: Shelf, home: str, subjects: list[UUID]) -> None:
    """Mark the cards of hidden batches that the single door has overtaken, and step behind them."""
    hidden = hidden_batches()
    if not hidden:
        return
    pending = shelf.cards.filter(
        **{f"{shelf.subject}__in": subjects}, home=home, batch__in=hidden, superseded_by=None
    )
    batches = {getattr(card, shelf.subject): card.batch for card in pending}
    pending.update(stale=True)
    for subject, batch in batches.items():
        shelf.cards.filter(**{shelf.subject: subject}, home=home, superseded_by=None).exclude(
            batch__in=hidden
        ).update(superseded_by=batch)
