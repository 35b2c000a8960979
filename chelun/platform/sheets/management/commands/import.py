"""`chelun import FILE --as USER --source NAME`: bring a spreadsheet in, go on with one that was cut off, or take one back."""  # noqa: N999

import json
from argparse import ArgumentParser
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chelun.core.errors import NotFound, Refused
from chelun.core.ui import listed
from chelun.platform.sheets import console
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.selectors.imports import import_get
from chelun.platform.sheets.services.receiving import receive_sheet
from chelun.platform.sheets.services.undoing import begin_undo

PERCENT_STEP = 10


class Command(BaseCommand):
    """Exit code 0: done (also when the same file was brought before); 1: refused, with a sentence; 2: columns are unsure."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The arguments."""
        parser.description = _(
            "导入一份表格：读取、对应列、检查、入库；或继续、撤销一次导入。"
            "退出码：0 做完了（同样的文件以前入过库也算），1 不能导入，原因写在错误输出里，2 有列认不准，要用 --map 写明。"
        )
        parser.add_argument("file", nargs="?", type=Path, help=_("表格文件"))
        parser.add_argument("--as", dest="user", required=True, help=_("以哪个账号的权限和名义导入"))
        parser.add_argument("--source", default="", help=_("来源，例如“运管所货车司机台账”"))
        parser.add_argument("--region", default="", help=_("地区代码；账号只管一个地区时可以不写"))
        parser.add_argument(
            "--as-of", type=date.fromisoformat, default=None, help=_("数据日期 YYYY-MM-DD，默认今天")
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            help=_("认不准的列：A=name,B=id_number；有几张表时写 表名!A=name 或 2!A=name"),
        )
        parser.add_argument("--register", default="", help=_("所有表都登记为：person、enterprise、vehicle …"))
        parser.add_argument("--yes", action="store_true", help=_("认不准的列照猜测处理，缺必需列的表不导入"))
        parser.add_argument("--json", action="store_true", help=_("结果写成 JSON"))
        parser.add_argument("--refusals", type=Path, default=None, help=_("把退回表解密写到这里"))
        parser.add_argument("--resume", type=UUID, default=None, help=_("继续一次中断的导入（编号）"))
        parser.add_argument("--undo", type=UUID, default=None, help=_("撤销一次导入（编号）"))
        parser.add_argument(
            "--wait", type=float, default=10.0, help=_("同一地区有另一批数据时，最多等几分钟，默认 10")
        )
        parser.add_argument("--reason", default="", help=_("撤销的理由"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the arguments ask."""
        try:
            actor = console.command_user(options["user"])
            sheet_import, repeated = self._found(actor, options)
            wishes = console.Wishes(
                console.read_map(options["map"]), options["register"], options["yes"], options["wait"]
            )
            console.carry_through(actor, sheet_import, wishes, self._progress)
        except console.Unsure as unsure:
            self._unsure(unsure, sheet_import, options["json"])
        except NotFound:
            raise CommandError(_("没有这次导入，或者不在这个账号的范围内。")) from None
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self._report(actor, sheet_import, repeated, options)

    def _found(self, actor: console.CommandUser, options: dict[str, Any]) -> tuple[SheetImport, bool]:
        """The import that the arguments speak of, and whether the same file was brought before."""
        if options["undo"]:
            sheet_import = import_get(scope=actor.scope_for("sheets.undo"), import_id=options["undo"])
            if sheet_import.state != ImportState.UNDOING:
                begin_undo(actor=actor, sheet_import=sheet_import, reason=options["reason"])
            return sheet_import, False
        if options["resume"]:
            return import_get(scope=actor.scope_for("sheets.import"), import_id=options["resume"]), False
        return self._received(actor, options)

    def _received(self, actor: console.CommandUser, options: dict[str, Any]) -> tuple[SheetImport, bool]:
        path: Path | None = options["file"]
        if path is None or not path.is_file():
            raise CommandError(_("请写明要导入的文件（没有这个文件：{path}）。").format(path=path or "–"))
        with path.open("rb") as file:
            sheet_import, _waits = receive_sheet(
                actor=actor, file=file, name=path.name, region=options["region"] or _only_region(actor),
                source=options["source"], as_of=options["as_of"] or localdate(), any_day=options["as_of"] is None,
            )  # fmt: skip
        return sheet_import, sheet_import.state == ImportState.PUBLISHED

    def _progress(self, done: int, total: int, message: str) -> None:
        """A line on stderr at each tenth."""
        tenth = done * 100 // total // PERCENT_STEP if total else done // 50_000
        if tenth != getattr(self, "_tenth", None):
            self._tenth = tenth
            self.stderr.write(f"{done:,} / {total:,}" if total else f"{done:,}")

    def _unsure(self, unsure: console.Unsure, sheet_import: SheetImport, as_json: bool) -> None:
        """Say what is unsure and what to pass; with --json also on stdout."""
        lines = [doubt.told for doubt in unsure.doubts]
        if as_json:
            told = {**console.outcome_of(sheet_import), "unsure": lines, "map": unsure.map}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        said = _(
            "有列认不准，没有导入。请核对下面各列，用 --map 写明（几项用逗号隔开），或加 --yes 照猜测处理；"
        )
        again = _("接着做：chelun import --resume {id} --as {user} --map '{map}'").format(
            id=sheet_import.pk, user=sheet_import.owner.partition(" ")[0], map=unsure.map or "A=name"
        )
        raise CommandError("\n".join([said, again, *lines]), returncode=2)

    def _report(
        self, actor: console.CommandUser, sheet_import: SheetImport, repeated: bool, options: dict[str, Any]
    ) -> None:
        outcome = console.outcome_of(sheet_import, repeated=repeated)
        if options["refusals"] and console.write_refusals_to(actor, sheet_import, options["refusals"]):
            outcome["refusals"] = str(options["refusals"])
        if options["json"]:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
            return
        for line in _lines(sheet_import, outcome):
            self.stdout.write(line)


def _only_region(actor: console.CommandUser) -> str:
    """The region of an account that serves one; Refused when it serves several."""
    codes = actor.scope_for("sheets.import").keys("region")
    with suppress(ValueError):
        (code,) = codes
        return code
    raise Refused(
        "sheets.command.region", _("这个账号管着几个地区，或者不能导入表格，请用 --region 写明地区代码。")
    )


def _lines(sheet_import: SheetImport, outcome: dict[str, Any]) -> list[str]:
    """The outcome in words."""
    counts = _(
        "新增 {created}，更新 {changed}，没有变化 {unchanged}，待甄别 {unresolved}，不再收录 {barred}，退回 {refused}，未收的列 {dropped_columns}"
    )
    lines = [_("导入 {id}：{state}").format(id=outcome["import"], state=sheet_import.get_state_display())]
    if outcome["repeated"]:
        lines.append(_("同样的文件以前入过库，这次没有任何变化。"))
    lines.append(counts.format(**outcome))
    lines += [*outcome["beside"], *outcome["warnings"]]
    if outcome["dropped"]:
        lines.append(_("未收的列（名册不得带入）：{heads}").format(heads=listed(outcome["dropped"])))
    if outcome["refusals"]:
        lines.append(_("退回表：{place}").format(place=outcome["refusals"]))
    return lines
