"""`chelun demo_code USERNAME`: the one-time code of a demo account now. Works only in the demo."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.platform.accounts.services.demo import demo_code


class Command(BaseCommand):
    """Print a demo account's one-time code."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Which account."""
        parser.description = _("显示演示账号现在的 6 位验证码（只在演示环境有效）")
        parser.add_argument("username", help=_("演示账号的登录名"))

    def handle(self, *args: Any, **options: Any) -> str:
        """The six digits."""
        try:
            return demo_code(username=options["username"], moment=time.time())
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
