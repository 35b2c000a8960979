"""Writes of privacy. `looking`: revealing, look-ups, who looked; `erasing`: taking somebody out of everything."""

from chelun.platform.privacy.services.looking import (
    NOBODY,
    REASON_LETTERS,
    note_export,
    note_opening,
    note_openings,
    spend_lookup,
    spend_reveal,
)

__all__ = [
    "NOBODY",
    "REASON_LETTERS",
    "note_export",
    "note_opening",
    "note_openings",
    "spend_lookup",
    "spend_reveal",
]
