"""What waits at the desk."""

from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.desk.choices import ChangeState
from chelun.desk.selectors import change_list
from chelun.desk.services import CHECK


def count_filed(actor: Actor) -> int:
    """Change requests that wait for a check."""
    return change_list(scope=actor.scope_for(CHECK), actor=actor, state=ChangeState.FILED).count()


DUTIES.add(
    "desk.changes",
    Duty(
        "desk.changes", _("待审核的变更申请"), _("逐项核对，同意或不同意"), _("没有待审核的变更"),
        CHECK, "desk:change_list", "git-pull-request", count_filed, "state=filed", 15,
    ),
)  # fmt: skip
