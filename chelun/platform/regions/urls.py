"""Addresses of the regions app."""

from django.urls import URLPattern, path, register_converter

from chelun.platform.regions.views import browse, outlines, settings


class CodeConverter:
    """A region's code in an address: 6 digits, or 9 for a township."""

    regex = r"\d{6}(?:\d{3})?"

    def to_python(self, value: str) -> str:
        """The digits."""
        return value

    def to_url(self, value: str) -> str:
        """The digits."""
        return value


register_converter(CodeConverter, "region")

app_name = "regions"
urlpatterns: list[URLPattern] = [
    path("", browse.region_list, name="region_list"),
    path("search/", browse.search, name="search"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<region:code>/", settings.settings_of, name="settings_of"),
    path("settings/<region:code>/<str:key>/", settings.setting_change, name="setting_change"),
    path("<region:code>/", browse.region_detail, name="region_detail"),
    path("<region:code>/outline/", outlines.outline_file, name="outline"),
]
