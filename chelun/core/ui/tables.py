"""Tables: columns, rows and their drawing. Drawn by Python and not by a template, because fifty rows must take 3 ms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from chelun.core.icons import icon_svg
from chelun.core.ui.addresses import Address

Text = str | Promise
TONES = ("ok", "warn", "bad", "info", "idle")


def esc(text: Text) -> str:
    """The text with what HTML would read escaped. A plain string takes the short way: fifty rows have hundreds of them."""
    return escape(text) if type(text) is str else conditional_escape(text)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `sort` makes its head a link (?sort=key); `extra` columns show only when chosen (?cols=key), `fixed`
    ones always. `numeric` stands to the right; a `code` (plate, telephone, day) is never broken; a `wide` one keeps
    room for long names."""

    key: str
    label: Text
    sort: bool = False
    numeric: bool = False
    code: bool = False
    wide: bool = False
    extra: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with more than text: a link, a badge (`tone`), a second line (`note`)."""

    text: Text
    url: str = ""
    tone: str = ""
    note: Text = ""


CellLike = str | SafeString | Promise | Cell


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of all columns, in the order of the columns. `tone` marks the row at its edge."""

    cells: Sequence[CellLike]
    tone: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it is shown. `caption` names it for those who cannot see it; `address` keeps sort and columns."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    address: Address = field(default_factory=lambda: Address(""))

    @property
    def shown(self) -> list[int]:
        """The positions of the columns that are shown: those chosen in the address, else those that are not extra."""
        chosen = set(self.address.all("cols")) & {column.key for column in self.columns}
        return [
            position
            for position, column in enumerate(self.columns)
            if column.fixed or (column.key in chosen if chosen else not column.extra)
        ]

    @property
    def choices(self) -> list[tuple[Column, bool]]:
        """The columns that the reader may choose, and whether each is shown; nothing if none is extra or no address keeps it."""
        if not self.address.path or not any(column.extra for column in self.columns):
            return []
        shown = set(self.shown)
        return [(column, at in shown) for at, column in enumerate(self.columns) if not column.fixed]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the form that chooses columns has to carry along."""
        return self.address.others(("cols",))


def badge(text: Text, tone: str = "idle") -> SafeString:
    """A state in words on a tinted ground; the words carry the meaning, the colour only helps."""
    known = tone if tone in TONES else "idle"
    return mark_safe(f'<span class="c-badge c-badge-{known}">{esc(text)}</span>')  # noqa: S308 – escaped


def draw_table(table: Table) -> SafeString:
    """The table as HTML."""
    shown = table.shown
    head = "".join(_head(table.columns[at], table.address) for at in shown)
    openings = [_opening(table.columns[at]) for at in shown]
    body = "".join(_row(row, shown, openings) for row in table.rows)
    return mark_safe(  # noqa: S308 – every part is escaped
        f'<table class="c-table" role="table"><caption class="visually-hidden">{esc(table.caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _head(column: Column, address: Address) -> str:
    kind = ' class="c-num"' if column.numeric else ""
    label = esc(column.label)
    if not column.sort:
        return f'<th scope="col" role="columnheader"{kind}>{label}</th>'
    current = address.get("sort")
    ascending, descending = current == column.key, current == f"-{column.key}"
    url = esc(address.having(sort=f"-{column.key}" if ascending else column.key))
    state = "ascending" if ascending else "descending" if descending else "none"
    sign = icon_svg({"ascending": "chevron-up", "descending": "chevron-down"}.get(state, "selector"))
    return f'<th scope="col" role="columnheader"{kind} aria-sort="{state}"><a href="{url}">{label}{sign}</a></th>'


def _opening(column: Column) -> str:
    names = [name for name, held in _looks(column) if held]
    kind = f' class="{" ".join(names)}"' if names else ""
    return f'<td role="cell"{kind} data-label="{esc(column.label)}">'


def _looks(column: Column) -> tuple[tuple[str, bool], ...]:
    return ("c-num", column.numeric), ("c-code", column.code), ("c-wide", column.wide)


def _row(row: Row, shown: Iterable[int], openings: Sequence[str]) -> str:
    mark = f' class="c-row-{row.tone}"' if row.tone in TONES else ""
    name = f' id="row-{esc(row.key)}"' if row.key else ""
    cells = row.cells
    inner = "".join(f"{opening}{_cell(cells[at])}</td>" for at, opening in zip(shown, openings, strict=True))
    return f'<tr role="row"{mark}{name}>{inner}</tr>'


def _nothing() -> str:
    nothing = _("无")
    return f'<span class="c-none">{esc(nothing)}</span>'


def _cell(cell: CellLike) -> str:
    if not isinstance(cell, Cell):
        return f"<span>{esc(cell)}</span>" if cell else _nothing()
    text = badge(cell.text, cell.tone) if cell.tone else str(esc(cell.text))
    if cell.url:
        text = f'<a href="{esc(cell.url)}">{text}</a>'
    return f"<span>{text}<small>{esc(cell.note)}</small></span>" if cell.note else f"<span>{text}</span>"
