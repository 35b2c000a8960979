"""Where an address and the township beside it do not agree. Nobody changes either by a guess."""

from collections.abc import Callable

from chelun.engines.faults import N_, FaultKind

TOWNSHIP_LETTERS, COUNTY_LETTERS = 9, 6
ADDRESS_ELSEWHERE = FaultKind(
    "cell.address_elsewhere",
    N_("地址写的是同一个县的另一个乡镇，与“乡镇”一栏不一样。"),
    N_("已照写的保存。请核对哪一个对，把另一个改过来。"),
)


def named_instead(township: str, address: str, find: Callable[[str], str]) -> str:
    """The other township of the same county that an address surely names; '' where there is none."""
    named = find(address) if address and len(township) == TOWNSHIP_LETTERS else ""
    same_county = named[:COUNTY_LETTERS] == township[:COUNTY_LETTERS]
    return named if len(named) == TOWNSHIP_LETTERS and same_county and named != township else ""
