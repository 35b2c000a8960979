"""What every reason that somebody types has to be, whichever room asks for it."""

from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.engines.ids import holds_number

LETTERS = 4
LONGEST = 200
NUMBERED = "reason.number"
"""The code of the refusal of a reason that holds a number."""


def reasoned(reason: str, code: str, sentence: str, *, least: int = LETTERS) -> str:
    """A reason as it is kept. Refused with `sentence` when it says too little, and when it holds somebody's number."""
    kept = reason.strip()[:LONGEST]
    if len(kept) < least:
        raise Refused(code, sentence)
    return without_numbers(kept)


def without_numbers(reason: str) -> str:
    """A reason that may be empty. Refused when it holds a telephone or an identity number: a reason outlives what it speaks of."""
    if holds_number(reason):
        raise Refused(
            NUMBERED,
            _("理由里有电话或身份证号，请去掉再提交：理由会写进审计记录，号码请填在它自己的那一栏。"),
        )
    return reason
