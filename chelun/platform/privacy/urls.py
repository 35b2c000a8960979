"""Addresses of the privacy app; the converter `subject` serves the rooms above as well, whose addresses come later."""

from django.urls import URLPattern, path, register_converter

from chelun.platform.privacy.addresses import SubjectConverter
from chelun.platform.privacy.views import erasures

register_converter(SubjectConverter, "subject")

app_name = "privacy"
urlpatterns: list[URLPattern] = [
    path("erasures/", erasures.erasure_list, name="erasure_list"),
    path("erasures/new/<slug:kind>/<subject:subject>/", erasures.erasure_new, name="erasure_new"),
    path("erasures/<uuid:erasure>/", erasures.erasure_detail, name="erasure_detail"),
    path("erasures/<uuid:erasure>/approve/", erasures.erasure_approve, name="erasure_approve"),
    path("erasures/<uuid:erasure>/decline/", erasures.erasure_decline, name="erasure_decline"),
    path("erasures/<uuid:erasure>/lift/", erasures.bar_lift, name="bar_lift"),
]
