"""Attached files in an archive: each in pieces, so that no line grows large; put together where they arrive, and sealed anew."""

import base64
from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import F

from chelun.core.crypto import Unsealable, open_with, seal_with
from chelun.platform.archives.carried import CARRIED, Area, Carried, Joining, Row, plain_row, read_row
from chelun.platform.archives.selectors import identities
from chelun.platform.evidence import store
from chelun.platform.evidence.models import Evidence
from chelun.platform.evidence.services import match_picture
from chelun.platform.privacy.keys import keys_of, make_keys

ORDER = 95
PIECE = 192 * 1024


def write_evidence(area: Area) -> Iterator[Row]:
    """Every file on a person, firm or vehicle of the region, piece by piece; what cannot be opened any more is left out.

    Requests and changes do not travel, so what is attached to them stays.
    """
    for row in area.rows(Evidence).filter(record=F("subject")).order_by("id").iterator():
        key = keys_of([row.subject]).get(row.subject)
        try:
            content = store.read(row.pk, key) if key else b""
        except (FileNotFoundError, Unsealable):
            continue
        if key and content:
            yield from _pieces(row, key, content)


def _pieces(row: Evidence, key: bytes, content: bytes) -> Iterator[Row]:
    said = {
        "said": open_with(key, bytes(row.sealed), f"evidence:{row.pk}"),
        "shown": open_with(key, bytes(row.prints), f"prints:{row.pk}") if row.prints else "",
    }
    count = -(-len(content) // PIECE)
    for number in range(count):
        piece = base64.b64encode(content[number * PIECE : (number + 1) * PIECE]).decode()
        first = {**plain_row(row, "sealed", "prints"), **said} if number == count - 1 else {"id": row.pk}
        yield {**first, "piece": number, "of": count, "content": piece}


def take_evidence(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """Pieces wait beside one another until the last one comes; a file that is here already stays as it is."""
    counts: Counter[str] = Counter()
    held = set(
        map(str, Evidence.objects.filter(pk__in={row["id"] for row in rows}).values_list("pk", flat=True))
    )
    for row in rows:
        if str(row["id"]) in held:
            continue
        evidence = UUID(str(row["id"]))
        store.lay_by(evidence, row["piece"], base64.b64decode(row["content"]))
        if row["piece"] == row["of"] - 1:
            counts["new" if _taken(row, evidence) else "left_out"] += 1
    return counts


def _taken(row: Row, evidence: UUID) -> bool:
    """Put a file together under the key that its subject has here; not that of a person who was not taken in."""
    content = store.laid_by(evidence, row["of"])
    former = UUID(str(row["subject"]))
    subject = identities([former])[former]
    key = keys_of([subject]).get(subject)
    if key is None and row["holder"] == "person":
        return False
    key = key or make_keys([subject])[subject]
    sealed = seal_with(key, row["said"], f"evidence:{evidence}")
    prints = seal_with(key, row["shown"], f"prints:{evidence}") if row["shown"] else b""
    values = {
        **read_row(Evidence, row),
        "subject": subject,
        "record": subject,
        "sealed": sealed,
        "prints": prints,
    }
    Evidence.objects.create(**values)
    Evidence.objects.filter(pk=evidence).update(added_at=row["added_at"])
    store.keep(evidence, key, content)
    match_picture(evidence)
    return True


CARRIED.add("evidence.file", Carried("evidence.file", ORDER, write_evidence, take_evidence, late=True))
