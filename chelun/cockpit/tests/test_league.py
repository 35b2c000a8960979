"""The order of truthfulness: few lucky rows lead nobody, and volume counts for nothing."""

import random
from math import comb

import pytest

from chelun.cockpit.rules.league import FEWEST, likely_share, rank_key


def test_three_lucky_rows_do_not_lead() -> None:
    few, many = (3, 3), (950, 1000)
    assert sorted((few, many), key=lambda pair: rank_key(*pair)) == [many, few]


def test_a_great_source_does_not_lead_by_its_size() -> None:
    small, great = (95, 100), (80_000, 100_000)
    assert sorted((great, small), key=lambda pair: rank_key(*pair)) == [small, great]


def test_too_few_rows_stand_last_however_true() -> None:
    pairs = [(FEWEST - 1, FEWEST - 1), (0, FEWEST), (1, 2)]
    assert sorted(pairs, key=lambda pair: rank_key(*pair))[0] == (0, FEWEST)


@pytest.mark.parametrize("true_share", [0.5, 0.8, 0.97])
def test_the_interval_holds_the_true_share_nearly_always(true_share: float) -> None:
    """Counted out, not drawn: the chance that the interval of 60 rows holds the share is near 95 of 100."""
    n = 60
    held = sum(
        comb(n, k) * true_share**k * (1 - true_share) ** (n - k)
        for k in range(n + 1)
        if likely_share(k, n).low <= 100 * true_share <= likely_share(k, n).high
    )
    assert 0.92 < held < 0.995


def test_the_interval_lies_around_the_share() -> None:
    dice = random.Random(7)
    for _ in range(500):
        judged = dice.randint(1, 5_000)
        confirmed = dice.randint(0, judged)
        found = likely_share(confirmed, judged)
        assert 0 <= found.low <= 100 * confirmed / judged + 1e-9
        assert 100 * confirmed / judged - 1e-9 <= found.high <= 100
    assert (likely_share(0, 0).low, likely_share(0, 0).high) == (0, 100)
