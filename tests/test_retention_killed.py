"""A worker killed with -9 at any commit of deleting by term: what is deleted is proven once, and in the end all is done."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from chelun.people.models import Person, PersonSource
from chelun.people.tests.desk import ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.choices import LIVE
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import retry
from chelun.platform.jobs.tests.factories import SYSTEM
from chelun.platform.jobs.tests.processes import database_url
from chelun.platform.privacy.ledger import read_ledger
from chelun.platform.privacy.models import (
    AccessRecord,
    Erasure,
    ErasureShare,
    RetentionProof,
    SubjectKey,
    Tombstone,
)
from chelun.platform.privacy.services import note_opening
from chelun.platform.privacy.services.clearing import count_again, review_terms, seal_of_proof
from chelun.platform.privacy.services.erasing import seal_of
from chelun.platform.privacy.services.retention import approve_switch, propose_switch
from chelun.platform.regions.testing import ensure_regions

OLD, NEW = 6, 3
NAMES = "零一二三四五六七八九"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_commit(worker: "subprocess.Popen[str]") -> None:
    ensure_regions()
    bring(
        sheet([(f"甄{NAMES[n]}", number(n), phone(n), "货车", "", "") for n in range(1, OLD + 1)]),
        source="早年",
    )
    past = timezone.now() - timedelta(days=2400)
    PersonSource.objects.update(as_of=past.date(), known_at=past)
    bring(sheet([(f"留{NAMES[n]}", number(50 + n), phone(50 + n), "货车", "", "") for n in range(NEW)]))
    stays = Person.objects.order_by("-id")[0].pk
    note_opening(actor=SYSTEM, subject=stays, subject_kind="person", regions=[ZIYANG])
    AccessRecord.objects.update(at=past)
    first, second = user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)
    count_again()
    approve_switch(actor=second, switch=propose_switch(actor=first, region=ZIYANG).pk)
    review_terms(SYSTEM)
    Job.objects.exclude(kind="privacy.lapse").delete()
    deaths, dice = 0, random.Random(random.randrange(10**6))
    while Job.objects.filter(state__in=LIVE).exists():
        said = live(worker, dice.randint(1, 12), dice.choice(("before", "after")))
        assert said == "killed" or said.startswith("done "), said
        deaths += said == "killed"
        assert deaths < 200
        # Too many deaths without one step forward: the page says so, and somebody asks for it again.
        for job in Job.objects.filter(state="failed"):
            assert "多次中断" in job.error
            retry(actor=SYSTEM, job=job)
    assert deaths
    assert (
        Person.objects.count()
        == SubjectKey.objects.filter(subject__in=Person.objects.values("pk")).count()
        == NEW
    )
    assert (
        Erasure.objects.filter(state="done").count()
        == Erasure.objects.count()
        == OLD
        == Tombstone.objects.count()
    )
    # A line that was written before a commit that never was stands twice in the ledger; a restore does it once.
    assert {entry.subjects for entry in read_ledger().entries} == {
        (str(erasure.subject),) for erasure in Erasure.objects.all()
    }
    for erasure in Erasure.objects.all():
        assert erasure.seal == seal_of(erasure, list(ErasureShare.objects.filter(erasure=erasure)))
    whole = RetentionProof.objects.get(label="people.Person")
    assert (whole.before, whole.deleted, whole.held, whole.after) == (OLD + NEW, OLD, 0, NEW)
    looks = RetentionProof.objects.get(label="privacy.AccessRecord")
    assert (looks.before, looks.deleted, looks.after) == (1, 1, 0)
    assert all(proof.seal == seal_of_proof(proof) for proof in (whole, looks))
    assert verify_chain().found == 0


@pytest.fixture
def worker() -> Iterator["subprocess.Popen[str]"]:
    environment = {
        **os.environ, "TEST_DATABASE_URL": database_url(), "CHELUN_FILES_DIR": str(settings.CHELUN_FILES_DIR),
        "CHELUN_TOMBSTONE_DIR": str(settings.CHELUN_TOMBSTONE_DIR), "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.imports.mortal"], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    yield process
    assert process.stdin is not None
    process.stdin.close()
    process.wait(60)


def live(process: "subprocess.Popen[str]", number_: int, when: str) -> str:
    """One life of the worker."""
    Job.objects.filter(state="queued").update(run_after=timezone.now())
    assert process.stdin is not None
    assert process.stdout is not None
    print(number_, when, file=process.stdin, flush=True)
    return process.stdout.readline().strip()
