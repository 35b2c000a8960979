"""Hands: who wrote a batch of rows, and so which mistakes and habits all of them share.

What lives here: the values of a hand and how one is drawn. What does not: what the mistakes do (`mishaps/`), and how frequent each hand is
in a difficulty (`difficulty.py`).
"""

from dataclasses import dataclass, field

from bench.matching.dice import Dice, Weighted

KINDS = ("tidy", "clerk", "ocr", "sheet", "archive", "masks")
DIALECTS = ("", "zh_z", "n_l", "an_ang", "en_eng", "f_h")
TELLING, MOST_MISSING = ("birth", "plate", "firm", "address"), 1
_DATES = Weighted(
    (("2-", 6), ("2.", 3), ("2/", 3), ("8", 3), ("年", 3), ("month", 1.5), ("serial", 1), ("american", 0.7))
)
_PLATES = Weighted((("plain", 6), ("·", 3), (" ", 1), ("lower", 0.5), ("bare", 0.8)))
_SEXES = Weighted((("男", 8), ("男性", 1), ("1", 1), ("M", 0.5)))
_FIRMS = Weighted((("full", 6), ("no place", 2), ("short", 2), ("no form", 1)))
_ADDRESSES = Weighted((("full", 4), ("county", 3), ("town", 2), ("only county", 1), ("former", 1)))
_BLANKS = Weighted((("", 8), ("无", 1), ("/", 1), ("不详", 0.6), ("-", 0.5)))


@dataclass(frozen=True, slots=True)
class Hand:
    """One who writes. Rates are those of a row of mean carelessness; `blank` names the columns that the batch does not fill."""

    kind: str
    blank: frozenset[str]
    trouble: float
    dialect: str = ""
    date: str = "2-"
    plate: str = "plain"
    sex: str = "男"
    firm: str = "full"
    address: str = "full"
    placeholder: str = ""
    wide: bool = False
    traditional: bool = False
    from_number: bool = False
    grouped: bool = False
    masked: frozenset[str] = field(default=frozenset())
    mask: str = "*"


class Fill:
    """Which columns a batch fills, so that over a table each column comes near the share of rows that is asked for."""

    def __init__(self, shares: dict[str, float]) -> None:
        self._shares, self._owed = shares, dict.fromkeys(shares, 0.0)

    def blank(self, dice: Dice, rows: int) -> frozenset[str]:
        """Columns that a batch of so many rows leaves empty; of those that tell people apart without a number one at most."""
        blank = {
            column
            for column, share in self._shares.items()
            if not self._is_due(dice, column, share * rows, rows)
        }
        telling = dice.shuffled(column for column in TELLING if column in self._shares)
        while len(blank.intersection(telling)) > MOST_MISSING:
            blank.discard(telling.pop())
        return frozenset(blank)

    def _is_due(self, dice: Dice, column: str, wanted: float, rows: int) -> bool:
        self._owed[column] += wanted
        due = dice.chance(self._owed[column] / rows)
        self._owed[column] -= rows if due else 0
        return due


def draw_hand(dice: Dice, kinds: Weighted[str], blank: frozenset[str], trouble: float) -> Hand:
    """A hand of one of the kinds."""
    kind = dice.drawn(kinds)
    if kind == "tidy":
        return Hand(
            kind,
            blank,
            trouble * 0.3,
            date=dice.one_of(("2-", "2-", "8", "2/")),
            plate=dice.one_of(("plain", "·")),
        )
    return Hand(
        kind,
        blank,
        trouble,
        dialect=dice.one_of(DIALECTS) if kind == "clerk" else "",
        date=dice.drawn(_DATES),
        plate=dice.drawn(_PLATES),
        sex=dice.drawn(_SEXES),
        firm=dice.drawn(_FIRMS),
        address=dice.drawn(_ADDRESSES),
        placeholder=dice.drawn(_BLANKS),
        wide=dice.chance(0.08),
        traditional=kind in ("clerk", "archive") and dice.chance(0.06),
        from_number=dice.chance(0.3),
        grouped=dice.chance(0.1),
        masked=_masked(dice) if kind == "masks" else frozenset(),
        mask=dice.one_of("**×X"),
    )


def _masked(dice: Dice) -> frozenset[str]:
    found = {cell for cell, share in (("number", 0.8), ("phone", 0.6), ("name", 0.5)) if dice.chance(share)}
    return frozenset(found or {"number"})
