"""Who agrees at which age, and until when."""

from datetime import date

import pytest

from chelun.families.choices import Ends, Stage
from chelun.families.rules import birthday, consent_end, stage_on

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("birth", "stage"),
    [
        (None, Stage.ADULT),
        (date(2008, 11, 22), Stage.ADULT),
        (date(2008, 11, 23), Stage.TEEN),
        (date(2012, 11, 22), Stage.TEEN),
        (date(2012, 11, 23), Stage.CHILD),
        (date(2026, 11, 22), Stage.CHILD),
    ],
)
def test_stage_changes_on_the_birthday(birth: date | None, stage: Stage) -> None:
    assert stage_on(birth, TODAY) == stage


@pytest.mark.parametrize(
    ("birth", "years", "last", "why"),
    [
        (None, 1, date(2027, 11, 22), Ends.TERM),
        (date(2010, 1, 1), 3, date(2029, 11, 22), Ends.TERM),
        (date(2016, 5, 5), 2, date(2028, 11, 22), Ends.TERM),
        (date(2013, 3, 9), 1, date(2027, 3, 8), Ends.FOURTEEN),
        (date(2012, 11, 23), 1, date(2026, 11, 22), Ends.FOURTEEN),
        (date(2013, 11, 23), 1, date(2027, 11, 22), Ends.TERM),
    ],
)
def test_consent_ends_with_its_term_or_the_day_before_fourteen(
    birth: date | None, years: int, last: date, why: Ends
) -> None:
    assert consent_end(birth, TODAY, years) == (last, why)


def test_who_was_born_on_the_last_of_february_is_older_on_the_first_of_march() -> None:
    assert birthday(date(2012, 2, 29), 14) == date(2026, 3, 1)
    assert birthday(date(2012, 2, 29), 16) == date(2028, 2, 29)
