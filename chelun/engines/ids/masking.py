"""What may be seen of a personal value in a list or a log.

What lives here: the masks, and why each shows what it shows.
What does not: who may lift a mask (accounts and privacy decide that).
"""

import re

_LONG_RUN = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15,19})(?![0-9])")
_MOBILE_RUN = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


def mask_id_number(value: str) -> str:
    """First two and last two characters: 61**************12.

    The province is all of the area a list needs; birth date and sex have clear columns of their own where they are
    allowed. Two last characters tell two people of one name apart without narrowing the number down: with area,
    birth and four last characters the whole number would be known.
    """
    return value[:2] + "*" * max(len(value) - 4, 3) + value[-2:] if len(value) > 8 else "*" * len(value)


def mask_phone(value: str) -> str:
    """First three and last two digits: 138******78; of a fixed line the area code and the last two.

    Enough for a clerk on the telephone to ask "does it end in 78?", with a million numbers behind each mask.
    """
    head, dash, line = value.partition("-")
    if dash:
        return f"{head}-{'*' * max(len(line) - 2, 3)}{line[-2:]}"
    return value[:3] + "*" * max(len(value) - 5, 3) + value[-2:] if len(value) > 7 else "*" * len(value)


def mask_name(value: str) -> str:
    """First character and two stars, for logs. The number of stars is fixed, so a name's length does not show."""
    return value[:1] + "**" if value else ""


def mask_certificate(value: str) -> str:
    """As an identity number: 18-character certificates are one, the rest loses nothing by it."""
    return mask_id_number(value)


def mask_within(text: str) -> str:
    """Free text with every run of digits that may be an identity number, certificate or mobile masked, for logs."""
    return _MOBILE_RUN.sub(
        lambda run: mask_phone(run.group()), _LONG_RUN.sub(lambda run: mask_id_number(run.group()), text)
    )
