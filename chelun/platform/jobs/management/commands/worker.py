"""`chelun worker`: runs background jobs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from chelun.core.runtime import settle
from chelun.platform.jobs.worker import Worker


class Command(BaseCommand):
    """Run jobs until told to stop, or only what waits."""

    def add_arguments(self, parser: CommandParser) -> None:
        """--burst, --interval."""
        parser.description = _("执行后台任务；--burst 把排队的做完就退出")
        parser.add_argument("--burst", action="store_true", help=_("做完排队的任务就退出"))
        parser.add_argument("--interval", type=float, default=1.0, help=_("没有任务时每隔几秒看一次"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run."""
        settle()
        worker = Worker(options["interval"])
        if options["burst"]:
            self.stdout.write(str(worker.burst()))
            return
        worker.listen_to_signals()
        self.stdout.write(f"worker {worker.name}")
        self.stdout.flush()
        worker.run()
