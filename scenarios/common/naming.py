"""Names for many invented firms of a place: each says that it is invented, none comes twice."""

from collections.abc import Sequence
from itertools import product

LUCKS = ("顺达", "安通", "恒远", "宏盛", "捷运", "鑫源", "万里", "腾飞", "广源", "泰和", "永兴", "瑞丰", "金桥", "华泰", "昌隆", "通达",
         "祥瑞", "德信", "同安", "远航")  # fmt: skip
SIGNS = ("示例", "演示")


def firm_names(prefix: str, words: Sequence[str], tail: str, count: int) -> list[str]:
    """`count` distinct names of the form prefix, word, luck, 示例 or 演示, tail. ValueError when there are not so many."""
    found = [f"{prefix}{word}{luck}{sign}{tail}" for sign, luck, word in product(SIGNS, LUCKS, words)]
    if count > len(found):
        raise ValueError(f"{len(found)} names only")
    return found[:count]
