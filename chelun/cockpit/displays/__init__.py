"""What the cockpit's pages show, as values of `chelun.core.ui`: a region, one indicator, the map of a day, a cross table."""

from chelun.cockpit.displays.asof import AsOfDisplay
from chelun.cockpit.displays.cross import CrossDisplay
from chelun.cockpit.displays.indicator import IndicatorDisplay
from chelun.cockpit.displays.region import RegionDisplay

__all__ = ["AsOfDisplay", "CrossDisplay", "IndicatorDisplay", "RegionDisplay"]
