"""Every reason says something, and holds nobody's number."""

import pytest

from chelun.core.errors import Refused
from chelun.core.reasons import reasoned, without_numbers


def test_reason_is_kept_trimmed_and_not_endless() -> None:
    assert reasoned("  本人到窗口确认 ", "x", "写明理由") == "本人到窗口确认"
    assert len(reasoned("长" * 300, "x", "写明理由")) == 200


def test_too_little_is_refused_with_the_rooms_own_sentence() -> None:
    with pytest.raises(Refused, match="写明理由") as refused:
        reasoned(" 好 ", "room.reason", "写明理由")
    assert refused.value.code == "room.reason"


@pytest.mark.parametrize("reason", ["本人来电13812345678", "身份证511799199003070018有误"])
def test_number_of_somebody_is_refused(reason: str) -> None:
    with pytest.raises(Refused, match="电话或身份证号"):
        reasoned(reason, "x", "写明理由")
    with pytest.raises(Refused, match="电话或身份证号"):
        without_numbers(reason)


def test_no_reason_may_be_none() -> None:
    assert without_numbers("") == ""
