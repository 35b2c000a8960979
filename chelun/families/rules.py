"""Decisions about relatives without tables and clock: who agrees, to what, until when."""

from datetime import date, timedelta

from chelun.families.choices import Ends, Stage

CONTACT, SERVICES = "families.contact", "families.services"
PURPOSES_OF = {Stage.ADULT: (CONTACT, SERVICES), Stage.TEEN: (SERVICES,), Stage.CHILD: (SERVICES,)}
"""To what one may agree at an age: nobody needs a child to reach a driver."""
FOURTEEN, EIGHTEEN = 14, 18
SOON = timedelta(days=30)
"""So long before its last day a consent waits on the start page."""


def birthday(birth: date, years: int) -> date:
    """The day on which somebody is so old; whoever was born on 29 February, on 1 March of other years."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def stage_on(birth: date | None, today: date) -> Stage:
    """How old somebody is; of adults no birth is kept."""
    if birth is None or birthday(birth, EIGHTEEN) <= today:
        return Stage.ADULT
    return Stage.TEEN if birthday(birth, FOURTEEN) <= today else Stage.CHILD


def consent_end(birth: date | None, today: date, years: int) -> tuple[date, Ends]:
    """The last day of a consent that is given today, and why: its term, or the day before a child is fourteen."""
    last = birthday(today, years)
    if birth is not None and stage_on(birth, today) == Stage.CHILD:
        eve = birthday(birth, FOURTEEN) - timedelta(days=1)
        if eve < last:
            return eve, Ends.FOURTEEN
    return last, Ends.TERM
