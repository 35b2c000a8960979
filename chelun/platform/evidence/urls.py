"""Addresses of the evidence app."""

from django.urls import URLPattern, path

from chelun.platform.evidence import views

app_name = "evidence"
urlpatterns: list[URLPattern] = [
    path("<slug:holder>/<uuid:record>/add/", views.add, name="add"),
    path("<uuid:evidence>/", views.open_file, name="open"),
    path("<uuid:evidence>/remove/", views.remove, name="remove"),
]
