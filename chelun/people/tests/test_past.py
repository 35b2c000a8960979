"""What was known then: every question about the past against a journal kept by hand, beside what is gone from it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chelun.core.crypto import blind_index
from chelun.core.errors import NotFound, Refused
from chelun.core.identifiers import uuid7
from chelun.people.models import Person, PersonCard, PersonSource
from chelun.people.rules.past import Span, span_of
from chelun.people.rules.ranks import Origin
from chelun.people.selectors.lists import Filters, person_list
from chelun.people.selectors.lists_then import list_then
from chelun.people.selectors.past import Then, known_then
from chelun.people.selectors.records import held
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import register_person
from chelun.people.services.forgetting import forget_value, without
from chelun.people.services.intake.shelf import PERSONS
from chelun.people.services.merging import merge_files, unmerge_files
from chelun.people.services.ranks import begin_apply, propose_rank
from chelun.people.tests.desk import (
    CLERK,
    HANBIN,
    ZIYANG,
    bring,
    checked,
    number,
    phone,
    scope_of,
    seen,
    sheet,
)
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.privacy.keys import destroy_keys
from chelun.platform.privacy.subjects import SUBJECT_TABLES
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import REGISTERS, StagedRow
from chelun.platform.sheets.services.checking import intake_of
from chelun.platform.sheets.services.publishing import begin_publication
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet
from chelun.platform.sheets.staging import GOOD, chunks_of, read_chunk

pytestmark = pytest.mark.django_db
CITY, HEADS = "610900", ("姓名", "身份证号", "联系电话", "平台")
NUMBERED = (*HEADS, "序号")
SOURCES, PLATFORMS, HOMES = ("办证系统", "平台名单"), ("甲平台", "乙平台"), (ZIYANG, HANBIN)
FOREVER = date.max


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def now() -> datetime:
    return datetime.now(UTC)


def undo(sheet_import: SheetImport) -> None:
    begin_undo(actor=CLERK, sheet_import=sheet_import, reason="传错了文件")
    undo_sheet(actor=CLERK, sheet_import=sheet_import)


@dataclass
class Line:
    """One line of the journal by hand: who said what of whom where, true on a day, known from a moment until another."""

    person: int
    home: str
    source: str
    door: str
    as_of: date
    facts: dict[str, Any]
    begin: datetime
    batch: Any = None
    end: datetime | None = None


@dataclass
class Journal:
    """The naive model: a list of lines and of rules, and nothing else."""

    lines: list[Line] = field(default_factory=list)
    rules: list[tuple[datetime, str]] = field(default_factory=list)

    def says(self, source: str, home: str, facts: dict[str, Any], person: int) -> bool:
        """Whether the source says exactly this there already."""
        return any(
            (line.source, line.home, line.person, line.facts) == (source, home, person, facts)
            and line.end is None
            for line in self.lines
        )

    def known(self, person: int, homes: tuple[str, ...], day: date, moment: datetime) -> list[Line]:
        return [
            line
            for line in self.lines
            if line.person == person and line.home in homes and line.as_of <= day
            and line.begin <= moment and (line.end is None or moment < line.end)
        ]  # fmt: skip

    def value(self, person: int, homes: tuple[str, ...], name: str, day: date, moment: datetime) -> Any:
        first = next((source for since, source in reversed(self.rules) if since <= moment), None)
        best: tuple[Any, ...] = ()
        value = None
        for place, line in enumerate(self.lines):
            if line in self.known(person, homes, day, moment) and name in line.facts:
                trust = 2 if line.door == "form" else 1
                if first and name == "phones":
                    trust = 1 if line.source == first else 0
                weight = (trust, line.as_of, place)
                if not best or weight > best:
                    best, value = weight, line.facts[name]
        return value


class Office:
    """Acts at random, through the services, and writes the journal by hand beside it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.journal = Journal()
        self.published: list[SheetImport] = []
        self.moments: list[datetime] = []
        self.lists: list[tuple[datetime, str, set[tuple[str, str, int]]]] = []

    def act(self) -> None:
        acts = [self.roster, self.roster, self.form, self.correct, self.take_back]
        self.chance.choice(acts)()
        self.look()

    def look(self) -> None:
        """Write down the moment, and what the list of each place shows."""
        self.moments.append(now())
        self.lists += [(self.moments[-1], home, listed(home)) for home in HOMES]

    def facts(self, person: int) -> dict[str, Any]:
        found: dict[str, Any] = {"name": f"李{'一二三'[person]}", "id_number": number(person + 1)}
        if self.chance.random() < 0.8:
            found["phones"] = [phone(self.chance.randrange(5))]
        if self.chance.random() < 0.6:
            found["platform"] = self.chance.choice(PLATFORMS)
        return found

    def roster(self) -> None:
        source, home = self.chance.choice(SOURCES), self.chance.choice(HOMES)
        as_of = date(2026, 9, self.chance.randrange(1, 20))
        people = self.chance.sample(range(3), self.chance.randrange(1, 4))
        rows = [(person, self.facts(person)) for person in people]
        cells = [
            (facts["name"], facts["id_number"], *facts.get("phones", [""]), facts.get("platform", ""))
            for _person, facts in rows
        ]
        cells = [(*row, str(len(self.moments))) for row in cells]
        done = bring(sheet(cells, NUMBERED), source=source, region=home, as_of=as_of)
        for person, facts in rows:
            if not self.journal.says(source, home, facts, person):
                line = Line(person, home, source, "sheet", as_of, facts, now(), done.batch_id)
                self.journal.lines.append(line)
        self.published.append(done)

    def form(self) -> None:
        person, home = self.chance.randrange(3), self.chance.choice(HOMES)
        as_of, facts = date(2026, 9, self.chance.randrange(1, 20)), self.facts(person)
        raw = {
            **{name: facts[name] for name in facts if name != "phones"},
            "phone": "".join(facts.get("phones", ())),
        }
        register_person(actor=CLERK, region=home, raw=raw, as_of=as_of)
        if not self.journal.says("窗口登记", home, facts, person):
            self.journal.lines.append(Line(person, home, "窗口登记", "form", as_of, facts, now()))

    def correct(self) -> None:
        person, home = self.chance.randrange(3), self.chance.choice(HOMES)
        card = PersonCard.objects.filter(superseded_by=None, name=f"李{'一二三'[person]}", home=home).first()
        if card is None:
            return
        telephone = phone(self.chance.randrange(5, 9))
        today = timezone.localdate()
        if self.journal.value(person, (home,), "phones", FOREVER, now()) == [telephone]:
            return
        correct_person(actor=CLERK, person=card.person_id, home=home, raw={"phone": telephone})
        self.journal.lines.append(
            Line(person, home, "窗口登记", "form", today, {"phones": [telephone]}, now())
        )

    def take_back(self) -> None:
        if not self.published:
            return
        chosen = self.published.pop(self.chance.randrange(len(self.published)))
        undo(chosen)
        for line in self.journal.lines:
            if line.batch == chosen.batch_id:
                line.end = now()
        self.forget(
            {(line.person, line.home) for line in self.journal.lines if line.batch == chosen.batch_id}
        )

    def forget(self, pairs: set[tuple[int, str]]) -> None:
        """A place that has nothing else of somebody does not remember what it took back, nor its lists him."""
        standing = {(line.person, line.home) for line in self.journal.lines if line.end is None}
        self.journal.lines = [
            line for line in self.journal.lines if (line.person, line.home) not in pairs - standing
        ]
        names = {(f"李{'一二三'[person]}", home) for person, home in pairs - standing}
        self.lists = [
            (moment, home, {each for each in shown if (each[0], home) not in names})
            for moment, home, shown in self.lists
        ]

    def decide(self) -> None:
        """The city puts one source first."""
        source = self.chance.choice(SOURCES)
        lines = {"contact": (Origin("", source),)}
        change = propose_rank(actor=CLERK, region=CITY, register="person", lines=lines, reason="这个来源更准")
        run_waiting()
        change.refresh_from_db()
        begin_apply(actor=CLERK, change=change)
        run_waiting()
        self.journal.rules.append((now(), source))
        self.look()

    def questions(self) -> Iterator[tuple[int, tuple[str, ...], date, datetime]]:
        for moment in (datetime(2020, 1, 1, tzinfo=UTC), *self.moments, now() + timedelta(days=1)):
            for person in range(3):
                for homes in ((ZIYANG,), (HANBIN,), HOMES):
                    yield (
                        person,
                        homes,
                        self.chance.choice([FOREVER, date(2026, 9, self.chance.randrange(1, 20))]),
                        moment,
                    )


