"""After a rotation everything opens without the old key."""

import json
from uuid import UUID

import pytest
from django.conf import settings as plain_settings
from pytest_django import Settings

from chelun.core.crypto import Unsealable, seal
from chelun.core.crypto.keys import with_new_data_key
from chelun.platform.accounts.models import SecondFactor
from chelun.platform.accounts.services.factors import factor_secret
from chelun.platform.jobs import rotation
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.tests.factories import SYSTEM, user
from chelun.platform.privacy.keys import key_of, make_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def subjects() -> dict[UUID, bytes]:
    """More keys than one chunk."""
    return make_keys([UUID(int=number + 1) for number in range(620)])


def factors(count: int) -> dict[UUID, bytes]:
    made = {}
    for number in range(count):
        factor = SecondFactor(user=user(f"u{number}"))
        factor.sealed = seal(bytes([number]) * 20, factor.context)
        factor.save()
        made[factor.pk] = bytes([number]) * 20
    return made


def without(text: str, name: str) -> str:
    """The ring without one of its data keys."""
    raw = json.loads(text)
    del raw["data"][name]
    return json.dumps(raw)


def test_rotation_leaves_nothing_under_the_old_key(
    settings: Settings, subjects: dict[UUID, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "CHUNK", 2)
    secrets, old = factors(5), plain_settings.CHELUN_KEYS
    settings.CHELUN_KEYS = with_new_data_key(old, "new")
    job = rotation.enqueue_rotation(actor=SYSTEM)
    assert rotation.enqueue_rotation(actor=SYSTEM).pk == job.pk
    run_waiting()
    job.refresh_from_db()
    assert job.state == State.DONE
    assert job.result["counts"] | {"privacy.keys": 620, "accounts.factors": 5} == job.result["counts"]
    settings.CHELUN_KEYS = without(settings.CHELUN_KEYS, "dev")
    assert {subject: key_of(subject) for subject in subjects} == subjects
    assert {factor.pk: factor_secret(factor) for factor in SecondFactor.objects.all()} == secrets


def test_rotation_is_needed_before_the_old_key_goes(settings: Settings, subjects: dict[UUID, bytes]) -> None:
    settings.CHELUN_KEYS = without(with_new_data_key(plain_settings.CHELUN_KEYS, "new"), "dev")
    with pytest.raises(Unsealable):
        key_of(next(iter(subjects)))


def test_rotation_goes_on_from_its_checkpoint(settings: Settings, subjects: dict[UUID, bytes]) -> None:
    settings.CHELUN_KEYS = with_new_data_key(plain_settings.CHELUN_KEYS, "new")
    rotation.enqueue_rotation(actor=SYSTEM)
    Job.objects.update(checkpoint={"privacy.keys": None, "counts": {"privacy.keys": 7}})
    run_waiting()
    counts = Job.objects.get().result["counts"]
    assert (counts["privacy.keys"], counts["accounts.factors"]) == (7, 0)
