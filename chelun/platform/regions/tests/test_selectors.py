"""Finding and placing regions, on the real tables of a few provinces."""

import pytest
from pytest_django import DjangoAssertNumQueries

from chelun.core.scope import Node, Scope
from chelun.engines.ids.areas import was_in_use
from chelun.platform.regions.selectors import (
    area_history,
    children,
    current_of,
    name_of,
    path_of,
    placed,
    region_search,
    within,
)

EVERYWHERE = Scope.everything()
pytestmark = pytest.mark.usefixtures("places")


def columns(code: str) -> tuple[str, str, str, str]:
    found = placed(code)
    return found["province"], found["city"], found["county"], found["township"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("610924", ("610000", "610900", "610924", "")),
        ("513436105", ("510000", "513400", "513436", "513436105")),
        ("513400", ("510000", "513400", "", "")),
        ("510000", ("510000", "", "", "")),
        # directly under the province
        ("429004", ("420000", "429004", "429004", "")),
        ("469001", ("460000", "469001", "469001", "")),
        ("659001", ("650000", "659001", "659001", "")),
        ("110101", ("110000", "110101", "110101", "")),
        # cities without counties
        ("441900", ("440000", "441900", "441900", "")),
        ("442000", ("440000", "442000", "442000", "")),
        ("460400", ("460000", "460400", "460400", "")),
        ("620200", ("620000", "620200", "620200", "")),
        # retired, never issued, unknown
        ("513425", ("510000", "513400", "513402", "")),
        ("612427", ("610000", "610900", "610926", "")),
        ("610999", ("610000", "610900", "", "")),
        ("110100", ("110000", "", "", "")),
        ("610924999", ("610000", "610900", "610924", "")),
        ("999999", ("", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_placed_fills_level_columns(code: str, expected: tuple[str, str, str, str]) -> None:
    assert columns(code) == expected


def test_path_names_each_place_once() -> None:
    assert path_of("610924") == ("陕西省", "安康市", "紫阳县")
    assert path_of("429004") == ("湖北省", "仙桃市")
    assert path_of("441900") == ("广东省", "东莞市")
    assert path_of("513436105000") == ("四川省", "凉山彝族自治州", "美姑县", "候播乃拖镇")
    assert path_of("000000") == ()
    assert name_of("513436") == "美姑县"
    assert name_of("000000") == "000000"


def test_children_lead_from_province_to_township() -> None:
    assert {"110000", "610000", "710000"} <= {p.code for p in children("")}
    hubei = {p.code for p in children("420000")}
    assert {"420100", "429004", "429021"} <= hubei
    assert "610924" in {p.code for p in children("610900")}
    assert "513436105" in {p.code for p in children("513436")}
    assert children("441900") == children("无此地") == ()
    assert all(p.in_force for p in children("330100"))


def test_current_of_follows_changes() -> None:
    assert current_of("610924") == "610924"
    assert current_of("513425") == "513402"
    assert current_of("612427") == "610926"
    assert current_of("330125") is not None  # 余杭县 → 余杭市 → 余杭区
    assert current_of("610999") is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("紫阳", "610924"),
        ("紫阳县", "610924"),
        ("meigu", "513436"),
        ("mgx", "513436"),
        ("招远", "370685"),
        ("招遠", "370685"),
        ("會理", "513402"),
        ("乾县", "610424"),
        ("乾縣", "610424"),
        ("东莞", "441900"),
        ("610924", "610924"),
        ("６１０９２４", "610924"),
        ("凉山 候播", "513436105"),
        ("liangshan meigu", "513436"),
        ("余杭 仓前", "330110014"),
    ],
)
def test_region_search_finds_first(text: str, first: str) -> None:
    assert region_search(text, scope=EVERYWHERE)[0].code == first


def test_region_search_puts_places_in_force_first() -> None:
    found = region_search("会理", scope=EVERYWHERE, limit=50)
    flags = [place.in_force for place in found]
    assert flags == sorted(flags, reverse=True)
    assert not all(flags)


def test_region_search_stays_in_scope() -> None:
    liangshan = Scope.of([Node("region", "513400")])
    assert region_search("紫阳", scope=liangshan) == ()
    assert region_search("美姑", scope=liangshan)[0].code == "513436"
    assert region_search("美姑", scope=Scope.of(())) == ()
    assert region_search(" ", scope=EVERYWHERE) == ()
    assert len(region_search("51", scope=EVERYWHERE, limit=7)) == 7


def test_within_reads_the_whole_path() -> None:
    ankang = Scope.of([Node("region", "610900")])
    assert within("610924", ankang)
    assert not within("513436", ankang)
    assert within("429004", Scope.of([Node("region", "420000")]))
    assert not within("000000", EVERYWHERE)


def test_area_history_knows_codes_of_then_and_now() -> None:
    history = area_history()
    assert was_in_use(history, "610924", 2001, 2026)
    assert not was_in_use(history, "513402", 1984, 2000)
    assert was_in_use(history, "513425", 1985, 1985)
    assert not was_in_use(history, "513425", 2023, 2026)
    assert was_in_use(history, "441900", 1990, 2026)
    assert not was_in_use(history, "610999", 1980, 2026)
    assert area_history() is history


def test_answers_ask_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    area_history()
    with django_assert_num_queries(0):
        for code in ("610924", "513425", "429004", "999999"):
            placed(code)
            path_of(code)
            children(code)
        region_search("紫阳", scope=EVERYWHERE)
        area_history()
