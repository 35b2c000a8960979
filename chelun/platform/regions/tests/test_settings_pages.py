"""Pages on which places decide."""

import pytest
from django.http import Http404
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from chelun.core.errors import NotFound
from chelun.platform.audit.models import AuditEntry
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.tests.readers import Reader, opened, text_of
from chelun.platform.regions.words import values_for, word

pytestmark = pytest.mark.usefixtures("places")
LIANGSHAN, MEIGU = "513400", "513436"
MANAGER = Reader((LIANGSHAN,))
WHY = "本地一直这样叫"


def address(code: str, key: str = "") -> str:
    return (
        reverse("regions:setting_change", args=[code, key])
        if key
        else reverse("regions:settings_of", args=[code])
    )


def test_settings_lead_to_the_only_place() -> None:
    answer = opened(MANAGER, "/regions/settings/")
    assert (answer.status_code, answer.headers["Location"]) == (302, address(LIANGSHAN))
    both = text_of(opened(Reader((MEIGU, "610924")), "/regions/settings/"))
    assert address(MEIGU) in both
    assert address("610924") in both


def test_settings_are_only_for_those_who_manage() -> None:
    with pytest.raises(Http404):
        opened(Reader(), "/regions/settings/")
    for code in ("510000", "610924", "513436105", "513425", "999999"):
        with pytest.raises(NotFound):
            opened(MANAGER, address(code))


def test_settings_show_value_origin_and_what_is_replaced() -> None:
    PlaceSetting.objects.create(region="510000", key="word.station", value="暖心之家")
    assert "四川省" in text_of(opened(MANAGER, address(MEIGU)))
    PlaceSetting.objects.create(region=MEIGU, key="word.station", value="驿站")
    page = text_of(opened(MANAGER, address(MEIGU)))
    assert "替换了四川省的“暖心之家”" in page
    assert "本地设置" in page
    assert "已改 1 项" in text_of(opened(MANAGER, address(LIANGSHAN)))


def test_setting_change_decides_and_returns() -> None:
    answer = opened(MANAGER, address(MEIGU, "word.station"), {"value": "暖心之家", "reason": WHY})
    assert answer.headers["Location"] == address(MEIGU) + "#word.station"
    assert word("station", MEIGU) == "暖心之家"
    opened(MANAGER, address(MEIGU, "kind.taxi.on"), {"value": "off", "reason": WHY})
    assert "taxi" not in values_for(MEIGU).kinds()
    opened(MANAGER, address(MEIGU, "words.pack"), {"value": "city", "reason": WHY})
    assert word("committee", MEIGU) == "行业委员会"
    assert AuditEntry.objects.filter(action="regions.setting.changed", actor="admin").count() == 3


def test_setting_change_takes_back() -> None:
    PlaceSetting.objects.create(region=MEIGU, key="word.station", value="驿站")
    opened(MANAGER, address(MEIGU, "word.station"), {"value": "驿站", "clear": "1"})
    assert word("station", MEIGU) == "司机之家"


@pytest.mark.parametrize(
    ("key", "value"),
    [("word.station", ""), ("word.station", "长" * 21), ("words.pack", "x"), ("kind.taxi.on", "")],
)
def test_setting_change_shows_the_page_again_with_the_error(key: str, value: str) -> None:
    answer = opened(MANAGER, address(MEIGU, key), {"value": value})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text_of(answer)
    assert not PlaceSetting.objects.exists()


def test_setting_change_only_in_ones_places() -> None:
    for code, key in (("610924", "word.station"), (MEIGU, "no.such"), ("513436105", "word.station")):
        with pytest.raises(NotFound):
            opened(MANAGER, address(code, key), {"value": "驿站"})
    assert opened(MANAGER, address(MEIGU, "word.station")).status_code == 405


def test_settings_page_has_few_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        opened(MANAGER, address(LIANGSHAN))
