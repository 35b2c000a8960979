"""`chelun compute`: compute all indicators now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from chelun.cockpit.services import compute_indicators
from chelun.cockpit.services.truth import judge_rows


class Command(BaseCommand):
    """Compute all indicators now."""

    def add_arguments(self, parser: CommandParser) -> None:
        """No arguments."""
        parser.description = _("计算驾驶舱指标")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute, and say how long it took."""
        computation = compute_indicators(full=True)
        judge_rows()
        self.stdout.write(f"{computation.day} {computation.seconds} s")
