"""The registers in an archive: each subject with everything that the place's sources said of him, as open facts.

Cards and ties do not travel: they are computed from the records, here as there. Nor do records that were taken back:
what was known of them is told where it was known, and one that was taken back here stays so. Digests are made anew under the keys of
the installation that takes the archive in.
"""

import base64
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.crypto import open_sealed, seal, seal_with
from chelun.core.jsontext import from_json
from chelun.people.models import Card, LeafName, UnresolvedRow
from chelun.people.rules.cards import erased_digests
from chelun.people.rules.facts import Facts, canonical, split
from chelun.people.services.intake import ledger
from chelun.people.services.intake.credentials import holder_of
from chelun.people.services.intake.leaf_names import leaves_here, mentioned_values
from chelun.people.services.intake.leaves import counted_around
from chelun.people.services.intake.renewal import join_mentions, renew
from chelun.people.services.intake.shelf import CREDENTIALS, ENTERPRISES, PERSONS, VEHICLES, Shelf
from chelun.people.services.meeting import MEETINGS, Brought, paper_names
from chelun.people.services.travelling import (
    take_bulk_merges,
    take_merges,
    write_bulk_merges,
    write_merges,
)
from chelun.platform.archives.carried import CARRIED, Area, Carried, Joining, Row, plain_row, read_row
from chelun.platform.archives.models import FormerKey
from chelun.platform.archives.selectors import identities
from chelun.platform.privacy.keys import keep_keys, keys_of
from chelun.platform.privacy.services.returning import anybody_barred, barred_digests
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.registers import Intake

SUBJECTS = 500
ORDER = {ENTERPRISES.register: 40, VEHICLES.register: 50, PERSONS.register: 60, CREDENTIALS.register: 62}
UNRESOLVED, MERGES, BULK_MERGES = 70, 65, 64
PLACE = ("province", "city", "county")
MENTIONS = {"enterprise": ("name", "uscc"), "vehicle": ("plate", "colour")}
"""What the card of something that is only mentioned says: it has no records."""


def write_subjects(shelf: Shelf, area: Area) -> Iterator[Row]:
    """Every subject of a register whom the region knows, with its key and its records there."""
    hidden, after = hidden_batches(), UUID(int=0)
    cards = area.rows(shelf.card_model).visible(hidden)
    while True:
        chunk = cards.filter(**{f"{shelf.subject}__gt": after}).order_by(shelf.subject)
        subjects = list(dict.fromkeys(chunk.values_list(shelf.subject, flat=True)[:SUBJECTS]))
        if not subjects:
            return
        after = subjects[-1]
        yield from _written(shelf, area, [*subjects, *_behind(shelf, subjects, cards)], cards, hidden)


def _behind(shelf: Shelf, subjects: list[UUID], cards: Any) -> list[UUID]:
    """The leaves that are shown on these subjects' files and have no card of their own in the region."""
    leaves = {each.leaf for each in counted_around(subjects) if each.whole in set(subjects)} - set(subjects)
    own = (
        cards.filter(**{f"{shelf.subject}__in": leaves}).values_list(shelf.subject, flat=True)
        if leaves
        else ()
    )
    return sorted(leaves - set(own))


def _written(shelf: Shelf, area: Area, subjects: list[UUID], cards: Any, hidden: Any) -> Iterator[Row]:
    keys = keys_of(subjects)
    records: dict[UUID, list[Row]] = {subject: [] for subject in subjects}
    for row in area.rows(shelf.source_model).visible(hidden).filter(**{f"{shelf.subject}__in": subjects}):
        subject = getattr(row, shelf.subject)
        facts = {**row.facts, **ledger.open_facts(keys.get(subject), bytes(row.sealed))}
        plain = plain_row(row, "facts", "sealed", "digest", "superseded_by", shelf.subject)
        records[subject].append({**plain, "facts": facts})
    identities_ = shelf.identity._default_manager.in_bulk(subjects)
    mentions: dict[UUID, list[Card]] = {subject: [] for subject in subjects}
    leaves = area.rows(LeafName).filter(register=shelf.register, leaf__in=subjects)
    for card in cards.filter(**{f"{shelf.subject}__in": subjects}).exclude(
        **{f"{shelf.subject}__in": leaves.values("leaf")}
    ):
        mentions[getattr(card, shelf.subject)].append(card)
    for subject in subjects:
        yield {
            "subject": subject,
            "identity": _identity(shelf, identities_[subject]),
            "key": base64.b64encode(keys[subject]).decode() if subject in keys else "",
            "records": records[subject],
            "mentioned": [
                *(
                    _mention(shelf, card)
                    for card in mentions[subject]
                    if getattr(card, "mentioned_only", False)
                ),
                *(_mention_of_leaf(shelf, row) for row in leaves if row.leaf == subject and row.mentioned),
            ],
        }


