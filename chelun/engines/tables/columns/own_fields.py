"""Fields that a place has added to a register by itself: how their cells are read, and what may not be such a field.

A field of a place is judged by the same rules that keep the forbidden kinds out of a roster, and so is every value.
The name of its fact (`own_c…`, or `own_s…` where the value lies sealed) says that it is one, and stays when it is renamed.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chelun.engines.faults import N_, Fault, FaultKind
from chelun.engines.tables.columns.dates import LONG_TERM, clean_date
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.forbidden import content_kind, head_kind, scrub
from chelun.engines.tables.columns.heads import fold
from chelun.engines.tables.columns.kinds import label as kind_label
from chelun.engines.tables.columns.script import compact, plain
from chelun.engines.tables.columns.traits import CODES, label_kind
from chelun.engines.tables.columns.values import (
    UNITS,
    choice_cleaner,
    clean_number,
    clean_text,
    clean_yes_no,
)

PREFIX, SEALED_PREFIX = "own_", "own_s"
TEXT, NUMBER, DAY, CHOICE, YES_NO = "text", "number", "day", "choice", "yes_no"
KINDS: Mapping[str, str] = {TEXT: "text", NUMBER: "number", DAY: "date", CHOICE: "choice", YES_NO: "yes_no"}
"""Type of the field → kind of content as the recognition of columns knows it."""
YES, NO = "yes", "no"
TEXT_LIMIT = 60

NUMBERED = FaultKind(
    "own.numbered",
    N_("这一格像证件号或电话号码，这一项不加密保存，不能填号码。"),
    N_("请删去号码；确需登记号码的，请让维护设置的人另建一个加密的自定字段。"),
)


def is_own(name: str) -> bool:
    """Whether a fact belongs to a field that a place has added."""
    return name.startswith(PREFIX)


def is_own_sealed(name: str) -> bool:
    """Whether it is one whose values lie sealed."""
    return name.startswith(SEALED_PREFIX)


def own_facts(facts: Mapping[str, Any]) -> dict[str, str]:
    """Which of some facts belong to fields of places; empty ones are none."""
    return {name: value for name, value in facts.items() if is_own(name) and value}


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A field of a place, as sheets and forms need it. `options` are (code, label), also those no longer offered;
    `offered` are the codes that may be chosen today. Values are texts: a code, yes or no, 2026-11-01, 4.5.
    """

    name: str
    label: str
    type: str
    help: str = ""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    options: tuple[tuple[str, str], ...] = ()
    offered: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    shown: bool = False
    filtered: bool = False

    @property
    def sealed(self) -> bool:
        """Whether its values lie sealed."""
        return is_own_sealed(self.name)

    def spec(self) -> FieldSpec:
        """The field as a column of its register's sheet."""
        chosen = {code: (text,) for code, text in self.options if code in self.offered}
        choices = chosen if self.type == CHOICE else {}
        hint = self.help or (f"{self.unit}" if self.unit else "")
        return FieldSpec(
            self.name, self.label, KINDS[self.type], (self.label, *self.heads), choices=choices, hint=hint
        )

    def read(self, cell: str) -> str | Fault | None:
        """The value of a cell; None when it says nothing or was dropped for what a roster may not bring in."""
        if self.type == TEXT:
            return self._text(cell)
        if self.type == CHOICE:
            return cell if cell in dict(self.options) else choice_cleaner(self.spec())(cell)
        if self.type == YES_NO:
            flag = clean_yes_no(cell)
            return flag if isinstance(flag, Fault) or flag is None else (YES if flag else NO)
        return self._day(cell) if self.type == DAY else self._number(cell)

    def words(self, value: str) -> str:
        """A value as a reader sees it (yes and no are `YES` and `NO`, in nobody's language)."""
        if self.type == CHOICE:
            return dict(self.options).get(value, value)
        return f"{value} {self.unit}".strip() if self.type == NUMBER else value

    def _text(self, cell: str) -> str | Fault | None:
        text = clean_text(cell, limit=TEXT_LIMIT)
        if text is None or isinstance(text, Fault) or scrub(text)[1]:
            return None if not isinstance(text, Fault) else text
        return NUMBERED() if not self.sealed and _holds_number(text) else text

    def _day(self, cell: str) -> str | Fault | None:
        day = clean_date(cell)
        if isinstance(day, date):
            return None if day == LONG_TERM else day.isoformat()
        return day

    def _number(self, cell: str) -> str | Fault | None:
        known = self.unit if self.unit in UNITS else ""
        bare = plain(cell)
        if self.unit and not known:
            bare = bare.removesuffix(plain(self.unit)).strip() or bare
        amount = clean_number(bare, unit=known, low=self.low, high=self.high)
        return written_number(amount) if isinstance(amount, Decimal) else amount


def written_number(amount: Decimal) -> str:
    """A number as it is stored and compared: 4.50 → 4.5, 1E+3 → 1000."""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _holds_number(text: str) -> bool:
    """Whether a text is, or holds, an ID number, a telephone or another number of somebody."""
    if kind_label(compact(text)) in CODES:
        return True
    digits = "".join(character if character.isdecimal() else " " for character in compact(text))
    return any(len(run) >= 11 for run in digits.split())


def forbidden_kind(texts: Sequence[str], options: Sequence[str] = ()) -> str | None:
    """The forbidden kind of which a field would speak by its name, heads, unit and help, or by its options.

    Each text is judged alone, then with its neighbours, because a word may be cut in two; the options as a column's cells.
    """
    kinds = (_said(text) for text in _joined([*texts, *options]))
    found = next((kind for kind in kinds if kind), None)
    return found or next(filter(None, map(label_kind, options)), None) or content_kind(list(options))


def _joined(texts: Sequence[str]) -> Iterable[str]:
    """Each text alone, every pair in a row, and all together."""
    present = [text for text in texts if text.strip()]
    yield from present
    yield from (one + other for one, other in itertools.pairwise(present))
    yield from (present[0] + other for other in present[2:])
    yield "".join(present)


def _said(text: str) -> str | None:
    spelled = fold(text)
    kinds = scrub(text)[1] or scrub(spelled)[1]
    return head_kind(text) or head_kind(spelled) or (kinds[0] if kinds else None)
