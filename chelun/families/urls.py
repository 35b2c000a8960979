"""Addresses of families."""

from django.urls import URLPattern, path

from chelun.families.views import files, lists, registering

app_name = "families"
urlpatterns: list[URLPattern] = [
    path("", lists.relative_list_page, name="relative_list"),
    path("minors/", lists.minor_list_page, name="minor_list"),
    path("wishes/", lists.wish_list_page, name="wish_list"),
    path("of/<subject:person>/", lists.family_page, name="of_person"),
    path("of/<subject:person>/wish/", registering.wish_new, name="wish_new"),
    path("of/<subject:person>/new/", registering.relative_new, name="relative_new"),
    path("of/<subject:person>/new-minor/", registering.minor_new, name="minor_new"),
    path("wishes/<uuid:wish>/drop/", registering.wish_drop, name="wish_drop"),
    path("<subject:relative>/", files.relative_detail, name="relative_detail"),
    path("<subject:relative>/consent/", registering.relative_renew, name="relative_renew"),
    path("<subject:relative>/correct/", registering.relative_correct, name="relative_correct"),
    path("<subject:relative>/withdraw/", registering.relative_withdraw, name="relative_withdraw"),
    path("<subject:relative>/copy/", files.relative_copy, name="relative_copy"),
    path("<subject:relative>/reveal/<slug:field>/", files.reveal, name="reveal"),
]
