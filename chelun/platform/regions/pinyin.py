"""Readings of place names. What lives here is only what the general dictionary reads wrongly in names of places."""

from pypinyin import lazy_pinyin

# Characters that have one reading in place names, whatever the dictionary says.
_ALWAYS = {"都": "du", "曾": "zeng", "涡": "guo"}
# Readings of whole names.
_NAMES = {"单县": ["shan", "xian"], "浚县": ["xun", "xian"]}


def syllables(name: str) -> list[str]:
    """The syllables of a place's name without tones: 候播乃拖镇 → hou bo nai tuo zhen, without characters nobody reads."""
    read: list[str] = _NAMES.get(name) or lazy_pinyin(name)
    if len(read) == len(name):
        read = [_corrected(name, place, syllable) for place, syllable in enumerate(read)]
    return [syllable for syllable in read if syllable.isascii()]


def _corrected(name: str, place: int, syllable: str) -> str:
    character = name[place]
    if character == "长":
        return "zhang" if name.startswith("长子") else "chang"
    return _ALWAYS.get(character, syllable)


def readings(name: str) -> tuple[str, str]:
    """Pinyin and initials of a name, both without spaces: 紫阳县 → ('ziyangxian', 'zyx')."""
    read = syllables(name)
    return "".join(read).lower(), "".join(syllable[:1] for syllable in read).lower()
