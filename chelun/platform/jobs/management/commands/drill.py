"""`chelun drill`: prove that today's state can be restored."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.jobs.safekeeping.drill import counts, drill


class Command(BaseCommand):
    """Backs up, restores beside the installation, compares, throws away. Exit code 1 when anything differs."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Nothing but what the drill itself asks of the restored database."""
        parser.description = _("恢复演练：备份，恢复到临时的库，逐表核对，再删除；不一致时退出码为 1")
        parser.add_argument("--count", action="store_true", help=_("只打印每张表的行数（演练自己用）"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; a refusal is the command's error."""
        if options["count"]:
            self.stdout.write(json.dumps(counts()))
            return
        try:
            found = drill(actor=SystemActor("chelun drill"))
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        for label, (here, there) in found.differing.items():
            self.stdout.write(
                _("{table}：现有 {here} 行，恢复后 {there} 行").format(table=label, here=here, there=there)
            )
        good = _("恢复演练成功：{rows} 行，用时 {seconds} 秒，审计链完整。")
        bad = _("恢复演练不一致：{rows} 行，用时 {seconds} 秒，审计链 {findings} 处问题。")
        said = good if found.whole else bad
        self.stdout.write(said.format(rows=found.rows, seconds=found.seconds, findings=found.findings))
        if not found.whole:
            sys.exit(1)
