"""Chinese numerals as whole numbers: 二十三, 二〇二三, 一百零五, 三万五千, 壹佰, 廿一."""

_DIGITS = {
    character: number
    for number, characters in enumerate(
        ("〇零○", "一壹幺", "二两贰兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for character in characters
}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}

#: Every character a Chinese numeral may be made of.
CHARACTERS = frozenset((*_DIGITS, *_STEPS, *_TENS, *_BIG))


def chinese_number(text: str) -> int | None:
    """The number that a Chinese numeral names, or None. Digits in a row (二〇二三) are read one by one."""
    if not text or not CHARACTERS.issuperset(text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = section = pending = 0
    for character in text:
        if character in _DIGITS:
            pending = _DIGITS[character]
        elif character in _TENS:
            section, pending = section + _TENS[character], 0
        elif character in _STEPS:
            section, pending = section + (pending or 1) * _STEPS[character], 0
        else:
            total, section, pending = (total + section + pending) * _BIG[character], 0, 0
    return total + section + pending
