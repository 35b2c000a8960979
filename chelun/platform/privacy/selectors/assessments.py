"""Reads of impact assessments, and what goes on without one."""

from uuid import UUID

from django.db.models import QuerySet

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.platform.privacy.assessing import NEEDS, Need
from chelun.platform.privacy.models import Assessment
from chelun.platform.privacy.services.assessments import is_assessed
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.regions.words import home_region


def assessment_list(scope: Scope) -> QuerySet[Assessment]:
    """Those of these places, the newest first."""
    return Assessment.objects.in_scope(scope).order_by("-id")


def assessment_one(scope: Scope, pk: UUID) -> Assessment:
    """One of them; NotFound outside the places."""
    found = assessment_list(scope).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def unassessed(region: str) -> list[Need]:
    """What goes on in a region without an assessment in force."""
    return [
        need for need in NEEDS if not is_assessed(region, need.occasion) and need.goes_on(region)
    ] if region else []  # fmt: skip


def count_unassessed(actor: Actor) -> int:
    """How much goes on in the actor's region that nobody has assessed."""
    return len(unassessed(home_region(actor.scope_for(DECIDE))))
