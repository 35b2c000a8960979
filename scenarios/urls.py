"""Addresses of the example places."""

from django.urls import URLPattern, path

from scenarios import views

app_name = "scenarios"
urlpatterns: list[URLPattern] = [
    path("", views.places, name="places"),
    path("<slug:name>/load/", views.load, name="load"),
]
