"""Reads of the cockpit: what was computed. A page never counts."""

from chelun.cockpit.selectors.indicators import (
    View,
    computation_of,
    computed_days,
    day_of,
    earlier_view,
    home_codes,
    indicator_named,
    known_indicators,
    most_of_days,
    region_view,
    trend,
)

__all__ = [
    "View",
    "computation_of",
    "computed_days",
    "day_of",
    "earlier_view",
    "home_codes",
    "indicator_named",
    "known_indicators",
    "most_of_days",
    "region_view",
    "trend",
]
