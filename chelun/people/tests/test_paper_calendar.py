"""How papers stand on a day, in rows and in numbers; the calendar, what waits, and another span of reminding."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.today import DUTIES
from chelun.people.choices import PaperStatus, Presence
from chelun.people.displays.calendar import month_of, span_of
from chelun.people.models import CredentialCard
from chelun.people.paper_measures import papers_until
from chelun.people.reminders import DAYS, Reminders
from chelun.people.rules.papers import (
    DAY,
    FOR_EVER,
    NO_END,
    PAPERS,
    UNKNOWN,
    end_of,
    kinds_of,
    reckoned_end,
    state_of,
)
from chelun.people.selectors import Filters, credential_list
from chelun.people.tests.desk import HANBIN, ZIYANG, bring, number, scope_of, sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.services.settings import clear_place_setting, set_place_setting
from chelun.platform.regions.testing import ensure_regions

HEADS = ("证照种类", "姓名", "身份证号", "证号", "有效期至", "证照状态")
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("presence", "status", "term", "last", "state"),
    [
        ("held", "in_force", DAY, date(2026, 11, 20), "expired"),
        ("held", "in_force", DAY, date(2026, 11, 21), "expiring"),
        ("held", "in_force", DAY, date(2027, 1, 20), "expiring"),
        ("held", "in_force", DAY, date(2027, 1, 21), "valid"),
        ("held", "in_force", FOR_EVER, NO_END, "valid"),
        ("held", "in_force", UNKNOWN, NO_END, "undated"),
        ("held", "lost", DAY, date(2030, 1, 1), "stopped"),
        ("held", "void", DAY, date(2020, 1, 1), "stopped"),
        ("light_vehicle", "in_force", UNKNOWN, NO_END, "absent"),
    ],
)
def test_state_of_a_paper_on_a_day(presence: str, status: str, term: str, last: date, state: str) -> None:
    assert state_of(presence, status, term, last, today=TODAY, days=60) == state


def test_ten_kinds_each_with_a_holder_and_a_next_step() -> None:
    assert len(PAPERS) == 10
    assert sum(len(kinds_of(holder)) for holder in ("person", "enterprise", "vehicle")) == 10
    assert all(paper.renewal.act and paper.renewal.office for paper in PAPERS.values())
    assert not any(term.verified for paper in PAPERS.values() for term in paper.terms)
    assert end_of("skill", None) == (NO_END, FOR_EVER)
    assert end_of("transport", None) == (NO_END, UNKNOWN)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2022, 1, 10), date(2028, 1, 9)),
        (date(2024, 2, 29), date(2030, 2, 28)),
        (date(2001, 1, 1), None),
        (None, None),
    ],
)
def test_end_that_the_rule_of_its_time_gives(start: date | None, last: date | None) -> None:
    found = reckoned_end("qualification", start)
    assert (found[0] if found else None) == last
    assert reckoned_end("transport", start) is None


def test_months_of_the_calendar() -> None:
    assert month_of("2027-02", TODAY) == date(2027, 2, 1)
    assert month_of("nonsense", TODAY) == month_of("", TODAY) == date(2026, 11, 1)
    assert span_of(date(2026, 11, 1), TODAY) == (date(2026, 11, 1), date(2027, 10, 31))
    assert span_of(date(2025, 2, 1), TODAY) == (date(2025, 2, 1), date(2027, 10, 31))
    assert span_of(date(2028, 2, 1), TODAY) == (date(2026, 11, 1), date(2028, 2, 29))


@pytest.fixture
def _regions(db: None) -> None:
    ensure_regions()


def papers(*days: int | str, region: str = ZIYANG, start: int = 100) -> None:
    """A paper for each: so many days from today, or what stands in the cell."""
    today = timezone.localdate()
    rows = [
        ("驾驶证", "李一", number(start + place), "", (today + timedelta(days=each)).isoformat() if isinstance(each, int) else each, "")
        for place, each in enumerate(days)
    ]  # fmt: skip
    bring(sheet(rows, HEADS), source="证照台账", region=region)


@pytest.mark.usefixtures("_regions")
def test_conditions_say_of_every_card_what_the_rule_says() -> None:
    papers(-400, -1, 0, 1, 29, 30, 31, 59, 60, 61, 400, "长期", "")
    papers(-1, 14, 15, 16, 60, region=HANBIN, start=300)
    set_place_setting(
        actor=user_with("system_admin", "610900"),
        region=HANBIN,
        key=DAYS,
        value="15",
        reason="本县提前半个月",
    )
    shapes = product(Presence.values, PaperStatus.values)
    for card, (presence, status) in zip(
        list(CredentialCard.objects.order_by("id"))[::2], shapes, strict=False
    ):
        CredentialCard.objects.filter(pk=card.pk).update(presence=presence, status=status)
    reminders = Reminders.of()
    assert (reminders.days(HANBIN), reminders.days(ZIYANG)) == (15, 60)
    met = {
        state: set(CredentialCard.objects.filter(condition))
        for state, condition in reminders.conditions().items()
    }
    for card in CredentialCard.objects.all():
        assert [state for state, cards in met.items() if card in cards] == [reminders.state(card)]


@pytest.mark.usefixtures("_regions")
def test_list_is_narrowed_by_what_the_filters_say() -> None:
    papers(-5, 3, 300, "长期")
    bring(
        sheet([("从业资格证", "王二", number(50), number(50), "2040-01-01", "挂失")], HEADS),
        source="证照台账",
    )

    def found(**query: str) -> list[str]:
        return [f"{card.kind} {card.term}" for card in credential_list(scope_of(ZIYANG), Filters.of(query))]

    last = (timezone.localdate() + timedelta(days=10)).isoformat()
    assert len(found()) == 5
    assert found(kind="qualification") == ["qualification day"]
    assert [len(found(state=state)) for state in ("expired", "expiring", "valid", "stopped", "absent")] == [
        1,
        1,
        2,
        1,
        0,
    ]
    assert len(found(due_to=last)) == 2
    assert len(found(due_from=timezone.localdate().isoformat(), due_to=last)) == 1
    assert found(due_to="nonsense") == []
    assert found(q="王二") == found(q="wanger") == ["qualification day"]
    assert found(q="张") == []
    assert found(issuer="无此机关") == []


@pytest.mark.usefixtures("_regions")
def test_calendar_opens_to_as_many_rows_as_it_says(client: Client) -> None:
    papers(-1, 5, 5, 5, 20, 200, "长期")
    reader = logged_in(client, user_with("clerk", ZIYANG))
    total, today = 0, timezone.localdate()
    first = reader.get(reverse("people:credential_calendar"))
    for tab in first.context["month"].months:
        page = reader.get(tab.url)
        month = page.context["month"]
        days = [each for week in month.weeks for each in week if each.url]
        for each in days:
            listed = reader.get(each.url).context["page"].items
            assert len(listed) == each.count
            total += each.count
        assert sum(each.count for each in days) == month.total == int(tab.count)
        assert len(month.table.rows) == len(days)
    yesterday = (today - timedelta(days=1)).month == today.month
    assert total == 5 + yesterday
    assert "今天" not in first.content.decode() or 'aria-current="date"' in first.content.decode()


@pytest.mark.usefixtures("_regions")
def test_what_waits_goes_by_the_place_s_own_days(client: Client) -> None:
    papers(-1, 20, 80)
    clerk = user_with("clerk", ZIYANG)
    expiring = DUTIES["people.papers_expiring"].count
    assert (DUTIES["people.papers_expired"].count(clerk), expiring(clerk)) == (1, 1)
    owner = user_with("system_admin", "610900")
    set_place_setting(actor=owner, region="610900", key=DAYS, value="90", reason="本市提前三个月")
    assert expiring(clerk) == 2
    set_place_setting(actor=owner, region=ZIYANG, key=DAYS, value="15", reason="本县提前半个月")
    assert expiring(clerk) == 0
    clear_place_setting(actor=owner, region=ZIYANG, key=DAYS)
    assert expiring(clerk) == 2
    page = logged_in(client, clerk).get("/start/").content.decode()
    assert "快到期的证照" in page
    assert "已过期的证照" in page


@pytest.mark.usefixtures("_regions")
def test_numbers_hold_until_the_next_paper_turns() -> None:
    today = timezone.localdate()
    papers(-1, 30, 61)
    assert papers_until(None) == {ZIYANG: today}
    CredentialCard.objects.filter(valid_to=today + timedelta(days=61)).delete()
    assert papers_until([ZIYANG]) == {ZIYANG: today + timedelta(days=30)}
    assert papers_until([HANBIN]) == {}


@pytest.mark.usefixtures("_regions")
def test_file_says_what_to_do_next(client: Client) -> None:
    bring(sheet([("从业资格证", "王二", number(50), number(50), "2020-01-01", "")], HEADS), source="证照台账")
    card = CredentialCard.objects.get()
    reader = logged_in(client, user_with("clerk", ZIYANG))
    page = reader.get(reverse("people:credential_detail", args=[card.credential_id])).content.decode()
    for words in ("下一步：换证", "原从业资格证", "最迟在到期前 30 天申请", "未经核实", "已过期"):
        assert words in page
