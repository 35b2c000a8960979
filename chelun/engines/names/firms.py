"""Names of firms: a key for equality, and a short form for hints that two names may be one firm.

What lives here: spelling only.
What does not: deciding that two firms are the same; that needs a credit code or a person.
"""

import re
import unicodedata
from collections.abc import Iterable

from chelun.engines.names.normalise import clean_text, simplify

_OPENING = str.maketrans("（【〔［《{<[", "((((((((")
_CLOSING = str.maketrans("）】〕］》}>]", "))))))))")
_IGNORED = str.maketrans("", "", " ·•・.,，。、;；:：'\"“”‘’-－—–_*")
_EMPTY_BRACKETS = re.compile(r"(?<!\()\(++\)+")
_FORM = re.compile(
    r"(?:\(?集团\)?)?(?:有限责任公司|股份有限公司|有限公司|股份公司|责任公司|总公司|(?<!分)公司|\(?有限合伙\)?|\(?普通合伙\)?)$|\(?集团\)?$"
)
_MOST_FORMS = 3
_PLACE_LEVEL = "(?:特别行政区|自治区|自治州|自治县|省|市|州|县|区|旗)?"


def normalise_firm(name: str) -> str:
    """The key under which two spellings of one name are equal: width, brackets, spaces, signs, traditional characters."""
    key = clean_text(name).translate(_OPENING).translate(_CLOSING).translate(_IGNORED)
    return unicodedata.normalize("NFC", _EMPTY_BRACKETS.sub("", simplify(key)).upper())


def short_firm(name: str, places: Iterable[str] = ()) -> str:
    """The key without its legal form, and without the given places at its beginning or in brackets.

    Only for hints: "紫阳县顺达运输有限公司" and "顺达运输" have one short form if 紫阳 is among the places. A name of which
    fewer than two characters would stay keeps them.
    """
    short = _without_form(normalise_firm(name))
    stems = sorted(
        {re.escape(_stem(normalise_firm(place))) for place in places if place}, key=len, reverse=True
    )
    if not stems:
        return short
    place = f"(?:{'|'.join(stems)}){_PLACE_LEVEL}"
    bare = re.sub(rf"\({place}\)", "", short)
    bare = re.sub(rf"^(?:{place})+", "", bare)
    return bare if len(bare) >= 2 else short


def _without_form(key: str) -> str:
    for _ in range(_MOST_FORMS):
        bare = _FORM.sub("", key)
        if len(bare) < 2:
            break
        key = bare
    return key


def _stem(place: str) -> str:
    stem = re.sub(r"(?:特别行政区|自治区|自治州|自治县|省|市|州|县|区|旗)$", "", place)
    return stem if len(stem) >= 2 else place
