"""Which column of a clerk's sheet is which field of a register: from heads and contents together.

A guess that is not `sure` is shown to the clerk to confirm; a column without a field is named and left out. What may
not come in at all is decided before, in `forbidden.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chelun.engines.tables.columns.fields import FieldSpec, check_fields
from chelun.engines.tables.columns.heads import Head, fold_all, head_score, parse_head
from chelun.engines.tables.columns.kinds import PERSONAL, PLAIN, Content, is_serial, is_soft, read_content
from chelun.engines.tables.columns.matching import assign
from chelun.engines.tables.columns.messages import Message, reason
from chelun.engines.tables.columns.own import is_own_head
from chelun.engines.tables.columns.script import compact, safe_head, simplified

#: From here up a head is the head of the field.
SAME_HEAD = 0.85
#: From here up a head is almost the head of the field: enough when the content speaks plainly.
NEAR_HEAD = 0.72
#: Below this a pair of column and field is not worth proposing.
WORTH = 0.35
#: What a head counts that belongs to another field first: more than that head alone, less than one's own over known words.
LENT_HEAD = 0.95
#: A share of content that speaks for a kind, and one that speaks against it.
SPEAKS_FOR, SPEAKS_AGAINST = 0.6, 0.3
#: Two scores nearer than this are a close call.
MARGIN = 0.08

_SERIAL_HEADS = frozenset(
    {"序号", "序", "编号", "号", "no", "xh", "行号", "项次", "顺序号", "次序", "排序", "id", "序列"}
)


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """One column as read: its place in the sheet (from 0), its head ("" if none), a sample of its raw cells."""

    index: int
    head: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column is taken for: a field's name or None (left out), how well (0..1), why, and whether surely."""

    index: int
    field: str | None
    score: float
    reason: Message
    sure: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    """One column against one field."""

    score: float
    code: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Column:
    sample: ColumnSample
    head: Head
    content: Content


def recognise(columns: Sequence[ColumnSample], fields: Sequence[FieldSpec]) -> list[Guess]:
    """Propose a field for every column, in the order of `columns`.

    Every field is given to one column at most, except fields with `many`. Raises ValueError when two fields share a
    name.
    """
    check_fields(fields)
    read = [_Column(sample, parse_head(sample.head), read_content(sample.values)) for sample in columns]
    left_out = {place: code for place, column in enumerate(read) if (code := _passed_over(column, fields))}
    pairs = [{} if place in left_out else _pairs(column, fields) for place, column in enumerate(read)]
    given = assign(
        [
            {target: _ranked(pair, place, target) for target, pair in row.items()}
            for place, row in enumerate(pairs)
        ]
    )
    _feed_again(given, pairs, fields)
    return [_guess(place, read, fields, pairs, given, left_out) for place in range(len(read))]


def _ranked(pair: _Pair, place: int, target: int) -> float:
    """Equal scores go left to left: the first 电话 is `phone`, the next one `phone2`."""
    return pair.score - 1e-6 * place - 1e-4 * target + 1e-7 * place * target


def _passed_over(column: _Column, fields: Sequence[FieldSpec]) -> str:
    """Columns that hold nothing to bring in: ours, empty ones, serial numbers."""
    if is_own_head(column.sample.head):
        return "own"
    if column.content.filled == 0 and column.head.is_blank:
        return "empty"
    names = {variant for variant, _ in column.head.variants}
    known = any(head_score(column.head, fold_all((spec.label, *spec.heads))) >= SAME_HEAD for spec in fields)
    if known:
        return ""
    if names & _SERIAL_HEADS and (
        not column.content.filled or column.content.shares.get("number", 0.0) >= 0.5
    ):
        return "serial"
    return "serial" if column.head.is_blank and is_serial(column.sample.values) else ""


def _pairs(column: _Column, fields: Sequence[FieldSpec]) -> dict[int, _Pair]:
    """The fields worth proposing for a column."""
    heads = [
        head_score(column.head, fold_all((spec.label, *spec.heads)), spec.kind in PERSONAL) for spec in fields
    ]
    contents = [_content_fit(column.content, spec) for spec in fields]
    strongest = max(heads, default=0.0)
    # A head that is known, while the content says another kind: the head may have slipped to the wrong column.
    slipped = strongest >= SAME_HEAD and all(
        fit is not None
        and fit < SPEAKS_AGAINST
        and (not is_soft(spec.kind) or column.content.against(spec.kind) >= 0.5)
        for spec, head, fit in zip(fields, heads, contents, strict=True)
        if head >= SAME_HEAD
    )
    found = {}
    for target, (spec, head, fit) in enumerate(zip(fields, heads, contents, strict=True)):
        pair = _pair(column, spec, head, fit, slipped)
        if pair is not None and pair.score >= WORTH:
            found[target] = pair
    return found


