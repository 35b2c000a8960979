"""Reads of archives: what was joined, and under which identities a subject came."""

from base64 import b64decode
from collections.abc import Collection, Iterable
from uuid import UUID

from chelun.core.crypto import open_with
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.archives.models import FormerKey, JoinedArchive
from chelun.platform.audit.reasons import register_keys
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.acts import Act
from chelun.platform.regions.selectors import placed


def identities(formers: Iterable[UUID]) -> dict[UUID, UUID]:
    """Under which identity each subject of an archive is known here: most under the same one."""
    asked = list(formers)
    known = dict(FormerKey.objects.filter(former__in=asked).values_list("former", "subject"))
    return {former: known.get(former, former) for former in asked}


def former_identities(subject: UUID) -> list[UUID]:
    """Under which other identities installations that were joined knew a subject."""
    return list(FormerKey.objects.filter(subject=subject).values_list("former", flat=True))


def names_of_acts(acts: Iterable[Act]) -> dict[Act, str]:
    """The persons who did something in a place (place, log-in), for rows that travel in archives. Two queries.

    In a place of which an archive has come, a log-in stands as it was written: it may be somebody else's there.
    """
    told = set(acts)
    levels = JoinedArchive.objects.values_list("county", "city", "province") if told else ()
    came = {county or city or province for county, city, province in levels}
    here = {place for place in {place for place, _login in told} if came.isdisjoint(placed(place).values())}
    names = person_names(login for place, login in told if place in here)
    return {(place, login): names[login] if place in here else login for place, login in told}


def former_keys(formers: Collection[UUID]) -> dict[UUID, bytes]:
    """The keys that subjects had where they came from under another identity, as long as they have one here."""
    rows = list(FormerKey.objects.filter(former__in=formers).exclude(sealed=b""))
    today = keys_of({row.subject for row in rows}) if rows else {}
    return {
        row.former: b64decode(open_with(today[row.subject], bytes(row.sealed)))
        for row in rows
        if row.subject in today
    }


register_keys(former_keys)
