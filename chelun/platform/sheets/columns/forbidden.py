"""What a roster may not bring in: found by head and by content, named to the clerk, stored nowhere.

Political status, membership, ethnicity, religion, health, opinions, watch lists, biometrics and private life. `screen`
works on columns before any is mapped; `scrub` on single cells of free-text fields. Names of persons, firms and places
are never a reason: a Mr 党, 健康快递有限公司 and 彝族自治县 pass.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chelun.platform.sheets.columns import forbidden_words as known
from chelun.platform.sheets.columns.heads import fold, split_head, without_brackets, without_modifiers
from chelun.platform.sheets.columns.kinds import label
from chelun.platform.sheets.columns.messages import Message, reason
from chelun.platform.sheets.columns.recognise import ColumnSample
from chelun.platform.sheets.columns.script import compact, plain, safe_head, simplified

#: Share of the filled cells from which a column is dropped: whole cells that are such a label; texts that mention one.
LABEL_SHARE, TEXT_SHARE = 0.3, 0.5

_LATIN = re.compile(r"[^a-z]+")
_LABEL_EDGES = re.compile(r"^[\d.、:\-_()]+|[\d.、:\-_()?]+$")
_ILLNESS = re.compile("[㐀-鿿]{1,6}(?:病|癌|瘤|症|综合征)(?:史|人)?")
_DISABLED = re.compile(
    "(?:肢体|视力|听力|言语|智力|精神|多重)?(?:残疾|伤残)?[一二三四1234]级(?:肢体|视力|听力|言语|智力|精神|残疾|伤残)|残疾.{0,6}|.{0,4}残疾(?:证|[一二三四]级)?"
)
_TEXTS = tuple((kind, re.compile(pattern)) for kind, pattern in known.TEXTS)
_ASIDES = re.compile(r"([(\[【{「《<][^)\]】}」》>]*[)\]】}」》>]?|[-—–/、,;；|:\s]+)")
_BRACKET_MARKS = "()[]【】{}「」《》<>"
_PEOPLES = known.ETHNIC_PLAIN | {"回"}
_NAMES = frozenset({"person", "firm", "place", "address", "plate"})


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that was dropped: its place, its head (safe to show), the kind (`KIND_LABELS`), the sentence."""

    index: int
    head: str
    kind: str
    reason: Message


def head_kind(head: str) -> str | None:
    """The forbidden kind that a head (or a sheet's name) speaks of, or None.

    The last part of a group head decides when it is a plain fact (党员信息/姓名 is a name); any other part under a
    forbidden group goes with it (健康状况/有无).
    """
    parts = split_head(head)
    if not parts:
        return None
    if _is_neutral(parts[-1]) and (len(parts) > 1 or fold(without_brackets(parts[-1])) != fold(parts[-1])):
        return None
    return _text_kind("".join(parts)) or _text_kind(parts[-1])


def _is_neutral(part: str) -> bool:
    bare = fold(without_brackets(part))
    return any(known.NEUTRAL_HEADS.fullmatch(text) for text in (bare, without_modifiers(bare)) if text)


def _text_kind(text: str) -> str | None:
    """The kind that a folded head speaks of, in Chinese, in English or in pinyin with or without tones."""
    folded = known.HARMLESS_HEADS.sub("", fold(text))
    if "*" in compact(text) and folded in {"民", "宗", "族"}:
        return "religion" if folded == "宗" else "ethnicity"
    toneless = _LATIN.sub("", unicodedata.normalize("NFKD", folded))
    for kind, pattern in known.HEADS:
        if pattern.search(folded) or (toneless and pattern.search(toneless)):
            return kind
    return None


def screen(columns: Sequence[ColumnSample]) -> list[Dropped]:
    """The columns that must be dropped before anything is stored, in the order given.

    The larger the sample the better; what a sample misses, `scrub` catches in free text, and columns that are mapped
    to nothing are not stored anyway.
    """
    titles = _titles(columns)
    found = []
    for column in columns:
        head = _without_titles(column.head, titles)
        kind, code = head_kind(head), "forbidden_head"
        if kind is None:
            kind, code = content_kind(column.values), "forbidden_content"
        if kind is not None:
            why = reason(code, kind=known.KIND_LABELS[kind])
            found.append(Dropped(column.index, safe_head(column.head), kind, why))
    return found


def _titles(columns: Sequence[ColumnSample]) -> frozenset[str]:
    """Parts of heads that stand over most columns: the sheet's title (…党委货车司机名册), which says nothing of a column."""
    counted = Counter(
        part for column in columns for part in {fold(part) for part in split_head(column.head)[:-1]}
    )
    return frozenset(part for part, times in counted.items() if times >= 4 and times > 0.6 * len(columns))


def _without_titles(head: str, titles: frozenset[str]) -> str:
    if not titles:
        return head
    parts = split_head(head)
    return "/".join([part for part in parts[:-1] if fold(part) not in titles] + parts[-1:])


