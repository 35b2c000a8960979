"""What waits for the privacy officer."""

from django.utils.translation import gettext_lazy as _

from chelun.core.today import DUTIES, Duty
from chelun.platform.privacy.selectors import count_overdue, count_requests, count_undecided
from chelun.platform.privacy.selectors.assessments import count_unassessed
from chelun.platform.privacy.selectors.glass import count_unreviewed, count_untold
from chelun.platform.privacy.selectors.retention import count_beyond, count_switches

DUTIES.add(
    "privacy.erasures",
    Duty(
        "privacy.erasures", _("待批准的抹除"), _("看清依据，批准或不批准"), _("没有等您批准的抹除"),
        "privacy.decide", "privacy:erasure_list", "eraser", count_undecided, order=15,
    ),
)  # fmt: skip
DUTIES.add(
    "privacy.overdue",
    Duty(
        "privacy.overdue", _("超期的请求"), _("立即答复，并说明为什么晚了"), _("没有超期的请求"),
        "privacy.decide", "privacy:request_list", "clock-exclamation", count_overdue, "state=overdue", 5, tone="bad",
    ),
)  # fmt: skip
DUTIES.add(
    "privacy.requests",
    Duty(
        "privacy.requests", _("待答复的请求"), _("到期之前答复本人"), _("没有待答复的请求"),
        "privacy.decide", "privacy:request_list", "message-question", count_requests, "state=open", 16,
    ),
)  # fmt: skip
DUTIES.add(
    "privacy.switches",
    Duty(
        "privacy.switches", _("待批准的到期删除"), _("看清测算，批准或不批准"), _("没有等您批准的到期删除"),
        "privacy.decide", "privacy:switch_list", "hourglass", count_switches, "state=proposed", 17,
    ),
)  # fmt: skip
DUTIES.add(
    "privacy.beyond",
    Duty(
        "privacy.beyond", _("超过保存期限的内容"), _("看清有哪些，由两人开启到期删除"), _("没有超过期限而无人处理的内容"),
        "privacy.decide", "privacy:retention", "hourglass-empty", count_beyond, order=40,
    ),
)  # fmt: skip
DUTIES.add(
    "privacy.untold",
    Duty(
        "privacy.untold", _("紧急查看后还没告知本人的"), _("告诉本人谁看了、为什么，记下怎样告知的"), _("紧急查看都告知过本人"),
        "privacy.decide", "privacy:glass_list", "urgent", count_untold, "state=untold", 14,
    ),
)  # fmt: skip
DUTIES.add(
    "privacy.unreviewed",
    Duty(
        "privacy.unreviewed", _("待复核的紧急查看"), _("看清理由，写下结论"), _("紧急查看都复核过"),
        "audit.view", "privacy:glass_reviews", "urgent", count_unreviewed, "state=unreviewed", 14,
    ),
)  # fmt: skip
DUTIES.add(
    "privacy.unassessed",
    Duty(
        "privacy.unassessed", _("还没做影响评估的处理"), _("先评估，再记录；法律要求在处理之前"), _("要评估的都评估过"),
        "privacy.decide", "privacy:assessment_list", "clipboard-check", count_unassessed, order=30,
    ),
)  # fmt: skip
