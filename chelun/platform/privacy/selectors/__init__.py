"""Reads of privacy: who looked, erasures, requests, notices, consents (`base`); what is beyond its term and what holds it (`retention`)."""

from chelun.platform.privacy.selectors.base import (
    OPEN,
    OVERDUE,
    Asked,
    Proof,
    access_list,
    consent_list,
    count_overdue,
    count_requests,
    count_undecided,
    erasure_list,
    erasure_proof,
    notice_list,
    notice_places,
    request_asked,
    request_list,
    subject_shown,
)

__all__ = [
    "OPEN",
    "OVERDUE",
    "Asked",
    "Proof",
    "access_list",
    "consent_list",
    "count_overdue",
    "count_requests",
    "count_undecided",
    "erasure_list",
    "erasure_proof",
    "notice_list",
    "notice_places",
    "request_asked",
    "request_list",
    "subject_shown",
]
