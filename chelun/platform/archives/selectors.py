"""Reads of archives: what was joined, and under which identities a subject came."""

from collections.abc import Iterable
from uuid import UUID

from chelun.platform.archives.models import FormerKey


def identities(formers: Iterable[UUID]) -> dict[UUID, UUID]:
    """Under which identity each subject of an archive is known here: most under the same one."""
    asked = list(formers)
    known = dict(FormerKey.objects.filter(former__in=asked).values_list("former", "subject"))
    return {former: known.get(former, former) for former in asked}


def former_identities(subject: UUID) -> list[UUID]:
    """Under which other identities installations that were joined knew a subject."""
    return list(FormerKey.objects.filter(subject=subject).values_list("former", flat=True))
