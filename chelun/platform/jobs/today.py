"""What waits among the jobs."""

from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.selectors import job_list


def count_failed(actor: Actor) -> int:
    """Jobs of the actor's places, and his own, that failed and were not tried again."""
    return job_list(scope=actor.scope_for("jobs.view"), reader=actor, state=State.FAILED).count()


DUTIES.add(
    "jobs.failed",
    Duty(
        "jobs.failed", _("失败的后台任务"), _("看清原因，再点“重试”"), _("没有失败的后台任务"),
        "jobs.view", "jobs:job_list", "alert-triangle", count_failed, "state=failed", 40, tone="bad",
    ),
)  # fmt: skip
