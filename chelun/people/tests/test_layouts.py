"""A bureau's own form, from the upload to the list that fills it and back: nobody confirms columns, differences are seen first."""

import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.comments import Comment

from chelun.core.errors import NotFound, Refused
from chelun.engines.ids import mask_phone
from chelun.people.models import PersonCard, PersonSource
from chelun.people.services.corrections import correct_person
from chelun.people.services.exporting import export_list
from chelun.people.tests.desk import AS_OF, HANBIN, ZIYANG, number, phone, scope_of, seen
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.models import Job
from chelun.platform.sheets.choices import ImportState, LayoutState
from chelun.platform.sheets.layouts.shape import SERIAL, shape_of
from chelun.platform.sheets.layouts.tests.build import FIRST, form
from chelun.platform.sheets.models import Layout, SheetImport, StagedChunk, StoredFile
from chelun.platform.sheets.selectors.differing import difference_page, differs
from chelun.platform.sheets.selectors.layouts import layout_get, layout_seen, layouts_seen
from chelun.platform.sheets.services.layouts import begin_layout, confirm_layout, form_bytes, rest_layout
from chelun.platform.sheets.services.receiving import receive_sheet
from chelun.platform.sheets.services.steps import after_reading, start_publication
from chelun.platform.sheets.vault import open_vault

pytestmark = pytest.mark.django_db
CITY = "610900"
MAP = "sheets:layout_map"


@pytest.fixture
def registrar() -> User:
    return user_with("registrar", ZIYANG)


def draft(
    actor: User, content: bytes | None = None, region: str = ZIYANG, name: str = "市局登记表"
) -> Layout:
    file = io.BytesIO(form() if content is None else content)
    return begin_layout(
        actor=actor, region=region, register="person", name=name, file=file, file_name="表.xlsx"
    )


def in_use(
    actor: User, content: bytes | None = None, region: str = ZIYANG, name: str = "市局登记表"
) -> Layout:
    layout = draft(actor, content, region, name)
    return confirm_layout(actor=actor, layout=layout, register="person", shape=shape_of(layout.shape))


def filled(rows: Sequence[Sequence[str]]) -> io.BytesIO:
    """The form as a unit fills it in by hand."""
    book = load_workbook(io.BytesIO(form()))
    page = book.worksheets[0]
    for place, (name, id_number, telephone) in enumerate(rows):
        line = FIRST + place
        page.cell(line, 1, place + 1)
        page.cell(line, 2, name)
        page.cell(line, 3, id_number)
        page.cell(line, 4, "彝族")
        page.cell(line, 7, telephone)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def brought(actor: User, file: io.BytesIO, source: str = "市局表") -> SheetImport:
    """A file as the upload page takes it: as far as nothing has to be asked."""
    sheet_import, _ = receive_sheet(
        actor=actor, file=file, name="名册.xlsx", region=ZIYANG, source=source, as_of=AS_OF
    )
    after_reading(actor=actor, sheet_import=sheet_import)
    sheet_import.refresh_from_db()
    return sheet_import


def exported(actor: User, layout: Layout, **query: str) -> Any:
    stored = export_list(
        actor=actor, register="person", query=query, purpose="报送市局年度统计", layout=str(layout.pk)
    )
    assert isinstance(stored, StoredFile)
    with open_vault(stored.pk) as plain:
        content = plain.read()
    assert all(
        part.compress_type == zipfile.ZIP_DEFLATED for part in zipfile.ZipFile(io.BytesIO(content)).infolist()
    )
    return stored, load_workbook(io.BytesIO(content)).worksheets[0]


PEOPLE = [("赵一", number(1), phone(1)), ("钱二", number(2), phone(2)), ("孙三", number(3), phone(3))]


def test_form_is_recognised_from_its_heads(registrar: User) -> None:
    shape = shape_of(draft(registrar).shape)
    fields = {column.head: column.field for column in shape.columns}
    assert fields == {
        "序号": SERIAL, "姓名": "name", "身份证号": "id_number", "民族": "", "车辆/车牌号": "plate",
        "车辆/车牌颜色": "plate_colour", "联系电话": "phone", "备注": "note",
    }  # fmt: skip
    assert [column.head for column in shape.columns if column.out] == ["民族"]


def test_confirmed_form_keeps_no_example_and_its_upload_goes(registrar: User) -> None:
    layout = draft(registrar, form(example=True))
    raw = layout.file
    assert raw is not None
    assert "王样例".encode() not in raw.name.encode()
    confirm_layout(actor=registrar, layout=layout, register="person", shape=shape_of(layout.shape))
    layout.refresh_from_db()
    assert not StoredFile.objects.filter(pk=raw.pk).exists()
    rows = [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(form_bytes(layout))).worksheets[0]
    ]
    assert not any("王样例" in str(row) or "汉族" in str(row) for row in rows)
    assert AuditEntry.objects.filter(action="sheets.layout.confirmed", target=str(layout.pk)).exists()


