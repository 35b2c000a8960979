"""Registers that are kept by hand, and registers taken away: who is in by which list, who works there, what stays of the past."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from chelun.core.errors import NotFound, Refused
from chelun.engines.ids import make_uscc
from chelun.firms.choices import Counting
from chelun.firms.models import Stay
from chelun.firms.selectors.registers import stays_as_of, unnoted
from chelun.firms.services.deciding import decide_rule, follow_above
from chelun.firms.services.listing import end_by_hand, list_by_hand
from chelun.firms.services.reviewing import review_firms
from chelun.firms.tests.desk import CLERK, HANBIN, NAME, SHAANXI, WHOLE, ZIYANG, firm, scope_of, staff, truck
from chelun.firms.thresholds import FLEET, STANDING, Book, Rule
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.models import AccessRecord
from chelun.platform.regions.deviations import deviations_in
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
CODE, GROUND = make_uscc("610999", 7), "县统计局 2026 年规上企业名单"
LARGE = Rule("large", "规上企业", Counting.HAND, None, (), date(2026, 1, 1), ZIYANG, "县统计局名单")


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    ensure_regions()
    decide_rule(actor=CLERK, rule=LARGE)


def today() -> date:
    return timezone.localdate()


def enter(*lines: str, home: str = ZIYANG, day: date | None = None, ground: str = GROUND) -> Any:
    return list_by_hand(
        actor=CLERK, register="large", home=home, lines=lines, from_day=day or today(), ground=ground
    )


def test_firms_are_entered_by_name_and_by_code_each_once() -> None:
    one, other = firm(), firm({**WHOLE, "name": "紫阳县另一货运有限公司", "uscc": CODE})
    done = enter(f" {NAME} ", CODE.lower(), "没有这家公司", NAME, "")
    assert (done.added, done.already, done.unknown) == (2, 0, ("没有这家公司",))
    assert {stay.enterprise_id for stay in Stay.objects.filter(register="large")} == {one, other}
    again = enter(NAME, CODE)
    assert (again.added, again.already) == (0, 2)
    assert AuditEntry.objects.filter(action="firms.list.changed").count() == 1


def test_a_stay_says_which_list_who_and_since_when() -> None:
    firm()
    enter(NAME, day=date(2026, 3, 1))
    stay = Stay.objects.get()
    assert (stay.ground, stay.listed_by, stay.from_day) == (GROUND, CLERK.actor_name, date(2026, 3, 1))
    scope = scope_of(ZIYANG)
    assert stays_as_of(scope, "large", date(2026, 2, 28)).count() == 0
    assert stays_as_of(scope, "large", today()).count() == 1
    assert not unnoted(scope).exists()


def test_no_review_takes_a_firm_off_a_list() -> None:
    firm()
    enter(NAME)
    review_firms()
    review_firms(today=today() + timedelta(days=400))
    assert Stay.objects.get().to_day is None


def test_a_register_that_is_counted_from_now_on_goes_by_the_number() -> None:
    firm()
    enter(NAME, day=today() - timedelta(days=3))
    counted = Rule("large", "规上企业", Counting.STAFF_STATED, 50, (), today(), ZIYANG, "县统计局口径")
    decide_rule(actor=CLERK, rule=counted)
    review_firms()
    assert Stay.objects.get().to_day == today()


def test_taking_off_keeps_the_past() -> None:
    firm()
    enter(NAME, day=today() - timedelta(days=30))
    stay = Stay.objects.get()
    end_by_hand(actor=CLERK, register="large", stay=stay.pk, to_day=today(), ground="已退出规上名单")
    scope = scope_of(ZIYANG)
    assert stays_as_of(scope, "large", today()).count() == 0
    assert stays_as_of(scope, "large", today() - timedelta(days=1)).count() == 1
    with pytest.raises(NotFound):
        end_by_hand(actor=CLERK, register="large", stay=stay.pk, to_day=today(), ground="已退出规上名单")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"ground": "名单"}, "firms.list.ground"), ({"lines": [" "]}, "firms.list.empty"),
        ({"from_day": date(2999, 1, 1)}, "firms.list.day"), ({"register": FLEET}, "firms.list.counted"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(asked: dict[str, Any], code: str) -> None:
    firm()
    usual: dict[str, Any] = {
        "register": "large",
        "home": ZIYANG,
        "lines": [NAME],
        "from_day": today(),
        "ground": GROUND,
    }
    with pytest.raises(Refused) as refusal:
        list_by_hand(actor=CLERK, **(usual | asked))
    assert refusal.value.code == code
    assert not Stay.objects.exists()


def test_only_firms_and_readers_of_the_place() -> None:
    firm({**WHOLE, "name": "汉滨区示例货运有限公司"}, region=HANBIN)
    assert enter("汉滨区示例货运有限公司").unknown == ("汉滨区示例货运有限公司",)
    registrar = user_with("registrar", HANBIN)
    with pytest.raises(NotFound):
        list_by_hand(
            actor=registrar, register="large", home=ZIYANG, lines=[NAME], from_day=today(), ground=GROUND
        )


def test_two_firms_of_one_name_are_left_to_the_clerk() -> None:
    firm({**WHOLE, "uscc": CODE})
    firm({**WHOLE, "uscc": make_uscc("610999", 8)})
    assert enter(NAME).unknown == (NAME,)
    assert enter(CODE).added == 1


def test_pages_enter_show_and_take_off(client: Client) -> None:
    firm()
    reader = logged_in(client, user_with("registrar", ZIYANG))
    page = reader.post(
        "/firms/registers/large/list/",
        {"lines": f"{NAME}\n没有这家", "ground": GROUND, "from_day": str(today())},
    )
    assert "还有 1 行没有列入" in page.content.decode()
    shown = reader.get("/firms/registers/large/").content.decode()
    assert GROUND in shown
    stay = Stay.objects.get()
    file = reverse("people:enterprise_detail", args=[stay.enterprise_id])
    assert GROUND in (before := reader.get(file).content.decode())
    assert "所在名册" in before
    answer = reader.post(
        f"/firms/registers/large/{stay.pk}/end/", {"ground": "已退出名单", "to_day": str(today())}
    )
    assert answer.status_code == 302
    assert NAME not in reader.get("/firms/registers/large/").content.decode().split("当月进出")[0]
    assert "所在名册" not in reader.get(file).content.decode()


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(BytesIO(content), read_only=True)
    return {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}


def test_a_register_is_taken_away_with_who_works_for_each_firm(client: Client) -> None:
    firm()
    staff(NAME, 2)
    enter(NAME)
    review_firms()
    reader = logged_in(client, user_with("registrar", ZIYANG))
    assert reader.post("/firms/registers/large/export/", {"purpose": "x"}).status_code == 422
    answer = reader.post("/firms/registers/large/export/", {"purpose": "报送市局名册"})
    sheets = sheets_of(answer.content)
    everything = [
        str(value) for rows in sheets.values() for row in rows for value in row if value is not None
    ]
    assert {NAME, GROUND, "单甲", "单乙"} <= set(everything)
    assert not [value for value in everything if value.startswith("1990000000")]
    entry = AuditEntry.objects.get(action="sheets.table.exported")
    assert entry.purpose == "报送市局名册"
    exported = AccessRecord.objects.filter(what="exported", reason="报送市局名册")
    assert sorted(exported.values_list("subject_kind", flat=True)) == ["enterprise", "person", "person"]


def test_lights_are_taken_away_as_the_list_is_narrowed(client: Client) -> None:
    firm()
    firm({**WHOLE, "name": "紫阳县快递有限公司", "kinds": "快递"})
    review_firms()
    reader = logged_in(client, user_with("registrar", ZIYANG))
    rows = sheets_of(reader.post("/firms/lights/export/?kind=courier", {"purpose": "报送市局名册"}).content)
    text = str(rows)
    assert "紫阳县快递有限公司" in text
    assert NAME not in text
    clerk = logged_in(Client(), user_with("clerk", ZIYANG))
    assert clerk.get("/firms/lights/export/").status_code == 404


def number_of_fleet() -> int | None:
    """From how many vehicles on a firm of the county is in today."""
    rule = Book.of(today()).rule(FLEET, ZIYANG)
    return rule.at_least if rule else None


def test_going_by_the_rule_above_again_follows_it() -> None:
    above = Rule(
        FLEET, "三十辆以上", Counting.VEHICLES, 30, ("truck",), date(2026, 1, 1), SHAANXI, "省厅文件"
    )
    own = Rule(FLEET, "三辆以上", Counting.VEHICLES, 3, ("truck",), date(2026, 1, 1), ZIYANG, "本县文件")
    for rule in (above, own):
        decide_rule(actor=CLERK, rule=rule)
    area = scope_of(ZIYANG)
    found = [each for each in deviations_in(area) if each.what == "三辆以上"]
    assert [(each.reason, each.above, each.overtaken) for each in found] == [("本县文件", SHAANXI, False)]
    follow_above(actor=CLERK, register=FLEET, home=ZIYANG, today=today())
    assert number_of_fleet() == 30
    assert [each for each in deviations_in(area) if each.what == "三辆以上"] == []
    assert Book.of(today() - timedelta(days=1)).rule(FLEET, ZIYANG).at_least == 3  # type: ignore[union-attr]
    decide_rule(
        actor=CLERK,
        rule=Rule(FLEET, "四十辆", Counting.VEHICLES, 40, ("truck",), today(), SHAANXI, "省厅新文件"),
    )
    assert number_of_fleet() == 40


def test_a_rule_that_was_changed_above_is_marked() -> None:
    own = Rule(FLEET, "三辆以上", Counting.VEHICLES, 3, ("truck",), date(2026, 1, 1), ZIYANG, "本县文件")
    decide_rule(actor=CLERK, rule=own)
    area = scope_of(ZIYANG)
    assert [each.there for each in deviations_in(area) if each.what == "三辆以上"] != []
    decide_rule(
        actor=CLERK,
        rule=Rule(FLEET, "三十辆", Counting.VEHICLES, 30, ("truck",), date(2026, 1, 1), SHAANXI, "省厅文件"),
    )
    assert [each.overtaken for each in deviations_in(area) if each.what == "三辆以上"] == [True]
    assert STANDING[0].at_least == 50


def test_who_crossed_waits_on_the_start_page_until_it_was_looked_at(client: Client) -> None:
    decide_rule(
        actor=CLERK,
        rule=Rule(FLEET, "一辆", Counting.VEHICLES, 1, ("truck",), date(2026, 1, 1), ZIYANG, "本县文件"),
    )
    firm()
    truck(1, NAME)
    review_firms()
    reader = logged_in(client, user_with("clerk", ZIYANG))
    assert "企业进出门槛名册" in reader.get("/start/").content.decode()
    assert len(reader.get("/firms/registers/crossed/").context["page"].items) == 1
    reader.post(f"/firms/registers/{FLEET}/noted/")
    assert "门槛名册没有新的进出" in reader.get("/start/").content.decode()
