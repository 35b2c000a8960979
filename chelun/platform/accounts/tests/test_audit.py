"""The audit trail's pages: what is shown to whom, filters, the check, the anchors."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.actors import SystemActor
from chelun.platform.accounts.selectors.entries import entry_search
from chelun.platform.accounts.services.noting import user_noted
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.accounts.views import audit as views
from chelun.platform.audit import background, hidden
from chelun.platform.audit.anchors import write_anchor
from chelun.platform.audit.models import AuditEntry, ChainCheck, ChainHead
from chelun.platform.audit.services import Event, record, record_many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
SYSTEM = SystemActor("test", "nobody")
LIST = "/accounts/audit/"


@pytest.fixture
def auditor(client: Client) -> Client:
    return logged_in(client, user_with("audit_admin", "513400", username="auditor"))


def body(client: Client, **query: str) -> str:
    return client.get(LIST, query).content.decode().split("<main", 1)[1]


def test_audit_list_shows_rows_of_the_scope() -> None:
    scope = user_with("audit_admin", "513400").scope_for("audit.view")
    inside, outside = user_with("clerk", "513436"), user_with("clerk", "610924")
    for region in ("513436", "513436225", "513400", "510000", "610924", "513500"):
        record(actor=SYSTEM, action="people.person.viewed", region=region, target=region)
    record(actor=inside, action="people.person.viewed", target="by insider")
    record(actor=outside, action="people.person.viewed", target="by outsider")
    record(actor=SYSTEM, action="audit.chain.checked", target="by system")
    seen = set(entry_search(scope=scope).values_list("target", flat=True))
    assert seen == {"513436", "513436225", "513400", "by insider", "by system"}


def test_audit_detail_out_of_scope_is_not_found(auditor: Client) -> None:
    record(actor=SYSTEM, action="people.person.viewed", region="610924")
    record(actor=SYSTEM, action="people.person.viewed", region="513436", old={"号": "密文"}, purpose="年审")
    assert auditor.get(f"{LIST}1/").status_code == 404
    shown = auditor.get(f"{LIST}2/").content.decode()
    assert ("年审" in shown, "密文" in shown) == (True, True)
    assert auditor.get(f"{LIST}99/").status_code == 404


def test_audit_detail_says_our_own_purposes_in_the_readers_language(auditor: Client) -> None:
    record(actor=SYSTEM, action="people.person.created", region="513436", purpose="窗口登记")
    record(actor=SYSTEM, action="people.person.viewed", region="513436", purpose="年审")
    auditor.cookies["django_language"] = "en"
    assert "Entered at the counter" in auditor.get(f"{LIST}1/").content.decode()
    assert "年审" in auditor.get(f"{LIST}2/").content.decode()


def test_audit_list_filters(auditor: Client) -> None:
    record(actor=SYSTEM, action="people.person.viewed", target="aaa")
    record(actor=SYSTEM, action="sheets.import.undone", target="bbb")
    assert "导入：撤销" in body(auditor)
    assert ("aaa" in body(auditor, action="sheets."), "bbb" in body(auditor, action="sheets.")) == (
        False,
        True,
    )
    assert "bbb" not in body(auditor, target="aaa").split("</form>")[-1]
    assert "没有符合条件的记录" in body(auditor, actor="nobody-at-all")
    assert "aaa" in body(auditor, day=timezone.localdate().isoformat())
    assert "没有符合条件的记录" in body(auditor, day="2020-01-01")


@pytest.mark.parametrize(
    ("language", "asked", "found"),
    [
        ("zh-hans", "撤销", True), ("zh-hans", "导入", True), ("zh-hans", "打印", False), ("zh-hans", "无此词", False),
        ("en", "undone", True), ("en", "Import", True), ("en", "printed", False), ("en", "sheets.", True),
    ],
)  # fmt: skip
def test_audit_list_finds_actions_by_their_words(
    auditor: Client, language: str, asked: str, found: bool
) -> None:
    record(actor=SYSTEM, action="people.person.viewed", target="aaa")
    record(actor=SYSTEM, action="sheets.import.undone", target="bbb")
    auditor.cookies["django_language"] = language
    shown = body(auditor, action=asked).split("</form>")[-1]
    assert ("aaa" in shown, "bbb" in shown) == (False, found)


def test_audit_rows_about_users_name_them(auditor: Client) -> None:
    user = user_with("clerk", "513436", username="wang-clerk")
    user_noted(actor=SYSTEM, action="accounts.user.disabled", user=user)
    record(actor=SYSTEM, action="accounts.user.disabled", target_kind="user", target="wound", region="513436")
    seq = AuditEntry.objects.filter(action="accounts.user.disabled").order_by("seq")[0].seq
    shown = body(auditor, target="wang-clerk").split("</form>")[-1]
    assert ("wang-clerk" in shown, "账号" in shown, "wound" in shown) == (True, True, False)
    assert "wound" in body(auditor)
    detail = auditor.get(f"{LIST}{seq}/").content.decode()
    assert (f"（{user.pk}）" in detail, "账号 wang-clerk" in detail) == (True, True)


def test_audit_list_is_paged_by_row(auditor: Client) -> None:
    record_many(actor=SYSTEM, events=[Event("people.person.viewed", "person", f"t{n}") for n in range(120)])
    first = auditor.get(LIST)
    assert f"{LIST}120/" in first.content.decode()
    second = auditor.get(LIST, {"after": "71"}).content.decode()
    assert (f"{LIST}70/" in second, f"{LIST}71/" in second) == (True, False)


def test_audit_list_hides_open_imports(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden, "_sources", [lambda: frozenset({"batch-1"})])
    record_many(actor=SYSTEM, events=[Event("people.person.created", "person", "unseen-1", batch="batch-1")])
    assert "unseen-1" not in body(auditor).split("</form>")[-1]
    assert auditor.get(f"{LIST}1/").status_code == 404


def test_chain_check_says_whole_then_broken(auditor: Client) -> None:
    record(actor=SYSTEM, action="people.person.viewed")
    done = auditor.post(reverse("accounts:chain_check"), follow=True).content.decode()
    assert "审计链完整" in done
    AuditEntry.objects.filter(seq=1).update(actor="x")
    done = auditor.post(reverse("accounts:chain_check"), follow=True).content.decode()
    assert "第 1 行被改动或调换" in done
    assert list(ChainCheck.objects.order_by("at").values_list("found", flat=True)) == [0, 1]


def test_chain_check_of_a_long_chain_goes_to_the_background(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "INLINE_ROWS", 0)
    monkeypatch.setattr(background, "_starters", [lambda actor: f"/jobs/{actor.actor_name}/"])
    record(actor=SYSTEM, action="people.person.viewed")
    assert auditor.post(reverse("accounts:chain_check"))["Location"] == "/jobs/auditor/"
    assert not ChainCheck.objects.exists()


def test_forged_head_leaves_evidence_in_the_chain(auditor: Client) -> None:
    record_many(actor=SYSTEM, events=[Event("people.person.viewed")] * 3)
    AuditEntry.objects.filter(seq=3).delete()
    ChainHead.objects.update(seq=2, seal=AuditEntry.objects.get(seq=2).seal)
    record(actor=SYSTEM, action="people.person.viewed")
    done = auditor.post(reverse("accounts:chain_check"), follow=True).content.decode()
    assert "链头（第 2 行）已被人改动" in done


def test_anchors_are_downloaded_and_noted(auditor: Client) -> None:
    record(actor=SYSTEM, action="people.person.viewed")
    write_anchor()
    answer = auditor.get(reverse("accounts:anchors"))
    assert b'"seq": 1' in answer.content
    assert AuditEntry.objects.latest("seq").action == "audit.anchors.downloaded"


def test_audit_detail_says_who_acts_in_words(auditor: Client) -> None:
    record(actor=SYSTEM, action="people.person.viewed", region="513436")
    assert "（系统）" in auditor.get(f"{LIST}1/").content.decode()
