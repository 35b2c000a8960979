"""The directory of regions, the suggestions of a field, the outlines of a map."""

import gzip
import json
from pathlib import Path

import pytest
from django import forms
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from chelun.core.errors import NotFound
from chelun.platform.regions.forms import RegionField
from chelun.platform.regions.tests.readers import Reader, opened, text_of

pytestmark = pytest.mark.usefixtures("places")
READER = Reader()


@pytest.fixture(autouse=True)
def _cache(settings: Settings, tmp_path: Path) -> None:
    settings.CHELUN_OUTLINE_CACHE = tmp_path / "outlines"


def detail(code: str) -> str:
    return text_of(opened(READER, reverse("regions:region_detail", args=[code])))


def test_region_list_shows_provinces() -> None:
    page = text_of(opened(READER, "/regions/"))
    assert "陕西省" in page
    assert reverse("regions:outline", args=["000000"]) in page
    assert "示意图" in page


def test_region_detail_shows_children_and_map() -> None:
    page = detail("610900")
    assert "安康市" in page
    assert reverse("regions:region_detail", args=["610924"]) in page
    assert reverse("regions:outline", args=["610900"]) in page


def test_region_detail_of_a_county_lists_townships() -> None:
    page = detail("513436")
    assert "候播乃拖镇" in page
    assert "outline" not in page


def test_region_detail_tells_what_a_retired_code_is_today() -> None:
    page = detail("513425")
    assert "会理县" in page
    assert "2021" in page
    assert reverse("regions:region_detail", args=["513402"]) in page


def test_region_detail_names_children_without_outline() -> None:
    assert "草湖市" in detail("650000")
    assert "还没有轮廓" in detail("650000")


@pytest.mark.parametrize("code", ["441900", "429004", "110101", "710000"])
def test_region_detail_draws_odd_places(code: str) -> None:
    assert code in detail(code)


def test_region_detail_is_not_found_for_a_code_that_never_was() -> None:
    with pytest.raises(NotFound):
        detail("999999")


def test_region_detail_asks_for_its_history_only(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    detail("610900")
    with django_assert_num_queries(1):
        detail("610900")


def test_search_answers_a_page_and_to_htmx_options() -> None:
    page = opened(READER, "/regions/search/?q=meigu")
    assert "美姑县" in text_of(page)
    assert "<html" in text_of(page)
    assert page.headers["Vary"] == "HX-Request"
    options = text_of(
        opened(READER, "/regions/search/?field=place&place=meigu", headers={"HX-Request": "true"})
    )
    assert '<option value="四川省 凉山彝族自治州 美姑县" label="美姑县 513436 meigu"></option>' in options
    assert "<html" not in options


def test_search_stays_within_and_says_when_nothing_fits() -> None:
    assert "没有找到" in text_of(opened(READER, "/regions/search/?q=紫阳县&within=510000"))
    assert "没有找到" in text_of(opened(READER, "/regions/search/"))


def test_outline_comes_compressed_with_a_tag() -> None:
    address = reverse("regions:outline", args=["610900"])
    packed = opened(READER, address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "max-age" in packed.headers["Cache-Control"]
    plain = opened(READER, address)
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(bytes(getattr(packed, "content", b""))).decode() == text_of(plain)
    assert len(json.loads(text_of(plain))["features"]) == 10
    again = opened(READER, address, headers={"If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304
    assert text_of(again) == ""


def test_outline_fine_has_counties() -> None:
    address = reverse("regions:outline", args=["610000"]) + "?fine=1"
    codes = {feature["id"] for feature in json.loads(text_of(opened(READER, address)))["features"]}
    assert "610924" in codes


class PlaceForm(forms.Form):
    """A form with a county in it."""

    place = RegionField(label="县", within="513400", levels=("county",), required=False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("美姑", "513436"),
        ("meigu", "513436"),
        ("513436", "513436"),
        ("四川省 凉山彝族自治州 美姑县", "513436"),
        ("会理县", "513402"),
        ("ziyangxian", "610924"),
        ("ZiyangXian", "610924"),
        ("", ""),
    ],
)
def test_region_field_reads_what_a_clerk_writes(text: str, code: str) -> None:
    form = PlaceForm({"place": text})
    assert form.is_valid()
    assert form.cleaned_data["place"] == code


@pytest.mark.parametrize(
    ("text", "part"),
    [("市中区", "乐山市市中区"), ("凉山州", "市级"), ("没有这个地方", "没有叫"), ("513436105", "乡级")],
)
def test_region_field_names_what_it_may_mean(text: str, part: str) -> None:
    form = PlaceForm({"place": text})
    assert not form.is_valid()
    assert part in form.errors["place"][0]


def test_region_field_shows_names_and_asks_for_suggestions() -> None:
    drawn = str(PlaceForm(initial={"place": "513436"})["place"])
    assert 'value="四川省 凉山彝族自治州 美姑县"' in drawn
    assert 'hx-get="/regions/search/?field=place"' in drawn
    assert 'href="/regions/search/?field=place"' in drawn
    assert 'list="id_place_suggested"' in drawn
