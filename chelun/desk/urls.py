"""Addresses of the desk."""

from django.urls import URLPattern, path

from chelun.desk.views import changes

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("changes/", changes.change_list_page, name="change_list"),
    path("changes/new/<subject:person>/", changes.change_new, name="change_new"),
    path("changes/<uuid:change>/", changes.change_page, name="change_detail"),
    path("changes/<uuid:change>/check/", changes.change_check, name="change_check"),
    path("changes/<uuid:change>/hand-in/", changes.change_hand_in, name="change_hand_in"),
    path("changes/<uuid:change>/withdraw/", changes.change_withdraw, name="change_withdraw"),
]
