"""Addresses of the sheets app."""

from django.urls import path

from chelun.platform.sheets.views import files, imports, layouts, mapping, publication, upload

app_name = "sheets"
urlpatterns = [
    path("", imports.import_list_page, name="import_list"),
    path("new/", upload.import_new, name="import_new"),
    path("templates/<slug:register>/", files.template_download, name="template_download"),
    path("exports/", files.export_list_page, name="export_list"),
    path("exports/<uuid:file_id>/", files.export_download, name="export_download"),
    path("layouts/", layouts.layout_list, name="layout_list"),
    path("layouts/new/", layouts.layout_new, name="layout_new"),
    path("layouts/<uuid:layout_id>/", layouts.layout_map, name="layout_map"),
    path("layouts/<uuid:layout_id>/rest/", layouts.layout_rest, name="layout_rest"),
    path("<uuid:import_id>/", imports.import_detail, name="import_detail"),
    path("<uuid:import_id>/mapping/", mapping.import_mapping, name="import_mapping"),
    path("<uuid:import_id>/refused/", imports.import_refused, name="import_refused"),
    path("<uuid:import_id>/differences/", imports.import_differences, name="import_differences"),
    path("<uuid:import_id>/refusals/", files.refusals_download, name="refusals_download"),
    path("<uuid:import_id>/publish/", publication.import_publish, name="import_publish"),
    path("<uuid:import_id>/continue/", publication.import_continue, name="import_continue"),
    path("<uuid:import_id>/cancel/", publication.import_cancel, name="import_cancel"),
    path("<uuid:import_id>/undo/", publication.import_undo, name="import_undo"),
]
