"""`chelun archive write|check|open|join|drop`: a region's data as one sealed file, and into another installation."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.archives.joining import give_up, join_archive
from chelun.platform.archives.models import JoinedArchive
from chelun.platform.archives.packing import Manifest, check_packed, open_packed
from chelun.platform.archives.writing import write_archive
from chelun.platform.jobs.safekeeping.sealing import digest_of

NAMED_BY = "CHELUN_ARCHIVE_PASSPHRASE"
ACTOR = SystemActor("chelun archive")


class Command(BaseCommand):
    """Each act says what came of it, a line for each table; a refusal is the command's error."""

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do with which file."""
        parser.description = _("把一个地区的数据打成加密的档案包，或并入上级的系统；口令取自 {name}").format(
            name=NAMED_BY
        )
        parser.add_argument("act", choices=["write", "check", "open", "join", "drop"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--region", default="", help=_("打包哪个地区（write）"))
        parser.add_argument("--to", type=Path, default=None, help=_("解到哪个文件夹（open）"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        try:
            getattr(self, f"_{options['act']}")(options["file"], os.environ.get(NAMED_BY, ""), options)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _write(self, file: Path, secret: str, options: dict[str, Any]) -> None:
        self._say(write_archive(actor=ACTOR, region=options["region"], path=file, passphrase=secret))

    def _check(self, file: Path, secret: str, options: dict[str, Any]) -> None:
        self._say(check_packed(file, secret))

    def _open(self, file: Path, secret: str, options: dict[str, Any]) -> None:
        if options["to"] is None:
            raise CommandError(_("请用 --to 指明解到哪个文件夹。里面是明文，用完请删除。"))
        self._say(open_packed(file, secret, options["to"]))

    def _join(self, file: Path, secret: str, options: dict[str, Any]) -> None:
        joined = join_archive(actor=ACTOR, path=file, passphrase=secret, progress=self._progress)
        for table, counts in joined.counts.items():
            self.stdout.write(
                f"{table} " + " ".join(f"{name}={count}" for name, count in sorted(counts.items()))
            )
        self.stdout.write(
            _("已并入（{at}）。同一个档案包再并入一次不会改变什么。").format(at=f"{joined.joined_at:%F %T}")
        )

    def _drop(self, file: Path, secret: str, options: dict[str, Any]) -> None:
        joined = JoinedArchive.objects.filter(digest=digest_of(file)).first()
        if joined is None:
            raise CommandError(_("这个档案包没有开始并入。"))
        give_up(actor=ACTOR, joined=joined)
        self.stdout.write(_("已放弃，并入了一半的数据已删除。"))

    def _say(self, manifest: Manifest) -> None:
        self.stdout.write(f"{manifest.region} {manifest.name} {manifest.made_at} chelun {manifest.version}")
        for table, count in manifest.counts.items():
            self.stdout.write(f"{table} rows={count}")

    def _progress(self, done: int, total: int, table: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done}/{total} {table}", ending="")
