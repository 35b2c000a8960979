"""What places decide, what they inherit, who may change it."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from chelun.core.actors import SystemActor
from chelun.core.errors import NotFound, Refused
from chelun.core.jsontext import to_json
from chelun.core.scope import Node, Scope
from chelun.platform.audit.models import AuditEntry
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.place_settings import (
    GROUPS,
    GUARDS,
    MEMBERSHIP,
    PACK,
    SETTINGS,
    WORDS,
    WORK_KINDS,
    Value,
)
from chelun.platform.regions.services import clear_place_setting, set_place_setting
from chelun.platform.regions.words import home_region, values_for, word

pytestmark = pytest.mark.usefixtures("places")
SICHUAN, LIANGSHAN, MEIGU, MABIAN = "510000", "513400", "513436", "511133"


@dataclass(frozen=True)
class Manager:
    """Somebody who may manage settings in one region."""

    region: str
    actor_kind: str = "user"
    actor_name: str = "admin"

    def has(self, permission: str) -> bool:
        return permission == "regions.manage"

    def scope_for(self, permission: str) -> Scope:
        return Scope.of([Node("region", self.region)] if self.has(permission) else [])


WHY = "本地一直这样叫"


@pytest.fixture(autouse=True)
def _no_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    """What rooms above refuse is tested there."""
    monkeypatch.setattr(GUARDS, "_values", {})


def decide(region: str, key: str, value: Value) -> None:
    set_place_setting(actor=SystemActor("test", "nobody"), region=region, key=key, value=value, reason=WHY)


def test_word_has_a_default_everywhere() -> None:
    assert word("station", MEIGU) == word("station", "") == word("station", "999999") == "司机之家"
    assert word("committee", MEIGU) == "行业党委"


def test_word_of_the_nearest_place_wins() -> None:
    decide(SICHUAN, "word.station", "暖心之家")
    assert word("station", MEIGU) == word("station", "513436105") == word("station", MABIAN) == "暖心之家"
    assert word("station", "610924") == "司机之家"
    decide(LIANGSHAN, "word.station", "红色驿站")
    decide(MEIGU, "word.station", "驿站")
    assert word("station", MEIGU) == "驿站"
    assert word("station", LIANGSHAN) == word("station", "513437") == "红色驿站"
    assert word("station", SICHUAN) == "暖心之家"


def test_effective_value_says_what_it_replaces() -> None:
    decide(SICHUAN, "word.station", "暖心之家")
    inherited = values_for(MEIGU).effective("word.station")
    assert (inherited.value, inherited.source, inherited.own) == ("暖心之家", SICHUAN, False)
    decide(MEIGU, "word.station", "驿站")
    own = values_for(MEIGU).effective("word.station")
    assert (own.own, own.replaced, own.replaced_source) == (True, "暖心之家", SICHUAN)
    first = values_for(SICHUAN).effective("word.station")
    assert (first.own, first.replaced, first.replaced_source) == (True, "司机之家", "")
    assert values_for("610924").effective("word.station").source == ""


def test_pack_changes_words_that_nobody_decided() -> None:
    decide(SICHUAN, PACK, "city")
    decide(MEIGU, "word.station", "驿站")
    assert word("committee", MEIGU) == "行业委员会"
    assert word("station", MABIAN) == "城市驿站"
    assert word("station", MEIGU) == "驿站"


def test_kinds_are_renamed_and_switched_off() -> None:
    assert list(values_for(MEIGU).kinds()) == list(WORK_KINDS)
    decide(MEIGU, "kind.delivery.on", False)
    decide(MEIGU, "kind.taxi", "出租")
    here = values_for(MEIGU)
    assert "delivery" not in here.kinds()
    assert here.kinds()["taxi"] == "出租"
    assert here.kind("delivery") == "外卖"
    assert here.kind("rocket") == "rocket"
    assert "delivery" in values_for(LIANGSHAN).kinds()


def test_membership_is_off_until_a_place_switches_it_on() -> None:
    assert not values_for(MEIGU).flag(MEMBERSHIP)
    decide(LIANGSHAN, MEMBERSHIP, True)
    assert values_for(MEIGU).flag(MEMBERSHIP)


@pytest.mark.parametrize("region", ["429004", "441900", "110101"])
def test_setting_of_a_place_on_two_steps_is_its_own(region: str) -> None:
    decide(region, "word.station", "驿站")
    assert values_for(region).effective("word.station").own
    assert word("station", region) == "驿站"


def test_set_place_setting_writes_old_and_new_once() -> None:
    decide(MEIGU, "word.station", " 驿站 ")
    decide(MEIGU, "word.station", "驿站")
    decide(MEIGU, "word.station", "暖心之家")
    rows = AuditEntry.objects.filter(action="regions.setting.changed").order_by("seq")
    above = {"value": "司机之家", "region": ""}
    told = [to_json({"value": name, "reason": WHY, "above": above}) for name in ("驿站", "暖心之家")]
    assert [(row.region, row.old, row.new) for row in rows] == [
        (MEIGU, "", told[0]),
        (MEIGU, told[0], told[1]),
    ]


def test_clear_place_setting_inherits_again() -> None:
    decide(MEIGU, "word.station", "驿站")
    system = SystemActor("test", "nobody")
    clear_place_setting(actor=system, region=MEIGU, key="word.station")
    clear_place_setting(actor=system, region=MEIGU, key="word.station")
    assert word("station", MEIGU) == "司机之家"
    assert AuditEntry.objects.filter(action="regions.setting.cleared").count() == 1
    assert not PlaceSetting.objects.exists()


def test_set_place_setting_only_within_ones_places() -> None:
    set_place_setting(actor=Manager(LIANGSHAN), region=MEIGU, key="word.station", value="驿站", reason=WHY)
    for region in (SICHUAN, "610924", "999999"):
        with pytest.raises(NotFound):
            set_place_setting(actor=Manager(LIANGSHAN), region=region, key="word.station", value="驿站")
    with pytest.raises(NotFound):
        clear_place_setting(actor=Manager(MABIAN), region=MEIGU, key="word.station")
    with pytest.raises(NotFound):
        set_place_setting(actor=Manager(MEIGU), region=MEIGU, key="no.such", value="驿站")


@pytest.mark.parametrize(
    ("region", "key", "value", "code"),
    [
        (MEIGU, "word.station", "", "regions.setting_value"),
        (MEIGU, "word.station", "长" * 21, "regions.setting_value"),
        (MEIGU, "word.station", "驿\u200b站", "regions.setting_value"),
        (MEIGU, "word.station", True, "regions.setting_value"),
        (MEIGU, PACK, "nonsense", "regions.setting_value"),
        (MEIGU, MEMBERSHIP, "yes", "regions.setting_value"),
        ("513436105", "word.station", "驿站", "regions.setting_place"),
        ("513425", "word.station", "驿站", "regions.setting_place"),
    ],
)
def test_set_place_setting_refuses_what_does_not_fit(region: str, key: str, value: Value, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        decide(region, key, value)
    assert refusal.value.code == code


def test_values_for_a_place_are_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        here = values_for(MEIGU)
        for name in WORDS:
            here.word(name)
        here.kinds()


def test_home_region_is_what_all_regions_share() -> None:
    def scope(*codes: str) -> Scope:
        return Scope.of([Node("region", code) for code in codes])

    assert home_region(scope(MEIGU)) == MEIGU
    assert home_region(scope(MEIGU, "513437")) == LIANGSHAN
    assert home_region(scope(MEIGU, MABIAN)) == SICHUAN
    assert home_region(scope(MEIGU, "610924")) == ""
    assert home_region(scope()) == ""
    assert home_region(Scope.everything()) == ""


def test_word_tag_speaks_of_the_readers_place(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decide(MEIGU, "word.station", "驿站")
    request = rf.get("/")
    request.scope = Scope.of([Node("region", MEIGU)])  # type: ignore[attr-defined]
    page = Template('{% load words %}{% word "station" %} {% work_kind "taxi" %} {% word "unit" %}')
    with django_assert_num_queries(1):
        assert page.render(Context({"request": request})) == "驿站 出租车 党支部"
    assert Template('{% load words %}{% word "station" place="513436" %}').render(Context()) == "驿站"
    assert Template('{% load words %}{% word "station" %}').render(Context()) == "司机之家"
    names = Template('{% load words %}{{ "513436"|region_name }} {{ "429004"|region_path }}')
    assert names.render(Context()) == "美姑县 湖北省 仙桃市"


def test_settings_are_whole() -> None:
    for setting in SETTINGS:
        assert setting.kind in {"text", "choice", "flag"}
        assert str(setting.label)
        assert setting.group in GROUPS
    with translation.override("en"):
        assert word("station", MEIGU) != "司机之家"
