"""What goes by its term is counted no longer: the indicators follow a night of deletion as they follow an erasure."""

from datetime import date

import pytest
from django.utils import timezone

from chelun.cockpit.models import Computation, IndicatorValue
from chelun.cockpit.services import KIND, compute_indicators
from chelun.core.actors import SystemActor
from chelun.people.models import PersonCard, PersonSource
from chelun.people.tests.desk import ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.privacy.services.clearing import count_again, review_terms
from chelun.platform.privacy.services.retention import approve_switch, propose_switch
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
OLD = ("甄早走", number(71), phone(71), "货车", "", "")
NEW = ("留下来", number(72), phone(72), "货车", "", "")
LONG_AGO = date(2019, 5, 6)


def persons() -> int:
    found = IndicatorValue.objects.filter(indicator="people.persons", code=ZIYANG, part="")
    return int(found.latest("computation_id").value)


def night() -> None:
    """What the worker does every day, without the daily computing."""
    review_terms(SystemActor("test"))
    run_waiting()


def test_indicators_are_counted_again_after_a_deletion_by_term() -> None:
    ensure_regions()
    bring(sheet([OLD, NEW]))
    rows = PersonSource.objects.filter(person=PersonCard.objects.get(name=OLD[0]).person_id)
    rows.update(as_of=LONG_AGO, known_at=timezone.now() - (timezone.localdate() - LONG_AGO))
    run_waiting()
    Job.objects.all().delete()
    compute_indicators()
    assert persons() == 2
    count_again()
    first, second = user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)
    approve_switch(actor=second, switch=propose_switch(actor=first, region=ZIYANG).pk)
    assert persons() == 2
    night()
    assert Job.objects.get(kind=KIND).state == State.DONE
    assert persons() == 1
    # A night in which nothing went asks for nothing.
    before = Computation.objects.latest("computed_at").computed_at
    night()
    assert Job.objects.filter(kind=KIND).count() == 1
    assert Computation.objects.latest("computed_at").computed_at == before
