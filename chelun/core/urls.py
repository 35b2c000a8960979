"""Addresses of what belongs to no room: the choice of language and the style guide."""

from django.urls import URLPattern, path

from chelun.core import views

app_name = "core"
urlpatterns: list[URLPattern] = [
    path("language/", views.language, name="language"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/outlines/", views.styleguide_outlines, name="styleguide_outlines"),
    path("styleguide/confirm/", views.styleguide_confirm, name="styleguide_confirm"),
]
