"""An import from the command line: the same services as the pages, every step done here and now.

What is read from the arguments is in the command; what a step does is in `services`.
"""

import os
import re
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.core.scope import Scope
from chelun.core.ui import aside, listed
from chelun.platform.accounts.models import User
from chelun.platform.sheets.batches import Busy, place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.progress import Progress
from chelun.platform.sheets.registers import Register, registers_at
from chelun.platform.sheets.selectors.columns import (
    ColumnChoice,
    Proposal,
    TableChoice,
    present_proposals,
    proposal_for,
)
from chelun.platform.sheets.selectors.columns import table_choices as shown_tables
from chelun.platform.sheets.selectors.results import left_out_rows, said_of, skipped_rows
from chelun.platform.sheets.services.checking import check_sheet
from chelun.platform.sheets.services.downloads import open_for_download
from chelun.platform.sheets.services.mapping import confirm_mapping
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.services.receiving import read_waiting
from chelun.platform.sheets.services.steps import job_at_work
from chelun.platform.sheets.services.undoing import undo_sheet
from chelun.platform.sheets.wording import column_label

ASK_AGAIN_SECONDS = 1.0
COUNTED = ("created", "changed", "unchanged", "unresolved", "barred")
_PAIR = re.compile(r"(?:(?P<sheet>[^!=]+)!)?(?P<letter>[A-Za-z]{1,3})=(?P<field>.*)")


@dataclass(frozen=True, slots=True)
class CommandUser:
    """A user by whose account a command acts; the trail also says which system user gave the command."""

    user: User
    os_user: str

    @property
    def id(self) -> UUID:
        """The account's key."""
        return self.user.pk

    @property
    def actor_kind(self) -> str:
        """Always 'user': the account's rights bind the command."""
        return "user"

    @property
    def actor_name(self) -> str:
        """For instance 'xiaomei (chelun import, os: chelun)'."""
        return f"{self.user.username} (chelun import, os: {self.os_user})"

    def has(self, permission: str) -> bool:
        """Whether the account holds the permission."""
        return self.user.has(permission)

    def scope_for(self, permission: str) -> Scope:
        """Where the account holds it."""
        return self.user.scope_for(permission)


def command_user(username: str) -> CommandUser:
    """The account of that log-in name. Refused when there is none, or it is switched off."""
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None:
        raise Refused("sheets.command.user", _("没有这个账号，或者账号已停用：{name}").format(name=username))
    return CommandUser(user, SystemActor("").os_user)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that the operator must say: `told` in words, `wish` what `--map` could say of it ('' where nothing is guessed)."""

    told: str
    wish: str = ""


class Unsure(Exception):
    """Some columns have to be confirmed; the doubts say which, with their letters and what to pass."""

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        super().__init__(_("有列认不准"))
        self.doubts = doubts

    @property
    def map(self) -> str:
        """What `--map` has to say so that every guess is taken as it is."""
        return ",".join(doubt.wish for doubt in self.doubts if doubt.wish)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator said of columns: (sheet, number of the table in the file, or '', letter) → field; one register for
    all tables; take guesses as they are."""

    columns: Mapping[tuple[str, str], str]
    register: str = ""
    accept: bool = False
    wait: float = 10.0
    """So many minutes it may wait for another batch in the same place."""


