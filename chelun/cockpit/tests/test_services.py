"""Indicators are counted once, distinct persons are distinct, and the numbers equal the rows."""

from datetime import date

import pytest
from django.test import Client

from chelun.cockpit.models import Computation, IndicatorValue
from chelun.cockpit.selectors import region_view
from chelun.cockpit.services import KIND, compute_indicators
from chelun.core.errors import NotFound
from chelun.core.measures import indicators
from chelun.core.scope import Node, Scope
from chelun.people.tests.desk import (
    CLERK,
    HANBIN,
    HEADS,
    ZIYANG,
    bring,
    checked,
    number,
    phone,
    scope_of,
    sheet,
)
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.jobs.choices import State
from chelun.platform.jobs.execution import claim, run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.services.publishing import begin_publication

pytestmark = pytest.mark.django_db
ANKANG, SHAANXI = "610900", "610000"
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WANG = ("王二", number(22), phone(2), "快递、外卖", "", "")
ZHAO = ("赵三", "", "", "公交", "", "")


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def value(code: str, name: str, part: str = "") -> int:
    return region_view(scope=Scope.everything(), code=code).value(name, part=part)


def test_indicators_count_the_levels_above() -> None:
    bring(sheet([LI, WANG, ZHAO]))
    compute_indicators()
    for code in (ZIYANG, ANKANG, SHAANXI):
        assert value(code, "people.persons") == 3
        assert value(code, "people.persons", "courier") == value(code, "people.persons", "delivery") == 1
        assert value(code, "people.persons.without_id") == 1
        assert value(code, "people.persons.without_phone") == 1
        assert value(code, "people.vehicles") == 1
        assert (value(code, "people.enterprises"), value(code, "people.enterprises.mentioned")) == (0, 1)


def test_indicators_count_a_person_of_two_counties_once_above() -> None:
    bring(sheet([LI, WANG]), region=ZIYANG)
    bring(sheet([LI]), region=HANBIN)
    compute_indicators()
    assert (value(ZIYANG, "people.persons"), value(HANBIN, "people.persons")) == (2, 1)
    assert value(ANKANG, "people.persons") == value(SHAANXI, "people.persons") == 2
    assert value(ANKANG, "people.persons", "truck") == 1


def test_indicators_do_not_count_what_is_hidden() -> None:
    bring(sheet([LI]))
    begin_publication(actor=CLERK, sheet_import=checked(sheet([WANG])))
    compute_indicators()
    assert value(ZIYANG, "people.persons") == 1


def test_indicators_computed_again_replace_the_day() -> None:
    compute_indicators()
    bring(sheet([LI]))
    compute_indicators()
    assert Computation.objects.count() == 1
    assert value(ZIYANG, "people.persons") == 1
    assert not IndicatorValue.objects.filter(value=0).exists()


def test_region_view_outside_the_scope_is_not_found() -> None:
    with pytest.raises(NotFound):
        region_view(scope=scope_of(ZIYANG), code=HANBIN)
    with pytest.raises(NotFound):
        region_view(scope=Scope.of([Node("region", ZIYANG)]), code=SHAANXI)


def test_indicators_are_declared_whole() -> None:
    for indicator in indicators().values():
        assert indicator.share_of in {"", *indicators()}
        assert all(
            str(text) for text in (indicator.definition, indicator.region, indicator.formula, indicator.unit)
        )


def test_every_number_opens_to_as_many_rows(client: Client) -> None:
    bring(
        sheet([("车一", "", "", "公交", "示例公交有限公司", "陕G00001")]),
        as_of=date(2024, 1, 1),
        source="旧名册",
    )
    bring(sheet([("示例快递有限公司", "快递")], heads=("企业名称", "行业类别")), source="企业台账")
    bring(sheet([LI, WANG, ZHAO, ("李一", "", "", "", "", "")]))
    compute_indicators()
    reader = logged_in(client, user_with("clerk", ZIYANG))
    wrong = {}
    for value in IndicatorValue.objects.filter(code=ZIYANG):
        address = indicators()[value.indicator].rows(ZIYANG, value.part)
        shown = len(reader.get(address).context["page"].items)
        if shown != value.value:
            wrong[address] = (value.value, shown)
    opened = set(IndicatorValue.objects.filter(code=ZIYANG).values_list("indicator", flat=True))
    assert len(opened) >= 8
    assert wrong == {}


def test_every_number_of_every_level_opens_to_as_many_rows(client: Client) -> None:
    firm = "紫阳县示例货运有限公司"
    heads = (*HEADS, "乡镇")
    bring(
        sheet(
            [(*LI, "城关镇"), ("孙四", number(44), phone(4), "货车、客运", firm, "陕G12345", "蒿坪镇")], heads
        ),
        region=ZIYANG,
    )
    bring(
        sheet([("李一", number(11), "", "公交", "汉滨区示例公交公司", "陕G99999"), WANG]),
        region=HANBIN,
        as_of=date(2024, 1, 1),
    )
    bring(sheet([("李一", "", "", "", "", "")]), region=ZIYANG, source="接龙")
    bring(sheet([(firm, "货车")], heads=("企业名称", "行业类别")), region=HANBIN, source="企业台账")
    compute_indicators()
    assert value(SHAANXI, "people.enterprises") == 1
    reader = logged_in(client, user_with("clerk", SHAANXI))
    wrong = {}
    values = IndicatorValue.objects.all()
    for counted in values:
        address = indicators()[counted.indicator].rows(counted.code, counted.part)
        shown = len(reader.get(address).context["page"].items)
        if shown != counted.value:
            wrong[address] = (counted.value, shown)
    codes = set(values.values_list("code", flat=True))
    assert codes > {SHAANXI, ANKANG, ZIYANG, HANBIN}
    assert {len(code) for code in codes} == {6, 9}
    assert wrong == {}


def test_indicators_count_what_was_published_while_they_were_computed() -> None:
    bring(sheet([LI]))
    assert Job.objects.filter(kind=KIND).count() == 1
    running = [claim(f"elsewhere:1:{n}") for n in (1, 2, 3)]
    assert {job.kind for job in running if job} == {"people.likeness", "firms.review", KIND}
    bring(sheet([WANG]), source="另一份")
    assert Job.objects.filter(kind=KIND, state=State.QUEUED).count() == 1


def test_indicators_are_computed_once_for_all_who_wait() -> None:
    bring(sheet([LI]))
    bring(sheet([WANG]), source="另一份")
    assert Job.objects.filter(kind=KIND, state=State.QUEUED).count() == 2
    assert run_waiting() == 3  # one reviews the firms, one looks for files that may be one
    assert value(ZIYANG, "people.persons") == 2
    assert set(Job.objects.filter(kind=KIND).values_list("state", flat=True)) == {State.DONE}
