"""A changed rule: previewed, applied out of sight, all at once; cut off, cancelled, overtaken; and its pages."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from chelun.core.errors import Refused
from chelun.people.models import PersonCard, RankChange, SourceRank
from chelun.people.rules.ranks import REST, Origin
from chelun.people.services import rank_jobs
from chelun.people.services.door import register_person
from chelun.people.services.ranks import begin_apply, drop_change, propose_rank, rule_in_force
from chelun.people.tests.desk import (
    CLERK,
    HANBIN,
    ZIYANG,
    bring,
    checked,
    number,
    phone,
    seen,
    sheet,
    snapshot,
)
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import cancel
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import Batch
from chelun.platform.sheets.services.publishing import begin_publication

pytestmark = pytest.mark.django_db
LICENCE_FIRST = {"contact": (Origin("", "办证系统"), Origin("form")), "work": (Origin("", "办证系统"),)}
CITY = "610900"


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def row(n: int, telephone: int, firm: str = "紫阳县示例货运有限公司") -> tuple[str, ...]:
    return (f"李{'一二三四五六七八九'[n]}", number(n), phone(telephone), "货车", firm, "")


def people(region: str = ZIYANG) -> dict[str, str]:
    """Telephones by name."""
    return {person["name"]: person["phones"][0] for person in seen(region)}


def two_sources(region: str = ZIYANG, first: int = 0) -> None:
    """Three persons: of two the sources say different telephones, the third only one has."""
    bring(sheet([row(first + n, n) for n in range(3)]), source="办证系统", region=region)
    bring(sheet([row(first + n, 50 + n) for n in range(2)]), source="平台名单", region=region)


def proposed(region: str = ZIYANG, lines: Any = None, register: str = "person") -> RankChange:
    change = propose_rank(
        actor=CLERK, region=region, register=register, lines=lines or LICENCE_FIRST, reason="办证系统更准"
    )
    run_waiting()
    change.refresh_from_db()
    return change


def test_rank_preview_counts_what_would_change_and_changes_nothing() -> None:
    two_sources()
    before = snapshot()
    change = proposed()
    assert (change.state, change.counts) == ("ready", {"seen": 2, "cards": 2, "facts": {"phones": 2}})
    assert {home for _subject, home in change.sample} == {ZIYANG}
    assert snapshot() == before
    assert not SourceRank.objects.exists()


def test_rank_applied_writes_the_cards_anew_and_holds_for_what_comes() -> None:
    two_sources()
    bring(sheet([row(8, 80)]), source="平台名单")
    change = proposed()
    assert people()["李一"] == phone(50)
    begin_apply(actor=CLERK, change=change)
    run_waiting()
    change.refresh_from_db()
    assert (change.state, change.counts["written"]) == ("applied", 2)
    assert people() == {"李一": phone(0), "李二": phone(1), "李三": phone(2), "李九": phone(80)}
    bring(sheet([row(0, 60)]), source="平台名单")
    assert people()["李一"] == phone(0)
    assert not Batch.objects.filter(hidden=True).exists()
    assert set(AuditEntry.objects.filter(target_kind="rank").values_list("action", flat=True)) == {
        "people.rank.proposed", "people.rank.confirmed", "people.rank.applied",
    }  # fmt: skip
    assert verify_chain().whole


def test_rank_back_to_the_standard_gives_back_the_same_cards() -> None:
    two_sources()
    before = snapshot()
    for lines in (LICENCE_FIRST, {REST: (Origin("form"), Origin("sheet"))}):
        begin_apply(actor=CLERK, change=proposed(lines=lines))
        run_waiting()
    after = snapshot()
    assert after["persons"] == before["persons"]
    assert [tie[1:] for tie in after["ties"]] == [tie[1:] for tie in before["ties"]]
    assert PersonCard.objects.count() == 3


def test_rank_of_a_city_decides_for_its_counties_but_not_for_one_with_its_own() -> None:
    two_sources()
    two_sources(HANBIN, 4)
    begin_apply(actor=CLERK, change=proposed(HANBIN, {"contact": (Origin("", "平台名单"),)}))
    run_waiting()
    change = proposed(CITY)
    assert change.counts["cards"] == 2
    begin_apply(actor=CLERK, change=change)
    run_waiting()
    assert people(ZIYANG)["李一"] == phone(0)
    assert people(HANBIN)["李五"] == phone(50)
    assert rule_in_force("610925", "person") == LICENCE_FIRST


def test_rank_waits_for_an_import_of_the_place_and_the_import_for_it() -> None:
    two_sources()
    change, waiting = proposed(CITY), checked(sheet([row(7, 7)]))
    begin_publication(actor=CLERK, sheet_import=waiting)
    begin_apply(actor=CLERK, change=change)
    run_waiting(1)
    job = Job.objects.get(kind="people.rank.apply")
    assert (job.state, bool(job.message)) == ("queued", True)
    assert people()["李一"] == phone(50)


def cut_off_after(monkeypatch: pytest.MonkeyPatch, steps: int, error: type[Exception]) -> None:
    """The job dies after some steps."""
    done, real = iter(range(steps)), rank_jobs._step
    monkeypatch.setattr(rank_jobs, "STEP", 2)

    def step(*args: Any) -> int:
        if next(done, None) is None:
            raise error
        return real(*args)

    monkeypatch.setattr(rank_jobs, "_step", step)


def test_rank_goes_on_where_it_was_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    two_sources()
    before, change = snapshot(), proposed()
    begin_apply(actor=CLERK, change=change)
    cut_off_after(monkeypatch, 1, RuntimeError)
    run_waiting(1)
    assert snapshot() == before
    assert rule_in_force(ZIYANG, "person") == {}
    monkeypatch.undo()
    Job.objects.filter(kind="people.rank.apply").update(run_after=change.proposed_at)
    run_waiting()
    change.refresh_from_db()
    assert (change.state, change.counts["written"]) == ("applied", 2)
    assert people()["李一"] == phone(0)


def test_rank_cancelled_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    two_sources()
    before, change = snapshot(), proposed()
    begin_apply(actor=CLERK, change=change)
    real = rank_jobs._step

    def step(*args: Any) -> int:
        count = real(*args)
        cancel(actor=CLERK, job=Job.objects.get(kind="people.rank.apply"))
        return count

    monkeypatch.setattr(rank_jobs, "_step", step)
    run_waiting(1)
    change.refresh_from_db()
    assert (change.state, change.batch) == ("ready", None)
    assert snapshot() == before
    assert not SourceRank.objects.exists()
    assert not Batch.objects.filter(hidden=True).exists()
    monkeypatch.undo()
    begin_apply(actor=CLERK, change=change)
    run_waiting()
    assert people()["李一"] == phone(0)


def test_rank_counts_what_the_single_door_did_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third person had one source only when the job passed him by; the form gives him a second before all shows."""
    two_sources()
    change = proposed()
    begin_apply(actor=CLERK, change=change)
    real = rank_jobs._write_anew

    def write(*args: Any) -> int:
        count = real(*args)
        for n in (0, 2):
            raw = {"name": row(n, 0)[0], "id_number": number(n), "phone": phone(90 + n)}
            register_person(actor=CLERK, region=ZIYANG, raw=raw)
        assert people()["李三"] == phone(92)
        return count

    monkeypatch.setattr(rank_jobs, "_write_anew", write)
    run_waiting()
    assert people() == {"李一": phone(0), "李二": phone(1), "李三": phone(2)}
    assert PersonCard.objects.count() == 3