def content_kind(values: Sequence[str]) -> str | None:
    """The forbidden kind that a column's cells speak of, whatever its head says, or None."""
    counted = Counter(text for text in map(_cell, values) if text)
    filled = counted.total()
    if not filled:
        return None
    labels: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for text, times in counted.items():
        kind = _label_kind(text)
        if kind:
            labels[kind] += times
        kind = kind or _mentioned_aside_of_names(text)
        if kind:
            texts[kind] += times
    if labels.total() >= LABEL_SHARE * filled or texts.total() >= TEXT_SHARE * filled:
        return (labels or texts).most_common(1)[0][0]
    return _closed_list_kind(frozenset(fold(text) for text in counted))


def _cell(value: str) -> str:
    return simplified(compact(value)).casefold() if value else ""


def _label_kind(text: str) -> str | None:
    """A whole cell that is one of the labels (01-中共党员, 汉族, 残疾二级, 高血压)."""
    if len(text) > 40:
        return None
    bare = fold(_LABEL_EDGES.sub("", text)) or fold(text)
    for kind, labels in known.LABELS.items():
        if bare in labels:
            return kind
    return "health" if _ILLNESS.fullmatch(bare) or _DISABLED.fullmatch(bare) else None


def _closed_list_kind(cells: frozenset[str]) -> str | None:
    """Columns whose cells mean something only together: 汉/彝/藏, 党/团/群, A/B/O/AB, 健康/良好/一般."""
    if cells <= frozenset(known.ETHNIC) and cells & known.ETHNIC_PLAIN:
        return "ethnicity"
    if cells <= known.ETHNIC_LATIN and cells & known.ETHNIC_LATIN_PLAIN:
        return "ethnicity"
    if cells <= known.PARTY_LATIN and len(cells & {"dy", "qz", "ty", "cpc", "cyl", "ccp"}) > 1:
        return "political"
    if cells <= known.PARTY_SHORT and len(cells & {"党", "团", "群"}) > 1:
        return "political"
    if cells <= known.BLOOD and cells & {"o", "ab"} and len(cells) > 1:
        return "health"
    if "健康" in cells and cells <= known.HEALTH_COMPANIONS:
        return "health"
    return None


def _mentioned_alone(text: str) -> str | None:
    """As `_mentioned`, but not where the whole text looks like the name of a person, firm or place."""
    kind = _mentioned(text)
    return None if kind and label(text) in _NAMES and not _begins_with_it(text) else kind


def _mentioned_aside_of_names(text: str) -> str | None:
    """As `_mentioned_alone`, and not for a name with an aside (张三(党员)): there only the aside goes (`scrub_name`)."""
    kind = _mentioned_alone(text)
    return None if kind and label(scrub_name(text)[0]) in _NAMES else kind


def _begins_with_it(text: str) -> bool:
    """高血压, 关节炎: begins like a name, but the first three characters or more are the thing itself."""
    return any((found := pattern.match(text)) and len(found.group()) >= 3 for _, pattern in _TEXTS)


def _mentioned(text: str) -> str | None:
    """The first kind that a free text mentions, or None."""
    return next((kind for kind, pattern in _TEXTS if pattern.search(text)), None)


def scrub(text: str) -> tuple[str | None, tuple[str, ...]]:
    """A cell of a free-text field: (text, ()) when it may be stored, (None, kinds) when it is dropped as a whole.

    Not for names, firms and addresses, whose words are nobody's traits. The kinds are for telling the clerk how many
    cells were dropped and why; the text itself goes nowhere.
    """
    cell = _cell(text)
    if not cell:
        return text, ()
    kinds = {kind for kind, pattern in _TEXTS if pattern.search(cell)}
    if len(cell) <= 12 and (kind := _label_kind(cell)):
        kinds.add(kind)
    return (None, tuple(sorted(kinds))) if kinds else (text, ())


def scrub_name(text: str) -> tuple[str, tuple[str, ...]]:
    """A cell of names, firms, addresses or numbers without asides that a roster may not bring in: (text, kinds).

    张三(党员) → 张三, 李四-回族 → 李四; only what stands in brackets or behind a mark can go, so 健康快递有限公司,
    彝族自治县 and Mr 党 stay. A cell that holds nothing else comes back empty.
    """
    if text.isascii() or text.isalnum():
        return text, ()
    pieces = _ASIDES.split(plain(text))
    if len(pieces) == 1:
        return text, ()
    kinds = [_aside_kind(piece) for piece in pieces]
    if not any(kinds):
        return text, ()
    kept = "".join(piece for piece, kind in zip(pieces, kinds, strict=True) if not kind)
    return kept.strip("-—–/、,;；|: "), tuple(sorted({kind for kind in kinds if kind}))


def _aside_kind(piece: str) -> str | None:
    """The kind that one piece of a cell speaks of; in brackets one character may name a people."""
    bare = _cell(piece.strip(_BRACKET_MARKS))
    if not bare or bare.isascii():
        return None
    if piece[:1] in _BRACKET_MARKS:
        return "ethnicity" if bare in _PEOPLES else _label_kind(bare) or _mentioned(bare)
    return _label_kind(bare) or _mentioned_alone(bare)
