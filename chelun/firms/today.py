"""What waits in the registers of firms."""

from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.firms.selectors.registers import unnoted


def count_crossed(actor: Actor) -> int:
    """Crossings that nobody has looked at."""
    return unnoted(actor.scope_for("people.edit")).count()


DUTIES.add(
    "firms.crossed",
    Duty(
        "firms.crossed", _("企业进出门槛名册"), _("看看是哪几家，要不要上门"), _("门槛名册没有新的进出"),
        "people.edit", "firms:crossed_list", "stairs-up", count_crossed, order=35,
    ),
)  # fmt: skip