def _pair(column: _Column, spec: FieldSpec, head: float, fit: float | None, slipped: bool) -> _Pair | None:
    """Weigh head against content for one column and one field."""
    if fit is None:
        return _by_head(head)
    lent = head_score(column.head, fold_all(spec.lent)) if fit == 1.0 and spec.lent else 0.0
    if lent >= SAME_HEAD > head:
        return _Pair(LENT_HEAD * lent, "head_and_content", True)
    if head >= SAME_HEAD:
        if fit >= SPEAKS_AGAINST:
            return _Pair(0.7 * head + 0.3 * fit, "head_and_content", True)
        if is_soft(spec.kind) and column.content.against(spec.kind) < 0.5:
            return _Pair(0.75 * head, "head_only", True)
        return _Pair(0.5 * head + 0.1 * fit, "content_unlike", False)
    if head >= NEAR_HEAD and fit >= 0.8 and spec.kind in PLAIN:
        return _Pair(0.6 * head + 0.3 * fit, "head_and_content", True)
    if head > 0.2:
        if fit < SPEAKS_AGAINST and not column.head.is_blank:
            return _Pair(0.5 * head, "head_partial", False)
        return _Pair(0.6 * head + 0.3 * fit, "head_partial", False)
    return _by_content(column, spec, head, fit, slipped)


def _by_head(head: float) -> _Pair | None:
    """Content says nothing: the head alone."""
    if head >= SAME_HEAD:
        return _Pair(0.9 * head, "head_only", True)
    return _Pair(0.7 * head, "head_partial", False) if head > 0.2 else None


def _by_content(column: _Column, spec: FieldSpec, head: float, fit: float, slipped: bool) -> _Pair | None:
    """The head says nothing on this field: the content alone, if it is plain enough."""
    if fit < SPEAKS_FOR:
        return None
    if column.head.is_blank:
        return _Pair(0.85 * fit, "content_only", fit >= 0.8 and _telling(spec, column.content))
    if slipped:
        return _Pair(0.75 * fit, "contradiction", False)
    if spec.kind in PLAIN and head < 0.2:
        return _Pair(0.6 * fit, "unknown_head", False)
    return None


def _telling(spec: FieldSpec, content: Content) -> bool:
    """Is the content of this kind enough to be sure without a head? Dates, numbers and yes/no never are."""
    return (
        spec.kind in PLAIN
        or spec.kind in {"sex", "person_name", "firm_name"}
        or (bool(spec.choices) and (content.distinct > 1 or content.filled >= 3))
    )


def _content_fit(content: Content, spec: FieldSpec) -> float | None:
    """How the content fits the field; with choices, the share of different values that are known words.

    A text with choices (several kinds of work in one cell) may hold other words too: they never speak against it.
    """
    if not spec.choices:
        return content.fit(spec.kind)
    if not content.folded:
        return None
    known = _synonyms(tuple(word for value, others in spec.choices.items() for word in (value, *others)))
    fit = sum(1 for value in content.folded if value in known) / len(content.folded)
    return fit if spec.kind == "choice" or fit >= SPEAKS_FOR else None


@lru_cache(maxsize=64)
def _synonyms(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(simplified(compact(word)).casefold() for word in words)


def _feed_again(
    given: dict[int, int], pairs: Sequence[Mapping[int, _Pair]], fields: Sequence[FieldSpec]
) -> None:
    """Columns left over may feed a field that takes several."""
    for place, row in enumerate(pairs):
        if place in given:
            continue
        several = [(pair.score, target) for target, pair in row.items() if fields[target].many]
        if several:
            given[place] = max(several)[1]


def _guess(
    place: int,
    read: Sequence[_Column],
    fields: Sequence[FieldSpec],
    pairs: Sequence[Mapping[int, _Pair]],
    given: Mapping[int, int],
    left_out: Mapping[int, str],
) -> Guess:
    """Put one column's result into words."""
    column = read[place]
    if place in left_out:
        return Guess(column.sample.index, None, 1.0, reason(left_out[place]), True)
    if place not in given:
        return _unplaced(place, read, fields, pairs, given)
    target = given[place]
    pair = pairs[place][target]
    rival = _rival(place, target, fields, pairs, given)
    label = fields[target].label
    if pair.sure and rival is not None:
        why = reason("close_call", label=label, other=fields[rival].label)
    else:
        why = reason(pair.code, label=label, head=safe_head(column.sample.head))
    return Guess(
        column.sample.index, fields[target].name, min(1.0, pair.score), why, pair.sure and rival is None
    )


def _rival(
    place: int,
    target: int,
    fields: Sequence[FieldSpec],
    pairs: Sequence[Mapping[int, _Pair]],
    given: Mapping[int, int],
) -> int | None:
    """A field of another kind that this column would fit as well and that nobody else has taken."""
    taken = set(given.values())
    mine = pairs[place][target].score
    for other, pair in pairs[place].items():
        if other in taken or fields[other].kind == fields[target].kind:
            continue
        if pair.sure and pair.score >= mine - MARGIN:
            return other
    return None


def _unplaced(
    place: int,
    read: Sequence[_Column],
    fields: Sequence[FieldSpec],
    pairs: Sequence[Mapping[int, _Pair]],
    given: Mapping[int, int],
) -> Guess:
    """A column without a field: a second one of a field that is taken, or one that nobody knows."""
    column, row = read[place], pairs[place]
    holders = {target: holder for holder, target in given.items()}
    wanted = max(row, key=lambda target: row[target].score, default=None)
    if wanted is None or wanted not in holders:
        return Guess(column.sample.index, None, 0.0, reason("unknown"), True)
    number = str(read[holders[wanted]].sample.index + 1)
    why = reason("duplicate", label=fields[wanted].label, column=number)
    return Guess(column.sample.index, None, row[wanted].score, why, not row[wanted].sure)
