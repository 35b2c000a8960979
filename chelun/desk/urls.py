"""Addresses of the desk."""

from django.urls import URLPattern, path

from chelun.desk.views import changes, reveal, work

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("changes/", changes.change_list_page, name="change_list"),
    path("changes/new/<subject:person>/", changes.change_new, name="change_new"),
    path("changes/new/firm/<subject:enterprise>/", changes.change_of_firm, name="change_of_firm"),
    path("changes/new/vehicle/<subject:vehicle>/", changes.change_of_vehicle, name="change_of_vehicle"),
    path("changes/<uuid:change>/", changes.change_page, name="change_detail"),
    path("changes/<uuid:change>/edit/", changes.change_edit, name="change_edit"),
    path("changes/<uuid:change>/check/", changes.change_check, name="change_check"),
    path("changes/<uuid:change>/reveal/<slug:field>/", reveal.change_reveal, name="change_reveal"),
    path("changes/<uuid:change>/hand-in/", changes.change_hand_in, name="change_hand_in"),
    path("changes/<uuid:change>/withdraw/", changes.change_withdraw, name="change_withdraw"),
    path("work/", work.work_list, name="work_list"),
    path("work/mine/", work.work_rows, name="work_rows"),
    path("work/new/<slug:register>/", work.work_new, name="work_new"),
    path("work/<uuid:work>/", work.work_detail, name="work_detail"),
    path("work/<uuid:work>/edit/", work.work_edit, name="work_edit"),
    path("work/<uuid:work>/mark/", work.work_mark, name="work_mark"),
    path("work/<uuid:work>/end/", work.work_end, name="work_end"),
]
