"""Numbers of somebody inside free text: whether a sentence holds an identity number or a telephone.

What lives here: how such numbers are written between words.
What does not: masking them (`masking`), or reading a cell that is one number (`idcard`, `phone`).
"""

import re
import unicodedata

_APART = r"[ .·\-]?"
_MOBILE = rf"1[3-9]\d{_APART}(?:\d{{4}}{_APART}\d{{4}}|\d{{3}}{_APART}\d{{5}}|\d{{5}}{_APART}\d{{3}})"
_FIXED = r"\(?0(?:10|2\d|[3-9]\d\d)\)?[ \-]?[2-8]\d{6,7}"
_BORN = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_18 = rf"[1-8]\d{{5}}{_APART}{_BORN}{_APART}\d{{3}}[\dXx]"
_ID_15 = rf"[1-8]\d{{5}}{_APART}\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_APART}\d{{3}}"
_NUMBER = re.compile(
    rf"(?<!\d)(?:(?:\+?86{_APART}|0086{_APART})?{_MOBILE}|{_FIXED}|{_ID_18}|{_ID_15})(?!\d)", re.ASCII
)
_LINES = str.maketrans("－—–‐‑‒−", "-------")


def holds_number(text: str) -> bool:
    """Whether free text holds what may be somebody's identity number or telephone, right or mistyped.

    Days, numbers of documents and sums of money are let pass; so is a fixed line without its area code, which looks like them.
    """
    return _NUMBER.search(unicodedata.normalize("NFKC", text).translate(_LINES)) is not None
