"""A number follows a change by hand as it follows an import: one computing for all that changed, and none is forgotten."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from chelun.cockpit.models import Computation, IndicatorValue
from chelun.cockpit.services import KIND, ask_after_change, compute_indicators
from chelun.cockpit.services.indicators import REST
from chelun.people.models import Engagement, EnterpriseCard, Merge, PersonCard, PersonSource, UnresolvedRow
from chelun.people.services.correcting import correct_file
from chelun.people.services.corrections import correct_person, end_engagement
from chelun.people.services.door import bring as bring_one
from chelun.people.services.forgetting import forget_value
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.services.papers import register_paper
from chelun.people.services.requests import carry_out_foreign
from chelun.people.services.settling import settle_unresolved
from chelun.people.tests.desk import CLERK, ZIYANG, bring, number, phone, sheet
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import claim, run_claimed
from chelun.platform.jobs.models import Job
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db(transaction=True)
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WANG = ("王二", number(22), phone(2), "快递、外卖", "", "")
REASON = "本人要求更正"


@pytest.fixture(autouse=True)
def _desk() -> None:
    ensure_regions()
    bring(sheet([LI, WANG]))
    bring(sheet([("李一", number(11), phone(3), "货车", "", "")]), source="平台")
    Job.objects.all().delete()


def waiting() -> int:
    return Job.objects.filter(kind=KIND, state=State.QUEUED).count()


def ask() -> None:
    with transaction.atomic():
        ask_after_change(actor=CLERK)


def run_computing() -> None:
    Job.objects.filter(kind=KIND).update(run_after=timezone.now())
    while job := claim("test"):
        run_claimed(job)


def counted(indicator: str, part: str = "") -> int:
    found = IndicatorValue.objects.filter(indicator=indicator, code=ZIYANG, part=part)
    return sum(found.values_list("value", flat=True))


def li() -> UUID:
    return PersonCard.objects.get(name="李一").person_id


def wang() -> UUID:
    return PersonCard.objects.get(name="王二").person_id


def firm() -> UUID:
    return EnterpriseCard.objects.get().enterprise_id


def settle() -> None:
    bring(sheet([("李一", "", "", "公交", "", "")]), source="通讯录")
    Job.objects.all().delete()
    settle_unresolved(actor=CLERK, row=UnresolvedRow.objects.get().pk, person=None)


def take_off() -> None:
    row = PersonSource.objects.get(source="平台", superseded_by=None)
    with transaction.atomic():
        carry_out_foreign(CLERK, li(), ZIYANG, {"record": str(row.pk)})


def merge() -> None:
    merge_files(actor=CLERK, register="person", leaf=wang(), canonical=li(), reason=REASON, wrong=wang())


def part() -> None:
    merge()
    Job.objects.all().delete()
    unmerge_files(actor=CLERK, merge=Merge.objects.get().pk, reason=REASON)


ACTS: dict[str, Callable[[], object]] = {
    "enter": lambda: bring_one("person", actor=CLERK, region=ZIYANG, raw={"name": "孙四", "kinds": "公交"}),
    "correct a person": lambda: correct_person(actor=CLERK, person=wang(), home=ZIYANG, raw={"kinds": "公交"}),
    "end an employment": lambda: end_engagement(
        actor=CLERK,
        person=li(),
        engagement=Engagement.objects.filter(person=li()).exclude(enterprise=None).get().pk,
        to_date=timezone.localdate(),
    ),
    "correct a firm": lambda: correct_file(
        actor=CLERK, register="enterprise", subject=firm(), home=ZIYANG, raw={"address": "紫阳县城关镇"}
    ),
    "enter a paper": lambda: register_paper(
        actor=CLERK, register="person", subject=li(), home=ZIYANG, raw={"paper": "qualification", "presence": "light_vehicle"}
    ),
    "settle a row": settle,
    "take a record off": take_off,
    "forget a value": lambda: forget_value(
        actor=CLERK, register="person", subject=li(), field="phones", value=phone(3), reason=REASON
    ),
    "merge": merge,
    "part": part,
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_each_change_by_hand_asks_for_one_computing(act: str) -> None:
    assert waiting() == 0
    ACTS[act]()
    assert waiting() == 1


def test_number_follows_a_correction() -> None:
    compute_indicators()
    assert (counted("people.persons", "bus"), counted("people.persons")) == (0, 2)
    correct_person(actor=CLERK, person=wang(), home=ZIYANG, raw={"kinds": "公交"})
    run_computing()
    assert (counted("people.persons", "bus"), counted("people.persons")) == (1, 2)
    take_off()
    run_computing()
    assert counted("people.persons") == 2


def test_many_changes_share_one_computing_and_what_comes_after_has_its_own() -> None:
    correct_person(actor=CLERK, person=wang(), home=ZIYANG, raw={"kinds": "公交"})
    correct_person(actor=CLERK, person=li(), home=ZIYANG, raw={"kinds": "公交"})
    assert waiting() == 1
    Job.objects.update(run_after=timezone.now())
    running = claim("test")
    assert running is not None
    # One that runs already may have looked at the place before.
    correct_person(actor=CLERK, person=wang(), home=ZIYANG, raw={"kinds": "货车"})
    assert waiting() == 1
    # An import asks for itself, and the next computing does the work of both.
    bring(sheet([LI, WANG]), source="第三方")
    assert waiting() == 2
    run_claimed(running)
    assert waiting() == 0
    assert counted("people.persons", "bus") == 1


def test_what_is_taken_back_asks_for_nothing() -> None:
    with transaction.atomic():
        ask_after_change(actor=CLERK)
        transaction.set_rollback(True)
    assert waiting() == 0


def test_counting_rests_in_proportion_to_what_it_takes() -> None:
    last = compute_indicators()
    Computation.objects.update(seconds=6.0)
    ask()
    job = Job.objects.get(kind=KIND, state=State.QUEUED)
    assert job.run_after == last.computed_at + timedelta(seconds=REST * 6)
    job.delete()
    Computation.objects.update(computed_at=timezone.now() - timedelta(days=1))
    ask()
    assert Job.objects.get(kind=KIND, state=State.QUEUED).run_after <= timezone.now()


def test_waiting_computing_does_not_begin_before_the_change_is_seen() -> None:
    ask()
    found: list[object] = []

    def look() -> None:
        if connection.vendor == "sqlite":
            # It lets one write at a time, and claiming is a write.
            with closing(sqlite3.connect(connection.settings_dict["NAME"], uri=True, timeout=0)) as writer:
                found.append(_begun(writer))
            return
        with transaction.atomic():
            free = Job.objects.select_for_update(skip_locked=True).filter(kind=KIND, state=State.QUEUED)
            found.append(free.first())
            # Another change at the same moment does not wait for the first: it has a computing of its own.
            ask_after_change(actor=CLERK)
        connection.close()

    with transaction.atomic():
        ask_after_change(actor=CLERK)
        other = threading.Thread(target=look)
        other.start()
        other.join()
        assert found == [None]
    assert waiting() == (1 if connection.vendor == "sqlite" else 2)


def _begun(writer: sqlite3.Connection) -> object:
    try:
        return writer.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return None
