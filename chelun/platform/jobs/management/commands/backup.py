"""`chelun backup DIR`: a sealed copy of everything."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.jobs.safekeeping import backup


class Command(BaseCommand):
    """Writes data-<time> and keys-<time> below the folder."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.description = _("备份：数据与每人密钥分成两个文件夹，用 CHELUN_BACKUP_PASSPHRASE 加密")
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; a refusal or a full disk is the command's error."""
        try:
            data, keys = backup(actor=SystemActor("chelun backup"), folder=options["folder"])
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        except OSError as error:
            raise CommandError(
                _("没有写完，请检查磁盘空间和权限（{error}）；写了一半的备份不能用。").format(
                    error=error.strerror
                )
            ) from error
        self.stdout.write(f"{data}\n{keys}")
