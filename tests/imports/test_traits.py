"""What a roster may not bring in, hidden as clerks hide it: after the import it is in no stored byte, and the clerk is told."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence

import pytest
from django.apps import apps

from chelun.core.errors import Refused
from chelun.people.services.intake import ledger
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport, StagedChunk, StoredFile
from chelun.platform.sheets.selectors.results import left_out_rows
from chelun.platform.sheets.staging import read_chunk
from chelun.platform.sheets.tests.samples import id_number, workbook
from chelun.platform.sheets.vault import open_vault
from tests.imports.steps import published, received

HEADS = ("姓名", "身份证号", "联系电话")
WRONG = ("安坏", "坏证号", "1")
Cells = Sequence[object]
TOLD = "名册不得带入"
"""Our own sentences speak of such things in general; they stand in the refusal workbook's explanation."""


def person(serial: int, name: str = "") -> tuple[str, ...]:
    return (name or f"安小{'一二三四五六七八九'[serial % 9]}", id_number(serial), f"1990000{serial:04}")


def people(*cells: str, heads: Cells = ()) -> list[Cells]:
    """A roster with one more column of these cells, the first of them also in a row that is refused."""
    rows = [(*person(serial), cell) for serial, cell in enumerate(cells, 1)]
    return [*([(*HEADS, *heads)] if heads else []), *rows, (*WRONG, cells[0])]


def named(*names: str, head: str = "姓名") -> list[Cells]:
    rows = [person(serial, name) for serial, name in enumerate(names, 1)]
    return [(head, *HEADS[1:]), *rows, (names[0], "坏证号", "1")]


def stored() -> Iterator[tuple[str, str]]:
    """Everything that lies in the database or the vault, opened where it is sealed; what the clerk was told of is left out."""
    for model in apps.get_models():
        if model._meta.app_label != "regions":
            for row in model._default_manager.values():
                yield model.__name__, repr({**row, "dropped": "", "old": "", "new": ""})
    for chunk in StagedChunk.objects.all():
        yield f"chunk {chunk.kind}", json.dumps(read_chunk(chunk), ensure_ascii=False)
    for shelf in SHELVES.values():
        for record in (*shelf.sources.all(), *shelf.cards.all()):
            subject = getattr(record, shelf.subject)
            facts = ledger.open_facts(keys_of([subject]).get(subject), bytes(record.sealed))
            yield f"sealed {shelf.register}", json.dumps(facts, ensure_ascii=False)
    for file in StoredFile.objects.all():
        with open_vault(file.pk) as plain:
            book = zipfile.ZipFile(io.BytesIO(plain.read()))
        for part in book.namelist():
            yield (
                f"{file.kind} {part}",
                "".join(line for line in book.read(part).decode().split("<row") if TOLD not in line),
            )


def places_of(*words: str) -> list[tuple[str, str]]:
    """Where one of the words is stored."""
    return [(place, word) for place, text in stored() for word in words if word in text]


CASES: list[tuple[list[Cells], tuple[str, ...]]] = [
    (people("2001-07-01", "2002-07-01", heads=["转正时间"]), ("2001-07-01", "2002-07-01")),
    (people("党员", "群众", heads=["身份类别"]), ("党员", "群众")),
    (people("贫农", "中农", heads=["成分"]), ("贫农", "中农")),
    (people("较好", "差", heads=["身体"]), ("较好", "差")),
    (people("汉", "彝", "回"), ("汉", "彝", '"回"')),
    (people("回", "回"), ('"回"', ">回<")),
    (people("党", "群"), ('"党"', '"群"', ">党<")),
    (people("2001年加入中国共产党", "有车", "常出车", heads=["备注"]), ("共产党",)),
    (people("礼拜五去做礼拜", "有车", "民族：彝", heads=["备注"]), ("礼拜", "彝")),
    (people("离异，带一子", "有车", "跑成昆线", heads=["备注"]), ("离异",)),
    (named("安小甲（党员）", "安小乙 群众", "安小丙-彝族", head="姓名(政治面貌)"), ("党员", "群众", "彝", "政治")),
    (named("党员安小甲", "安小乙团员", "彝族安小丙"), ("党员", "团员", "彝")),
    (named("安小甲/汉", "安小乙，汉，党员", "安小丙“党员”", "安小丁(D)"), ("汉", "党员", "(D)")),
    (named("★安小甲", "安小乙", "安小丙★", head="姓名（★为党员）"), ("★", "党员")),
    (
        [HEADS, *(person(n) for n in range(3)), ("安小甲", id_number(4) + "（党员）", "19900000004党员"), WRONG],
        ("党员",),
    ),
    (
        [("党员", "", "", "", "群众", "", ""), (*HEADS, "", *HEADS), (*person(1), "", *person(2)),
         (*person(3), "", *person(4)), (*WRONG, "", *WRONG)],
        ("党员", "群众"),
    ),
    ([HEADS, ("党员",), person(1), person(2), ("群众",), person(3), WRONG], ("党员", "群众")),
    (people("顺达公司党支部", "顺达物流", "远航运输公司（党员先锋岗）", "顺达物流", heads=["所属企业"]), ("党",)),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "words"), CASES)
def test_trait_is_stored_nowhere(regions: None, rows: list[Cells], words: tuple[str, ...]) -> None:
    sheet_import = received(workbook(("名册", rows)))
    assert places_of(*words) == []
    StagedChunk.objects.all().delete()
    sheet_import = published(workbook(("名册", [*rows, person(90)])))
    assert places_of(*words) == []
    assert {place.split()[0] for place, _ in places_of("坏证号")} == {"chunk", "refusals"}
    assert sheet_import.counts["outcome"]["person"]["created"] > 1


def test_label_in_a_column_that_was_long_empty_is_stored_nowhere(regions: None) -> None:
    rows = [(*person(serial), "") for serial in range(1, 520)]
    late = [(*person(600 + place), word) for place, word in enumerate(("党员", "汉", "彝", "群", "回"))]
    sheet_import = published(workbook(("名册", [(*HEADS, "其他"), *rows, *late, (*WRONG, "汉")])))
    assert places_of("党员", "汉", "彝", '"群"', '"回"') == []
    assert any("6 格写了名册不得带入的内容" in line for line in left_out_rows(sheet_import))


def test_name_of_an_unreadable_sheet_is_told_without_it(regions: None) -> None:
    sheet_import = received(workbook(("党员司机", [HEADS, person(1), ("字" * 30_000,) * 7])))
    assert sheet_import.state == ImportState.UNREADABLE
    assert "第 3 行的文字超过了" in sheet_import.error
    assert places_of("党员") == []


@pytest.mark.parametrize("name", ["党员花名册.xlsx", "彝族司机.xlsx", "信教群众_2026.xlsx"])
def test_name_of_file_and_sheet_is_not_kept(regions: None, name: str) -> None:
    published(workbook((name.partition(".")[0], [HEADS, person(1), WRONG])), name=name)
    assert places_of("党员", "彝", "信教", "群众") == []


def test_source_may_not_name_it(regions: None) -> None:
    with pytest.raises(Refused):
        received(workbook(("名册", [HEADS, person(1)])), source="党员台账")
    assert not SheetImport.objects.exists()