def listed(home: str, moment: datetime | None = None) -> set[tuple[str, str, int]]:
    """What the list of a place shows, today or at a moment."""
    rows: Any = person_list(scope_of(home), Filters())
    if moment:
        rows = list_then(scope_of(home), "person", Filters(), moment)
    found = [(card.name, card.platform, card.sources) for card in rows]
    assert len(found) == len(set(found)) == rows.count()
    return set(found)


def key_of(person: int) -> UUID | None:
    index = blind_index("id_number", number(person + 1))
    return Person.objects.filter(id_index=index).values_list("id", flat=True).first()


def answer(person: int, homes: tuple[str, ...], day: date, moment: datetime) -> Then | None:
    subject = key_of(person)
    scope = scope_of(CITY) if len(homes) > 1 else scope_of(homes[0])
    try:
        return known_then(scope, PERSONS, subject, day, moment) if subject else None
    except NotFound:
        return None


@pytest.mark.parametrize("seed", [3, 11])
def test_past_answers_like_a_journal_kept_by_hand(seed: int) -> None:
    office = Office(seed)
    for _ in range(9):
        office.act()
    office.decide()
    for _ in range(6):
        office.act()
    told = 0
    for person, homes, day, moment in office.questions():
        then = answer(person, homes, day, moment)
        lines = office.journal.known(person, homes, day, moment)
        assert len(then.held.records if then else ()) == len(lines)
        for name in ("phones", "platform"):
            value = office.journal.value(person, homes, name, day, moment)
            assert (then.held.value(name) if then else None) == value, (person, homes, day, moment, name)
            told += value is not None
    assert told > 60
    for moment, home, shown in office.lists:
        assert listed(home, moment) == shown, (moment, home)
    for home in HOMES:
        today = {person["name"]: person.get("phones") for person in seen(home)}
        for n in range(3):
            lines = office.journal.known(n, (home,), FOREVER, now())
            named = any("name" in line.facts for line in lines)
            value = office.journal.value(n, (home,), "phones", FOREVER, now()) if named else None
            assert today.get(f"李{'一二三'[n]}") == value
    assert verify_chain().whole


