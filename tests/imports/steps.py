"""Steps of an import in a line, and what can be seen of the registers."""

import datetime as dt
import io
from typing import Any

from django.test import Client
from django.urls import reverse

from chelun.core.actors import Actor, SystemActor
from chelun.people.models import (
    DriverTie,
    Engagement,
    EnterpriseCard,
    PersonCard,
    PersonSource,
    UnresolvedRow,
    VehicleCard,
)
from chelun.platform.sheets.batches import hidden_batches
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.services.checking import check_sheet
from chelun.platform.sheets.services.mapping import confirm_mapping, present_choices
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.services.receiving import read_waiting, receive_sheet
from chelun.platform.sheets.tests.samples import upload

COUNTY = "513436"
AS_OF = dt.date(2026, 11, 1)
SYSTEM = SystemActor("test", "nobody")
SHOWN = (PersonCard, Engagement, DriverTie, VehicleCard, EnterpriseCard, UnresolvedRow)
CHANGING = {"id", "batch", "superseded_by", "updated_at", "sealed", "known_at", "stale"}


def received(
    content: bytes, name: str = "名册.xlsx", source: str = "测试名册", actor: Actor = SYSTEM
) -> SheetImport:
    """A file taken in and read, also a large one."""
    sheet_import, waits = receive_sheet(
        actor=actor, file=io.BytesIO(content), name=name, region=COUNTY, source=source, as_of=AS_OF
    )
    if waits:
        read_waiting(sheet_import)
    return sheet_import


def checked(
    content: bytes, name: str = "名册.xlsx", source: str = "测试名册", actor: Actor = SYSTEM
) -> SheetImport:
    """A file with its columns confirmed as guessed, and its rows checked."""
    sheet_import = received(content, name, source, actor)
    confirm_mapping(actor=actor, sheet_import=sheet_import, choices=present_choices(sheet_import))
    check_sheet(actor=actor, sheet_import=sheet_import)
    sheet_import.refresh_from_db()
    return sheet_import


def published(
    content: bytes, name: str = "名册.xlsx", source: str = "测试名册", actor: Actor = SYSTEM
) -> SheetImport:
    """A file brought in."""
    sheet_import = checked(content, name, source, actor)
    begin_publication(actor=actor, sheet_import=sheet_import)
    publish_sheet(actor=actor, sheet_import=sheet_import)
    sheet_import.refresh_from_db()
    return sheet_import


def seen() -> dict[str, list[dict[str, Any]]]:
    """Everything that readers see of the registers, without keys, stamps and ciphertext."""
    hidden = hidden_batches()
    found = {}
    for model in SHOWN:
        rows = model.objects.visible(hidden).values()
        plain = [{name: value for name, value in row.items() if name not in CHANGING} for row in rows]
        found[model.__name__] = sorted(plain, key=repr)
    return found


def rows_in_all() -> dict[str, int]:
    """How many rows there are, seen or not."""
    return {model.__name__: model.objects.count() for model in (*SHOWN, PersonSource)}


def outcome(sheet_import: SheetImport, register: str = "person") -> dict[str, int]:
    """What an import did to a register."""
    counts: dict[str, int] = sheet_import.counts["outcome"][register]
    return {name: counts.get(name, 0) for name in ("created", "changed", "unchanged", "unresolved")}


def send(
    browser: Client, content: bytes, name: str = "名册.xlsx", source: str = "测试名册", region: str = COUNTY
) -> Any:
    """Upload a file through the page, and follow to where it leads."""
    sent = {"file": upload(name, content), "source": source, "region": region, "as_of": "2026-11-01"}
    return browser.post(reverse("sheets:import_new"), sent, follow=True)


def last_import() -> SheetImport:
    """The import that was made last."""
    return SheetImport.objects.latest("created_at")


def page(name: str, sheet_import: SheetImport) -> str:
    """The address of one of an import's pages."""
    return reverse(f"sheets:{name}", args=[sheet_import.pk])


def text_of(response: Any) -> str:
    """The page as text; the file of a download."""
    content: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()
