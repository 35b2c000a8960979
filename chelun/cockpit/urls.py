"""Addresses of the cockpit and of the start page."""

from django.urls import path

from chelun.cockpit.views import asof, crosses, deviations, home, indicators, quality, region, walls

app_name = "cockpit"
urlpatterns = [
    path("start/", home.start, name="start"),
    path("cockpit/", region.own_region, name="own_region"),
    path("cockpit/indicators/", indicators.indicator_list, name="indicator_list"),
    path("cockpit/quality/", quality.quality, name="quality"),
    path("cockpit/quality/table/", quality.quality_table, name="quality_table"),
    path("cockpit/quality/places/", quality.quality_places, name="quality_places"),
    path("cockpit/quality/places/table/", quality.quality_places_table, name="quality_places_table"),
    path("cockpit/quality/truth/", quality.quality_truth, name="quality_truth"),
    path("cockpit/quality/truth/table/", quality.quality_truth_table, name="quality_truth_table"),
    path("cockpit/quality/firms/", quality.quality_firms, name="quality_firms"),
    path("cockpit/quality/firms/table/", quality.quality_firms_table, name="quality_firms_table"),
    path("cockpit/walls/", walls.wall_list, name="wall_list"),
    path("cockpit/walls/new/", walls.wall_new, name="wall_new"),
    path("cockpit/walls/<uuid:screen>/", walls.wall_detail, name="wall_detail"),
    path("wall/", walls.wall, name="wall"),
    path("wall/start/<str:token>/", walls.wall_start, name="wall_start"),
    path("wall/outline/", walls.wall_outline, name="wall_outline"),
    path("cockpit/compute/", region.compute, name="compute"),
    path("cockpit/<slug:code>/", region.region_page, name="region"),
    path("cockpit/<slug:code>/table/", region.region_table, name="region_table"),
    path("cockpit/<slug:code>/deviations/", deviations.deviations, name="deviations"),
    path("cockpit/<slug:code>/deviations/table/", deviations.deviations_table, name="deviations_table"),
    path("cockpit/<slug:code>/map/", asof.map_of_day, name="map"),
    path("cockpit/<slug:code>/cross/", crosses.cross, name="cross"),
    path("cockpit/<slug:code>/cross/compute/", crosses.cross_compute, name="cross_compute"),
    path("cockpit/<slug:code>/cross/table/", crosses.cross_table, name="cross_table"),
    path("cockpit/<slug:code>/<str:indicator>/", indicators.indicator, name="indicator"),
    path("cockpit/<slug:code>/<str:indicator>/table/", indicators.indicator_table, name="indicator_table"),
]
