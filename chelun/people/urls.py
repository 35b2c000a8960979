"""Addresses of the people app. `subject` stands veiled in them (chelun.platform.privacy.addresses)."""

from django.urls import URLPattern, path

from chelun.people.views import (
    changes,
    copies,
    entry,
    export,
    files,
    glass,
    lists,
    merging,
    past,
    ranks,
    reveal,
    search,
    unresolved,
    verdicts,
)

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("search/", search.search, name="search"),
    path("persons/", lists.person_list_page, name="person_list"),
    path("persons/new/", entry.person_new, name="person_new"),
    path("persons/<subject:person>/", files.person_detail, name="person_detail"),
    path("persons/<subject:person>/correct/", changes.person_correct, name="person_correct"),
    path("persons/<subject:person>/copy/", copies.person_copy, name="person_copy"),
    path("persons/<subject:person>/leave/<uuid:engagement>/", changes.engagement_end, name="engagement_end"),
    path("enterprises/", lists.enterprise_list_page, name="enterprise_list"),
    path("enterprises/new/", entry.enterprise_new, name="enterprise_new"),
    path("enterprises/<subject:enterprise>/", files.enterprise_detail, name="enterprise_detail"),
    path("vehicles/", lists.vehicle_list_page, name="vehicle_list"),
    path("vehicles/new/", entry.vehicle_new, name="vehicle_new"),
    path("vehicles/<subject:vehicle>/", files.vehicle_detail, name="vehicle_detail"),
    path("<slug:register>/<subject:subject>/merge/", merging.file_merge, name="file_merge"),
    path(
        "<slug:register>/<subject:subject>/merge/<subject:other>/", merging.file_compare, name="file_compare"
    ),
    path("merges/", merging.merge_list_page, name="merge_list"),
    path("merges/<uuid:merge>/undo/", merging.merge_undo, name="merge_undo"),
    path("<slug:register>/<subject:subject>/reveal/<slug:field>/", reveal.reveal, name="reveal"),
    path("<slug:register>/<subject:subject>/past/", past.past, name="past"),
    path("glass/", glass.glass_ask, name="glass_ask"),
    path("glass/<uuid:glass>/", glass.glass_file, name="glass_file"),
    path("glass/<uuid:glass>/close/", glass.glass_close, name="glass_close"),
    path("unresolved/", unresolved.unresolved_list_page, name="unresolved_list"),
    path("unresolved/<uuid:row>/", unresolved.unresolved_detail, name="unresolved_detail"),
    path("verdicts/", verdicts.verdict_list_page, name="verdict_list"),
    path("ranks/", ranks.rank_list, name="rank_list"),
    path("ranks/new/<slug:register>/", ranks.rank_new, name="rank_new"),
    path("ranks/<uuid:rank>/", ranks.rank_change, name="rank_change"),
    path("ranks/<uuid:rank>/apply/", ranks.rank_apply, name="rank_apply"),
    path("ranks/<uuid:rank>/drop/", ranks.rank_drop, name="rank_drop"),
    path("exports/new/<slug:register>/", export.export_new, name="export_new"),
]
