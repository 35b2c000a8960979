"""Which sentences hold a number of somebody."""

import pytest

from chelun.engines.ids import holds_number


@pytest.mark.parametrize(
    "text",
    [
        "本人来电13812345678要求更正",
        "打１３８１２３４５６７８核实",
        "回电 138 1234 5678",
        "回电138-1234-5678。",
        "电话：+86 13812345678",
        "座机0834-8222222",
        "座机（028）86543210",
        "身份证511799199003070018",
        "身份证 511799 19900307 001X 已核",
        "旧证511799900307001",
    ],
)
def test_a_number_of_somebody_is_found(text: str) -> None:
    assert holds_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "本人到窗口确认",
        "2026-11-22 电话通知体检",
        "川交发〔2026〕128号文",
        "核对了2026年11月22日的名单，共12345678行",
        "信用代码91510100MA6CXXXX1X对不上",
        "川A12345更名",
        "",
    ],
)
def test_what_is_no_number_of_somebody_passes(text: str) -> None:
    assert not holds_number(text)