def test_undoing_after_a_correction_leaves_nobody_without_a_name() -> None:
    """Only a correction would be left of him: he is not on file until a source names him again."""
    roster = bring(sheet([li(1)], HEADS))
    key = key_of(0)
    assert key is not None
    correct_person(actor=CLERK, person=key, home=ZIYANG, raw={"phone": phone(7)})
    undo(roster)
    assert seen() == []
    bring(sheet([li(1)], HEADS))
    assert [person["phones"] for person in seen()] == [[phone(7)]]


LI = ("李一", number(1), phone(1), "甲平台")


def li(telephone: int) -> tuple[str, ...]:
    return (*LI[:2], phone(telephone), LI[3])


def test_past_is_known_from_the_showing_of_its_batch_until_the_showing_of_the_undoing() -> None:
    bring(sheet([li(1)], HEADS))
    begun = now()
    second = bring(sheet([li(2)], HEADS), source="平台名单", as_of=date(2026, 11, 2))
    shown = now()
    undo(second)
    key = key_of(0)
    assert key is not None

    def told(moment: datetime) -> Any:
        return known_then(scope_of(ZIYANG), PERSONS, key, FOREVER, moment).held.value("phones")

    assert [told(moment) for moment in (begun, shown, now())] == [[phone(1)], [phone(2)], [phone(1)]]
    assert told(datetime(2026, 1, 1, tzinfo=UTC)) is None
    then = known_then(scope_of(ZIYANG), PERSONS, key, date(2026, 11, 1), shown)
    assert then.held.value("phones") == [phone(1)]


