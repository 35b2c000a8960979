"""Characters that look alike to a reader in haste and to a machine that reads paper: 未 and 末, 伟 and 玮.

What lives here: two classes of a character, by its four corners and by its component, and keys of names made of them.
What does not: variants of one character (`variants.py`), and whether two names are one.
"""

from functools import cache

from chelun.engines.names.normalise import DOT, clean_text, simplify
from chelun.engines.names.tables import rows

_ALIKE = [
    "己已巳",
    "土士",
    "日曰",
    "未末",
    "千干于",
    "天夭",
    "大太犬",
    "人入八",
    "刀力",
    "王主玉",
    "午牛",
    "贝见",
    "今令",
    "折拆",
    "辛幸",
    "兔免",
    "宁宇字",
    "毛手",
    "亮壳",
    "申甲由田电",
    "白百自",
    "目旦且",
    "佘余",
    "昊吴",
    "陈阵",
    "赵起",
    "范苑",
    "傅博搏",
    "薛薜",
    "贾贸",
    "孟盂",
    "武式",
    "侯候俟",
    "汤场扬",
    "康唐",
    "施旅",
    "殷般股",
    "耿取",
    "左右石",
    "秦泰奏春舂",
    "波坡破",
    "沈沉枕",
    "冰泳",
    "崔雀",
    "阎阁",
    "段叚",
    "明朋",
    "平乎",
    "曾曹",
    "丘兵",
    "云去",
    "兰三",
    "单草",
    "尤龙",
    "庆厌",
    "戴载截",
    "翟瞿",
    "房芳",
    "文父",
]
"""Sets that four corners part, or that are closer to one another than to whatever else has their corners."""
_JOINING = str.maketrans("", "", f" {DOT}.'’-")


class _Classes(dict[int, str]):
    """A table for `str.translate`: every character's class and a space; a character without one stands for itself."""

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = label = f"{chr(codepoint)} "
        return label


def look_alike_keys(name: str) -> tuple[str, str]:
    """Two keys of a name, by four corners and by components: names that look alike share one of them, or both.

    For equality only, and only among keys of one kind. Traditional characters count as their simplified ones; dots and spaces do
    not count. Where the classes come from stands in `shapes.tsv`. An empty name has empty keys, which say nothing.
    """
    plain = _plain(name)
    by_corners, by_component = _classes()
    return plain.translate(by_corners).rstrip(), plain.translate(by_component).rstrip()


def look_alike(one: str, other: str) -> bool:
    """Whether two names of as many characters are, character by character, equal or alike by corners or by component.

    Wider than the keys, which want one kind of likeness for the whole name. An empty name is like none: it says nothing.
    """
    left, right = _plain(one), _plain(other)
    return 0 < len(left) == len(right) and all(map(_alike, left, right))


def _plain(name: str) -> str:
    return simplify(clean_text(name)).translate(_JOINING)


def _alike(left: str, right: str) -> bool:
    return any(classes[ord(left)] == classes[ord(right)] for classes in _classes())


@cache
def _classes() -> tuple[_Classes, _Classes]:
    by_corners, by_component = _Classes(), _Classes()
    for sign, corners, component, _parts in rows("shapes.tsv", 4):
        if corners:
            by_corners[ord(sign)] = f"{corners} "
        if component:
            by_component[ord(sign)] = f"{component} "
    for group in _ALIKE:
        by_corners.update(dict.fromkeys(map(ord, group), f"{group[0]} "))
    return by_corners, by_component