def test_list_fills_the_form_masked_and_written_down(registrar: User) -> None:
    layout = in_use(registrar)
    start_publication(actor=registrar, sheet_import=brought(registrar, filled(PEOPLE)))
    stored, page = exported(registrar, layout)
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=FIRST, max_row=FIRST + 4)]
    assert {row[1] for row in rows[:3]} == {"赵一", "钱二", "孙三"}
    assert [row[0] for row in rows] == [1, 2, 3, None, None]
    for row in rows[:3]:
        assert row[2].count("*") > 6
        assert row[6].count("*") >= 4
        assert row[3] is None, "a forbidden column stays empty"
    assert page["A2"].value.startswith("填报单位：紫阳县")
    assert page["C10"].value == "=COUNTA(B5:B9)"
    assert page["A14"].value.startswith("※ 导出人：")
    assert "报送市局年度统计" in page["A14"].value
    assert registrar.person_name in page["A11"].value, "who filled it in, not under which name he logs in"
    entry = AuditEntry.objects.get(action="people.list.exported", target=str(stored.pk))
    new = json.loads(entry.new)
    assert (new["rows"], new["layout"]) == (3, str(layout.pk))
    assert stored.kind == "export"
    assert stored.expires_at.year < 9999


def test_export_obeys_filters_and_the_place(registrar: User) -> None:
    layout = in_use(registrar)
    start_publication(actor=registrar, sheet_import=brought(registrar, filled(PEOPLE)))
    _stored, page = exported(registrar, layout, q="钱二")
    assert [page.cell(FIRST + n, 2).value for n in range(3)] == ["钱二", None, None]
    other = user_with("registrar", HANBIN)
    with pytest.raises(Refused, match="重新选择"):
        export_list(
            actor=other, register="person", query={}, purpose="报送市局年度统计", layout=str(layout.pk)
        )
    with pytest.raises(Refused, match="用途"):
        export_list(actor=registrar, register="person", query={}, purpose="", layout=str(layout.pk))


def test_filled_form_needs_no_confirming_and_shows_what_differs(registrar: User) -> None:
    in_use(registrar)
    first = brought(registrar, filled(PEOPLE))
    assert first.state == ImportState.CHECKED
    assert first.tables[0]["layout"]["name"] == "市局登记表"
    assert [each["head"] for each in first.dropped] == ["民族"]
    assert differs(first) == {"new": 3}
    assert not PersonSource.objects.exists()
    start_publication(actor=registrar, sheet_import=first)
    assert not StagedChunk.objects.filter(sheet_import=first, kind="diff").exists()

    second = brought(
        registrar, filled([PEOPLE[0], ("钱二", number(2), phone(9)), ("李四", number(4), phone(4))])
    )
    assert second.state == ImportState.CHECKED
    assert differs(second) == {"new": 1, "changed": 1, "gone": 1}
    labels = {
        what: [row.label for row in difference_page(second, what, 1).rows]
        for what in ("new", "changed", "gone")
    }
    assert labels == {"new": ["李四"], "changed": ["钱二"], "gone": ["孙三"]}
    (changed,) = difference_page(second, "changed", 1).rows
    assert [each for each in changed.fields if each[0] == "联系电话"] == [
        ("联系电话", mask_phone(phone(2)), mask_phone(phone(9)), True)
    ]
    assert number(2) not in str(changed)
    assert [each["name"] for each in seen()] == ["孙三", "赵一", "钱二"], (
        "nothing is written before the clerk says so"
    )


def test_what_a_weightier_source_outweighs_is_told_as_different_and_counted_as_no_change(
    registrar: User,
) -> None:
    in_use(registrar)
    start_publication(actor=registrar, sheet_import=brought(registrar, filled(PEOPLE[:2])))
    person = PersonCard.objects.get(name="赵一").person_id
    correct_person(actor=registrar, person=person, home=ZIYANG, raw={"phone": phone(8)})
    rows = [("赵一", number(1), phone(7)), ("钱二", number(2), phone(9))]
    second = brought(registrar, filled(rows))
    assert differs(second) == {"changed": 2}
    fields = {row.label: row.fields for row in difference_page(second, "changed", 1).rows}
    assert fields == {
        "赵一": (("联系电话", mask_phone(phone(8)), mask_phone(phone(7)), False),),
        "钱二": (("联系电话", mask_phone(phone(2)), mask_phone(phone(9)), True),),
    }
    page = logged_in(Client(), registrar).get(
        reverse("sheets:import_differences", args=[second.pk]), {"what": "changed"}
    )
    assert f"入库后仍是 {mask_phone(phone(8))}" in page.content.decode()
    expected = second.counts["preview"]["person"]
    start_publication(actor=registrar, sheet_import=second)
    second.refresh_from_db()
    assert (expected["changed"], expected["unchanged"]) == (1, 1)
    assert expected.items() <= second.counts["outcome"]["person"].items()
    assert {tuple(each["phones"]) for each in seen()} == {(phone(8),), (phone(9),)}


