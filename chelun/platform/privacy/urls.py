"""Addresses of the privacy app; the converter `subject` serves the rooms above as well, whose addresses come later."""

from django.urls import URLPattern, path, register_converter

from chelun.platform.privacy.addresses import SubjectConverter
from chelun.platform.privacy.views import assessments, erasures, glass, notices, requests, retention

register_converter(SubjectConverter, "subject")

app_name = "privacy"
urlpatterns: list[URLPattern] = [
    path("purposes/", notices.purposes, name="purposes"),
    path("notice/", notices.notice_places, name="notice_places"),
    path("notice/<slug:region>/", notices.notice, name="notice"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/new/", notices.notice_new, name="notice_new"),
    path("consents/<slug:kind>/<subject:subject>/", notices.consents, name="consents"),
    path("consents/<uuid:consent>/withdraw/", notices.consent_withdraw, name="consent_withdraw"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/new/<slug:kind>/<subject:subject>/", requests.request_choose, name="request_choose"),
    path("requests/new/<slug:kind>/<subject:subject>/<slug:what>/", requests.request_new, name="request_new"),
    path("requests/<uuid:asking>/", requests.request_detail, name="request_detail"),
    path("requests/<uuid:asking>/take/", requests.request_take, name="request_take"),
    path("requests/<uuid:asking>/grant/", requests.request_grant, name="request_grant"),
    path("requests/<uuid:asking>/delete/", requests.request_delete, name="request_delete"),
    path("requests/<uuid:asking>/refuse/", requests.request_refuse, name="request_refuse"),
    path("requests/<uuid:asking>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path("erasures/", erasures.erasure_list, name="erasure_list"),
    path("erasures/new/<slug:kind>/<subject:subject>/", erasures.erasure_new, name="erasure_new"),
    path("erasures/<uuid:erasure>/", erasures.erasure_detail, name="erasure_detail"),
    path("erasures/<uuid:erasure>/approve/", erasures.erasure_approve, name="erasure_approve"),
    path("erasures/<uuid:erasure>/decline/", erasures.erasure_decline, name="erasure_decline"),
    path("erasures/<uuid:erasure>/lift/", erasures.bar_lift, name="bar_lift"),
    path("retention/", retention.keeping_page, name="retention"),
    path("retention/count/", retention.count_now, name="retention_count"),
    path("retention/switches/", retention.switch_list_page, name="switch_list"),
    path("retention/switches/new/", retention.switch_new, name="switch_new"),
    path("retention/switches/<uuid:switch>/", retention.switch_detail, name="switch_detail"),
    path("retention/switches/<uuid:switch>/approve/", retention.switch_approve, name="switch_approve"),
    path("retention/switches/<uuid:switch>/end/", retention.switch_end, name="switch_end"),
    path("retention/proofs/", retention.proof_list_page, name="proof_list"),
    path("glass/", glass.glass_list_page, name="glass_list"),
    path("glass/areas/", glass.area_list_page, name="glass_areas"),
    path("glass/areas/<uuid:area>/end/", glass.area_end, name="glass_area_end"),
    path("glass/reviews/", glass.review_list_page, name="glass_reviews"),
    path("glass/<uuid:glass>/tell/", glass.glass_tell, name="glass_tell"),
    path("glass/<uuid:glass>/review/", glass.glass_review, name="glass_review"),
    path("assessments/", assessments.assessment_list_page, name="assessment_list"),
    path("assessments/new/", assessments.assessment_new, name="assessment_new"),
    path("assessments/<uuid:assessment>/", assessments.assessment_detail, name="assessment_detail"),
    path("holds/", retention.hold_list_page, name="hold_list"),
    path("holds/new/<slug:kind>/<subject:subject>/", retention.hold_new, name="hold_new"),
    path("holds/<uuid:hold>/", retention.hold_detail, name="hold_detail"),
    path("holds/<uuid:hold>/release/", retention.hold_release, name="hold_release"),
]
