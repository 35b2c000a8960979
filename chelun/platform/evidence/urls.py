"""Addresses of the evidence app. The key of a record stands veiled in them: it may be a person."""

from django.urls import URLPattern, path

from chelun.platform.evidence import views

app_name = "evidence"
urlpatterns: list[URLPattern] = [
    path("<slug:holder>/<subject:record>/add/", views.add, name="add"),
    path("<uuid:evidence>/", views.open_file, name="open"),
    path("<uuid:evidence>/remove/", views.remove, name="remove"),
]
