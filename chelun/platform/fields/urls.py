"""Addresses of the fields app."""

from django.urls import URLPattern, path

from chelun.platform.fields import views

app_name = "fields"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("<region:code>/", views.place_fields, name="place"),
    path("<region:code>/new/", views.add, name="add"),
    path("<uuid:own_field>/", views.change, name="change"),
    path("<uuid:own_field>/rest/", views.rest, name="rest"),
]
