"""Addresses of the firms app."""

from django.urls import URLPattern, path

from chelun.firms.views import books, lights, registers

app_name = "firms"
urlpatterns: list[URLPattern] = [
    path("lights/", lights.light_list_page, name="light_list"),
    path("lights/export/", books.light_export, name="light_export"),
    path("registers/crossed/", registers.crossed_list, name="crossed_list"),
    path("registers/", registers.registers, name="registers"),
    path("registers/new/", registers.register_new, name="register_new"),
    path("registers/<slug:threshold>/", registers.register_detail, name="register_detail"),
    path("registers/<slug:threshold>/export/", books.register_export, name="register_export"),
    path("registers/<slug:threshold>/list/", books.register_list_in, name="register_list_in"),
    path("registers/<slug:threshold>/<uuid:stay>/end/", books.stay_end, name="stay_end"),
    path("registers/<slug:threshold>/rule/", registers.rule_change, name="rule_change"),
    path("registers/<slug:threshold>/follow/", registers.rule_follow, name="rule_follow"),
    path("registers/<slug:threshold>/noted/", registers.crossings_noted, name="crossings_noted"),
]