def read_map(texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """«A=name,B=id_number» or «Sheet!A=name»: (sheet, letter) → field. Refused when it has another form."""
    found: dict[tuple[str, str], str] = {}
    for part in (part.strip() for text in texts for part in text.split(",")):
        match = _PAIR.fullmatch(part)
        if match is None:
            told = _("--map 里看不懂“{part}”，请写成 A=name 或 表名!A=name，几项用逗号隔开。")
            raise Refused("sheets.command.map", told.format(part=part))
        found[(match["sheet"] or "").strip(), match["letter"].upper()] = match["field"].strip()
    return found


def carry_through(actor: CommandUser, sheet_import: SheetImport, wishes: Wishes, progress: Progress) -> None:
    """Take an import from where it stands to the end. Unsure when columns must be confirmed; Refused with a sentence."""
    if job_at_work(sheet_import) is not None:
        raise Refused("sheets.command.at_work", _("后台任务正在处理这次导入，请等它做完，或先在页面上取消。"))
    if sheet_import.state == ImportState.RECEIVED:
        read_waiting(sheet_import, progress)
    if sheet_import.state == ImportState.UNREADABLE:
        raise Refused("sheets.import.unreadable", sheet_import.error)
    if sheet_import.state == ImportState.MAPPING:
        confirm_mapping(actor=actor, sheet_import=sheet_import, choices=_choices(sheet_import, wishes))
    if sheet_import.state == ImportState.CHECKING:
        check_sheet(actor=actor, sheet_import=sheet_import, progress=progress)
    if sheet_import.state == ImportState.CHECKED:
        begin_publication(actor=actor, sheet_import=sheet_import)
    if sheet_import.state in (ImportState.PUBLISHING, ImportState.PUBLISHED):
        _in_turn(
            lambda: publish_sheet(actor=actor, sheet_import=sheet_import, progress=progress), wishes.wait
        )
    if sheet_import.state == ImportState.UNDOING:
        _in_turn(lambda: undo_sheet(actor=actor, sheet_import=sheet_import, progress=progress), wishes.wait)


def _in_turn(act: Callable[[], None], minutes: float) -> None:
    """Act as soon as no other batch is at work in the same place; Refused when that takes longer than the operator waits."""
    until = time.monotonic() + minutes * 60
    while True:
        try:
            return act()
        except Busy:
            if time.monotonic() > until:
                raise _still_busy() from None
            time.sleep(ASK_AGAIN_SECONDS)


def _still_busy() -> Refused:
    sentence = _(
        "这个地区另一批数据还没有做完，没有入库。等它完成后，用同一条命令再来一次，会接着做；"
        "如果它中断了，请先在“导入表格”页把它接着做完或放弃。"
    )
    return Refused("sheets.batch.busy", sentence)


def _choices(sheet_import: SheetImport, wishes: Wishes) -> list[dict[str, Any]]:
    """What each table is taken for, or Unsure."""
    proposals = [
        _wished(sheet_import, table, present, wishes)
        for table, present in zip(sheet_import.tables, present_proposals(sheet_import), strict=True)
    ]
    shown = {table.key: table for table in shown_tables(sheet_import, proposals)}
    _check_columns(sheet_import, wishes)
    several = len(shown) > 1
    doubts = [
        doubt
        for table in sheet_import.tables
        if table["key"] in shown
        for doubt in _doubts(table, shown[table["key"]], wishes, several)
    ]
    if doubts and not wishes.accept:
        raise Unsure(doubts)
    return [
        {
            "register": proposal.register if _complete(shown.get(table["key"])) else "",
            "mapping": dict(proposal.mapping),
        }
        for table, proposal in zip(sheet_import.tables, proposals, strict=True)
    ]


def _check_columns(sheet_import: SheetImport, wishes: Wishes) -> None:
    """Refuse a wish for a column that was not read: it would be passed over in silence."""
    there = {
        (name, column["letter"])
        for table in sheet_import.tables
        for column in table["columns"]
        for name in _names(table)
    }
    for sheet, letter in wishes.columns:
        if (sheet, letter) not in there:
            told = _("--map 里的“{column}”列没有读进来：表里没有这一列，或者名册不得带入。")
            raise Refused(
                "sheets.command.column", told.format(column=f"{sheet}!{letter}" if sheet else letter)
            )


def _complete(table: TableChoice | None) -> bool:
    return table is not None and not table.missing


def _wished(
    sheet_import: SheetImport, table: Mapping[str, Any], present: Proposal, wishes: Wishes
) -> Proposal:
    if wishes.register and wishes.register != present.register and table["rows"]:
        present = proposal_for(sheet_import, table, wishes.register)
    register = registers_at(place_of(sheet_import)).get(present.register)
    if register is None:
        return present
    given = {
        str(column["at"]): _field(register, wish)
        for column in table["columns"]
        if (wish := _wish(wishes, table, column["letter"])) is not None
    }
    fields = {spec.name: spec for spec in register.fields}
    taken = {name for name in given.values() if name and not fields[name].many}
    kept = {at: name for at, name in present.mapping.items() if at not in given and name not in taken}
    mapping = {**kept, **{at: name for at, name in given.items() if name}}
    return Proposal(present.register, mapping, present.guesses, present.remembered and not given)


def _wish(wishes: Wishes, table: Mapping[str, Any], letter: str) -> str | None:
    """What was said of a column: by its sheet, by the number of its table, or by its letter alone."""
    found = (wishes.columns.get((name, letter)) for name in _names(table))
    return next((wish for wish in found if wish is not None), None)


def _names(table: Mapping[str, Any]) -> tuple[str, ...]:
    return (table["sheet"], str(table["key"] + 1), "")


def _field(register: Register, wish: str) -> str:
    """The field that the operator named, by its name or its label; '' leaves the column out."""
    if not wish:
        return ""
    for spec in register.fields:
        if wish in (spec.name, spec.label, _(spec.label)):
            return spec.name
    names = listed(aside(spec.name, _(spec.label)) for spec in register.fields)
    told = _("登记“{register}”里没有“{field}”这一项，可用的有：{names}")
    raise Refused("sheets.command.field", told.format(register=_(register.label), field=wish, names=names))


def _doubts(table: Mapping[str, Any], shown: TableChoice, wishes: Wishes, several: bool) -> list[Doubt]:
    """What has to be said of one table: each column that is not sure, and the required ones that are missing."""
    doubts = [
        _doubt(shown, column, several)
        for column in shown.columns
        if column.state == "ask" and _wish(wishes, table, column.letter) is None
    ]
    if shown.missing:
        told = _("{sheet}：缺少必需的列 {fields}；加 --yes 则不导入这张表")
        doubts.append(Doubt(told.format(sheet=shown.label, fields=listed(shown.missing))))
    return doubts


def _doubt(table: TableChoice, column: ColumnChoice, several: bool) -> Doubt:
    """A column with its reason and the wish that takes it as it is guessed; «A=» leaves it out."""
    field = next(name for name, _label, chosen in column.options if chosen)
    wish = f"{table.key + 1}!{column.letter}={field}" if several else f"{column.letter}={field}"
    told = _("{sheet} 第 {column} 列：{reason}（照猜测写 {wish}，不导入写 {none}）").format(
        sheet=table.label,
        column=column_label({"letter": column.letter, "head": column.head}),
        reason=column.reason,
        wish=wish,
        none=wish.removesuffix(field),
    )
    return Doubt(told, wish)


def outcome_of(sheet_import: SheetImport, *, repeated: bool = False) -> dict[str, Any]:
    """The counts of an import, for people and for machines. Counts of rows, except dropped_columns. `beside` says what stood beside
    the data, hidden rows and sheets with it; `warnings` of which rows that were taken something should be known.

    read = created + changed + unchanged + unresolved + barred + refused + left_out (of tables that were not taken) + all skipped.
    """
    checked, skipped = sheet_import.counts.get("checked", {}), skipped_rows(sheet_import)
    registers = {
        name: {key: counts.get(key, 0) for key in COUNTED}
        for name, counts in sheet_import.counts.get("outcome", {}).items()
    }
    if repeated:
        registers = {
            name: {**dict.fromkeys(COUNTED, 0), "unchanged": sum(counts.values())}
            for name, counts in registers.items()
        }
    total = {key: sum(counts[key] for counts in registers.values()) for key in COUNTED}
    return {
        "import": str(sheet_import.pk), "state": sheet_import.state, "repeated": repeated,
        "read": sum(table["rows"] for table in sheet_import.tables) + skipped.total(), **total,
        "refused": checked.get("refused", 0), "left_out": checked.get("left_out", 0), "skipped": dict(skipped),
        "dropped_columns": len(sheet_import.dropped),
        "dropped": [f"{dropped['letter']} {dropped['head']}" for dropped in sheet_import.dropped],
        "registers": registers, "beside": left_out_rows(sheet_import), "warnings": warnings_of(sheet_import),
        "refusals": reverse("sheets:refusals_download", args=[sheet_import.pk]) if sheet_import.refusals_id else None,
    }  # fmt: skip


def warnings_of(sheet_import: SheetImport) -> list[str]:
    """What is told of rows that were taken all the same, a sentence each."""
    return [
        f"{aside(f'{told.field} {told.problem}', told.rows)} {told.advice}"
        for told in said_of(sheet_import, "warnings")
    ]


def write_refusals_to(actor: CommandUser, sheet_import: SheetImport, path: Path) -> bool:
    """Decrypt the refusal workbook to a path that only the operator can read; whether there was one."""
    if sheet_import.refusals is None:
        return False
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open_for_download(actor=actor, file=sheet_import.refusals) as plain, os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(plain, file, 1 << 20)
    return True
