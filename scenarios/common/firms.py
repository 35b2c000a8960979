"""Invented firms: a name that says it is invented, a credit code, a kind of work and a number of staff."""

from dataclasses import dataclass
from datetime import date
from random import Random

from scenarios.common import codes, people


@dataclass(frozen=True, slots=True)
class Firm:
    """One invented firm; ``staff`` is the number of persons that its roster holds."""

    name: str
    kind: str
    staff: int
    code: str
    founded: date
    town: str
    head: str
    investor: str
    phone: str


@dataclass(frozen=True, slots=True)
class FirmPlan:
    """What a place fixes about a firm before the dice fills in the rest."""

    name: str
    kind: str
    staff: int
    town: str


def invent_firms(
    dice: Random, plans: tuple[FirmPlan, ...], *, area: str, phones: range, namer: people.Namer
) -> list[Firm]:
    """Firms after the plans, with heads and investors that are nobody's names in the documents."""
    offsets = dice.sample(phones, len(plans))
    return [
        Firm(
            name=plan.name,
            kind=plan.kind,
            staff=plan.staff,
            code=codes.credit_code(dice, area),
            founded=people.random_day(dice, date(2004, 1, 1), date(2022, 12, 31)),
            town=plan.town,
            head=people.free_name(dice, namer, True),
            investor=people.free_name(dice, namer, dice.random() < 0.7),
            phone=str(people.PHONE_BLOCK + offset),
        )
        for plan, offset in zip(plans, offsets, strict=True)
    ]