def test_persons_of_other_places_are_new_here(registrar: User) -> None:
    in_use(registrar)
    elsewhere = user_with("registrar", HANBIN)
    one, _ = receive_sheet(
        actor=elsewhere, file=filled(PEOPLE[:1]), name="a.xlsx", region=HANBIN, source="市局表", as_of=AS_OF
    )
    assert one.state == ImportState.MAPPING, "the form of one county says nothing to another"
    one.delete()
    assert differs(brought(registrar, filled(PEOPLE[:1]))) == {"new": 1}


def test_form_from_above_serves_the_county(registrar: User) -> None:
    layout = in_use(user_with("registrar", CITY), region=CITY)
    assert brought(registrar, filled(PEOPLE)).state == ImportState.CHECKED
    _stored, page = exported(registrar, layout)
    assert page["A2"].value.startswith("填报单位：紫阳县")
    assert layout_seen(registrar.scope_for("layouts.manage"), layout.pk) == layout
    with pytest.raises(NotFound):
        layout_get(registrar.scope_for("layouts.manage"), layout.pk)
    with pytest.raises(NotFound):
        rest_layout(actor=registrar, layout=layout)


def test_new_version_lets_the_old_one_rest_and_both_are_known_again(registrar: User) -> None:
    old = in_use(registrar)
    changed = load_workbook(io.BytesIO(form()))
    changed.worksheets[0]["H3"] = "备注说明"
    out = io.BytesIO()
    changed.save(out)
    new = in_use(registrar, out.getvalue())
    old.refresh_from_db()
    assert (old.version, old.state, new.version, new.state) == (1, LayoutState.RESTING, 2, LayoutState.IN_USE)
    assert brought(registrar, filled(PEOPLE)).tables[0]["layout"]["id"] == str(old.pk)
    with pytest.raises(Refused):
        exported(registrar, old)
    rest_layout(actor=registrar, layout=new)
    with pytest.raises(Refused):
        exported(registrar, new)


@pytest.mark.parametrize("title", ["紫阳县货车司机党员花名册", "少数民族司机登记表"])
def test_form_that_marks_everybody_is_refused(registrar: User, title: str) -> None:
    layout = draft(registrar, form(title=title))
    with pytest.raises(Refused, match="标题"):
        confirm_layout(actor=registrar, layout=layout, register="person", shape=shape_of(layout.shape))
    with pytest.raises(Refused):
        draft(registrar, name="党员登记表")


def test_forbidden_column_cannot_be_mapped_by_hand(registrar: User) -> None:
    layout = draft(registrar)
    shape = layout.shape
    for column in shape["columns"]:
        if column["head"] == "民族":
            column |= {"out": "", "field": "position"}
    made = confirm_layout(actor=registrar, layout=layout, register="person", shape=shape_of(shape))
    assert {each["head"]: each["field"] for each in made.shape["columns"]}["民族"] == ""


def test_correction_by_a_clerk_outweighs_the_form(registrar: User) -> None:
    in_use(registrar)
    one = brought(registrar, filled(PEOPLE))
    mapping = {at: name for at, name in one.tables[0]["mapping"].items() if name != "phone"}
    client = logged_in(Client(), registrar)
    sent = {f"column-0-{at}": name for at, name in mapping.items()}
    client.post(
        reverse("sheets:import_mapping", args=[one.pk]), {"register-0": "person", "shown-0": "person", **sent}
    )
    again = brought(registrar, filled([*PEOPLE, ("李四", number(4), phone(4))]))
    assert "phone" not in again.tables[0]["mapping"].values()


