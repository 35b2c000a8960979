"""What waits at the desk."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.desk.selectors import ANSWERED, TO_CHECK, change_list
from chelun.desk.services import CHECK, FILE
from chelun.desk.work.selectors import OPEN, OVERDUE, WORK, my_rows


def count_filed(actor: Actor) -> int:
    """Change requests that wait for a check which the actor may give: not his own, none that he has checked."""
    return change_list(scope=actor.scope_for(CHECK), actor=actor, state=TO_CHECK).count()


def count_answered(actor: Actor) -> int:
    """Change requests of the actor that were not agreed to, or not wholly, and that he has not opened since."""
    return change_list(scope=actor.scope_for(FILE), actor=actor, state=ANSWERED).count()


def count_rows(state: str) -> Callable[[Actor], int]:
    """Rows of the work lists that an actor answers for, in a state."""
    return lambda actor: my_rows(actor, state).count()


DUTIES.add(
    "desk.changes",
    Duty(
        "desk.changes", _("待审核的变更申请"), _("逐项核对，同意或不同意"), _("没有待审核的变更"),
        CHECK, "desk:change_list", "git-pull-request", count_filed, f"state={TO_CHECK}", 15,
    ),
)  # fmt: skip
DUTIES.add(
    "desk.answered",
    Duty(
        "desk.answered", _("没有全部采纳的变更申请"), _("看看答复，需要时重新提出；打开过就不再提醒"), _("您的变更申请都采纳了，或者还没有答复"),
        FILE, "desk:change_list", "git-pull-request", count_answered, f"state={ANSWERED}", 14,
    ),
)  # fmt: skip
DUTIES.add(
    "desk.overdue",
    Duty(
        "desk.overdue", _("过期的清单行"), _("先办过期的，办完勾选做完"), _("清单里没有过期的行"),
        WORK, "desk:work_rows", "alarm", count_rows(OVERDUE), "state=overdue", 12, tone="bad",
    ),
)  # fmt: skip
DUTIES.add(
    "desk.work",
    Duty(
        "desk.work", _("清单里待办的行"), _("逐行去办，办完勾选做完"), _("清单里没有待办的行"),
        WORK, "desk:work_rows", "list-check", count_rows(OPEN), "state=open", 16,
    ),
)  # fmt: skip
