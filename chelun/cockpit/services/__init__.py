"""Computing what the cockpit shows: once after each change, never in a page."""

from chelun.cockpit.services.indicators import (
    KIND,
    KIND_LABEL,
    ask_after_change,
    ask_for_computing,
    compute_indicators,
)

__all__ = ["KIND", "KIND_LABEL", "ask_after_change", "ask_for_computing", "compute_indicators"]