def test_other_places_see_no_layout(registrar: User) -> None:
    layout = in_use(registrar)
    other = user_with("registrar", HANBIN)
    assert not layouts_seen(other.scope_for("layouts.manage")).exists()
    with pytest.raises(NotFound):
        begin_layout(
            actor=other, region=ZIYANG, register="person", name="表", file=io.BytesIO(form()), file_name="a.xlsx"
        )  # fmt: skip
    client = logged_in(Client(), other)
    assert client.get(reverse(MAP, args=[layout.pk])).status_code == 404
    assert client.post(reverse("sheets:layout_rest", args=[layout.pk])).status_code == 404
    assert scope_of(ZIYANG)


def test_remarks_on_cells_are_left_out_however_they_were_written(registrar: User) -> None:
    book = load_workbook(io.BytesIO(form()))
    book.worksheets[0]["C3"].comment = Comment("十八位，找王科长", "王科长")
    out = io.BytesIO()
    book.save(out)
    kept = form_bytes(in_use(registrar, out.getvalue()))
    names = zipfile.ZipFile(io.BytesIO(kept)).namelist()
    assert not [name for name in names if "comment" in name.lower()]
    assert load_workbook(io.BytesIO(kept)).worksheets[0]["C3"].comment is None


def test_hostile_workbook_is_refused_with_a_sentence(registrar: User) -> None:
    for content, told in (
        (b"not a workbook", "xlsx"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "xlsx"),
        (b"", "空"),
    ):
        with pytest.raises(Refused, match=told):
            draft(registrar, content)
    assert not StoredFile.objects.exists()


def test_pages_from_upload_to_use(registrar: User) -> None:
    client = logged_in(Client(), registrar)
    assert "还没有版式" in client.get(reverse("sheets:layout_list")).content.decode()
    file = io.BytesIO(form())
    file.name = "市局表.xlsx"
    sent = {"name": "市局登记表", "region": ZIYANG, "register": "person", "file": file}
    answer = client.post(reverse("sheets:layout_new"), sent)
    layout = Layout.objects.get()
    assert answer.headers["Location"] == reverse(MAP, args=[layout.pk])
    shown = client.get(reverse(MAP, args=[layout.pk])).content.decode()
    assert "名册不得登记" in shown
    assert "填报单位" in shown
    again = client.post(
        reverse(MAP, args=[layout.pk]), {"again": "1", "register": "vehicle", "sheet": "名册"}
    )
    assert "已重新识别" in again.content.decode()
    columns = {f"column-{each['at']}": each["field"] for each in layout.shape["columns"]}
    cells = {
        "cell-0": "A2",
        "what-0": "place",
        "cell-1": "C10",
        "what-1": "",
    }
    sent = {"sheet": "名册", "register": "person", "first": "5", "last": "9", **columns, **cells}
    bad = client.post(reverse(MAP, args=[layout.pk]), {**sent, "last": "3"})
    assert bad.status_code == 422
    assert "起止行" in bad.content.decode()
    wrong = (
        ({"last": "九行"}, "行号"),
        ({"last": "12"}, "第 10 行是合计或说明"),
        ({"cell-2": "zz", "what-2": "day"}, "ZZ"),
    )
    for change, told in wrong:
        bad = client.post(reverse(MAP, args=[layout.pk]), {**sent, **change, "column-7": ""})
        assert bad.status_code == 422
        assert told in bad.content.decode()
        assert not any(chosen for _name, _label, chosen in bad.context["columns"][7].options)
    layout.refresh_from_db()
    assert layout.state == LayoutState.DRAFT
    assert (
        client.post(reverse(MAP, args=[layout.pk]), {**sent, "first": "５", "cell-0": "ａ2"}).status_code
        == 302
    )
    layout.refresh_from_db()
    assert (layout.state, layout.shape["fixed"]) == (LayoutState.IN_USE, [{"cell": "A2", "what": "place"}])
    start_publication(actor=registrar, sheet_import=brought(registrar, filled(PEOPLE)))
    page = client.get(reverse("people:export_new", args=["person"])).content.decode()
    assert "市局登记表（紫阳县，第 1 版）" in page
    client.post(
        reverse("people:export_new", args=["person"]),
        {"purpose": "报送市局年度统计", "layout": str(layout.pk)},
    )
    assert StoredFile.objects.filter(kind="export", name__startswith="市局登记表").exists()
    assert not Job.objects.filter(kind="people.export").exists()
    two = brought(registrar, filled(PEOPLE[:2]))
    shown = client.get(reverse("sheets:import_detail", args=[two.pk])).content.decode()
    assert "与名册比对" in shown
    gone = client.get(reverse("sheets:import_differences", args=[two.pk]), {"what": "gone"}).content.decode()
    assert "孙三" in gone
    client.post(reverse("sheets:layout_rest", args=[layout.pk]))
    assert "市局登记表" not in client.get(reverse("people:export_new", args=["person"])).content.decode()
