"""The start page of each role is its work of today, and every duty opens to as many rows as it says."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from chelun.cockpit.duties import duties_of
from chelun.cockpit.models import Computation, IndicatorValue
from chelun.cockpit.services import compute_indicators
from chelun.core import today
from chelun.core.errors import Refused
from chelun.core.today import DUTIES
from chelun.desk.models import WorkRow
from chelun.desk.services import propose_change
from chelun.desk.work.services import Task, make_work_list
from chelun.families.models import Relative
from chelun.families.services.registering import note_wish
from chelun.families.tests.homes import aged, child, spouse
from chelun.firms.models import Stay
from chelun.people.models import EnterpriseCard, PersonCard
from chelun.people.services.glass import ask_for_file
from chelun.people.services.likeness import find_likenesses
from chelun.people.tests.desk import HANBIN, ZIYANG, bring, checked, number, phone, sheet
from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.services.login import login_check
from chelun.platform.accounts.tests.factories import UserFactory, logged_in, place_columns, user_with
from chelun.platform.audit.checking import chain_check
from chelun.platform.audit.models import AuditEntry
from chelun.platform.jobs.tests.factories import SYSTEM, steps
from chelun.platform.privacy.models import Assessment, PersonRequest, RetentionCount
from chelun.platform.privacy.services.clearing import count_again
from chelun.platform.privacy.services.erasing import propose_erasure
from chelun.platform.privacy.services.glass import name_area
from chelun.platform.privacy.services.requests import register_request
from chelun.platform.privacy.services.retention import propose_switch
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import SheetImport

pytestmark = pytest.mark.django_db
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
HALF = ("王二", "51012219900307123", phone(2), "快递", "", "")
UNCOUNTED = {"audit.broken", "audit.unchecked", "jobs.drill", "privacy.beyond", "privacy.unassessed"}


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def everything_waits() -> None:
    """Leave something undone for every duty."""
    bring(sheet([LI, HALF, ("赵三", "", "", "公交", "", "")]))
    bring(sheet([("李一", "", "", "", "", "")]), source="接龙")
    checked(sheet([("孙四", number(44), phone(4), "货车", "", "")]), source="待确认")
    mapping = checked(sheet([("钱五", number(55), phone(5), "货车", "", "")]), source="待对应")
    SheetImport.objects.filter(pk=mapping.pk).update(state="mapping")
    stopped = checked(sheet([("周六", number(66), phone(6), "货车", "", "")]), source="中断")
    SheetImport.objects.filter(pk=stopped.pk).update(state="checking")
    job = steps(SYSTEM)
    type(job).objects.filter(pk=job.pk).update(state="failed", **place_columns(ZIYANG))
    UserFactory.create(username="invited", password=None, **place_columns(ZIYANG))
    for role in ("system_admin", "audit_admin"):
        user_with(role, ZIYANG, person_name="一人两职")
    for _try in range(10):
        with pytest.raises(Refused):
            login_check(username="invited", password="x", address="10.0.0.1")
    AuditEntry.objects.filter(seq=1).update(purpose="改过")
    chain_check(actor=SYSTEM)
    AuditEntry.objects.filter(seq=1).update(purpose="")
    firm = EnterpriseCard.objects.first()
    assert firm
    Stay.objects.create(
        enterprise_id=firm.enterprise_id,
        home=ZIYANG,
        register="fleet",
        from_day="2026-11-01",
        **place_columns(ZIYANG),
    )
    _plate_came_twice()
    _papers_run_out()
    _decisions_wait()


def _plate_came_twice() -> None:
    """Once without its colour, in a roster of drivers, and once with it: two files that may be one."""
    heads = ("车牌号", "车牌颜色", "车辆类型")
    bring(sheet([("陕G12345", "黄", "重型货车")], heads), source="车辆台账")
    find_likenesses()


def _papers_run_out() -> None:
    today = timezone.localdate()
    heads = ("证照种类", "姓名", "身份证号", "有效期至")
    days = {
        "驾驶证": today - timedelta(days=1),
        "从业资格证": today + timedelta(days=9),
        "网约车驾驶员证": today + timedelta(days=900),
    }
    bring(
        sheet([(kind, "李一", number(11), last.isoformat()) for kind, last in days.items()], heads),
        source="证照台账",
    )


def _decisions_wait() -> None:
    person = PersonCard.objects.get(name="李一").person_id
    officer = user_with("privacy_officer", ZIYANG, username="somebody.else")
    why = "本人要求办理"
    raw = {"phone": phone(8)}
    propose_change(actor=officer, subject=person, home=ZIYANG, raw=raw, reason=why, hand_in=True)
    work = make_work_list(
        actor=officer, register="person", home=ZIYANG, query={}, task=Task("清单", "去核对", days=7)
    )
    WorkRow.objects.filter(pk=work.rows.earliest("pk").pk).update(due_on="2026-01-01")
    propose_erasure(actor=officer, kind="person", subject=person, ground="unlawful", reason=why)
    asked = register_request(
        actor=officer, subject_kind="person", subject=person, kind="looks", on_behalf="self",
        identity="card", words=why, asked={},
    )  # fmt: skip
    PersonRequest.objects.filter(pk=asked.pk).update(due_on="2026-01-01")
    name_area(actor=user_with("security_admin", "610900"), role="registrar", region="610900")
    ask_for_file(actor=user_with("registrar", HANBIN), number=LI[1], reason="高速追尾，联系不上家属")
    _families_wait(person)
    count_again()
    propose_switch(actor=officer, region=ZIYANG)
    RetentionCount.objects.create(
        home=HANBIN, label="privacy.Consent", due=3, counted_at=timezone.now(), **place_columns(ZIYANG)
    )


def _families_wait(person: UUID) -> None:
    spouse(person)
    child(person, aged(14, 9))
    child(person, aged(16), knows=True)
    Relative.objects.exclude(ends="fourteen").update(until=timezone.localdate() + timedelta(days=5))
    note_wish(actor=SYSTEM, person=person, relation="parent", stage="adult")
    Assessment.objects.all().delete()


@pytest.mark.parametrize("role", ROLES)
def test_every_duty_opens_to_as_many_rows(role: str, client: Client) -> None:
    everything_waits()
    user = user_with(role, ZIYANG)
    reader, wrong = logged_in(client, user), {}
    for waiting in duties_of(user):
        answer = reader.get(waiting.url)
        assert answer.status_code == 200
        if waiting.duty.name not in UNCOUNTED:
            shown = answer.context["page"].items if "page" in answer.context else answer.context["locks"]
            if len(shown) != waiting.count:
                wrong[waiting.duty.name] = (waiting.count, len(shown))
    assert wrong == {}


def test_no_duty_is_left_out_of_the_test_above() -> None:
    everything_waits()
    named = {
        waiting.duty.name: waiting.count
        for role in ROLES
        for waiting in duties_of(user_with(role, ZIYANG, person_name=f"用户{role}"))
    }
    assert set(named) == set(DUTIES.names())
    # An answer waits for the writer of the request alone.
    assert {name for name, count in named.items() if not count} <= {"audit.unchecked", "desk.answered"}


@pytest.mark.parametrize(("language", "more"), [("zh-hans", "超过 2"), ("en", "More than 2")])
def test_number_that_was_counted_no_further_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, language: str, more: str
) -> None:
    monkeypatch.setattr(today, "MOST", 2)
    clerk = user_with("clerk", ZIYANG, language=language)
    for n, shown in ((1, "1"), (2, "2"), (3, "2+")):
        bring(sheet([(f"单小{'甲乙丙'[n - 1]}", number(n), "", "货车", "", "")]), source=f"名册{n}")
        counts = {waiting.duty.name: waiting for waiting in duties_of(clerk)}
        assert counts["people.without_phone"].shown == shown
    logged_in(client, clerk)
    page = client.get("/start/").content.decode()
    assert f'<span aria-hidden="true">2+</span><span class="visually-hidden">{more}</span>' in page


def test_a_correction_of_the_same_source_ends_the_duty_to_correct(client: Client) -> None:
    bring(sheet([LI, HALF]))
    clerk = user_with("clerk", ZIYANG)
    counts = {waiting.duty.name: waiting.count for waiting in duties_of(clerk)}
    assert counts["sheets.refused"] == 1
    bring(sheet([("王二", number(22), phone(2), "快递", "", "")]))
    counts = {waiting.duty.name: waiting.count for waiting in duties_of(clerk)}
    assert counts["sheets.refused"] == 0


def test_start_of_who_only_looks_tells_the_region_in_a_minute(client: Client) -> None:
    bring(sheet([LI]))
    first = compute_indicators()
    Computation.objects.filter(pk=first.pk).update(day="2026-01-02")
    IndicatorValue.objects.filter(computation=first, indicator="people.persons", part="").update(value=9)
    compute_indicators()
    reader = logged_in(client, user_with("member", ZIYANG))
    page = reader.get("/start/").content.decode()
    assert "紫阳县今天的情况" in page
    assert "比 2026-01-02 少 8" in page
    assert 'data-chart="map"' in page
    assert "/people/unresolved/" not in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("role", "region"), [("member", "610900"), ("member", ZIYANG), ("privacy_officer", "610900")]
)
def test_start_tells_where_rows_wait_and_opens_as_far_as_the_reader_may(
    role: str, region: str, client: Client
) -> None:
    bring(sheet([LI]))
    bring(sheet([("李一", "", "", "", "", ""), ("李一", "", "", "货车", "", "")]), source="接龙")
    compute_indicators()
    reader = logged_in(client, user_with(role, region))
    waiting = reader.get("/start/").context["story"].waiting
    name, count = waiting.rows[0].cells
    assert (name.text, count.text) == ("紫阳县" if region != ZIYANG else "没有写明乡镇", "2")
    assert reader.get(name.url).status_code == 200
    answer = reader.get(count.url)
    assert answer.status_code == 200
    if role == "member":
        assert count.url == f"/cockpit/{ZIYANG}/people.unresolved/"
    else:
        assert len(answer.context["page"].items) == 2


def test_start_says_nothing_of_rows_where_none_wait(client: Client) -> None:
    bring(sheet([LI]))
    compute_indicators()
    page = logged_in(client, user_with("member", ZIYANG)).get("/start/")
    assert page.context["story"].waiting is None
    assert "各地区待甄别" not in page.content.decode()


def test_start_of_the_counter_begins_with_the_search(client: Client) -> None:
    page = logged_in(client, user_with("counter", ZIYANG)).get("/start/").content.decode()
    assert "autofocus" in page
    assert "autofocus" not in logged_in(client, user_with("clerk", ZIYANG)).get("/start/").content.decode()


def test_start_of_administrators_shows_nobody(client: Client) -> None:
    bring(sheet([LI]))
    for role in ("system_admin", "security_admin", "audit_admin"):
        reader = logged_in(Client(), user_with(role, ZIYANG))
        page = reader.get("/start/").content.decode()
        assert "在册人员" not in page
        assert reader.get("/start/").context["search"] is None
