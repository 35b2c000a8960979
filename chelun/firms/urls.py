"""Addresses of the firms app."""

from django.urls import URLPattern, path

from chelun.firms.views import lights

app_name = "firms"
urlpatterns: list[URLPattern] = [
    path("lights/", lights.light_list_page, name="light_list"),
]
