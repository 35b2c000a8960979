"""All addresses, room by room."""

from django.urls import URLPattern, URLResolver, include, path

from chelun.cockpit.views.home import root
from config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", root, name="home"),
    path("", include("chelun.cockpit.urls")),
    path("", include("chelun.core.urls")),
    path("accounts/", include("chelun.platform.accounts.urls")),
    path("regions/", include("chelun.platform.regions.urls")),
    path("jobs/", include("chelun.platform.jobs.urls")),
    path("sheets/", include("chelun.platform.sheets.urls")),
    path("fields/", include("chelun.platform.fields.urls")),
    path("privacy/", include("chelun.platform.privacy.urls")),
    path("evidence/", include("chelun.platform.evidence.urls")),
    path("people/", include("chelun.people.urls")),
    path("firms/", include("chelun.firms.urls")),
    path("desk/", include("chelun.desk.urls")),
    path("families/", include("chelun.families.urls")),
    path("scenarios/", include("scenarios.urls")),
]