def _identity(shelf: Shelf, identity: Any) -> Row:
    """What makes the subject the same one elsewhere; a person's number stands in his facts, so does a paper's."""
    if shelf is CREDENTIALS:
        register, holder = holder_of(identity)
        return {"kind": identity.kind, "register": register, "holder": str(holder)}
    return {name: getattr(identity, name) for name in ("uscc", "plate", "colour") if hasattr(identity, name)}


def _mention(shelf: Shelf, card: Any) -> Row:
    names = (*PLACE, "township", "home", "as_of", *MENTIONS.get(shelf.register, ()))
    return {name: getattr(card, name) for name in names}


def _mention_of_leaf(shelf: Shelf, row: LeafName) -> Row:
    """The same of a leaf, whose card has stepped aside."""
    names = (*PLACE, "township", "home", "as_of")
    said = dict(zip(MENTIONS[shelf.register], (row.name, row.code), strict=True))
    return {name: getattr(row, name) for name in names} | said


def take_subjects(shelf: Shelf, joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """Subjects are met or made, records that are new are written, cards computed anew in every place."""
    everybody = [Brought.of(row) for row in rows]
    brought = _let_in(shelf, everybody)
    known = _known(brought)
    met = MEETINGS[shelf.register](joining, [each for each in brought if each.subject not in known])
    today = known | met
    _keep_keys(shelf, brought, today)
    keys = keys_of(set(today.values()))
    written = _write_records(shelf, joining, brought, today, keys)
    mentioned = _write_mentions(shelf, joining, brought, today)
    for place, subjects in written.items():
        renew(shelf, _intake(joining, place), subjects)
    made = sum(1 for former, subject in met.items() if former == subject)
    changed = sum(map(len, written.values()))
    left_out = len(everybody) - len(brought)
    return Counter(made=made, met=len(met) - made, renewed=changed, mentioned=mentioned, barred=left_out)


def _let_in(shelf: Shelf, brought: Sequence[Brought]) -> Sequence[Brought]:
    """Without persons who objected to being kept, and without the papers of whoever is not on file here."""
    if shelf is PERSONS:
        return _admitted(brought)
    if shelf is CREDENTIALS:
        return [each for each, name in zip(brought, paper_names(brought), strict=True) if name]
    return brought


def _admitted(brought: Sequence[Brought]) -> list[Brought]:
    """Without those who were erased here because they objected to being kept."""
    meant = [{digest for row in each.records for digest in erased_digests(row["facts"])} for each in brought]
    barred = barred_digests(set().union(*meant)) if anybody_barred() else frozenset()
    return [each for each, digests in zip(brought, meant, strict=True) if barred.isdisjoint(digests)]


def _known(brought: Sequence[Brought]) -> dict[UUID, UUID]:
    """Those that an earlier archive brought, under the identity of today."""
    formers = [each.subject for each in brought]
    return dict(FormerKey.objects.filter(former__in=formers).values_list("former", "subject"))


def _keep_keys(shelf: Shelf, brought: Sequence[Brought], today: Mapping[UUID, UUID]) -> None:
    """A subject that is new keeps the key that it brought; of one that was met it lies under his own key of today."""
    held = keys_of(set(today.values()))
    kept: dict[UUID, bytes] = {}
    for each in brought:
        if each.key and today[each.subject] not in held:
            kept[today[each.subject]] = each.key
    keep_keys(kept)
    held |= kept
    rows = [
        FormerKey(
            former=each.subject, subject=today[each.subject], subject_kind=shelf.register,
            sealed=seal_with(held[today[each.subject]], base64.b64encode(each.key).decode()) if each.key else b"",
        )
        for each in brought
        if today[each.subject] != each.subject
    ]  # fmt: skip
    FormerKey.objects.bulk_create(rows, ignore_conflicts=True)


def _write_records(
    shelf: Shelf,
    joining: Joining,
    brought: Sequence[Brought],
    today: Mapping[UUID, UUID],
    keys: Mapping[UUID, bytes],
) -> dict[tuple[str, ...], set[UUID]]:
    """Insert the records that are not here yet; the subjects they concern by place."""
    model = shelf.source_model
    rows = [(today[each.subject], record) for each in brought for record in each.records]
    held = set(
        model._default_manager.filter(pk__in=[row["id"] for _, row in rows]).values_list("pk", flat=True)
    )
    names = [each.attname for each in model._meta.concrete_fields]
    found: dict[tuple[str, ...], set[UUID]] = {}
    values = []
    for subject, row in rows:
        plain = read_row(model, row)
        if plain["id"] in held:
            continue
        clear, secret = split(row["facts"], shelf.secret)
        plain |= {
            shelf.subject: subject, "facts": clear, "digest": ledger.digest_of(row["facts"]), "superseded_by": None,
            "sealed": ledger.seal_facts(keys[subject], secret) if secret else b"",
            "batch": plain["batch"] or joining.batch,
        }  # fmt: skip
        values.append([plain[name] for name in names])
        found.setdefault(tuple(plain[name] for name in PLACE), set()).add(subject)
    insert_rows(model, names, values)
    return found


def _write_mentions(
    shelf: Shelf, joining: Joining, brought: Sequence[Brought], today: Mapping[UUID, UUID]
) -> int:
    """Cards of what is only mentioned, where the place has none yet; how many."""
    count = 0
    lines = [(card, today[each.subject]) for each in brought for card in each.mentioned]
    for place, group in groupby(sorted(lines, key=_place_of), key=_place_of):
        intake = _intake(joining, place)
        by_subject = {subject: card for card, subject in group}
        here = leaves_here(shelf, intake, list(by_subject))
        here |= ledger.current_cards(shelf, intake, list(by_subject)).keys()
        cards = {
            subject: _mentioned(shelf, card) for subject, card in by_subject.items() if subject not in here
        }
        ledger.write_cards(shelf, intake, cards, {})
        join_mentions(shelf, intake, list(cards))
        count += len(cards)
    return count


def _mentioned(shelf: Shelf, card: Row) -> dict[str, Any]:
    name, code = (card[each] for each in MENTIONS[shelf.register])
    return mentioned_values(shelf, name, code, date.fromisoformat(card["as_of"]))


def _place_of(line: tuple[Row, UUID]) -> tuple[str, ...]:
    return tuple(line[0][name] for name in PLACE)


def _intake(joining: Joining, place: tuple[str, ...]) -> Intake:
    values = dict(zip(PLACE, place, strict=True))
    return Intake(joining.actor, values, joining.source, ledger.now().date(), "batch", joining.batch)


def _show(shelf: Shelf, batch: UUID) -> None:
    """What came by a form there belongs to no batch here either."""
    shelf.sources.filter(batch=batch).update(batch=None)


def write_unresolved(area: Area) -> Iterator[Row]:
    """Rows that wait for a clerk."""
    rows = area.rows(UnresolvedRow).visible(hidden_batches()).filter(settled_as="").order_by("id")
    for row in rows.iterator():
        facts = from_json(open_sealed(bytes(row.sealed), f"unresolved:{row.pk}"))
        yield {**plain_row(row, "sealed", "digest", "superseded_by"), "facts": facts}


def take_unresolved(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """They wait here as well, sealed anew; whom they may mean is said by today's identities."""
    held = UnresolvedRow.objects.filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True)
    known = set(map(str, held))
    barred = barred_digests({digest for row in rows for digest in erased_digests(row["facts"])})
    new = [row for row in rows if row["id"] not in known and barred.isdisjoint(erased_digests(row["facts"]))]
    today = identities({UUID(candidate) for row in new for candidate in row["candidates"]})
    UnresolvedRow.objects.bulk_create(_waiting(joining, row, row["facts"], today) for row in new)
    return Counter(new=len(new))


def _waiting(joining: Joining, row: Row, facts: Facts, today: Mapping[UUID, UUID]) -> UnresolvedRow:
    values = read_row(UnresolvedRow, {name: value for name, value in row.items() if name != "facts"})
    values |= {
        "candidates": [str(today[UUID(candidate)]) for candidate in row["candidates"]],
        "digest": ledger.digest_of(facts), "batch": values["batch"] or joining.batch,
        "sealed": seal(canonical(facts).encode(), f"unresolved:{row['id']}"),
    }  # fmt: skip
    return UnresolvedRow(**values)


def _carry(shelf: Shelf) -> None:
    name = f"people.{shelf.register}"
    write, take, show = partial(write_subjects, shelf), partial(take_subjects, shelf), partial(_show, shelf)
    CARRIED.add(name, Carried(name, ORDER[shelf.register], write, take, show=show))


for _shelf in (ENTERPRISES, VEHICLES, PERSONS, CREDENTIALS):
    _carry(_shelf)


def _show_unresolved(batch: UUID) -> None:
    UnresolvedRow.objects.filter(batch=batch).update(batch=None)


CARRIED.add(
    "people.unresolved",
    Carried("people.unresolved", UNRESOLVED, write_unresolved, take_unresolved, show=_show_unresolved),
)
CARRIED.add(
    "people.bulk_merges",
    Carried("people.bulk_merges", BULK_MERGES, write_bulk_merges, take_bulk_merges, late=True),
)
CARRIED.add("people.merges", Carried("people.merges", MERGES, write_merges, take_merges, late=True))
