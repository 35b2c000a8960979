"""What is beyond its term: counted, kept where the law says so, deleted where two officers switched it on, each with a proof."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from chelun.core.actors import SystemActor
from chelun.core.errors import NotFound, Refused
from chelun.people.models import CredentialCard, CredentialSource, Person, PersonCard, PersonSource
from chelun.people.services.door import bring as bring_one
from chelun.people.services.merging import merge_files
from chelun.people.services.papers import register_paper
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, checked, number, phone, sheet
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.jobs.models import Job
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.ledger import read_ledger
from chelun.platform.privacy.models import (
    AccessRecord,
    Erasure,
    Hold,
    RetentionCount,
    RetentionProof,
    RetentionSwitch,
    Tombstone,
)
from chelun.platform.privacy.rules import cut_of
from chelun.platform.privacy.services import note_opening
from chelun.platform.privacy.services.clearing import count_again, review_terms, seal_of_proof
from chelun.platform.privacy.services.erasing import propose_erasure
from chelun.platform.privacy.services.holds import release_hold, set_hold
from chelun.platform.privacy.services.requests import refuse_request, register_request
from chelun.platform.privacy.services.retention import (
    approve_switch,
    end_switch,
    pause_after_restore,
    propose_switch,
)
from chelun.platform.privacy.subjects import SUBJECT_TABLES
from chelun.platform.regions.models import PlaceSetting

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
LONG_AGO = date(2019, 5, 6)
OLD, NEW = ("甄早走", number(71), phone(71)), ("留下来", number(72), phone(72))


@pytest.fixture
def officers() -> tuple[User, User]:
    return user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)


def known(who: tuple[str, ...] = OLD, region: str = ZIYANG, day: date | None = LONG_AGO) -> UUID:
    """Somebody whom a place registered long ago, or today."""
    raw = {"name": who[0], "id_number": who[1], "phone": who[2], "kinds": "货车"}
    person = bring_one("person", actor=CLERK, region=region, raw=raw).subject
    assert person
    if day:
        rows = PersonSource.objects.filter(person=person, home=region)
        rows.update(as_of=day, known_at=timezone.now() - (timezone.localdate() - day))
    return person


def switched_on(officers: tuple[User, User], region: str = ZIYANG) -> RetentionSwitch:
    count_again()
    switch = propose_switch(actor=officers[0], region=region)
    return approve_switch(actor=officers[1], switch=switch.pk)


def night() -> Job | None:
    """What the worker does every day."""
    review_terms(SYSTEM)
    run_waiting()
    return Job.objects.filter(kind="privacy.lapse").order_by("-id").first()


def due() -> dict[str, tuple[int, int]]:
    return {row.label: (row.due, row.held) for row in RetentionCount.objects.filter(home=ZIYANG)}


def test_every_declared_table_says_how_long_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_checks(tags=["chelun"]) == []
    assert all(table.term is not None for table in SUBJECT_TABLES)


@pytest.mark.parametrize(
    ("today", "term", "day"),
    [
        (date(2026, 11, 22), "d30", date(2026, 10, 23)),
        (date(2026, 8, 31), "m6", date(2026, 2, 28)),
        (date(2028, 2, 29), "y1", date(2027, 2, 28)),
        (date(2026, 11, 22), "y3", date(2023, 11, 22)),
        (date(2026, 3, 1), "m6", date(2025, 9, 1)),
    ],
)
def test_day_before_which_a_term_is_over(today: date, term: str, day: date) -> None:
    assert cut_of(today, term) == day


def test_by_itself_it_only_counts(officers: tuple[User, User]) -> None:
    old, _new = known(), known(NEW, day=None)
    assert night() is None
    assert due()["people.Person"] == (1, 0)
    assert due()["people.PersonSource"] == due()["people.PersonCard"] == (1, 0)
    assert PersonCard.objects.filter(person=old).exists()


def test_key_is_due_with_the_last_place_that_knows_him(officers: tuple[User, User]) -> None:
    person, other = known(), known(NEW)
    assert known(region=HANBIN, day=None) == person
    register_paper(actor=CLERK, register="person", subject=other, home=ZIYANG, raw={"paper": "driving"})
    paper = CredentialCard.objects.get().credential_id
    CredentialSource.objects.update(as_of=LONG_AGO)
    PersonSource.objects.filter(home=ZIYANG).update(known_at=timezone.now() - timedelta(days=2400))
    count_again()
    # Of two files beyond their term here one is known elsewhere: its key stays. A paper's key goes with its holder's.
    assert due()["people.Person"] == (2, 0)
    assert set(keys_of([person, other, paper])) == {person, other, paper}
    assert due()["privacy.SubjectKey"] == (2, 0)
    PersonSource.objects.update(as_of=LONG_AGO, known_at=timezone.now() - timedelta(days=2400))
    count_again()
    by_home = RetentionCount.objects.filter(label="privacy.SubjectKey").values_list("home", "due")
    assert dict(by_home) == {ZIYANG: 3}
    for region in (ZIYANG, HANBIN):
        two = user_with("privacy_officer", region), user_with("privacy_officer", region)
        switched_on(two, region)
    night()
    assert keys_of([person, other, paper]) == {}
    assert "privacy.SubjectKey" not in due()


def test_key_that_is_kept_says_so(officers: tuple[User, User]) -> None:
    person = known()
    disputes(officers[0], person)
    count_again()
    assert due()["privacy.SubjectKey"] == (1, 1)


def test_a_day_more_or_less(officers: tuple[User, User]) -> None:
    """Five years to the day are still within the term; the day after they are not."""
    edge = cut_of(timezone.localdate(), "y5")
    stays, goes = known(day=edge), known(NEW, day=edge - timedelta(days=1))
    switched_on(officers)
    night()
    assert list(Person.objects.values_list("pk", flat=True)) == [stays]
    assert Erasure.objects.get().subject == goes


def test_whole_file_goes_with_key_tombstone_and_proof(officers: tuple[User, User]) -> None:
    old, new = known(), known(NEW, day=None)
    sealed = AuditEntry.objects.filter(target=str(old)).count()
    switch = switched_on(officers)
    job = night()
    assert job is not None
    assert (job.state, job.result) == ("done", {"deleted": 1}), job.error
    assert list(Person.objects.values_list("pk", flat=True)) == [new]
    assert set(keys_of([old, new])) == {new}
    erasure, stone = Erasure.objects.get(), Tombstone.objects.get()
    assert (erasure.ground, erasure.state, erasure.keys_destroyed) == ("expired", "done", 1)
    assert (erasure.proposed_by, erasure.decided_by) == (switch.proposed_by, switch.approved_by)
    assert (stone.subject, stone.bars) == (old, False)
    assert [entry.keys for entry in read_ledger().entries] == [[old]]
    proof = RetentionProof.objects.get(label="people.Person")
    assert (proof.before, proof.deleted, proof.held, proof.after) == (2, 1, 0, 1)
    assert proof.seal == seal_of_proof(proof)
    proof.deleted = 0
    assert proof.seal != seal_of_proof(proof)
    assert AuditEntry.objects.filter(target=str(old)).count() > sealed
    assert verify_chain().found == 0
    assert due() == {}


def test_place_whose_term_is_over_forgets_him_and_the_other_does_not(officers: tuple[User, User]) -> None:
    person = known()
    assert known(region=HANBIN, day=None) == person
    switched_on(officers)
    night()
    assert [card.home for card in PersonCard.objects.filter(person=person)] == [HANBIN]
    assert person in keys_of([person])
    erasure = Erasure.objects.get()
    assert (erasure.homes, erasure.keys_destroyed) == ([ZIYANG], 0)
    # The other place may forget him later: then key and identity go too.
    PersonSource.objects.update(as_of=LONG_AGO, known_at=timezone.now() - timedelta(days=2400))
    there = user_with("privacy_officer", HANBIN), user_with("privacy_officer", HANBIN)
    switched_on(there, HANBIN)
    night()
    assert not Person.objects.exists()
    assert keys_of([person]) == {}


def test_what_somebody_brings_today_is_needed_today(officers: tuple[User, User]) -> None:
    person = known(day=None)
    PersonSource.objects.update(as_of=LONG_AGO)
    switched_on(officers)
    night()
    assert Person.objects.filter(pk=person).exists()


def test_who_is_all_out_of_sight_goes_as_well(officers: tuple[User, User]) -> None:
    """Records that were taken back lie there still; nobody stays because all he has is out of sight."""
    known()
    PersonCard.objects.all().delete()
    PersonSource.objects.update(superseded_by=UUID(int=9))
    switched_on(officers)
    night()
    assert not Person.objects.exists()


def test_joined_file_goes_when_all_of_it_is_old(officers: tuple[User, User]) -> None:
    old, twin = known((OLD[0], "", OLD[2])), known(NEW, day=None)
    registrar = user_with("registrar", ZIYANG)
    merge_files(actor=registrar, register="person", leaf=old, canonical=twin, reason="同一个人")
    switched_on(officers)
    night()
    assert Person.objects.count() == 2
    PersonSource.objects.update(as_of=LONG_AGO, known_at=timezone.now() - timedelta(days=2400))
    night()
    assert not Person.objects.exists()
    assert Erasure.objects.count() == 1
    assert keys_of([old, twin]) == {}


def asks(officer: User, person: UUID) -> Callable[[], None]:
    made = register_request(
        actor=officer, subject_kind="person", subject=person, kind="looks", on_behalf="self", identity="card",
        words="谁看过我", asked={},
    )  # fmt: skip
    return lambda: void(
        refuse_request(actor=officer, request=made.pk, exception="unproven", answer="不能确认")
    )


def disputes(officer: User, person: UUID) -> Callable[[], None]:
    hold = set_hold(
        actor=officer, subject_kind="person", subject=person, ground="dispute", words="劳动仲裁第三号案",
        until=None,
    )  # fmt: skip
    return lambda: void(release_hold(actor=officer, hold=hold.pk))


def imports(officer: User, person: UUID) -> Callable[[], None]:
    waiting = checked(sheet([(*NEW, "货车", "", "")]), source="在路上的")
    return lambda: void(type(waiting).objects.filter(pk=waiting.pk).update(state="cancelled"))


def void(_value: Any) -> None:
    return None


@pytest.mark.parametrize("exception", [asks, disputes, imports])
def test_lawful_exceptions_keep_him_until_they_are_over(
    officers: tuple[User, User], exception: Callable[[User, UUID], Callable[[], None]]
) -> None:
    person = known()
    over = exception(officers[0], person)
    switched_on(officers)
    assert due()["people.Person"] == (1, 1)
    night()
    assert Person.objects.filter(pk=person).exists()
    proof = RetentionProof.objects.filter(label="people.Person").latest("id")
    assert (proof.deleted, proof.held) == (0, 1)
    over()
    night()
    assert not Person.objects.filter(pk=person).exists()


def test_hold_keeps_from_erasing_as_well_and_ends_on_its_day(officers: tuple[User, User]) -> None:
    person, (first, second) = known(), officers
    asked: Any = {"actor": first, "subject_kind": "person", "subject": person, "ground": "dispute"}
    for wrong in (
        {"words": "仲裁", "until": None},
        {"words": "劳动仲裁第三号案", "until": timezone.localdate()},
    ):
        with pytest.raises(Refused):
            set_hold(**asked, **wrong)
    with pytest.raises(NotFound):
        set_hold(
            **{**asked, "actor": user_with("privacy_officer", HANBIN)}, words="劳动仲裁第三号案", until=None
        )
    hold = set_hold(**asked, words="劳动仲裁第三号案", until=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="暂缓删除"):
        propose_erasure(actor=first, kind="person", subject=person, ground="unlawful", reason="不应当收集")
    with pytest.raises(Refused, match="已经有了"):
        set_hold(**asked, words="劳动仲裁第四号案", until=None)
    Hold.objects.filter(pk=hold.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert propose_erasure(
        actor=second, kind="person", subject=person, ground="unlawful", reason="不应当收集"
    )
    assert set_hold(**asked, words="劳动仲裁第四号案", until=None)


def test_second_officer_preview_and_terms(officers: tuple[User, User]) -> None:
    known()
    first, second = officers
    with pytest.raises(Refused, match="测算"):
        propose_switch(actor=first, region=ZIYANG)
    count_again()
    RetentionCount.objects.update(counted_at=timezone.now() - timedelta(days=4))
    with pytest.raises(Refused, match="测算"):
        propose_switch(actor=first, region=ZIYANG)
    count_again()
    for stranger in (user_with("privacy_officer", HANBIN), user_with("registrar", ZIYANG)):
        with pytest.raises(NotFound):
            propose_switch(actor=stranger, region=ZIYANG)
    switch = propose_switch(actor=first, region=ZIYANG)
    assert switch.preview["people.Person"] == [1, 0]
    with pytest.raises(Refused, match="第二位"):
        approve_switch(actor=first, switch=switch.pk)
    with pytest.raises(NotFound):
        approve_switch(actor=user_with("privacy_officer", HANBIN), switch=switch.pk)
    with pytest.raises(Refused, match="等第二人"):
        propose_switch(actor=second, region=ZIYANG)
    PlaceSetting.objects.create(region=ZIYANG, key="keep.person", value="y3", changed_by="x")
    with pytest.raises(Refused, match="期限改过"):
        approve_switch(actor=second, switch=switch.pk)
    end_switch(actor=second, switch=switch.pk)
    assert approve_switch(actor=second, switch=propose_switch(actor=first, region=ZIYANG).pk)


def test_who_shortens_a_term_alone_deletes_nothing(officers: tuple[User, User]) -> None:
    """Settings belong to the system administrator; two officers have seen five years, so five years it stays."""
    day = timezone.localdate() - timedelta(days=4 * 365)
    person = known(day=day)
    old = known(NEW)
    switched_on(officers)
    PlaceSetting.objects.create(region=ZIYANG, key="keep.person", value="y1", changed_by="x")
    night()
    assert Person.objects.filter(pk=person).exists()
    assert not Person.objects.filter(pk=old).exists()
    assert RetentionProof.objects.get(label="people.Person").term == "y5"


def test_either_officer_stops_it_and_a_restored_backup_does_not_go_on(officers: tuple[User, User]) -> None:
    known()
    switch = switched_on(officers)
    review_terms(SYSTEM)
    end_switch(actor=officers[0], switch=switch.pk)
    run_waiting()
    assert Person.objects.exists()
    again = switched_on(officers)
    assert "重新开启" in pause_after_restore(SYSTEM)
    again.refresh_from_db()
    assert (again.state, night()) != ("on", None)
    assert Person.objects.exists()
    assert pause_after_restore(SYSTEM) == ""


def looked(person: UUID, days: int, actor: Any = CLERK) -> None:
    note_opening(actor=actor, subject=person, subject_kind="person", regions=[ZIYANG])
    newest = AccessRecord.objects.latest("id")
    AccessRecord.objects.filter(pk=newest.pk).update(at=timezone.now() - timedelta(days=days))


def test_rows_with_their_own_clock_go_and_those_of_others_stay(officers: tuple[User, User]) -> None:
    person, held = known(day=None), known(NEW, day=None)
    for days, name in ((1200, "a"), (1100, "b"), (1000, "c")):
        looked(person, days, SystemActor(name))
    looked(held, 1200)
    disputes(officers[0], held)
    switched_on(officers)
    assert due()["privacy.AccessRecord"] == (3, 1)
    night()
    assert AccessRecord.objects.filter(subject=person).count() == 1
    assert AccessRecord.objects.filter(subject=held).count() == 1
    proof = RetentionProof.objects.get(label="privacy.AccessRecord")
    assert (proof.before, proof.deleted, proof.held, proof.after) == (4, 2, 1, 2)
    done = AuditEntry.objects.filter(action="privacy.retention.done", target=str(proof.pk))
    assert done.get().region == ZIYANG


def test_cancelled_run_is_proven_as_far_as_it_came(
    officers: tuple[User, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = known(day=None)
    for n in range(4):
        looked(person, 1200, SystemActor(f"reader {n}"))
    monkeypatch.setattr("chelun.platform.privacy.services.lapsing.CHUNK", 2)
    monkeypatch.setattr("chelun.platform.jobs.context.WRITE_EVERY_SECONDS", 0)
    switched_on(officers)
    review_terms(SYSTEM)
    Job.objects.filter(kind="privacy.lapse").update(cancel_requested=True)
    run_waiting()
    assert AccessRecord.objects.count() == 2
    broken = RetentionProof.objects.get()
    assert (broken.deleted, broken.done_at) == (2, None)
    night()
    broken.refresh_from_db()
    assert (broken.deleted, broken.after, broken.seal) == (2, 2, seal_of_proof(broken))
    assert not AccessRecord.objects.exists()
