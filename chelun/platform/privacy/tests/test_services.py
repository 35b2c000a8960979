"""Looking at what is sensitive costs a reason and a part of the day's budget, also for two looks at one moment."""

import threading
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import Settings

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.privacy.services import spend_lookup, spend_reveal

CLERK = SystemActor("test", "nobody")
SUBJECT = UUID(int=7)


def revealed(reason: str = "电话通知体检") -> str:
    try:
        spend_reveal(
            actor=CLERK,
            subject=SUBJECT,
            subject_kind="person",
            field="phones",
            reason=reason,
            region="610924",
        )
    except Refused as refusal:
        return refusal.code
    return "shown"


def looked_up() -> str:
    try:
        spend_lookup(actor=CLERK, what="lookup:tail")
    except Refused as refusal:
        return refusal.code
    return "looked"


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "看看", "    ", " 一二三 "])
def test_reveal_needs_a_reason(reason: str) -> None:
    assert revealed(reason) == "privacy.reveal.reason"
    assert not AccessRecord.objects.exists()


@pytest.mark.django_db
def test_reveal_is_written_down_and_ends_with_the_budget(settings: Settings) -> None:
    settings.CHELUN_REVEALS_A_DAY = 2
    assert [revealed() for _ in range(3)] == ["shown", "shown", "privacy.reveal.budget"]
    entries = AuditEntry.objects.filter(action="privacy.value.revealed")
    assert [entry.purpose for entry in entries] == ["电话通知体检"] * 2
    AccessRecord.objects.update(day="2026-01-01")
    assert revealed() == "shown"


@pytest.mark.django_db
def test_lookup_ends_with_the_budget(settings: Settings) -> None:
    settings.CHELUN_LOOKUPS_A_DAY = 2
    assert [looked_up() for _ in range(3)] == ["looked", "looked", "privacy.lookup.budget"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("spend", [revealed, looked_up])
def test_budget_holds_for_looks_at_one_moment(settings: Settings, spend: object) -> None:
    """Eight at once with room for three: on both engines three are shown."""
    settings.CHELUN_REVEALS_A_DAY = settings.CHELUN_LOOKUPS_A_DAY = 3
    ready, found = threading.Barrier(8), []

    def look() -> None:
        ready.wait(60)
        found.append(spend())  # type: ignore[operator]
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(found) == 8
    assert len([each for each in found if "privacy" not in each]) == 3
