"""What the tests of this app share: actors and a job in a line."""

from typing import Any

from chelun.core.actors import SystemActor
from chelun.platform.accounts.models import Grant, User
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import enqueue
from chelun.platform.jobs.tests.kinds import STEPS

SYSTEM = SystemActor("test", "nobody")
COUNTY = {"province": "510000", "city": "513400", "county": "513436"}


def steps(actor: Any = SYSTEM, kind: str = STEPS.name, dedupe: str = "", **params: Any) -> Job:
    """A queued job of three steps in one county."""
    filled = {"steps": 3, **params}
    return enqueue(actor=actor, kind=kind, title="走步", params=filled, region=COUNTY, dedupe=dedupe)


def user(name: str = "jing", role: str = "clerk", node: str = "513436") -> User:
    """An account with one role."""
    made = User.objects.create_user(name, person_name=name)
    Grant.objects.create(user=made, role=role, node_key=node)
    return made
