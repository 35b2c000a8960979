"""Reads of privacy: who looked at a file."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from chelun.platform.privacy.models import AccessRecord


def access_list(*, subject: UUID, regions: Collection[str]) -> QuerySet[AccessRecord]:
    """Everybody who looked at what these places (their own codes) know of one subject, newest first."""
    return AccessRecord.objects.filter(subject=subject, region__in=regions).order_by("-at")
