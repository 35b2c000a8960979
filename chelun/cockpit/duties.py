"""The work of today for one reader: what waits first, what is done after it."""

from dataclasses import dataclass

from django.urls import reverse

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty
from chelun.core.ui import number


@dataclass(frozen=True, slots=True)
class Waiting:
    """A duty with its number."""

    duty: Duty
    count: int

    @property
    def shown(self) -> str:
        """The number as it is shown."""
        return number(self.count)

    @property
    def url(self) -> str:
        """Where it is done."""
        return reverse(self.duty.url_name) + (f"?{self.duty.query}" if self.duty.query else "")


def duties_of(actor: Actor) -> list[Waiting]:
    """The duties of everything the actor may do, those that wait first."""
    found = [Waiting(duty, duty.count(actor)) for duty in DUTIES if actor.has(duty.permission)]
    return sorted(found, key=lambda each: (each.count == 0, each.duty.order))
