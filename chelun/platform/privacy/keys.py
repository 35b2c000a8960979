"""Each subject's own key: made, opened for reading, sealed anew when the ring turns, destroyed.

Rooms above never touch `SubjectKey` themselves.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from chelun.core.bulk import insert_rows
from chelun.core.crypto import Unsealable, new_key, open_sealed, ring, seal
from chelun.platform.audit.reasons import register_keys
from chelun.platform.privacy.models import SubjectKey

ROTATION_CHUNK = 500


def _context(subject: UUID) -> str:
    return f"subject:{subject}"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that is not stored yet: in the clear, and sealed under the ring."""

    subject: UUID
    key: bytes
    sealed: bytes
    ring_key: str


def new_key_of(subject: UUID) -> NewKey:
    """A fresh key for a new subject."""
    key = new_key()
    return NewKey(subject, key, seal(key, _context(subject)), ring().active)


def store_keys(keys: Sequence[NewKey]) -> dict[UUID, bytes]:
    """Store fresh keys, sealed; by subject in the clear."""
    rows = [(each.subject, each.sealed, each.ring_key) for each in keys]
    insert_rows(SubjectKey, ("subject", "sealed", "ring_key"), rows)
    return {each.subject: each.key for each in keys}


def make_keys(subjects: Collection[UUID]) -> dict[UUID, bytes]:
    """A fresh key for each new subject, stored sealed."""
    return store_keys([new_key_of(subject) for subject in subjects])


def keep_keys(keys: Mapping[UUID, bytes]) -> None:
    """Store keys that subjects brought with them from another installation."""
    rows = [(subject, seal(key, _context(subject)), ring().active) for subject, key in keys.items()]
    insert_rows(SubjectKey, ("subject", "sealed", "ring_key"), rows)


def keys_of(subjects: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys of the subjects that still have one, in one query. An erased subject is not in the answer."""
    rows = SubjectKey.objects.filter(subject__in=list(subjects)).values_list("subject", "sealed")
    return {subject: open_sealed(bytes(sealed), _context(subject)) for subject, sealed in rows}


def key_of(subject: UUID) -> bytes:
    """The key of one subject; Unsealable when it was destroyed."""
    key = keys_of([subject]).get(subject)
    if key is None:
        raise Unsealable("this subject was erased")
    return key


def destroy_keys(subjects: Collection[UUID]) -> int:
    """Erase: what lies under these keys can never be read again. The number of keys destroyed."""
    count, _ = SubjectKey.objects.filter(subject__in=list(subjects)).delete()
    return count


def rewrap_chunk() -> int:
    """Seal up to 500 keys that lie under an older ring key anew under the active one; how many there were."""
    rows = list(SubjectKey.objects.exclude(ring_key=ring().active)[:ROTATION_CHUNK])
    for row in rows:
        row.sealed = seal(open_sealed(bytes(row.sealed), _context(row.subject)), _context(row.subject))
        row.ring_key = ring().active
    SubjectKey.objects.bulk_update(rows, ["sealed", "ring_key"])
    return len(rows)


register_keys(keys_of)
