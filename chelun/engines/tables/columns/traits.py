"""What one text says of a person that a roster may not bring in: as a label, or somewhere within.

Columns and cells are judged with it in `forbidden`, names with something beside them in `asides`.
"""

import re

from chelun.engines.tables.columns import forbidden_words as known
from chelun.engines.tables.columns.heads import fold
from chelun.engines.tables.columns.kinds import label
from chelun.engines.tables.columns.script import compact, simplified

_LABEL_EDGES = re.compile(r"^[\d.、:\-_()]{1,5}(?!\d)|[\d.、:\-_()?]+$")
_ILLNESS = re.compile("[㐀-鿿]{1,6}(?:病|癌|瘤|症|综合征)(?:史|人)?")
_DISABLED = re.compile(
    "(?:肢体|视力|听力|言语|智力|精神|多重)?(?:残疾|伤残)?[一二三四1234]级(?:肢体|视力|听力|言语|智力|精神|残疾|伤残)|残疾.{0,6}|.{0,4}残疾(?:证|[一二三四]级)?"
)
TEXTS = tuple((kind, re.compile(pattern)) for kind, pattern in known.TEXTS)
#: Labels of cells that name somebody or something, and those of numbers: their words are nobody's traits.
NAMES = frozenset({"person", "firm", "place", "address", "plate"})
CODES = frozenset({"id", "id_like", "phone", "landline", "certificate", "uscc", "vin"})
#: One character that says it where it stands alone.
SINGLE = {**dict.fromkeys(known.PEOPLES, "ethnicity"), **dict.fromkeys("党团群", "political")}


def cell_text(value: str) -> str:
    """A cell in the one spelling in which words are looked for."""
    return simplified(compact(value)).casefold() if value else ""


def label_kind(text: str) -> str | None:
    """A whole cell that is one of the labels (01-中共党员, 汉族, 残疾二级, 高血压); *党** is a name that was masked."""
    if len(text) > 40 or ("*" in text and len(text.strip("*")) < 2):
        return None
    bare = fold(_LABEL_EDGES.sub("", text)) or fold(text)
    for kind, labels in known.LABELS.items():
        if bare in labels:
            return kind
    ill = _ILLNESS.fullmatch(bare) or (_DISABLED.fullmatch(bare) and label(bare) != "firm")
    return "health" if ill else None


def mentioned_alone(text: str) -> str | None:
    """As `mentioned`, but not where the whole text looks like the name of a person, firm or place."""
    kind = mentioned(text)
    return None if kind and label(text) in NAMES and not _begins_with_it(text) else kind


def _begins_with_it(text: str) -> bool:
    """高血压, 关节炎: begins like a name, but the first three characters or more are the thing itself."""
    return any((found := pattern.match(text)) and len(found.group()) >= 3 for _, pattern in TEXTS)


def mentioned(text: str) -> str | None:
    """The first kind that a free text mentions, or None."""
    return next((kind for kind, pattern in TEXTS if pattern.search(text)), None)
