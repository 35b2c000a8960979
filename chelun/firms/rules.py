"""Decisions about lights, without tables and clock: is a fact fresh, what does a light say."""

from datetime import date, timedelta

from chelun.firms.choices import FactState, LightState

FOREVER = 0
"""The term of a fact that does not age."""


def cutoff(today: date, days: int) -> date:
    """The oldest day on which a fact may have been said to be fresh today."""
    return today - timedelta(days=days) if days else date.min


def fact_state(day: date | None, *, today: date, days: int, enough: bool = True) -> FactState:
    """What is the matter with a fact that was last said on `day`; `enough` is false where more of it is needed."""
    if day is None:
        return FactState.MISSING
    if day < cutoff(today, days):
        return FactState.OLD
    return FactState.FRESH if enough else FactState.SHORT


def light_state(fresh: int, needed: int) -> LightState:
    """What a light says when so many of the facts that it needs are fresh."""
    if fresh >= needed:
        return LightState.ON
    return LightState.HALF if fresh else LightState.OUT


def listed_enough(listed: int, stated: int | None, share: int) -> bool:
    """Whether a list of staff is whole: at least `share` percent of the stated number, when one is stated."""
    return listed > 0 and listed * 100 >= (stated or 0) * share
