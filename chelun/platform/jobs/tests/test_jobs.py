"""The kinds of jobs of this app and of the rooms below."""

import pytest

from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.audit.background import start_check
from chelun.platform.audit.checking import last_check
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.services import record
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def test_chain_check_runs_in_the_background() -> None:
    auditor = user_with("audit_admin")
    record(actor=SYSTEM, action="test.thing.done")
    AuditEntry.objects.update(actor="x")
    assert start_check(auditor) == start_check(auditor)
    run_waiting()
    assert Job.objects.get().state == State.DONE
    result = last_check()
    assert result is not None
    assert (result.check.by, result.check.found) == (auditor.username, 1)
    assert "第 1 行被改动" in result.findings[0]
