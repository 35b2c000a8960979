"""Rows that others confirmed or contradicted, as a table. Which facts it is about, never their values: these stand in the file."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Row, Table, day, listed
from chelun.engines.faults import N_
from chelun.people.displays.ranks import DOOR_NAMES, source_name
from chelun.people.displays.words import fact_label, place_name
from chelun.people.rules.truth import CONFIRMED, CONTRADICTED
from chelun.people.selectors.verdicts import JudgedRow
from chelun.platform.sheets.wording import register_label

VERDICT_NAMES = {CONTRADICTED: N_("被否定"), CONFIRMED: N_("被印证")}
BY_NAMES = {"form": DOOR_NAMES["form"], "sheet": N_("另一份名单")}
TONES = {CONTRADICTED: "warn", CONFIRMED: "ok"}


def verdict_table(rows: Sequence[JudgedRow], address: Address, *, one_place: bool) -> Table:
    """Each row with the file on which it counts, what became of it, and by whom."""
    columns = [
        Column("subject", _("档案"), fixed=True), Column("register", _("登记类别")), Column("verdict", _("结论"), code=True),
        Column("facts", _("哪几项"), wide=True), Column("by", _("由谁核对")), Column("source", _("来源")),
        Column("as_of", _("数据日期"), code=True), Column("row", _("表和行")),
        Column("place", _("所属地区"), extra=one_place),
    ]  # fmt: skip
    return Table(_("核对过的行"), columns, [_row(row) for row in rows], address)


def _row(row: JudgedRow) -> Row:
    verdict, record = row.verdict, row.record
    url = reverse(f"people:{verdict.register}_detail", args=[verdict.subject])
    line = _("第 {row} 行").format(row=record.row_number) if record and record.row_number else ""
    return Row([
        Cell(str(row.card), url) if row.card else _("（已不在册）"),
        register_label(verdict.register),
        Cell(_(VERDICT_NAMES[verdict.verdict]), tone=TONES[verdict.verdict]),
        listed(fact_label(verdict.register, name) for name in verdict.facts),
        _(BY_NAMES[verdict.by]),
        source_name(verdict.source),
        day(verdict.as_of),
        f"{record.sheet} {line}".strip() if record else "",
        place_name(verdict.home),
    ])  # fmt: skip