def test_rank_refuses_what_makes_no_sense() -> None:
    two_sources()
    ask: dict[str, Any] = {"actor": CLERK, "region": ZIYANG, "register": "person", "reason": "办证系统更准"}
    for wrong, code in (
        ({"lines": {}}, "people.rank.same"),
        ({"lines": LICENCE_FIRST, "reason": " 准 "}, "people.rank.reason"),
        ({"lines": LICENCE_FIRST, "region": "610924100"}, "people.rank.region"),
        ({"lines": LICENCE_FIRST, "actor": user_with("registrar", "513436")}, "people.rank.region"),
    ):
        with pytest.raises(Refused) as refusal:
            propose_rank(**{**ask, **wrong})
        assert refusal.value.code == code
    one, other = proposed(), proposed(lines={REST: ()})
    begin_apply(actor=CLERK, change=one)
    with pytest.raises(Refused) as refusal:
        drop_change(actor=CLERK, change=one)
    assert refusal.value.code == "people.rank.too_late"
    run_waiting()
    with pytest.raises(Refused) as refusal:
        begin_apply(actor=CLERK, change=other)
    assert refusal.value.code == "people.rank.overtaken"
    drop_change(actor=CLERK, change=other)
    assert other.state == "dropped"


def test_rank_of_firms_and_vehicles() -> None:
    heads = ("企业名称", "统一社会信用代码", "经营状况", "法定代表人")
    firm = ("紫阳县示例货运有限公司", "", "正常经营")
    bring(sheet([(*firm, "甲一")], heads), source="市场监管")
    bring(sheet([(*firm, "乙二")], heads), source="企业自报")
    change = proposed(lines={"who": (Origin("", "市场监管"),)}, register="enterprise")
    assert change.counts == {"seen": 1, "cards": 1, "facts": {"legal_representative": 1}}
    plates = ("车牌号", "车牌颜色", "车辆类型")
    bring(sheet([("陕G12345", "黄", "重型")], plates), source="运管")
    bring(sheet([("陕G12345", "黄", "轻型")], plates), source="企业自报")
    assert proposed(lines={"what": (Origin("", "运管"),)}, register="vehicle").counts["cards"] == 1


