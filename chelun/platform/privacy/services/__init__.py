"""Writes of privacy. `looking`: revealing, look-ups, who looked; `erasing`: taking somebody out of everything."""

from chelun.platform.privacy.services.looking import (
    NOBODY,
    note_export,
    note_opening,
    note_openings,
    spend_lookup,
    spend_reveal,
)

__all__ = [
    "NOBODY",
    "note_export",
    "note_opening",
    "note_openings",
    "spend_lookup",
    "spend_reveal",
]
