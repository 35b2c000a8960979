"""A name, firm, address or number with something beside it that a roster may not bring in: the aside goes, the rest stays.

张三（党员）, 李四-回族, 党员王五, 赵六/汉, 顺达公司党支部. What the words are is in `forbidden_words`.
"""

import re

from chelun.engines.tables.columns import forbidden_words as known
from chelun.engines.tables.columns.kinds import label
from chelun.engines.tables.columns.script import compact, plain, simplified
from chelun.engines.tables.columns.surnames import DOUBLE
from chelun.engines.tables.columns.traits import (
    CODES,
    NAMES,
    SINGLE,
    cell_text,
    label_kind,
    mentioned,
    mentioned_alone,
)

_BRACKET_MARKS = "()[]【】{}「」《》<>"
_GAP = r"[-—–_/、,;；|:=+~&\"“”‘’?!。…\s]+"
_PIECES = re.compile(rf"([(\[【{{「《<][^)\]】}}」》>]*[)\]】}}」》>]?|{_GAP})")
_ENDS = '-—–_/、,;；|:=+~&"“”‘’?!。… '
#: Marks before or behind a name that a legend explains (★为党员); signs that may stand for a hidden character are not here.
_MARKS = "★☆▲△▼▽※√✓✔☭♥❤◎⊙①②③④⑤⑥⑦⑧⑨⑩"
_BEFORE = re.compile(f"(?:{known.ATTACHED})")
_BEHIND = re.compile(f"(?:{known.ATTACHED})$")
#: One of these characters is in everything that is looked for in a text of one piece: nearly no name or number has one.
_SUSPECT = frozenset("党黨团團众眾衆族教佛督斯残殘聋聾血糖重点訪访刑矫吸失已未离丧積积发發无無" + _MARKS)
_ALONE = frozenset(word for labels in known.LABELS.values() for word in labels)
_STRONG = re.compile(known.STRONG)
#: «张三是党员» is a sentence, not a name with a label.
_VERBS = "是为系属非"
_HAN_NAME = re.compile("[㐀-鿿豈-﫿·a-z]{2,}")

Scrubbed = tuple[str, tuple[str, ...]]


def scrub_name(text: str, *, person: bool = False) -> Scrubbed:
    """A cell without asides that a roster may not bring in: (text, kinds); `person` says that the column holds names.

    张三(党员) → 张三, 李四-回族 → 李四, 党员王五 → 王五; 健康快递有限公司, 彝族自治县 and Mr 党 stay. A cell that
    holds nothing else, or a firm's name that is one of a branch, comes back empty.
    """
    if text.isascii() and "(" not in text:
        return text, ()
    if _SUSPECT.isdisjoint(text) and text.isalnum() and text not in _ALONE:
        return text, ()
    kinds: list[str] = []
    pieces = _PIECES.split(plain(text))
    kept = "".join(reversed([_kept(pieces, place, person, kinds) for place in reversed(range(len(pieces)))]))
    if kinds:
        kept = kept.strip(_ENDS)
    if person:
        kept = kept.strip(_MARKS)
    if _STRONG.search(cell_text(kept)):
        return "", tuple(sorted({*kinds, "membership"}))
    return _whole(text, kept, kinds)


def _whole(text: str, kept: str, kinds: list[str]) -> Scrubbed:
    """What is left; a cell that is nothing but a label goes."""
    kind = label_kind(cell_text(kept)) if len(kept) <= 12 else None
    if kind:
        return "", tuple(sorted({*kinds, kind}))
    changed = kinds or kept.strip() != plain(text)
    return (kept if changed else text), tuple(sorted(set(kinds)))


def _kept(pieces: list[str], place: int, person: bool, kinds: list[str]) -> str:
    """What stays of one piece of a cell; what it said is added to `kinds`. Asked from the last piece to the first."""
    piece = pieces[place]
    bare = cell_text(piece.strip(_BRACKET_MARKS))
    if not bare:
        return piece
    if piece[:1] in _BRACKET_MARKS:
        kind = (
            "political"
            if bare in known.PARTY_LATIN
            else SINGLE.get(bare) or label_kind(bare) or mentioned(bare)
        )
    elif bare.isascii():
        return piece
    elif len(bare) == 1:
        kind = SINGLE.get(bare) if _may_close(pieces, place, bool(kinds)) else None
    else:
        rest, kind = (piece, None) if _SUSPECT.isdisjoint(piece) else _without_attached(piece, person)
        if kind:
            kinds.append(kind)
            return rest
        kind = label_kind(bare) or mentioned_alone(bare)
    if kind:
        kinds.append(kind)
    return "" if kind else piece


def _may_close(pieces: list[str], place: int, more: bool) -> bool:
    """Whether a single character behind a name is something said of it, and not the rest of it (李 群, 党 健)."""
    first, gap = "".join(pieces[: place - 1]) if place else "", pieces[place - 1] if place else ""
    if len(first) < 2 or not (more or place == len(pieces) - 1):
        return False
    return not gap.isspace() or (first not in DOUBLE and pieces[place] not in "党团群")


def _without_attached(piece: str, person: bool) -> tuple[str, str | None]:
    """Take a label away that is written together with a name or a number, if a name or a number is left: (rest, kind)."""
    simple = simplified(piece)
    for found in (_BEFORE.match(simple), _BEHIND.search(simple)):
        rest = (piece[: found.start()] + piece[found.end() :]).strip(_MARKS + "*·•") if found else ""
        if found and rest and _is_left(rest, person):
            return rest, label_kind(found[0]) or mentioned(found[0]) or "political"
    return piece, None


def _is_left(rest: str, person: bool) -> bool:
    bare = compact(rest).casefold()
    if bare[-1:] in _VERBS:
        return False
    what = label(bare)
    if what in CODES or what in {"person", "plate"}:
        return True
    return person and what not in NAMES and _HAN_NAME.fullmatch(bare) is not None
