"""The two doors that `bench.imports` compares. Importable once Django is set up."""

import json
import sys
from datetime import date
from pathlib import Path

from bench.peers import import_with_library
from chelun.core.actors import SystemActor
from chelun.platform.sheets.services.checking import check_sheet
from chelun.platform.sheets.services.mapping import confirm_mapping, present_choices
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.services.receiving import read_waiting, receive_sheet

__all__ = ["bring", "import_with_library"]
AS_OF = date(2026, 11, 1)


def bring(path: Path, source: str) -> None:
    """One file through reading, mapping, checking and publication."""
    actor = SystemActor("bench")
    with path.open("rb") as file:
        sheet_import, waits = receive_sheet(
            actor=actor, file=file, name=path.name, region="610924", source=source, as_of=AS_OF
        )
    if waits:
        read_waiting(sheet_import)
    confirm_mapping(actor=actor, sheet_import=sheet_import, choices=present_choices(sheet_import))
    check_sheet(actor=actor, sheet_import=sheet_import)
    begin_publication(actor=actor, sheet_import=sheet_import)
    publish_sheet(actor=actor, sheet_import=sheet_import)
    print(json.dumps(sheet_import.counts["outcome"]), file=sys.stderr)
