"""`chelun restore DATA KEYS`: a backup into an empty database; `--check` only reads it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.safekeeping import check, restore


class Command(BaseCommand):
    """Reads the backup whole before it touches anything."""

    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The two folders of a backup."""
        parser.description = _("恢复备份到空数据库；--check 只检查备份是否完好")
        parser.add_argument("data", type=Path)
        parser.add_argument("keys", type=Path)
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; a refusal is the command's error."""
        folders = {"data": options["data"], "keys": options["keys"]}
        try:
            if options["check"]:
                manifest = check(**folders)
            else:
                manifest = restore(actor=SystemActor("chelun restore"), say=self.stdout.write, **folders)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{manifest.made_at} {manifest.engine} {manifest.version}")
        if not options["check"]:
            verdict = verify_chain()
            self.stdout.write(f"audit rows={verdict.rows} findings={verdict.found}")
            for finding in verdict.findings:
                self.stdout.write(finding.text)
