"""What a hidden name still shows: the beginning and the end of 张*明, 李某某, 王师傅, 李□.

What lives here: cells that `read_name` refuses as masked, garbled, placeholder or title, looked at for comparing.
What does not: completing a name, and names that are whole. How many signs are hidden is not believed: masks have lengths of their own.
"""

import re
from dataclasses import dataclass, field

from chelun.engines.names.normalise import DOT, clean_text, read_name, simplify

_HIDDEN = re.compile(r"(?:[*×✱✲●■◆○◯█▇#?？\ufffd□▢〓某]|[Xx]{2,}|(?<=[\u3400-\u9fff])[Xx])+")
_TITLE = re.compile(r"^(.{1,2})(?:先生|女士|小姐|师傅|老板|同志)$")
_JOINING = f" {DOT}.'’-"


@dataclass(frozen=True, slots=True)
class VisibleName:
    """How a name begins and ends, in simplified characters; one of the two may be empty. Its text form hides both."""

    begin: str = field(repr=False)
    end: str = field(repr=False)

    def agrees(self, name: str) -> bool:
        """Whether a whole name may be the hidden one: it begins and ends so, and has at least one sign more."""
        plain = simplify(clean_text(name)).replace(" ", "")
        return (
            plain.startswith(self.begin)
            and plain.endswith(self.end)
            and len(plain) > len(self.begin) + len(self.end)
        )


def visible_name(text: str | None) -> VisibleName | None:
    """What a hidden name shows; None if nothing is hidden, nothing is shown, or it is shown in the middle only."""
    cleaned = simplify(clean_text(text or ""))
    title = _TITLE.match(cleaned)
    if title is not None:
        return VisibleName(title.group(1), "")
    parts = [part.replace(" ", "").strip(_JOINING) for part in _HIDDEN.split(cleaned)]
    if len(parts) < 2 or not all(_is_name(part) for part in parts if part):
        return None
    begin, end = parts[0], parts[-1]
    return VisibleName(begin, end) if begin or end else None


def _is_name(part: str) -> bool:
    """Letters only, and no word that stands for nothing (不详, 无)."""
    letters = part.replace(DOT, "")
    return letters.isalpha() and (len(letters) < 2 or not hasattr(read_name(letters), "code"))
