"""What waits for those who look after families."""

from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.families.selectors import EDIT, ENDING, FOURTEEN, MINORS, relative_list, wishes_seen


def count_ending(actor: Actor) -> int:
    """Adults whose consent ends soon, or ended."""
    return relative_list(actor, minors=False, state=ENDING).count()


def count_minors_ending(actor: Actor) -> int:
    """The same of minors, where it is the term that ends."""
    return relative_list(actor, minors=True, state=ENDING).count()


def count_fourteen(actor: Actor) -> int:
    """Children who turn fourteen, or just did: the guardian's consent ends with that."""
    return relative_list(actor, minors=True, state=FOURTEEN).count()


def count_wishes(actor: Actor) -> int:
    """Wishes to which nobody has agreed yet."""
    return wishes_seen(actor).count()


DUTIES.add(
    "families.ending",
    Duty(
        "families.ending", _("家属的同意快到期"), _("问本人是否继续同意；不同意的到期自动抹除"), _("没有快到期的成年家属的同意"),
        EDIT, "families:relative_list", "friends", count_ending, "state=ending", 31,
    ),
)  # fmt: skip
DUTIES.add(
    "families.minors_ending",
    Duty(
        "families.minors_ending", _("未成年家属的同意快到期"), _("问本人或监护人是否继续同意；不同意的到期自动抹除"),
        _("没有快到期的未成年家属的同意"), MINORS, "families:minor_list", "mood-kid", count_minors_ending, "state=ending", 32,
    ),
)  # fmt: skip
DUTIES.add(
    "families.fourteen",
    Duty(
        "families.fourteen", _("满十四周岁的孩子"), _("监护人的同意到生日前一天为止，请本人自己同意"), _("没有快满十四周岁的孩子"),
        MINORS, "families:minor_list", "cake", count_fourteen, "state=fourteen", 30,
    ),
)  # fmt: skip
DUTIES.add(
    "families.wishes",
    Duty(
        "families.wishes", _("等家属同意的意愿"), _("请本人或监护人看过告知书，同意了再登记"), _("没有等同意的意愿"),
        EDIT, "families:wish_list", "hourglass", count_wishes, "", 33,
    ),
)  # fmt: skip
