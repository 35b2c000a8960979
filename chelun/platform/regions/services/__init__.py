"""Writes of the regions app: the published tables, and what places decide."""

from chelun.platform.regions.services.loading import Loaded, load_regions, store_regions
from chelun.platform.regions.services.settings import (
    clear_place_setting,
    keep_place_setting,
    set_place_setting,
)

__all__ = [
    "Loaded",
    "clear_place_setting",
    "keep_place_setting",
    "load_regions",
    "set_place_setting",
    "store_regions",
]
