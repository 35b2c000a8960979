"""Plates without a colour, joined in one act with the one vehicle that has them: what is left out, cut off, repeated, undone."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chelun.core.errors import NotFound, Refused
from chelun.people.models import BulkMerge, Leaf, LeafName, Likeness, Merge, VehicleCard
from chelun.people.rules.likeness import PlateKnown
from chelun.people.rules.plates import Against, PlatePair, verdict
from chelun.people.selectors import vehicle_file
from chelun.people.selectors.plates import judged, pairs_of_plates, standing_of
from chelun.people.services import bulk_merging, merging
from chelun.people.services.bulk_merging import begin_joining, begin_parting, go_on
from chelun.people.services.correcting import correct_file
from chelun.people.services.likeness import find_likenesses, tell_apart
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, phone, scope_of, sheet, snapshot
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.jobs.services import cancel
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.batches import held_state

pytestmark = pytest.mark.django_db
REASON, HERE = "名单没写颜色，台账同号只有一辆", scope_of(ZIYANG)
LEDGER = ("车牌号", "车牌颜色", "车辆类型")


def plate(n: int) -> str:
    return f"陕G{n:05}"


def roster(plates: list[str], region: str = ZIYANG, source: str = "名册") -> None:
    """Drivers whose roster names plates without a colour."""
    names = [f"单{chr(0x4E00 + n)}" for n in range(len(plates))]
    rows = [
        (name, "", phone(n), "货车", "", each)
        for n, (name, each) in enumerate(zip(names, plates, strict=True))
    ]
    bring(sheet(rows), source=source, region=region)


def ledger(rows: list[tuple[str, str]], region: str = ZIYANG, source: str = "台账") -> None:
    """Vehicles with their colours."""
    bring(sheet([(*row, "重型货车") for row in rows], LEDGER), source=source, region=region)


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


@pytest.fixture
def registrar() -> User:
    return user_with("registrar", ZIYANG)


@pytest.fixture
def seven() -> None:
    """Plates 0 to 4 with one colour each, 5 with two, 6 on the roster alone."""
    roster([plate(n) for n in range(7)])
    ledger([(plate(n), "黄") for n in range(5)] + [(plate(5), "黄"), (plate(5), "蓝")])
    find_likenesses()


def vehicles(region: str = ZIYANG) -> dict[str, list[str]]:
    """The colours of each plate that readers of a place see."""
    found: dict[str, list[str]] = {}
    for card in VehicleCard.objects.in_scope(scope_of(region)).visible(()).order_by("plate", "colour"):
        found.setdefault(card.plate, []).append(card.colour)
    return found


def everything() -> object:
    cards = VehicleCard.objects.visible(()).values_list(
        "vehicle", "home", "plate", "colour", "mentioned_only"
    )
    return snapshot(), sorted(map(str, cards))


def done(actor: User, region: str = ZIYANG) -> BulkMerge:
    bulk = begin_joining(actor=actor, region=region, reason=REASON)
    run_waiting()
    bulk.refresh_from_db()
    assert bulk.ended_at
    return bulk


def undone(actor: User, bulk: BulkMerge) -> None:
    begin_parting(actor=actor, bulk=bulk, reason="台账弄错了")
    run_waiting()
    bulk.refresh_from_db()
    assert bulk.parted_at


def subject(number: int, colour: str) -> UUID:
    return VehicleCard.objects.visible(()).get(plate=plate(number), colour=colour).vehicle_id


@pytest.mark.usefixtures("seven")
def test_one_act_joins_what_has_one_colour_and_leaves_the_rest(registrar: User) -> None:
    found = judged(HERE, pairs_of_plates(ZIYANG))
    assert Counter(each.verdict for each in found) == {"join": 5, "several": 2}
    bulk = done(registrar)
    assert vehicles() == {**{plate(n): ["2"] for n in range(5)}, plate(5): ["", "1", "2"], plate(6): [""]}
    assert bulk.left == {"several": 2}
    assert standing_of(bulk).stand == 5
    assert len(vehicle_file(HERE, subject(0, "2")).drivers) == 1
    assert Counter(Likeness.objects.values_list("register", flat=True)) == {"vehicle": 2}
    told = AuditEntry.objects.filter(target_kind="bulk_merge").order_by("seq")
    assert list(told.values_list("action", flat=True)) == [
        "people.bulk_merge.begun",
        "people.bulk_merge.done",
    ]
    assert AuditEntry.objects.filter(action="people.vehicle.merged").count() == 10
    assert verify_chain().whole


@pytest.mark.usefixtures("seven")
def test_again_changes_nothing(registrar: User) -> None:
    done(registrar)
    after = everything()
    second = done(registrar)
    assert everything() == after
    assert standing_of(second).stand == 0
    assert Merge.objects.count() == 5


@pytest.mark.usefixtures("seven")
def test_undone_as_a_whole_leaves_links_made_by_hand(registrar: User) -> None:
    by_hand = merge_files(
        actor=registrar, register="vehicle", leaf=subject(0, ""), canonical=subject(0, "2"), reason=REASON
    )
    before = everything()
    bulk = done(registrar)
    assert standing_of(bulk).stand == 4
    undone(registrar, bulk)
    assert everything() == before
    by_hand.refresh_from_db()
    assert by_hand.undone_at is None
    assert (standing_of(bulk).stand, standing_of(bulk).together) == (0, 4)
    assert verify_chain().whole
    # Undone as a whole, it may be done again.
    assert standing_of(done(registrar)).stand == 4
    unmerge_files(actor=registrar, merge=by_hand.pk, reason=REASON)


@pytest.mark.usefixtures("seven")
def test_parted_by_itself_stays_parted(registrar: User) -> None:
    bulk = done(registrar)
    pair = Merge.objects.filter(bulk=bulk.pk).first()
    assert pair
    unmerge_files(actor=registrar, merge=pair.pk, reason="是两辆车")
    find_likenesses()
    assert Likeness.objects.filter(one=min(pair.leaf, pair.canonical)).exists()
    again = done(registrar)
    assert again.left == {"several": 2, "parted": 1}
    assert standing_of(again).stand == 0
    undone(registrar, bulk)
    standing = standing_of(bulk)
    assert (standing.stand, standing.alone, standing.together) == (0, 1, 4)
    assert not Leaf.objects.exists()
    assert not LeafName.objects.exists()


@pytest.mark.usefixtures("seven")
def test_told_apart_is_left_out(registrar: User) -> None:
    plain = subject(1, "")
    likely = next(row for row in Likeness.objects.all() if plain in (row.one, row.other))
    tell_apart(actor=registrar, likeness=likely.pk, reason="已核对，是两辆车")
    assert done(registrar).left == {"apart": 1, "several": 2}
    assert vehicles()[plate(1)] == ["", "2"]


@pytest.mark.usefixtures("seven")
def test_another_colour_within_the_reach_is_left_out() -> None:
    ledger([(plate(1), "蓝")], region=HANBIN)
    city = user_with("registrar", "610900")
    found = judged(city.scope_for("people.merge"), pairs_of_plates(ZIYANG))
    assert Counter(each.verdict for each in found) == {"join": 4, "several": 3}
    # The county does not learn what another county knows.
    assert Counter(each.verdict for each in judged(HERE, pairs_of_plates(ZIYANG)))["join"] == 5
    assert done(city).left == {"several": 3}
    assert vehicles()[plate(1)] == ["", "2"]
    assert vehicles(HANBIN) == {plate(1): ["1"]}


@pytest.mark.usefixtures("seven")
def test_cut_off_it_goes_on_and_does_nothing_twice(registrar: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_merging, "STEP", 2)
    bound, real = [], merging.bind

    def second_dies(*args: Any) -> None:
        bound.append(args)
        if len(bound) == 2:
            raise RuntimeError
        real(*args)

    monkeypatch.setattr(bulk_merging, "bind", second_dies)
    bulk = begin_joining(actor=registrar, region=ZIYANG, reason=REASON)
    run_waiting()
    assert 0 < standing_of(bulk).stand < 5
    monkeypatch.setattr(bulk_merging, "bind", real)
    Job.objects.filter(kind=bulk_merging.JOINING).update(run_after=bulk.made_at)
    run_waiting()
    bulk.refresh_from_db()
    assert bulk.ended_at
    assert (standing_of(bulk).stand, bulk.left) == (5, {"several": 2})


@pytest.mark.usefixtures("seven")
def test_cancelled_keeps_what_is_done_and_can_be_gone_on_with_or_undone(
    registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()
    monkeypatch.setattr(bulk_merging, "STEP", 2)
    real = merging.bind

    def and_somebody_cancels(*args: Any) -> None:
        real(*args)
        Job.objects.filter(kind=bulk_merging.JOINING).update(cancel_requested=True)

    monkeypatch.setattr(bulk_merging, "bind", and_somebody_cancels)
    monkeypatch.setattr("chelun.platform.jobs.context.WRITE_EVERY_SECONDS", 0)
    bulk = begin_joining(actor=registrar, region=ZIYANG, reason=REASON)
    with pytest.raises(Refused):
        begin_joining(actor=registrar, region=ZIYANG, reason=REASON)
    with pytest.raises(Refused):
        begin_parting(actor=registrar, bulk=bulk, reason=REASON)
    run_waiting()
    bulk.refresh_from_db()
    assert bulk.ended_at is None
    assert 0 < standing_of(bulk).stand < 5
    monkeypatch.setattr(bulk_merging, "bind", real)
    go_on(actor=registrar, bulk=bulk)
    run_waiting()
    bulk = BulkMerge.objects.get()
    assert bulk.ended_at
    assert standing_of(bulk).stand == 5
    with pytest.raises(Refused):
        go_on(actor=registrar, bulk=bulk)
    undone(registrar, bulk)
    assert everything() == before
    with pytest.raises(Refused):
        begin_parting(actor=registrar, bulk=bulk, reason=REASON)


@pytest.mark.usefixtures("seven")
def test_cancelled_before_it_began_it_may_be_undone_and_a_late_retry_does_nothing(registrar: User) -> None:
    bulk = begin_joining(actor=registrar, region=ZIYANG, reason=REASON)
    job = Job.objects.get(kind=bulk_merging.JOINING)
    cancel(actor=registrar, job=job)
    undone(registrar, bulk)
    Job.objects.filter(pk=job.pk).update(state="queued", cancel_requested=False)
    run_waiting()
    assert not Merge.objects.exists()


@pytest.mark.usefixtures("seven")
def test_what_was_corrected_since_stays_with_the_file_that_is_kept(client: Client, registrar: User) -> None:
    bulk = done(registrar)
    kept = subject(0, "2")
    correct_file(actor=CLERK, register="vehicle", subject=kept, home=ZIYANG, raw={"vehicle_type": "轻型货车"})
    logged_in(client, registrar)
    asked = client.get(reverse("people:bulk_merge_undo", args=[bulk.pk])).content.decode()
    assert "轻型货车" in asked
    assert plate(0) in asked
    undone(registrar, bulk)
    assert VehicleCard.objects.visible(()).get(vehicle=kept).vehicle_type == "轻型货车"


@pytest.mark.usefixtures("seven")
def test_rows_that_come_later_find_the_joined_vehicle_and_stand_apart_when_undone(registrar: User) -> None:
    bulk = done(registrar)
    roster([plate(0), plate(1), plate(6)], source="另一名册")
    assert vehicles() == {**{plate(n): ["2"] for n in range(5)}, plate(5): ["", "1", "2"], plate(6): [""]}
    undone(registrar, bulk)
    assert vehicles()[plate(0)] == ["", "2"]


@pytest.mark.usefixtures("seven")
def test_who_may_not_join_here_may_not_do_it_in_bulk(client: Client) -> None:
    for stranger in (user_with("clerk", ZIYANG), user_with("registrar", HANBIN)):
        with pytest.raises(NotFound):
            begin_joining(actor=stranger, region=ZIYANG, reason=REASON)
    bulk = done(user_with("registrar", "610900"))
    with pytest.raises(NotFound):
        begin_parting(actor=user_with("registrar", HANBIN, username="other"), bulk=bulk, reason=REASON)
    logged_in(client, user_with("clerk", ZIYANG, username="clerk.two"))
    assert (
        reverse("people:bulk_merge_new") not in client.get(reverse("people:likeness_list")).content.decode()
    )
    assert client.get(reverse("people:bulk_merge_new")).status_code == 404


@pytest.mark.usefixtures("seven")
def test_right_that_is_gone_when_the_job_runs_joins_nothing(registrar: User) -> None:
    begin_joining(actor=registrar, region=ZIYANG, reason=REASON)
    registrar.is_active = False
    registrar.save()
    run_waiting()
    assert not Merge.objects.exists()


@pytest.mark.usefixtures("seven")
def test_pages_show_ask_join_and_undo(client: Client, registrar: User) -> None:
    logged_in(client, registrar)
    new = reverse("people:bulk_merge_new")
    assert new in client.get(reverse("people:likeness_list")).content.decode()
    shown = client.get(new).content.decode()
    assert "确认合并 5 对" in shown
    assert "这个车牌有几种颜色" in shown
    several = client.get(new, {"region": ZIYANG, "why": "several"}).content.decode()
    assert plate(5) in several
    assert plate(0) not in several
    assert client.post(new, {"reason": "是"}).status_code == 422
    answer = client.post(new, {"reason": REASON})
    bulk = BulkMerge.objects.get()
    assert answer["Location"] == reverse("people:bulk_merge", args=[bulk.pk])
    assert "正在合并" in client.get(answer["Location"]).content.decode()
    run_waiting()
    page = client.get(answer["Location"]).content.decode()
    rows = f"{reverse('people:merge_list')}?bulk={bulk.pk}&amp;state=standing"
    assert rows in page
    assert client.get(rows.replace("&amp;", "&")).content.decode().count(plate(0)) >= 1
    assert client.get(reverse("people:merge_list"), {"bulk": "x"}).status_code == 404
    undo = reverse("people:bulk_merge_undo", args=[bulk.pk])
    assert client.post(undo, {"reason": ""}).status_code == 422
    assert client.post(undo, {"reason": "台账弄错了"}).status_code == 302
    run_waiting()
    assert "已整批拆分" in client.get(answer["Location"]).content.decode()
    assert "这个地区没有可以批量合并的车牌" not in client.get(new).content.decode()


def test_page_of_a_city_asks_for_the_place(client: Client) -> None:
    for region in (ZIYANG, HANBIN):
        roster([plate(1)], region=region)
        ledger([(plate(1), "黄")], region=region)
    find_likenesses()
    logged_in(client, user_with("registrar", "610900"))
    shown = client.get(reverse("people:bulk_merge_new")).content.decode()
    assert f"region={ZIYANG}" in shown
    assert f"region={HANBIN}" in shown
    assert client.get(reverse("people:bulk_merge_new"), {"region": "513436"}).status_code == 404


def test_hundred_pairs_of_a_step_take_as_many_queries_as_ten(
    registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts, step = [], bulk_merging._join_step

    def counted(*args: Any) -> None:
        with CaptureQueriesContext(connection) as queries:
            step(*args)
        counts.append(len(queries))

    monkeypatch.setattr(bulk_merging, "_join_step", counted)
    for first, many in ((0, 10), (100, 90)):
        plates = [plate(first + n) for n in range(many)]
        roster(plates, source=f"名册{first}")
        ledger([(each, "黄") for each in plates], source=f"台账{first}")
        find_likenesses()
        assert standing_of(done(registrar)).stand == many
    # Hundred rows of a wide table are more parameters than SQLite takes in one statement.
    assert counts[1] <= counts[0] + 4


@pytest.mark.parametrize(
    ("one", "other", "apart", "coloured", "expected"),
    [
        ("", "2", False, {"b"}, "join"), ("2", "", False, {"a"}, "join"), ("", "2", True, {"b"}, "apart"),
        ("", "2", False, {"a", "b"}, "several"), ("", "2", False, {"c"}, "several"), ("", "", False, set(), "stale"),
        ("1", "2", False, {"a", "b"}, "stale"), (None, "2", False, {"b"}, "stale"), ("", None, False, set(), "stale"),
    ],
)  # fmt: skip
def test_rule(one: str | None, other: str | None, apart: bool, coloured: set[str], expected: str) -> None:
    keys = {"a": UUID(int=1), "b": UUID(int=2), "c": UUID(int=3)}
    sides = [
        None if colour is None else PlateKnown(keys[name], "陕G00001", colour)
        for name, colour in (("a", one), ("b", other))
    ]
    against = Against({"陕G00001": {keys[name] for name in coloured}}, (), ())
    assert verdict(PlatePair(sides[0], sides[1], apart), against) == expected


def test_holding_the_place_is_noticed(registrar: User, seven: None) -> None:
    before = held_state(ZIYANG)
    done(registrar)
    assert (held_state(ZIYANG) or 0) > (before or 0)
