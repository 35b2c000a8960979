"""What waits for the privacy officer."""

from django.utils.translation import gettext_lazy as _

from chelun.core.today import DUTIES, Duty
from chelun.platform.privacy.selectors import count_overdue, count_requests, count_undecided

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