def test_past_of_somebody_is_forgotten_by_a_place_that_has_nothing_else_of_him() -> None:
    bring(sheet([li(1)], HEADS), region=HANBIN)
    roster = bring(sheet([li(1)], HEADS))
    key, shown = key_of(0), now()
    assert key is not None
    assert known_then(scope_of(ZIYANG), PERSONS, key, FOREVER, shown).held.value("name") == "李一"
    undo(roster)
    with pytest.raises(NotFound):
        known_then(scope_of(ZIYANG), PERSONS, key, FOREVER, shown)
    assert known_then(scope_of(HANBIN), PERSONS, key, FOREVER, shown).held.value("name") == "李一"
    assert bring(sheet([li(1)], HEADS)).counts["outcome"]["person"]["created"] == 1
    assert key_of(0) == key


def test_past_hides_what_was_never_published() -> None:
    bring(sheet([li(1)], HEADS))
    waiting = checked(sheet([li(2)], HEADS), source="平台名单")
    begin_publication(actor=CLERK, sheet_import=waiting)
    key = key_of(0)
    assert key is not None
    register = REGISTERS["person"].publisher(intake_of(CLERK, waiting))
    register.apply(
        [StagedRow(*row) for chunk in chunks_of(waiting.pk, GOOD, "person") for row in read_chunk(chunk)]
    )
    then = known_then(scope_of(ZIYANG), PERSONS, key, FOREVER, now() + timedelta(days=9))
    assert then.held.value("phones") == [phone(1)]
    assert len(then.held.records) == 1


def test_span_of_a_row_that_was_settled_after_its_batch_begins_with_its_writing() -> None:
    batch, undoing = uuid7(), uuid7()
    early, late, end = (datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3))
    assert span_of(late, batch, None, {batch: early}) == Span(late, None)
    assert span_of(early, batch, undoing, {batch: late, undoing: None}) == Span(late, None)
    assert span_of(early, None, undoing, {undoing: end}).holds(late)
    assert not span_of(early, None, undoing, {undoing: end}).holds(end)
    assert not span_of(early, batch, None, {batch: None}).holds(end)


def test_forgotten_value_is_gone_from_today_and_from_the_past_and_does_not_come_back() -> None:
    wrong, right = phone(1), phone(2)
    bring(sheet([li(1)], HEADS))
    bring(sheet([li(1)], HEADS), region=HANBIN)
    withdrawn = bring(sheet([li(1)], HEADS), source="平台名单")
    before = now()
    undo(withdrawn)
    key = key_of(0)
    assert key is not None
    correct_person(actor=CLERK, person=key, home=ZIYANG, raw={"phone": right})
    ask: dict[str, Any] = {"actor": CLERK, "register": "person", "subject": key, "reason": "本人要求"}
    assert forget_value(**ask, field="phones", value=wrong) == 3
    for home, value in ((ZIYANG, [right]), (HANBIN, None)):
        then = known_then(scope_of(home), PERSONS, key, FOREVER, before)
        assert then.held.value("phones") is None
        assert then.forgotten == ("phones",)
        assert [person.get("phones") for person in seen(home)] == [value]
    assert not PersonCard.objects.exclude(phone_index="").exclude(home=ZIYANG).exists()
    again = bring(sheet([(*li(1), "1")], NUMBERED), as_of=date(2026, 11, 9), region=HANBIN)
    assert again.counts["outcome"]["person"]["unchanged"] == 1
    assert seen(HANBIN)[0].get("phones") is None
    with pytest.raises(NotFound):
        forget_value(**ask, field="phones", value=wrong)
    with pytest.raises(Refused) as refusal:
        forget_value(**ask, field="name", value="李一")
    assert refusal.value.code == "people.forget.needed"
    assert verify_chain().whole


