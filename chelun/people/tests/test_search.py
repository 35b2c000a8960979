"""What somebody types for a name: characters, a reading, first letters; and which range of the index is walked for it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chelun.people.models import PersonCard
from chelun.people.selectors import Filters, enterprise_list, person_list
from chelun.people.selectors.lists import firms_named
from chelun.people.selectors.search import Asked, few_of_tail, recognise
from chelun.people.tests.desk import ZIYANG, bring, scope_of, sheet

pytestmark = pytest.mark.django_db
ROWS = (
    ("张勇", "", "13900000001", "货车", "", ""),
    ("郑浩", "", "13900000002", "货车", "", ""),
    ("章荣", "", "13900000003", "货车", "", ""),
)


def found(typed: str) -> list[str]:
    rows = person_list(scope_of(ZIYANG), Filters(asked=recognise(typed)))
    return sorted(rows.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zhangyong", ["张勇"]),
        ("zhang", ["张勇", "章荣"]),
        ("Zhang Rong", ["章荣"]),
        ("zy", ["张勇"]),
        ("zh", ["张勇", "章荣", "郑浩"]),
        ("zhenghao", ["郑浩"]),
        ("zhengyong", []),
    ],
)
def test_readings_and_first_letters_find_a_name(typed: str, names: list[str]) -> None:
    bring(sheet(ROWS))
    assert found(typed) == names


def test_long_name_is_found_by_its_first_letters() -> None:
    bring(sheet([("买买提·阿不都热合曼", "", "13900000004", "货车", "", "")]))
    initials = PersonCard.objects.get().initials
    assert len(initials) > 6
    assert found(initials) == ["买买提·阿不都热合曼"]


@pytest.mark.parametrize(("typed", "walked"), [("zhangyong", "zhangyong"), ("chenb", "c"), ("zy", "z")])
def test_reading_walks_its_own_range(typed: str, walked: str) -> None:
    sql = str(person_list(scope_of(ZIYANG), Filters(asked=recognise(typed))).query)
    assert f'"pinyin" >= {walked} ' in sql.replace("'", "")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("张 0001", ["张勇"]),
        ("zhang 0001", ["张勇"]),
        ("zy 0001", ["张勇"]),
        ("张 0002", []),
        ("Z 0003", ["章荣"]),
        ("张勇 003X", []),
    ],
)
def test_last_digits_find_who_is_called_so(typed: str, names: list[str]) -> None:
    bring(sheet(ROWS))
    assert found(typed) == names


@pytest.mark.parametrize("typed", ["尉迟 0001", "yuchi 0001", "yc 0001"])
def test_last_digits_never_walk_the_names(typed: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        few_of_tail(PersonCard.objects.in_scope(scope_of(ZIYANG)), recognise(typed))
    [sql] = [each["sql"] for each in asked.captured_queries]
    assert sql.count('."pinyin"') == sql.count('COALESCE("people_personcard"."pinyin"') > 0


def test_name_is_walked_in_the_readings_that_somebody_has() -> None:
    bring(sheet([("曾勇", "", "13900000005", "货车", "", ""), ("岑勇", "", "13900000006", "货车", "", "")]))
    rows = person_list(scope_of(ZIYANG), Filters(asked=recognise("曾")))
    assert [row.name for row in rows] == ["曾勇"]
    assert "zeng" in str(rows.query)
    assert "ceng" not in str(rows.query)
    bring(sheet([("曾木·阿力", "", "13900000007", "货车", "", "")]), source="甲")
    assert found("曾") == ["曾勇", "曾木·阿力"]
    assert found("曾木") == ["曾木·阿力"]
    assert found("单") == []


FIRMS = (
    ("张勇", "", "13900000001", "货车", "上海安达货运有限公司", ""),
    ("安达", "", "13900000002", "货车", "京A运输队", ""),
    ("周平", "", "13900000003", "货车", "", "安达速运"),
)


def firms(asked: Asked) -> list[str]:
    return sorted(enterprise_list(scope_of(ZIYANG), Filters(asked=asked)).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("安达", ["上海安达货运有限公司"]),
        ("shanghaianda", ["上海安达货运有限公司"]),
        ("shadhy", ["上海安达货运有限公司"]),
        ("京A", ["京A运输队"]),
        ("京A12345", []),
        ("'", ["上海安达货运有限公司", "京A运输队"]),
        ("运", ["上海安达货运有限公司", "京A运输队"]),
    ],
)
def test_firm_is_found_by_the_middle_of_its_name_and_the_beginning_of_its_reading(
    typed: str, names: list[str]
) -> None:
    bring(sheet(FIRMS))
    assert firms(recognise(typed)) == names


@pytest.mark.parametrize("typed", ["安达", "货运", "没有"])
def test_firms_that_a_page_has_looked_for_give_the_same_lists(typed: str) -> None:
    bring(sheet(FIRMS))
    asked = recognise(typed)
    known = replace(asked, firms=firms_named(scope_of(ZIYANG), (), asked))
    assert firms(known) == firms(asked)
    lists = [person_list(scope_of(ZIYANG), Filters(asked=each)) for each in (known, asked)]
    assert list(lists[0]) == list(lists[1])
