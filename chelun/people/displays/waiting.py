"""Waiting rows as lines of the queue, and one of them beside its candidates, fact by fact, masked."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Row, Table, day
from chelun.engines.faults import N_
from chelun.people.displays.facts import shown
from chelun.people.displays.ranks import source_name
from chelun.people.displays.words import PERSON_FACTS, KindNames, fact_label, place_name
from chelun.people.models import UnresolvedRow
from chelun.people.rules.facts import Facts
from chelun.people.selectors.unresolved import WaitingRow, facts_of

REASONS = {
    "several": N_("姓名和手机号相同的不止一人。"),
    "conflict": N_("姓名和手机号相同，但性别或出生年不符。"),
    "same_name": N_("已有同名的人，这一行没有身份证号也没有手机号。"),
    "parted": N_("两份档案合并期间登记的，没有写明是哪一份；档案拆分后要由人认定。"),
}
SHORT = {
    "several": N_("不止一人相符"),
    "conflict": N_("事实冲突"),
    "same_name": N_("同名"),
    "parted": N_("合并已拆分"),
}


def waiting_table(rows: Sequence[UnresolvedRow], kinds: KindNames, address: Address) -> Table:
    """The queue."""
    columns = [
        Column("name", _("姓名"), fixed=True),
        Column("phone", _("手机号"), code=True),
        Column("firm", _("企业或平台"), wide=True),
        Column("reason", _("原因")),
        Column("candidates", _("可能的人"), numeric=True),
        Column("source", _("来源")),
        Column("row", _("表和行")),
        Column("place", _("所属地区")),
    ]
    return Table(_("待甄别的行"), columns, [_waiting_row(row, kinds) for row in rows], address)


def _waiting_row(row: UnresolvedRow, kinds: KindNames) -> Row:
    facts = facts_of(row)
    line = _("第 {row} 行").format(row=row.row_number) if row.row_number else ""
    return Row([
        Cell(facts.get("name") or _("（没有写姓名）"), reverse("people:unresolved_detail", args=[row.pk])),
        shown("person", "phones", (facts.get("phones") or [])[:1], kinds),
        facts.get("enterprise") or facts.get("platform", ""),
        Cell(_(SHORT[row.reason]) if row.reason in SHORT else row.reason, tone="warn"),
        str(len(row.candidates)),
        f"{source_name(row.source)} {day(row.as_of)}",
        f"{row.sheet} {line}".strip(),
        place_name(row.home),
    ])  # fmt: skip


def comparison_table(waiting: WaitingRow, kinds: KindNames) -> Table:
    """The row and each candidate in a column of its own; lines that differ are marked."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    columns = [Column("fact", _("事实")), Column("row", _("这一行"))]
    columns += [
        Column(letter, f"{letter} {each.card.name}")
        for letter, each in zip(letters, waiting.candidates, strict=False)
    ]
    held = [each.facts for each in waiting.candidates[: len(letters)]]
    names = [name for name in PERSON_FACTS if any(facts.get(name) for facts in (waiting.facts, *held))]
    return Table(_("对照"), columns, [_compared(name, waiting.facts, held, kinds) for name in names])


def _compared(name: str, row: Facts, held: Sequence[Facts], kinds: KindNames) -> Row:
    own = shown("person", name, row.get(name), kinds)
    cells = [fact_label("person", name), own]
    for facts in held:
        cells.append(shown("person", name, facts.get(name), kinds))
    differs = any(row.get(name) and facts.get(name) and row[name] != facts[name] for facts in held)
    return Row(cells, "warn" if differs else "")
