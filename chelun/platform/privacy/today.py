"""What waits for the privacy officer."""

from django.utils.translation import gettext_lazy as _

from chelun.core.today import DUTIES, Duty
from chelun.platform.privacy.selectors import count_undecided

DUTIES.add(
    "privacy.erasures",
    Duty(
        "privacy.erasures", _("待批准的抹除"), _("看清依据，批准或不批准"), _("没有等您批准的抹除"),
        "privacy.decide", "privacy:erasure_list", "eraser", count_undecided, order=15,
    ),
)  # fmt: skip
