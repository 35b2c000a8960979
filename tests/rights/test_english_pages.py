"""Every address of the house in English, for everybody who may open it: no Chinese but data, and that marked as Chinese.

What is data is known: the world made it, and the table of regions. Whatever else is Chinese is a text that was forgotten.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from chelun.people.models import EnterpriseCard, PersonCard, VehicleCard
from chelun.platform.accounts.models import User
from chelun.platform.accounts.roles import ROLES, roles_with
from chelun.platform.fields.models import OwnField
from chelun.platform.jobs.models import Job
from chelun.platform.regions.models import Region
from chelun.platform.sheets.layouts.tests.build import HEADS as FORM_HEADS
from chelun.platform.sheets.layouts.tests.build import UNDER as FORM_UNDER
from chelun.platform.sheets.models import SheetImport, StoredFile
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.tests.samples import HEADS
from tests.rights.visits import ADDRESSES, Address, Visit, answered, named, visit
from tests.rights.world import MARKS, WRITTEN, World
from tests.texts import CHINESE, EXAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("rights")]
MASKED = re.compile(r"\S*\*\S*")
OWN_NAMES = ("中文", "切换到中文")
"""What the switch to Chinese is called in Chinese."""
CELL = re.compile(r">([^<]+)<")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = {"sheets:refusals_download", "sheets:export_download"}
"""Workbooks that lie as their clerk made them, in the language in which he made them."""
SHEETS = (*HEADS, *filter(None, (*FORM_HEADS, *FORM_UNDER)), "版式", "名册", "货车")
"""What the world's sheets are called and hold; only the pages of imports may show it."""
LINK = re.compile(r'\shref="(/[^"#?]*\?[^"#]*)')
UNMARKED = ("title", "textarea")
"""Elements that hold bare text, within which no language can be said."""
MARK = "bdi"
"""The element by which the house says that a piece of a text is Chinese."""


class Page(HTMLParser):
    """The texts of a page, each with the language in which it stands; attributes that are read out beside them.

    `whole` holds the texts as if nothing were marked: a mark divides what is one text for its reader.
    """

    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
            "path",
            "circle",
            "rect",
            "line",
        ]
    )
    SPOKEN = frozenset(
        ("alt", "aria-label", "aria-description", "data-label", "placeholder", "title", "content")
    )

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self.whole: list[str] = [""]
        self.spoken: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    @property
    def _language(self) -> str:
        return next((language for _tag, language in reversed(self._open) if language), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._divide(tag)
        named = dict(attrs)
        if (named.get("lang") or self._language) == "en":
            self.spoken += [value for name, value in attrs if name in self.SPOKEN and value]
        if tag not in self.VOID:
            self._open.append((tag, named.get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        self._divide(tag)
        while self._open and tag in (name for name, _language in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        inside = self._open[-1][0] if self._open else ""
        if inside == "script":
            # The values of a chart: json_script writes them in escapes.
            self.spoken += [json.dumps(json.loads(data), ensure_ascii=False)] if data.strip() else []
            return
        self.whole[-1] += data
        if data.strip():
            self.texts.append((data, inside if inside in UNMARKED else self._language))

    def _divide(self, tag: str) -> None:
        if tag != MARK and self.whole[-1]:
            self.whole.append("")


def _known() -> Iterator[str]:
    """Every value that is data."""
    yield from (*MARKS, *WRITTEN, *EXAMPLES, *OWN_NAMES)
    yield from (f"示例{name}" for name in "甲乙丙丁戊己")  # the style guide's people
    for register in REGISTERS:
        yield from (
            spec.example for spec in register.fields if spec.kind in {"person_name", "firm_name", "plate"}
        )
    for names in Region.objects.values_list("name", "former"):
        yield from (part for name in names for part in name.split())
    for model, fields in (
        (User, ("person_name",)),
        (PersonCard, ("name", "enterprise_name", "plate")),
        (EnterpriseCard, ("name",)),
        (VehicleCard, ("plate",)),
        (SheetImport, ("file_name", "source")),
        (StoredFile, ("name", "purpose")),
        (Job, ("title",)),
        (OwnField, ("label",)),
    ):
        for row in model.objects.values_list(*fields):
            yield from row
    for options in OwnField.objects.values_list("options", flat=True):
        yield from (option["label"] for option in options)


@pytest.fixture(scope="module")
def data(world: World, django_db_blocker: DjangoDbBlocker) -> re.Pattern[str]:
    """Everything that may be Chinese on a page."""
    with django_db_blocker.unblock():
        words = sorted(filter(CHINESE.search, set(_known())), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _readers(address: Address) -> list[str]:
    """The roles that may open an address; '' is a stranger."""
    if address.rule.kind == "permission":
        return sorted(roles_with(address.rule.permission))
    return sorted(ROLES) if address.rule.kind == "own" else [""]


def _english(here: World, address: Address) -> Iterator[tuple[str, Visit]]:
    """The address as each of its readers has it in English."""
    for role in _readers(address):
        for method in ("GET", "POST"):
            yield f"{method} as {role}", visit(here, role, method, address, "en")


@named([address for address in ADDRESSES if address.name != "core:language"])
def test_page_is_english(here: World, data: re.Pattern[str], address: Address) -> None:
    found = []
    for who, answer in _english(here, address):
        if not (answer["Content-Type"] == WORKBOOK and address.name in KEPT):
            found += [f"{who}: {text}" for text in _wrong(answer, address.path(here), data)]
    assert found == []


@pytest.mark.parametrize("role", ROLES)
def test_links_with_filters_lead_to_english_pages(here: World, data: re.Pattern[str], role: str) -> None:
    client = here.client(role)
    client.cookies["django_language"] = "en"
    own = [address for address in ADDRESSES if role in _readers(address)]
    pages = [visit(here, role, "GET", address, "en").shown for address in own]
    links = {unescape(link) for page in pages for link in LINK.findall(page)}
    found = [
        (link, text) for link in sorted(links) for text in _wrong(answered(client, "GET", link), link, data)
    ]
    assert found == []
    assert links or role == "counter"


def _wrong(answer: Any, path: str, data: re.Pattern[str]) -> list[str]:
    """The Chinese of a page or workbook that should be English, or should be marked."""
    if path.startswith("/sheets/"):
        data = re.compile("|".join((data.pattern, *SHEETS)))
    if answer["Content-Type"] == WORKBOOK:
        return [cell for cell in CELL.findall(answer.shown) if CHINESE.search(data.sub("", cell))]
    if not answer["Content-Type"].startswith("text/html"):
        return []
    page = Page(answer.shown)
    unmarked = [text for text, lang in page.texts if lang == "en" and CHINESE.search(text)]
    said = (text for text in (*page.whole, *page.spoken) if CHINESE.search(text))
    return unmarked + [text for text in said if CHINESE.search(MASKED.sub("", data.sub("", text)))]
