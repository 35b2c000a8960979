"""`chelun scenario make|load|check|logins`: the invented places, from their workbooks to the numbers they must come to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.ui import aside, clauses, listed
from scenarios.accounts import clerk_of, demo_password, logins_of
from scenarios.check import Count, ImportCount, check_imports, check_place
from scenarios.load import load_place
from scenarios.places import PLACES, Place
from scenarios.tables import table

SIGNS = {"exact": "", "at_least": "≥", "more_than": ">"}


class Command(BaseCommand):
    """Makes, loads and checks a place; lists who may log in."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The four actions."""
        parser.description = _(
            "make: 写出工作簿；load: 由演示经办员按导入流程载入；check: 与文件所述数字核对；logins: 演示账号"
        )
        actions = parser.add_subparsers(dest="command_name", required=True)
        make = actions.add_parser("make", help=_("按固定种子写出一个地方的全部工作簿"))
        make.add_argument("--to", type=Path, help=_("写到哪个目录"))
        load = actions.add_parser("load", help=_("把工作簿逐份导入（可重复，不会重复登记）"))
        load.add_argument("--once", action="store_true", help=_("已全部载入过就不再动它"))
        check = actions.add_parser("check", help=_("逐个核对数字，有不符时退出码为 1"))
        check.add_argument("--imports", action="store_true", help=_("同时核对每份表的导入结果"))
        for action in (make, load, check):
            action.add_argument("name", choices=list(PLACES), help=_("地方"))
            action.add_argument("--scale", type=int, help=_("按多少人（只有全省可以改，默认两万）"))
        actions.add_parser("logins", help=_("演示账号、密码和此刻的验证码"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the action; a refusal is the command's error."""
        action = {"make": self._make, "load": self._load, "check": self._check, "logins": self._logins}
        try:
            action[options["command_name"]](options)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _make(self, options: dict[str, Any]) -> None:
        place = _place(options)
        for info in place.make(options["to"] or _folder(place)):
            self.stdout.write(str(info.path))

    def _load(self, options: dict[str, Any]) -> None:
        place = _place(options)
        if options["once"] and all(each.found is not None for each in check_imports(place)):
            clerk_of(place)
            return
        for info, sheet_import in load_place(actor=clerk_of(place), place=place, folder=_folder(place)):
            self.stdout.write(f"{info.path.name}  {sheet_import.get_state_display()}")

    def _check(self, options: dict[str, Any]) -> None:
        place = _place(options)
        counts = check_place(place, today=timezone.localdate())
        imports = check_imports(place) if options["imports"] else []
        self._write(f"{place.label} {place.name}", [_heads(), *map(_count_line, counts)])
        if imports:
            self._write(_("逐表"), [_import_heads(), *map(_import_line, imports)])
        wrong = sum(not each.holds for each in counts) + sum(not each.holds for each in imports)
        if wrong:
            raise CommandError(
                _("{place}：{count} 项不符").format(place=place.name, count=wrong), returncode=1
            )

    def _logins(self, options: dict[str, Any]) -> None:
        self.stdout.write(_("密码：{password}").format(password=demo_password()))
        for place in PLACES.values():
            lines = [(login.role, login.username, login.code) for login in logins_of(place)]
            if lines:
                self._write(place.label, [(_("角色"), _("登录名"), _("验证码")), *lines])

    def _write(self, title: str, lines: list[tuple[str, ...]]) -> None:
        self.stdout.write(f"\n{title}")
        for line in table(lines):
            self.stdout.write(f"  {line}")


def _place(options: dict[str, Any]) -> Place:
    place = PLACES[options["name"]]
    if not options["scale"]:
        return place
    if place.scaled is None:
        raise Refused("scenarios.scale", _("这个地方的人数由文件写定，不能改。"))
    return place.scaled(options["scale"])


def _heads() -> tuple[str, ...]:
    return _("编号"), _("文中"), _("清点"), _("结果"), _("文件"), _("怎么清点"), _("打开")


def _import_heads() -> tuple[str, ...]:
    return (
        _("文件"), _("行"), _("新建"), _("并入"), _("待甄别"), _("退回"), _("未收的列"), _("结果"),
    )  # fmt: skip


def _result(holds: bool) -> str:
    return _("相符") if holds else _("不符")


def _folder(place: Place) -> Path:
    return Path(settings.VAR_DIR) / "scenarios" / place.name


def _count_line(count: Count) -> tuple[str, ...]:
    stated = count.stated
    sign = SIGNS[stated.how]
    result = (
        aside(_result(count.holds), listed(count.differences)) if count.differences else _result(count.holds)
    )
    number = f"{sign}{stated.number}"
    return (
        stated.key,
        number,
        str(count.counted),
        result,
        f"{stated.document}“{stated.wording}”",
        stated.counted,
        unquote(count.address),
    )


def _import_line(count: ImportCount) -> tuple[str, ...]:
    figures = count.found
    if figures is None:
        return count.file_name, "", "", "", "", "", "", aside(_result(False), _("没有导入"))
    numbers = (figures.rows, figures.created, figures.joined, figures.unresolved, figures.refused)
    told = clauses(f"{name}: {want} → {got}" for name, (want, got) in count.differences().items())
    result = f"{_result(not told)} {told}".strip()
    return count.file_name, *map(str, numbers), listed(figures.dropped), result
