"""Firms whose files are joined: lights, counts and registers speak of one firm, and of two again when it is parted."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from chelun.firms.displays.books import StaffBook
from chelun.firms.models import FirmStanding, Stay
from chelun.firms.selectors import gathering
from chelun.firms.selectors.registers import names_of, registers_of, standing_in, stays_as_of
from chelun.firms.services.deciding import decide_rule
from chelun.firms.services.listing import list_by_hand
from chelun.firms.services.reviewing import review_firms
from chelun.firms.tests.desk import CLERK, NAME, TODAY, ZIYANG, firm, scope_of, shown, staff, truck
from chelun.firms.tests.test_by_hand import GROUND, LARGE
from chelun.firms.tests.test_registers import THREE
from chelun.firms.thresholds import FLEET
from chelun.people.models import EnterpriseCard
from chelun.people.services.door import bring
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
SHORT = "示例货运"
HERE = scope_of(ZIYANG)


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


@pytest.fixture
def full() -> UUID:
    """The firm of the ledger with three staff and two vehicles."""
    found = firm()
    staff(NAME, 3)
    for n in range(2):
        truck(n, NAME)
    return found


@pytest.fixture
def short(full: UUID) -> UUID:
    """The same firm as rosters write it: two of the staff once more and one other, two vehicles."""
    for n, letter in ((1, "乙"), (2, "丙"), (3, "丁")):
        raw = {"name": f"单{letter}", "phone": f"199{n:08}", "kinds": "货车", "enterprise": SHORT}
        bring("person", actor=CLERK, region=ZIYANG, raw=raw, as_of=TODAY, source="平台")
    for n in range(2, 4):
        truck(n, SHORT)
    found: UUID = EnterpriseCard.objects.get(name=SHORT, superseded_by=None).enterprise_id
    assert found != full
    return found


def joined(short: UUID, full: UUID) -> UUID:
    return merge_files(
        actor=user_with("registrar", ZIYANG),
        register="enterprise",
        leaf=short,
        canonical=full,
        reason="同一家企业",
    ).pk


def standings() -> dict[UUID, tuple[int, int, dict[str, int]]]:
    review_firms(today=TODAY)
    rows = FirmStanding.objects.all()
    return {row.enterprise_id: (row.staff, row.vehicles, row.vehicle_kinds) for row in rows}


@pytest.mark.parametrize("at_once", [1, gathering.CHUNK])
def test_standing_counts_all_leaves_and_who_is_of_both_once(
    full: UUID, short: UUID, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "CHUNK", at_once)
    before = standings()
    assert {firm: row[:2] for firm, row in before.items()} == {full: (3, 2), short: (3, 2)}
    merge = joined(short, full)
    assert standings() == {full: (4, 4, {"truck": 4})}
    row = FirmStanding.objects.get()
    assert (row.without_id, row.gaps) == (4, 4)
    unmerge_files(actor=CLERK, merge=merge, reason="其实是两家")
    assert standings() == before


def test_lights_of_the_file_count_as_the_list_does(full: UUID, short: UUID) -> None:
    alone = shown(full)
    merge = joined(short, full)
    # The leaf's staff and facts are those of the one firm now.
    assert shown(full)["staff"] == "on"
    unmerge_files(actor=CLERK, merge=merge, reason="其实是两家")
    assert shown(full) == alone


def test_firm_reaches_a_threshold_with_both_and_leaves_it_when_parted(full: UUID, short: UUID) -> None:
    decide_rule(actor=CLERK, rule=replace(THREE, since=TODAY))
    review_firms(today=TODAY)
    assert not Stay.objects.exists()
    merge = joined(short, full)
    review_firms(today=TODAY)
    assert [stay.enterprise_id for stay in stays_as_of(HERE, FLEET, TODAY)] == [full]
    unmerge_files(actor=CLERK, merge=merge, reason="其实是两家")
    review_firms(today=TODAY + timedelta(days=1))
    assert not stays_as_of(HERE, FLEET, TODAY + timedelta(days=1)).exists()


def test_stay_of_a_leaf_goes_on_as_that_of_the_joined_firm(full: UUID, short: UUID) -> None:
    decide_rule(actor=CLERK, rule=replace(THREE, at_least=2, since=TODAY))
    review_firms(today=TODAY)
    merge = joined(short, full)
    review_firms(today=TODAY + timedelta(days=1))
    assert not Stay.objects.exclude(to_day=None).exists()
    (stay,) = stays_as_of(HERE, FLEET, TODAY)
    assert names_of([(stay.enterprise_id, stay.home)])[stay.enterprise_id, stay.home].name == NAME
    assert {each.rule.register: each.inside for each in registers_of(HERE, ZIYANG, TODAY)}[FLEET] == 1
    assert len(standing_in(HERE, [full, short], [ZIYANG], TODAY)) == 1
    assert not standing_in(HERE, [full, short], [ZIYANG], TODAY - timedelta(days=1))
    unmerge_files(actor=CLERK, merge=merge, reason="其实是两家")
    review_firms(today=TODAY + timedelta(days=2))
    assert {each.enterprise_id for each in stays_as_of(HERE, FLEET, TODAY)} == {full, short}
    assert not Stay.objects.exclude(to_day=None).exists()


def test_staff_of_a_register_is_that_of_all_leaves(full: UUID, short: UUID) -> None:
    decide_rule(actor=CLERK, rule=replace(THREE, at_least=2, since=TODAY))
    review_firms(today=TODAY)
    joined(short, full)
    review_firms(today=TODAY)
    book = StaffBook(HERE, list(stays_as_of(HERE, FLEET, TODAY)), {})
    rows = list(book.table.rows)
    assert len(book.persons) == 4
    assert {row[0] for row in rows} == {NAME}
    assert len(rows) == 4


def test_list_that_names_a_leaf_means_the_joined_firm(full: UUID, short: UUID) -> None:
    decide_rule(actor=CLERK, rule=LARGE)
    joined(short, full)
    found = list_by_hand(
        actor=CLERK, register=LARGE.register, home=ZIYANG, lines=[SHORT, NAME], from_day=TODAY, ground=GROUND
    )
    assert (found.added, found.unknown) == (1, ())
    assert Stay.objects.get().enterprise_id == full
