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

from chelun.engines.tables.columns import forbidden_words as known
from chelun.engines.tables.columns.asides import scrub_name
from chelun.engines.tables.columns.heads import fold, split_head, without_brackets, without_modifiers
from chelun.engines.tables.columns.kinds import label
from chelun.engines.tables.columns.messages import Message, reason
from chelun.engines.tables.columns.recognise import ColumnSample
from chelun.engines.tables.columns.script import compact, safe_head
from chelun.engines.tables.columns.traits import (
    CODES,
    NAMES,
    SINGLE,
    TEXTS,
    cell_text,
    label_kind,
    mentioned_alone,
)

#: Share of the filled cells from which a column is dropped: whole cells that are such a label; texts that mention one.
LABEL_SHARE, TEXT_SHARE = 0.3, 0.5

_LATIN = re.compile(r"[^a-z]+")


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


def kept_head(head: str) -> str:
    """A head as it may be kept: without group heads and brackets that say of all rows what no roster may say.

    党员/姓名 → 姓名, 姓名(★为党员) → 姓名; a head that says nothing of the kind is returned as it is.
    """
    if _text_kind("".join(split_head(head))) is None and scrub(head)[0] is not None:
        return head
    *groups, last = split_head(head)
    kept = [part for part in groups if _text_kind(part) is None and scrub(part)[0] is not None]
    return "/".join([*kept, without_brackets(last).strip() or last])


def content_kind(values: Sequence[str]) -> str | None:
    """The forbidden kind that a column's cells speak of, whatever its head says, or None."""
    counted = Counter(text for text in map(cell_text, values) if text)
    filled = counted.total()
    if not filled:
        return None
    labels: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for text, times in counted.items():
        kind = label_kind(text)
        if kind:
            labels[kind] += times
        kind = kind or _mentioned_aside_of_names(text)
        if kind:
            texts[kind] += times
    if labels.total() >= LABEL_SHARE * filled or texts.total() >= TEXT_SHARE * filled:
        return (labels or texts).most_common(1)[0][0]
    return _closed_list_kind(frozenset(fold(text) for text in counted))


def _closed_list_kind(cells: frozenset[str]) -> str | None:
    """Columns whose cells mean something only together: 汉/彝/藏, 党/团/群, A/B/O/AB, 健康/良好/一般."""
    if cells <= frozenset(known.ETHNIC) and cells & (known.PEOPLES | {"满"}):
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


def _mentioned_aside_of_names(text: str) -> str | None:
    """As `_mentioned_alone`, and not for a name with an aside (张三(党员)): there only the aside goes (`scrub_name`)."""
    kind = mentioned_alone(text)
    return None if kind and label(scrub_name(text)[0]) in NAMES | CODES else kind


def scrub(text: str) -> tuple[str | None, tuple[str, ...]]:
    """A cell of a free-text field: (text, ()) when it may be stored, (None, kinds) when it is dropped as a whole.

    Not for names, firms and addresses, whose words are nobody's traits. The kinds are for telling the clerk how many
    cells were dropped and why; the text itself goes nowhere.
    """
    cell = cell_text(text)
    if not cell:
        return text, ()
    kinds = {kind for kind, pattern in TEXTS if pattern.search(cell)}
    if len(cell) <= 12 and (kind := SINGLE.get(cell) or label_kind(cell)):
        kinds.add(kind)
    return (None, tuple(sorted(kinds))) if kinds else (text, ())


def scrub_free(text: str) -> tuple[str, tuple[str, ...]]:
    """A cell of a column that was not surely recognised: as `scrub`, but a name or number with an aside stays without it."""
    clean, kinds = scrub(text)
    if clean is not None:
        return clean, kinds
    rest, _ = scrub_name(text)
    return (rest if rest != text and label(rest) in NAMES | CODES and scrub(rest)[1] == () else ""), kinds