@pytest.fixture
def page(client: Client) -> Client:
    return logged_in(client, user_with("registrar", ZIYANG))


def test_rank_pages_from_the_rule_to_its_effect(page: Client) -> None:
    two_sources()
    assert "窗口登记优先于导入的名单" in page.get(reverse("people:rank_list")).content.decode()
    form = reverse("people:rank_new", args=["person"])
    assert "办证系统" in page.get(form).content.decode()
    sent = {"order_contact": "办证系统 ＞ 窗口登记", "reason": "办证系统更准"}
    wrong = page.post(form, {**sent, "order_work": "办证系統 > 名单"})
    assert (wrong.status_code, "没有叫“办证系統”的来源" in wrong.content.decode()) == (422, True)
    answer = page.post(form, sent)
    change = UUID(answer["Location"].split("/")[-2])
    run_waiting()
    shown = page.get(answer["Location"]).content.decode()
    assert "“办证系统”优先于窗口登记，再优先于其他来源" in shown
    assert "199******50" in shown
    assert "199******00" in shown
    assert phone(50) not in shown
    page.post(reverse("people:rank_apply", args=[change]))
    run_waiting()
    assert people()["李一"] == phone(0)
    rules = page.get(reverse("people:rank_list")).content.decode()
    assert "办证系统更准" in rules
    assert "紫阳县规定" in rules
    file = page.get(reverse("people:person_detail", args=[PersonCard.objects.get(name="李一").person_id]))
    assert "因为按规则“办证系统”优先于其他来源" in file.content.decode()


def test_rank_page_of_somebody_who_only_looks(client: Client) -> None:
    reader = logged_in(client, user_with("clerk", ZIYANG))
    assert "people/ranks/new" not in reader.get(reverse("people:rank_list")).content.decode()
    assert reader.get(reverse("people:rank_new", args=["person"])).status_code == 404
