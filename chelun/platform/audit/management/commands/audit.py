"""`chelun audit verify` and `chelun audit anchor`: prove that the chain is whole; write its end outside the database."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.platform.audit.anchors import anchor_path, write_anchor
from chelun.platform.audit.verifying import verify_chain


class Command(BaseCommand):
    """Verify or anchor the audit chain. Verifying only reads, so it also runs on a copy."""

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.description = _("校验审计链（verify，不完整时退出码为 1），或把链的末端写到库外（anchor）")
        parser.add_argument("act", choices=["verify", "anchor"], help=_("verify 校验；anchor 写锚点"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what came of it."""
        if options["act"] == "anchor":
            self._anchor()
        elif not self._verify():
            sys.exit(1)

    def _anchor(self) -> None:
        anchor = write_anchor()
        if anchor is None:
            self.stdout.write(_("审计链还是空的，没有写锚点。"))
            return
        said = _("锚点已写入 {path}：第 {seq} 行，{at}。")
        self.stdout.write(said.format(path=anchor_path(), seq=anchor.seq, at=anchor.at))

    def _verify(self) -> bool:
        verdict = verify_chain()
        for finding in (*verdict.notes, *verdict.findings):
            self.stdout.write(finding.text)
        more = verdict.found - len(verdict.findings)
        if more:
            self.stdout.write(_("……还有 {more} 处").format(more=more))
        counts = {"rows": verdict.rows, "anchors": verdict.anchors, "found": verdict.found}
        whole = ngettext(
            "审计链完整：{rows} 行，{anchors} 个库外锚点，没有发现改动。",
            "审计链完整：{rows} 行，{anchors} 个库外锚点，没有发现改动。",
            verdict.anchors,
        )
        broken = ngettext(
            "审计链不完整：{rows} 行，{anchors} 个库外锚点，发现 {found} 处问题。",
            "审计链不完整：{rows} 行，{anchors} 个库外锚点，发现 {found} 处问题。",
            verdict.found,
        )
        self.stdout.write((whole if verdict.whole else broken).format(**counts))
        return verdict.whole
