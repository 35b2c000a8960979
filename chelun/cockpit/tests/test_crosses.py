"""Cross tables: counted as a job and never twice; every cell opens to its rows; small numbers stay within the reader's rights."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from chelun.cockpit.displays.cross import HIDDEN
from chelun.cockpit.models import CrossTable
from chelun.cockpit.selectors.crosses import KIND, asked_for, cross_of
from chelun.cockpit.services.crosses import ask_for_cross
from chelun.cockpit.tests.links import opened
from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.people.services.door import bring as bring_one
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, phone, scope_of, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.regions.testing import ensure_regions

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("crosses")]
ANKANG = "610900"
PAGE = f"/cockpit/{ANKANG}/cross/"


@pytest.fixture(scope="module", autouse=True)
def _register(shared_rows: Path) -> None:
    ensure_regions()
    names = enumerate("甲乙丙丁戊己庚辛壬癸子丑", 100)
    trucks = [(f"李{name}", number(n), phone(n), "货车", "", "") for n, name in names]
    bring(sheet([*trucks, ("王二", number(22), phone(2), "快递、外卖", "", "")]))
    bring(sheet([("赵三", number(33), phone(3), "公交", "", ""), trucks[0]]), region=HANBIN)
    Job.objects.all().delete()


def reader(role: str = "clerk", place: str = ANKANG) -> Client:
    return logged_in(Client(), user_with(role, place))


def counted(client: Client, lines: str = "kind", columns: str = "region") -> str:
    """The page of a table, after it was asked for and the worker has been."""
    query = {"register": "person", "lines": lines, "columns": columns}
    answer = client.post(f"{PAGE}compute/", query)
    assert answer.status_code == 302
    run_waiting()
    return str(answer["Location"])


def test_table_is_counted_by_a_job_and_its_cells_open_to_as_many_rows() -> None:
    client = reader()
    assert "这张表还没有算过" in client.get(PAGE).content.decode()
    page = counted(client)
    assert KIND in set(Job.objects.values_list("kind", flat=True))
    found = opened(client, page)
    assert len(found) >= 8
    assert {url: pair for url, pair in found.items() if pair[0] != pair[1]} == {}


def test_table_is_never_counted_twice_for_the_same_data() -> None:
    client = reader()
    counted(client)
    first = CrossTable.objects.get()
    jobs = Job.objects.count()
    counted(client)
    counted(client, "region", "kind")
    assert (CrossTable.objects.get().computed_at, Job.objects.count()) == (first.computed_at, jobs)
    bring_one("person", actor=CLERK, region=ZIYANG, raw={"name": "孙四", "kinds": "公交"})
    assert "此后登记有变化" in client.get(PAGE).content.decode()
    counted(client)
    assert Job.objects.filter(kind=KIND).count() == 2
    again = CrossTable.objects.get()
    assert again.computed_at > first.computed_at
    assert ["bus", ZIYANG, 1] in again.cells


def test_what_changes_elsewhere_leaves_the_table_as_it_is() -> None:
    counted(reader())
    bring_one("person", actor=CLERK, region="513436", raw={"name": "孙四", "kinds": "公交"})
    kept = cross_of(
        asked_for(scope=scope_of(ANKANG), code=ANKANG, register="person", lines="kind", columns="region")
    )
    assert kept is not None
    assert kept.fresh


def test_several_who_ask_wait_for_one_job() -> None:
    asked = asked_for(scope=Scope.everything(), code=ANKANG, register="person", lines="kind", columns="sex")
    turned = asked_for(scope=Scope.everything(), code=ANKANG, register="person", lines="sex", columns="kind")
    jobs = [ask_for_cross(actor=CLERK, asked=each) for each in (asked, turned, asked)]
    assert len({job.pk for job in jobs if job}) == 1
    page = reader().get(f"{PAGE}?register=person&lines=kind&columns=sex").content.decode()
    assert "cross-progress" in page


def test_small_numbers_are_hidden_from_others_and_cannot_be_computed() -> None:
    client = reader()
    page = counted(client)
    own = client.get(page).content.decode().split("<main")[1]
    assert HIDDEN not in own.split("c-fine")[0]
    with translation.override("zh-hans"):
        shown = client.get(f"{page}&public=on").context["display"].table
    cells = {str(row.cells[0]): [getattr(cell, "text", cell) for cell in row.cells[1:]] for row in shown.rows}
    assert cells["公交"].count(HIDDEN) >= 2
    assert all(
        cell == HIDDEN or int(cell) == 0 or int(cell) >= 10 for line in cells.values() for cell in line
    )
    assert not any(getattr(cell, "url", "") for row in shown.rows for cell in row.cells)


def test_workbook_hides_small_numbers_unless_all_are_asked_for() -> None:
    client = reader()
    query = counted(client).partition("?")[2]
    books = {}
    for more in ("", "&whole=on"):
        answer = client.get(f"{PAGE}table/?{query}{more}")
        rows = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
        books[more] = [cell for row in rows for cell in row if cell is not None]
    assert HIDDEN in books[""]
    assert 1 not in books[""]
    assert HIDDEN not in books["&whole=on"]
    assert 1 in books["&whole=on"]


def test_table_outside_the_scope_is_not_found() -> None:
    client = reader(place=ZIYANG)
    for path in (
        PAGE,
        f"{PAGE}table/",
        f"/cockpit/{HANBIN}/cross/",
        f"/cockpit/{ZIYANG}/cross/?register=nothing",
    ):
        assert client.get(path).status_code == 404
    assert client.post(f"{PAGE}compute/").status_code == 404
    assert not CrossTable.objects.exists()
    with pytest.raises(NotFound):
        asked_for(scope=scope_of(ZIYANG), code="610924100", register="person", lines="kind", columns="sex")