def test_past_of_a_joined_file_is_that_of_all_its_leaves() -> None:
    """As the file of today; parted again, each side has its own past, and what was forgotten is gone from both."""
    bring(sheet([li(1)], HEADS))
    key = key_of(0)
    assert key is not None
    twin = register_person(actor=CLERK, region=ZIYANG, raw={"name": "李一", "phone": phone(2)}).subject
    assert twin not in (None, key)
    assert twin is not None
    undo(bring(sheet([li(3)], HEADS), source="平台名单", as_of=date(2026, 11, 2)))
    before = now()
    registrar = user_with("registrar", ZIYANG)
    merge = merge_files(actor=registrar, register="person", leaf=twin, canonical=key, reason="同一人两次登记")

    def told(subject: UUID, moment: datetime) -> tuple[Any, set[UUID]]:
        found = known_then(scope_of(ZIYANG), PERSONS, subject, FOREVER, moment).held
        return found.value("phones"), {record.subject for record in found.records}

    assert told(key, before) == told(key, now()) == ([phone(2)], {key, twin})
    assert set(held(scope_of(ZIYANG), PERSONS, key).parts) == {key, twin}
    ask: dict[str, Any] = {"actor": CLERK, "register": "person", "subject": key, "reason": "本人要求"}
    assert forget_value(**ask, field="phones", value=phone(2)) == 1
    assert told(key, before) == ([phone(1)], {key, twin})
    assert [person["phones"] for person in seen()] == [[phone(1)]]
    unmerge_files(actor=registrar, merge=merge.pk, reason="其实是父子")
    assert told(key, before) == ([phone(1)], {key})
    assert told(twin, before) == (None, {twin})
    assert known_then(scope_of(ZIYANG), PERSONS, twin, FOREVER, before).forgotten == ("phones",)


def test_without_takes_one_of_several_values() -> None:
    facts = {"phones": ["1", "2"], "platform": "甲"}
    assert without(facts, "phones", "1") == {"phones": ["2"], "platform": "甲"}
    assert without({"phones": ["1"]}, "phones", "1") == {}
    assert without(facts, "platform", "甲") == {"phones": ["1", "2"]}
    assert without(facts, "platform", "乙") is None
    assert without(facts, "phones", "3") is None


def test_past_of_an_erased_subject_is_gone() -> None:
    """What erasing does: the declared tables are emptied of him and his key is destroyed."""
    bring(sheet([li(1)], HEADS))
    key = key_of(0)
    assert key is not None
    for table in SUBJECT_TABLES:
        if table.erase == "delete" and table.path in ("person", "subject"):
            table.model._default_manager.filter(**{table.path: key}).delete()
    destroy_keys([key])
    assert not PersonSource.objects.filter(person=key).exists()
    with pytest.raises(NotFound):
        known_then(scope_of(ZIYANG), PERSONS, key, FOREVER, now())


def test_past_page_says_what_it_rests_on_and_that_it_is_not_today(client: Client) -> None:
    bring(sheet([li(1)], HEADS))
    undo(bring(sheet([li(2)], HEADS), source="平台名单", as_of=date(2026, 11, 2)))
    page = logged_in(client, user_with("clerk", ZIYANG))
    address = reverse("people:past", args=["person", key_of(0)])
    shown = page.get(address, {"day": "2026-11-01", "moment": "2036-11-21T09:00"}).content.decode()
    assert "这不是今天的情况" in shown
    assert "数据日期不晚于 2026-11-01" in shown
    assert "199******01" in shown
    assert phone(1) not in shown
    assert "那时还没有来源提到" in page.get(address, {"moment": "2020-01-01T00:00"}).content.decode()
    assert page.get(address, {"day": "明天"}).status_code == 422
    assert address in page.get(reverse("people:person_detail", args=[key_of(0)])).content.decode()
    other = logged_in(Client(), user_with("clerk", HANBIN))
    assert other.get(address).status_code == 404
