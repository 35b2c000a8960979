"""What waits among the imports."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.platform.sheets.selectors.imports import import_list

PERMISSION, LIST = "sheets.import", "sheets:import_list"


def counted(state: str) -> Callable[[Actor], int]:
    """How many imports of a state (or of a group of states) wait for an actor."""
    return lambda actor: import_list(scope=actor.scope_for(PERMISSION), state=state).count()


DUTIES.add(
    "sheets.mapping",
    Duty(
        "sheets.mapping", _("待确认对应列的表"), _("核对各列是什么，再去检查"), _("没有待确认对应列的表"),
        PERMISSION, LIST, "columns-3", counted("mapping"), "state=mapping", 1,
    ),
)  # fmt: skip
DUTIES.add(
    "sheets.checked",
    Duty(
        "sheets.checked", _("待确认入库的表"), _("看过检查结果，确认入库或放弃"), _("没有待确认入库的表"),
        PERMISSION, LIST, "database-import", counted("checked"), "state=checked", 2,
    ),
)  # fmt: skip
DUTIES.add(
    "sheets.stopped",
    Duty(
        "sheets.stopped", _("中断的导入"), _("打开后点“接着做”，会从中断处继续"), _("没有中断的导入"),
        PERMISSION, LIST, "player-pause", counted("stopped"), "state=stopped", 3, tone="bad",
    ),
)  # fmt: skip
DUTIES.add(
    "sheets.refused",
    Duty(
        "sheets.refused", _("有退回行待更正的表"), _("下载退回表，改正标红的格，再上传"), _("没有退回待更正的行"),
        PERMISSION, LIST, "file-alert", counted("refused"), "state=refused", 20,
    ),
)  # fmt: skip
