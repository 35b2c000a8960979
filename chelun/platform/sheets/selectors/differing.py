"""How a filled form differs from the register, as its page shows it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Stat, number
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.registers import CHANGED, GONE, NEW, Difference, registers_at
from chelun.platform.sheets.staging import DIFF, read_chunk
from chelun.platform.sheets.wording import field_label

PAGE_ROWS = 50
KINDS = (NEW, CHANGED, GONE)


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """Some differences of one kind, with the number of this page and of its neighbours (0 for none)."""

    what: str
    rows: tuple[Difference, ...]
    here: int
    next: int


def differs(sheet_import: SheetImport) -> Counter[str]:
    """How many differences of each kind there are, all registers together."""
    found: Counter[str] = Counter()
    for counts in sheet_import.counts.get("differs", {}).values():
        found.update(counts)
    return found


def difference_stats(sheet_import: SheetImport) -> list[Stat]:
    """The differences of a filled form as numbers that open to their rows; none for any other file."""
    if not sheet_import.counts.get("differs"):
        return []
    counts, url = differs(sheet_import), reverse("sheets:import_differences", args=[sheet_import.pk])
    words = {
        NEW: (_("名册没有，表里有"), _("入库后新增")),
        CHANGED: (_("两边不一样"), _("打开看每一项现在是什么、表里是什么、入库后以哪个为准")),
        GONE: (_("名册有，表里没有"), _("同一来源以前报过、这份表不再有的；入库不会删除他们")),
    }
    return [
        Stat(head, number(counts[what]), f"{url}?what={what}" if counts[what] else "", definition=told)
        for what, (head, told) in words.items()
    ]


def difference_page(sheet_import: SheetImport, what: str, page: int) -> DifferencePage:
    """One page of the differences of a kind. Once the form is in, or given up, none are kept."""
    what = what if what in KINDS else NEW
    start = (page - 1) * PAGE_ROWS
    found = tuple(islice(_of_kind(sheet_import, what), start, start + PAGE_ROWS + 1))
    return DifferencePage(what, found[:PAGE_ROWS], page, page + 1 if len(found) > PAGE_ROWS else 0)


def _of_kind(sheet_import: SheetImport, what: str) -> Iterator[Difference]:
    registers = registers_at(place_of(sheet_import))
    chunks = StagedChunk.objects.filter(sheet_import=sheet_import, kind=DIFF).order_by("number")
    for chunk in chunks.iterator(chunk_size=1):
        register = registers.get(chunk.register)
        for kind, label, sheet, row, fields in read_chunk(chunk):
            if kind == what:
                yield Difference(
                    kind,
                    label,
                    sheet,
                    row,
                    tuple(
                        # One that was staged before the upgrade does not say it: there only what will stand was told.
                        (field_label(register, name) or name, old, new, all(stands))
                        for name, old, new, *stands in fields
                    ),
                )
