"""A bureau's own form travels with its place's archive, and serves there as it did here."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pytest_django import Settings

from chelun.core.jsontext import from_json
from chelun.people.tests.desk import CLERK, ZIYANG, bring, number, phone, sheet
from chelun.people.tests.test_layouts import exported, in_use
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.archives import packing
from chelun.platform.archives.packing import check_packed, read_packed
from chelun.platform.archives.writing import write_archive
from chelun.platform.sheets.choices import LayoutState
from chelun.platform.sheets.layouts.tests.build import form
from chelun.platform.sheets.models import Layout, StoredFile
from chelun.platform.sheets.services.layouts import begin_layout, form_bytes, rest_layout, take_layout
from chelun.platform.sheets.vault import shred
from tests.test_archives import SECRET, counts, join, move

pytestmark = pytest.mark.django_db


def archive(folder: Path, name: str = "ziyang.chelun") -> Path:
    path = folder / name
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    return path


def told(path: Path) -> list[dict[str, Any]]:
    parts = [part for part in read_packed(path, SECRET) if part.table == "sheets.layout"]
    return [row for part in parts for row in part.rows]


def said(layout: Layout) -> tuple[Any, ...]:
    return (
        layout.name,
        layout.register,
        layout.version,
        layout.state,
        layout.shape,
        layout.made_by,
        layout.made_at,
    )


def here() -> User:
    bring(sheet([("李一", number(11), phone(1), "货车", "", "陕G12345")]))
    return user_with("registrar", ZIYANG)


def test_form_serves_there_as_here_and_twice_is_as_once(tmp_path: Path, settings: Settings) -> None:
    layout = in_use(here())
    rests = in_use(user_with("registrar", ZIYANG), name="旧表")
    rest_layout(actor=user_with("registrar", ZIYANG), layout=rests)
    before = {each.name: said(each) for each in Layout.objects.all()}
    cells = [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(form_bytes(layout))).worksheets[0]
    ]
    path = archive(tmp_path)
    move(settings)
    join(path)
    assert {each.name: said(each) for each in Layout.objects.all()} == before
    taken = Layout.objects.get(name=layout.name)
    page = load_workbook(io.BytesIO(form_bytes(taken))).worksheets[0]
    assert [[cell.value for cell in row] for row in page] == cells
    assert taken.signature != layout.signature
    _stored, sheet_ = exported(user_with("registrar", ZIYANG), taken)
    assert "李一" in {cell.value for row in sheet_ for cell in row}
    after = counts()
    join(path)
    assert counts() == after


def test_drafts_and_lost_workbooks_stay(tmp_path: Path) -> None:
    clerk = here()
    begin_layout(
        actor=clerk,
        region=ZIYANG,
        register="person",
        name="未确认",
        file=io.BytesIO(form()),
        file_name="表.xlsx",
    )
    lost = in_use(clerk, name="丢了")
    assert lost.file_id
    shred(lost.file_id)
    assert told(archive(tmp_path)) == []


def test_form_in_use_here_outweighs_one_that_is_no_newer(tmp_path: Path, settings: Settings) -> None:
    in_use(here())
    first = archive(tmp_path)
    in_use(user_with("registrar", ZIYANG))
    second = archive(tmp_path, "second.chelun")
    move(settings)
    own = in_use(user_with("registrar", ZIYANG))
    join(first)
    states = dict(Layout.objects.values_list("pk", "state"))
    assert states.pop(own.pk) == LayoutState.IN_USE
    assert set(states.values()) == {LayoutState.RESTING}
    join(second)
    assert Layout.objects.get(state=LayoutState.IN_USE).version == 2
    assert Layout.objects.count() == 3


@pytest.mark.parametrize("spoilt", ["title", "workbook", "field", "name"])
def test_what_may_not_be_a_form_here_is_left_out(spoilt: str, tmp_path: Path) -> None:
    layout = in_use(here())
    content, files = form_bytes(layout), StoredFile.objects.count()
    arriving = Layout.objects.get()
    Layout.objects.all().delete()
    if spoilt == "title":
        book = load_workbook(io.BytesIO(content))
        book.worksheets[0]["A1"] = "党员名册"
        out = io.BytesIO()
        book.save(out)
        content = out.getvalue()
    elif spoilt == "workbook":
        content = content[:200]
    elif spoilt == "field":
        arriving.shape["columns"][1]["field"] = "belief"
    else:
        arriving.name = "党员"
    assert not take_layout(actor=CLERK, layout=arriving, content=content)
    assert not Layout.objects.exists()
    assert StoredFile.objects.count() == files


def test_large_rows_lie_in_parts_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "PART_BYTES", 10_000)
    clerk = here()
    for name in ("甲表", "乙表"):
        in_use(clerk, name=name)
    path = archive(tmp_path)
    manifest = check_packed(path, SECRET)
    assert [
        rows for name, (rows, _digest) in manifest.parts.items() if name.startswith("sheets.layout/")
    ] == [1, 1]
    assert {row["name"] for row in told(path)} == {"甲表", "乙表"}
    assert all(
        from_json(line)
        for part in read_packed(path, SECRET)
        if "/" in part.name
        for line in part.body.splitlines()
    )
