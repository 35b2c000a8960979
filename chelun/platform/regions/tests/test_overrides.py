"""What comes from above and what a place has decided instead: with a reason, kept when above changes, given back by one act."""

import json

import pytest
from django.urls import reverse

from chelun.core.actors import SystemActor
from chelun.core.errors import NotFound, Refused
from chelun.core.scope import Node, Scope
from chelun.platform.audit.models import AuditEntry
from chelun.platform.regions import place_settings
from chelun.platform.regions.deviations import deviations_in
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.place_settings import Value
from chelun.platform.regions.services import clear_place_setting, keep_place_setting, set_place_setting
from chelun.platform.regions.tests.readers import Reader, opened, text_of
from chelun.platform.regions.words import values_for, word

pytestmark = pytest.mark.usefixtures("places")
SICHUAN, LIANGSHAN, MEIGU = "510000", "513400", "513436"
SYSTEM = SystemActor("test", "nobody")
WHY, KEY = "本地一直这样叫", "word.station"
MANAGER = Reader((LIANGSHAN,))


def decide(region: str, value: Value, reason: str = WHY, key: str = KEY) -> None:
    set_place_setting(actor=SYSTEM, region=region, key=key, value=value, reason=reason)


def overtaken(region: str = MEIGU) -> bool:
    return values_for(region).effective(KEY).overtaken


def differing(region: str = LIANGSHAN) -> list[tuple[str, str, str, str, bool]]:
    area = Scope.of([Node("region", region)])
    return [
        (each.region, each.here, each.there, str(each.reason), each.overtaken)
        for each in deviations_in(area)
        if each.permission == "regions.manage"
    ]


@pytest.mark.parametrize("reason", ["", "  ", "我要", "x y"])
def test_who_differs_from_above_says_why(reason: str) -> None:
    for region in (MEIGU, LIANGSHAN):
        with pytest.raises(Refused) as refusal:
            decide(region, "驿站", reason)
        assert refusal.value.code == "regions.setting_reason"
    assert not PlaceSetting.objects.exists()


def test_a_province_and_who_says_the_same_need_no_reason() -> None:
    decide(SICHUAN, "暖心之家", "")
    decide(MEIGU, "暖心之家", "")
    assert PlaceSetting.objects.count() == 2
    assert differing(SICHUAN) == [(SICHUAN, "暖心之家", "司机之家", "", False)]


def test_an_override_stays_when_above_changes_and_is_marked() -> None:
    decide(SICHUAN, "暖心之家")
    decide(MEIGU, "驿站")
    assert not overtaken()
    decide(LIANGSHAN, "红色驿站")
    assert word("station", MEIGU) == "驿站"
    assert overtaken()
    assert differing() == [
        (LIANGSHAN, "红色驿站", "暖心之家", WHY, False),
        (MEIGU, "驿站", "红色驿站", WHY, True),
    ]
    clear_place_setting(actor=SYSTEM, region=LIANGSHAN, key=KEY)
    assert not overtaken()


def test_a_changed_default_marks_it_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an upgrade does that brings other words."""
    decide(MEIGU, "驿站")
    monkeypatch.setitem(place_settings.WORDS["station"], "industry", "新的叫法")
    assert word("station", MEIGU) == "驿站"
    assert overtaken()
    assert word("station", LIANGSHAN) == "新的叫法"


def test_keeping_takes_note_of_what_stands_above_now() -> None:
    decide(MEIGU, "驿站")
    decide(LIANGSHAN, "红色驿站")
    keep_place_setting(actor=SYSTEM, region=MEIGU, key=KEY)
    assert not overtaken()
    row = PlaceSetting.objects.get(region=MEIGU)
    assert (row.value, row.reason, row.above) == ("驿站", WHY, {"value": "红色驿站", "region": LIANGSHAN})
    keep_place_setting(actor=SYSTEM, region="510100", key=KEY)
    assert PlaceSetting.objects.count() == 2


def test_deciding_the_same_again_writes_nothing() -> None:
    decide(MEIGU, "驿站")
    written = AuditEntry.objects.count()
    first = PlaceSetting.objects.get().changed_at
    decide(MEIGU, "驿站")
    decide(MEIGU, "驿站", "")
    assert AuditEntry.objects.count() == written
    assert PlaceSetting.objects.get().changed_at == first
    decide(MEIGU, "驿站", "上级来函同意沿用")
    assert PlaceSetting.objects.get().reason == "上级来函同意沿用"


def test_what_was_decided_before_reasons_were_asked_for_stays_unmarked() -> None:
    PlaceSetting.objects.create(region=MEIGU, key=KEY, value="驿站", changed_by="x")
    assert word("station", MEIGU) == "驿站"
    assert not overtaken()
    assert differing() == [(MEIGU, "驿站", "司机之家", "", False)]


def test_the_trail_tells_old_and_new_with_reasons() -> None:
    decide(MEIGU, "驿站")
    decide(MEIGU, "红色驿站", "换了牌子")
    clear_place_setting(actor=SYSTEM, region=MEIGU, key=KEY)
    first, second, third = AuditEntry.objects.filter(action__startswith="regions.setting").order_by("seq")
    assert (first.purpose, second.purpose, third.purpose) == (WHY, "换了牌子", "换了牌子")
    assert json.loads(second.old)["value"] == "驿站"
    assert json.loads(second.new) == {
        "value": "红色驿站",
        "reason": "换了牌子",
        "above": {"value": "司机之家", "region": ""},
    }
    assert json.loads(third.old)["value"] == "红色驿站"


def test_the_page_shows_what_is_replaced_since_when_by_whom_and_why() -> None:
    decide(MEIGU, "驿站")
    decide(LIANGSHAN, "红色驿站")
    page = text_of(opened(MANAGER, reverse("regions:settings_of", args=[MEIGU])))
    for text in ("替换了凉山彝族自治州的“红色驿站”", WHY, "test", "上级后来又改了", "仍用本地的", "用上级的"):
        assert text in page
    above = text_of(opened(MANAGER, reverse("regions:settings_of", args=[LIANGSHAN])))
    assert "其中 1 项上级后来又改了" in above


def test_one_click_keeps_or_gives_back() -> None:
    decide(MEIGU, "驿站")
    decide(LIANGSHAN, "红色驿站")
    address = reverse("regions:setting_change", args=[MEIGU, KEY])
    opened(MANAGER, address, {"value": "驿站", "keep": "1"})
    assert not overtaken()
    opened(MANAGER, address, {"value": "驿站", "clear": "1"})
    assert word("station", MEIGU) == "红色驿站"


def test_without_a_reason_the_page_comes_back_and_says_so() -> None:
    answer = opened(
        MANAGER, reverse("regions:setting_change", args=[MEIGU, KEY]), {"value": "驿站", "reason": ""}
    )
    assert answer.status_code == 422
    assert "请写明为什么" in text_of(answer)
    assert not PlaceSetting.objects.exists()


def test_keeping_is_for_ones_own_places() -> None:
    decide("610924", "驿站")
    with pytest.raises(NotFound):
        keep_place_setting(actor=MANAGER, region="610924", key=KEY)
