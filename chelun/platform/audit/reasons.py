"""Free reasons about subjects: in the trail they lie sealed under the subjects' keys, so that whoever loses his key loses them too.

The trail knows no keys. Higher rooms say how keys are found (`register_keys`); about somebody without one a reason stays readable.
"""

import base64
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chelun.core.crypto import Unsealable, open_with, seal_with
from chelun.core.jsontext import from_json
from chelun.platform.audit.models import TrailRow
from chelun.platform.audit.wording import purpose_label

Keys = Callable[[Collection[UUID]], Mapping[UUID, bytes]]
REASON = "reason"
"""Under this name a sealed reason lies among a row's new values."""
_CONTEXT = "audit.reason"
_NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_sources: list[Keys] = []


def register_keys(source: Keys) -> None:
    """`source` answers the keys of those subjects that it knows and that still have one. Called once, at start."""
    if source not in _sources:
        _sources.append(source)


def keys_for(subjects: Iterable[str]) -> dict[str, bytes]:
    """The keys of subjects by their number as text; one query for each source, none when nobody is asked for."""
    wanted = {UUID(subject) for subject in subjects if _NUMBER.fullmatch(subject)}
    found = {subject: key for source in _sources for subject, key in source(wanted).items()} if wanted else {}
    return {str(subject): key for subject, key in found.items()}


def sealed_reason(reason: str, about: Collection[str], keys: Mapping[str, bytes]) -> dict[str, Any] | None:
    """A reason under the keys of all whom it is about, one around the other; None where nobody has a key."""
    under = [subject for subject in about if subject in keys]
    if not under:
        return None
    text = reason
    for subject in under:
        text = base64.b64encode(seal_with(keys[subject], text, _CONTEXT)).decode()
    return {"sealed": text, "under": under}


def purposes_of(rows: Sequence[TrailRow]) -> dict[Any, str]:
    """Why each of some rows was done, in the reader's words: «已抹除» where a key that it lay under is destroyed."""
    sealed = {row.pk: found for row in rows if (found := _sealed(row.new))}
    keys = keys_for({subject for found in sealed.values() for subject in found["under"]})
    told = {pk: _opened(found, keys) for pk, found in sealed.items()}
    return {row.pk: told[row.pk] if row.pk in told else purpose_label(row.purpose) for row in rows}


def _sealed(new: str) -> Mapping[str, Any] | None:
    if f'"{REASON}"' not in new:
        return None
    found = from_json(new)
    reason = found.get(REASON) if isinstance(found, dict) else None
    return reason if isinstance(reason, dict) and reason.keys() == {"sealed", "under"} else None


def _opened(found: Mapping[str, Any], keys: Mapping[str, bytes]) -> str:
    text = found["sealed"]
    try:
        for subject in reversed(found["under"]):
            text = open_with(keys[subject], base64.b64decode(text), _CONTEXT)
    except (KeyError, ValueError, Unsealable):
        return _("已抹除")
    return str(text)
