"""`chelun regions load|outlines|show`: bring the published tables in, make the maps' outlines, say what a code means."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.regions.outlines import build_outlines, note_drawn, notice
from chelun.platform.regions.selectors import current_of, path_of, place
from chelun.platform.regions.services import load_regions


class Command(BaseCommand):
    """Reads the places that set-up has laid into var/geodata."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three actions."""
        parser.description = _(
            "load: 载入全国区划代码；outlines: 预先生成地图轮廓；show CODE: 一个代码是哪里、今天的代码是什么"
        )
        actions = parser.add_subparsers(dest="command_name", required=True)
        load = actions.add_parser("load", help=_("载入全国区划代码（可重复）"))
        load.add_argument("--province", action="append", default=[], help=_("只载入此省，前两位代码，可重复"))
        actions.add_parser("outlines", help=_("预先生成各省市的地图轮廓，免得第一个看图的人等"))
        actions.add_parser("show", help=_("一个代码是哪里")).add_argument("code")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the action; a refusal is the command's error."""
        try:
            {"load": self._load, "outlines": self._outlines, "show": self._show}[options["command_name"]](
                options
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _load(self, options: dict[str, Any]) -> None:
        done = load_regions(actor=SystemActor("chelun regions load"), provinces=options["province"])
        note_drawn()
        self.stdout.write(
            f"created={done.created} changed={done.changed} unchanged={done.unchanged} "
            f"retired={done.retired} changes={done.changes}"
        )

    def _outlines(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"files={build_outlines()} {notice()}")

    def _show(self, options: dict[str, Any]) -> None:
        found = place(options["code"])
        if found is None:
            raise CommandError(f"{options['code']}: ?")
        until = "" if found.in_force else f" – {found.to_year}"
        self.stdout.write(f"{found.code} {' '.join(path_of(found.code))} ({found.from_year}{until})")
        if not found.in_force:
            self.stdout.write(f"→ {current_of(found.code) or '?'}")
