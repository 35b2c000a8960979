"""`chelun keys new|add-data-key NAME`: key rings, made here and kept elsewhere; nothing is written to disk.
`chelun keys rotate`: seal everything anew under the ring's active key, as a background job."""

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.crypto.keys import new_ring, parse_ring, with_new_data_key
from chelun.platform.jobs.rotation import enqueue_rotation


class Command(BaseCommand):
    """Prints a ring for CHELUN_KEYS (without a database or settings), or asks for the rotation."""

    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and the name of the new data key."""
        parser.description = _(
            "new NAME: 生成新密钥环；add-data-key NAME: 从标准输入读入密钥环，加一把新的数据密钥；rotate: 换用现用密钥"
        )
        parser.add_argument("act", choices=["new", "add-data-key", "rotate"])
        parser.add_argument("name", nargs="?", default="", help=_("新数据密钥的名字，例如 2026a"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; a ring that cannot be read is the command's error."""
        if options["act"] == "rotate":
            job = enqueue_rotation(actor=SystemActor("chelun keys rotate"))
            self.stdout.write(f"{job.pk} {job.title}")
            return
        if not options["name"]:
            raise CommandError(_("请给新数据密钥起个名字，例如 2026a。"))
        if options["act"] == "new":
            self.stdout.write(new_ring(options["name"]))
            return
        text = sys.stdin.read()
        try:
            parse_ring(text)
            self.stdout.write(with_new_data_key(text, options["name"]))
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
