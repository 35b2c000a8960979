"""The pages of an import as a clerk walks them: upload, columns, check, publication, undoing."""

from collections.abc import Sequence

import pytest
from django.test import Client

from chelun.people.tests import desk
from chelun.people.tests.desk import HANBIN, HEADS, ZIYANG, number, phone, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import SheetImport

pytestmark = pytest.mark.django_db
GOOD = ("李一", number(11), phone(1), "货车", "", "陕G12345")
BAD = ("王二", "51012219900307123", phone(2), "快递", "", "")


@pytest.fixture
def page(client: Client) -> Client:
    ensure_regions()
    return logged_in(client, user_with("registrar", ZIYANG))


def walked(page: Client, rows: Sequence[tuple[str, ...]], heads: tuple[str, ...] = HEADS) -> tuple[str, str]:
    """A file up to the result of the check: the page of its columns, and the page of its check."""
    file = sheet(rows, heads)
    file.name = "花名册.xlsx"
    sent = {"file": file, "source": "花名册", "region": ZIYANG, "as_of": "2026-11-01"}
    columns = page.post("/sheets/new/", sent, follow=True).content.decode()
    choices = page.get(f"/sheets/{SheetImport.objects.get().pk}/mapping/").context["tables"]
    confirmed: dict[str, str] = {}
    for table, _registers in choices:
        confirmed |= {f"register-{table.key}": table.register, f"shown-{table.key}": table.register}
        for column in table.columns:
            confirmed[column.name] = next((name for name, _label, chosen in column.options if chosen), "")
    checked = page.post(f"/sheets/{SheetImport.objects.get().pk}/mapping/", confirmed, follow=True)
    return columns, checked.content.decode()


def test_import_names_what_it_dropped_before_anything_is_confirmed(page: Client) -> None:
    columns, checked = walked(page, [(*GOOD, "群众", "")], (*HEADS, "政治面貌", "备注情况说明"))
    for shown, act in ((columns, "</svg>确认对应"), (checked, "</svg>确认入库")):
        assert "有 1 列名册不得带入" in shown
        assert shown.index("G 政治面貌") < shown.index(act)


def test_import_without_a_good_row_leads_to_the_correction(page: Client) -> None:
    _columns, checked = walked(page, [BAD])
    assert "没有一行可以入库" in checked
    assert "/publish/" not in checked
    assert "/refusals/" in checked


def test_import_with_a_good_row_can_be_published_and_undone(page: Client) -> None:
    _columns, checked = walked(page, [GOOD, BAD])
    assert "没有一行可以入库" not in checked
    url = f"/sheets/{SheetImport.objects.get().pk}/"
    published = page.post(f"{url}publish/", follow=True).content.decode()
    assert published.index("撤销这次导入") < published.index("c-stats")
    assert "花名册.xlsx" in page.get(f"{url}undo/").content.decode().split("c-crumbs")[1].split("</nav>")[0]


def test_form_without_a_file_says_what_to_do_and_keeps_the_rest(page: Client) -> None:
    answer = page.post("/sheets/new/", {"source": "花名册", "as_of": ""})
    shown = answer.content.decode()
    assert (answer.status_code, "请选择一个文件。" in shown, "请填写这一项。" in shown) == (422, True, True)
    assert 'value="花名册"' in shown


def test_rows_above_two_tables_side_by_side_are_named_once(page: Client) -> None:
    heads = ("姓名", "身份证号", "手机", "", "姓名", "身份证号", "手机")
    pairs = [("李一", number(11), phone(1)), ("王二", number(12), phone(2)), ("张三", number(13), phone(3))]
    others = [("赵一", number(14), phone(4)), ("钱二", number(15), phone(5)), ("孙三", number(16), phone(6))]
    rows = [(*left, "", *right) for left, right in zip(pairs, others, strict=True)]
    columns, _checked = walked(page, rows, heads)
    assert "第 1 行，不导入" in columns
    assert "第 1、1 行" not in columns


def test_list_of_imports_names_the_place_only_where_there_are_several(client: Client) -> None:
    ensure_regions()
    reader = logged_in(client, user_with("registrar", "610900"))
    for place, (name, where) in enumerate((("甲", ZIYANG), ("乙", ZIYANG), ("丙", HANBIN))):
        row = (f"{name}一", number(21 + 2 * place), phone(3 + place), "货车", "", "")
        desk.checked(sheet([row]), source=name, region=where)
        listed = reader.get("/sheets/").context["table"]
        shown = {column.key for column in listed.columns if not column.extra}
        assert ("place" in shown) is (where == HANBIN)
