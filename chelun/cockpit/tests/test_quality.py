"""Quality by source, by place, by firm, and truthfulness: every number opens to as many rows, and is of the reader's places alone."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from chelun.cockpit.models import PlaceTally
from chelun.cockpit.selectors.truth import TRUTH
from chelun.cockpit.services import compute_indicators
from chelun.cockpit.services.truth import judge_rows
from chelun.core.ui import Cell, Table
from chelun.firms.services.reviewing import review_firms
from chelun.people.models import PersonCard, RowVerdict
from chelun.people.services.corrections import correct_person
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, phone, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.registers import REGISTERS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("quality")]
ANKANG, SHAANXI = "610900", "610000"
FIRM = "紫阳县示例货运有限公司"
LI = ("李一", number(11), phone(1), "货车", FIRM, "陕G12345")
WANG = ("王二", number(22), phone(2), "快递、外卖", "", "")
ZHAO = ("赵三", "", "", "公交", "", "")
SUN = ("孙四", number(44), phone(4), "货车", "", "")
PAGES = {
    "quality": {"source", "places", "share", "newest"},
    "quality/places": {"share", "newest", "truth", "without_id_share", "without_phone_share", "stale_share"},
    "quality/truth": {"rank", "name", "truth", "share", "age", "newest"},
    "quality/firms": {"place", "staff_on"},
}
"""Columns of each page that open to nothing."""


@pytest.fixture(scope="module", autouse=True)
def _register(shared_rows: Path) -> None:
    ensure_regions()
    bring(
        sheet([("车一", "", "", "公交", FIRM, "陕G00001"), ("半行", "12", "", "", "", "")]),
        as_of=date(2024, 1, 1), source="旧名册",
    )  # fmt: skip
    bring(sheet([LI, WANG, ZHAO]), region=HANBIN)
    bring(sheet([LI, WANG, SUN, ("李一", "", "", "", "", "")]))
    bring(sheet([(*LI[:2], phone(9), *LI[3:]), WANG, SUN]), source="平台名单")
    bring(sheet([("示例快递有限公司", "快递")], heads=("企业名称", "行业类别")), source="企业台账")
    bring(sheet([("陕G88888", "黄色", "货车")], heads=("车牌号", "车牌颜色", "车辆用途")), source="车辆台账")
    person = PersonCard.objects.get(name="王二", home=ZIYANG).person_id
    correct_person(actor=CLERK, person=person, home=ZIYANG, raw={"phone": phone(7)})
    review_firms()
    compute_indicators()
    judge_rows()


def cells(reader: Client, page: str) -> list[tuple[str, str, str]]:
    """(column, text, address) of everything on a page that opens."""
    tables: list[Table] = reader.get(f"/cockpit/{page}/").context["tables"]
    return [
        (column.key, str(cell.text), cell.url)
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if isinstance(cell, Cell) and cell.url
    ]


def shown(reader: Client, key: str, url: str) -> int:
    """How many rows an address shows; of imports the rows of the files."""
    answer: Any = reader.get(url)
    assert answer.status_code == 200, url
    items = answer.context["page"].items
    if url.startswith("/sheets/"):
        return sum(one.counts["checked"].get("rows" if key == "rows" else "refused", 0) for one in items)
    return len(items)


@pytest.mark.parametrize("region", [SHAANXI, ZIYANG])
@pytest.mark.parametrize("page", PAGES)
def test_every_number_opens_to_as_many_rows(page: str, region: str, client: Client) -> None:
    reader = logged_in(client, user_with("registrar", region))
    found = [
        each for each in cells(reader, page) if not each[2].startswith(("/cockpit/", "/people/enterprises/0"))
    ]
    found = [each for each in found if each[0] not in ("firm", "place")]
    wrong = {
        url: (text, n)
        for key, text, url in found
        if (n := shown(reader, key, url)) != int(text.replace(",", ""))
    }
    assert wrong == {}
    assert len(found) >= 3


def test_every_column_was_followed(client: Client) -> None:
    reader = logged_in(client, user_with("registrar", SHAANXI))
    for page, closed in PAGES.items():
        tables = reader.get(f"/cockpit/{page}/").context["tables"]
        columns = {column.key for table in tables for column in table.columns}
        others = {register.name for register in REGISTERS} - {"person", "enterprise", "vehicle"}
        assert {key for key, _text, _url in cells(reader, page)} >= columns - closed - others, page


def test_a_region_is_looked_at_alone(client: Client) -> None:
    reader = logged_in(client, user_with("registrar", SHAANXI))
    page = reader.get(f"/cockpit/quality/?region={HANBIN}")
    assert [row.cells[0] for row in page.context["tables"][0].rows] == ["名册"]
    assert {
        url for _key, _text, url in cells(reader, f"quality/?region={HANBIN}&x=") if "region" not in url
    } == set()
    places = reader.get(f"/cockpit/quality/places/?region={ANKANG}").context["tables"][0]
    assert {row.cells[0].text for row in places.rows} >= {"紫阳县", "汉滨区"}


@pytest.mark.parametrize("page", PAGES)
def test_elsewhere_is_not_found(page: str, client: Client) -> None:
    reader = logged_in(client, user_with("registrar", ZIYANG))
    for code in (HANBIN, ANKANG, "999999"):
        assert reader.get(f"/cockpit/{page}/?region={code}").status_code == 404
        assert reader.get(f"/cockpit/{page}/table/?region={code}").status_code == 404
    assert "汉滨" not in reader.get(f"/cockpit/{page}/").content.decode()


def test_truth_tells_confirmed_contradicted_and_by_whom(client: Client) -> None:
    reader = logged_in(client, user_with("registrar", ZIYANG))
    sources, places = reader.get("/cockpit/quality/truth/").context["tables"]
    keys = [column.key for column in sources.columns]
    by_name = {str(row.cells[1]): dict(zip(keys, row.cells, strict=True)) for row in sources.rows}
    roster = by_name["名册"]
    assert [roster[key].text for key in ("judged", "confirmed", "contradicted", "at_counter")] == [
        "3",
        "1",
        "2",
        "1",
    ]
    assert roster["rank"] == "不排"
    assert places.rows[0].cells[1] == "紫阳县"
    assert (
        RowVerdict.objects.filter(home=ZIYANG, source="平台名单", by="form", verdict="contradicted").count()
        == 1
    )


def test_only_homes_that_changed_are_judged_again() -> None:
    before = {row.home: row.pk for row in PlaceTally.objects.filter(source=TRUTH)}
    kept = set(RowVerdict.objects.filter(home=ZIYANG).values_list("pk", flat=True))
    bring(sheet([(*WANG[:2], phone(8), *WANG[3:])]), region=HANBIN, source="平台名单")
    judge_rows()
    after = {row.home: row.pk for row in PlaceTally.objects.filter(source=TRUTH)}
    assert after[ZIYANG] == before[ZIYANG]
    assert after[HANBIN] != before[HANBIN]
    assert set(RowVerdict.objects.filter(home=ZIYANG).values_list("pk", flat=True)) == kept
    assert RowVerdict.objects.filter(home=HANBIN).count() == 1


def test_pages_do_not_judge() -> None:
    reader = logged_in(Client(), user_with("member", ZIYANG))
    RowVerdict.objects.all().delete()
    PlaceTally.objects.filter(source=TRUTH).delete()
    page = reader.get("/cockpit/quality/truth/").content.decode()
    assert "还没有核对过的行" in page
    assert not RowVerdict.objects.exists()


def test_who_may_not_open_rows_sees_numbers_without_links(client: Client) -> None:
    reader = logged_in(client, user_with("member", ZIYANG))
    urls = [url for page in PAGES for _key, _text, url in cells(reader, page)]
    assert urls
    assert not [url for url in urls if url.startswith(("/sheets/", "/people/unresolved"))]
    assert reader.get("/cockpit/quality/firms/table/").status_code == 404
    assert "/cockpit/quality/firms/table/" not in reader.get("/cockpit/quality/firms/").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_workbook_says_the_same_as_the_page(page: str, client: Client) -> None:
    reader = logged_in(client, user_with("registrar", ZIYANG))
    tables = reader.get(f"/cockpit/{page}/").context["tables"]
    answer = reader.get(f"/cockpit/{page}/table/")
    book = load_workbook(BytesIO(answer.content), read_only=True)
    written = [
        [value for value in row if value is not None]
        for name in book.sheetnames
        for row in book[name].iter_rows(values_only=True)
    ]
    for table in tables:
        heads = [str(column.label) for column in table.columns]
        assert heads in written
        for row in table.rows:
            assert any(
                str(_text(row.cells[0])) == str(line[0]) or str(_text(row.cells[1])) in map(str, line)
                for line in written
                if line
            )
    assert AuditEntry.objects.filter(action="cockpit.table.exported").count() == 1


def _text(cell: Any) -> str:
    return str(cell.text if isinstance(cell, Cell) else cell)
