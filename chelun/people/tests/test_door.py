"""Two doors, one rule book: the same raw row by the form and by a sheet gives the same verdict, facts and audit rows."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chelun.core.crypto import open_with
from chelun.core.errors import Refused
from chelun.people.choices import AT_COUNTER
from chelun.people.models import DriverTie, Engagement, PersonCard, PersonSource, UnresolvedRow
from chelun.people.services.door import RowRefused, bring, checked_row, register_person
from chelun.people.services.intake.ledger import open_facts
from chelun.people.tests.desk import CLERK, ZIYANG, number, phone
from chelun.platform.accounts.tests.factories import user_with
from chelun.platform.audit.models import AuditEntry
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.services.checking import check_sheet
from chelun.platform.sheets.services.publishing import begin_publication, publish_sheet
from chelun.platform.sheets.staging import BAD, RAW, chunks_of, read_chunk, write_chunk

pytestmark = pytest.mark.django_db
OPEN_NUMBER = number(1)
PRESENT = [
    {"name": "王伟", "id_number": OPEN_NUMBER, "phone": phone(1), "kinds": "货车"},
    {"name": "单小明", "phone": phone(2), "enterprise": "紫阳示例货运有限公司"},
    {"name": "单小明", "phone": phone(3), "sex": "女"},
]


@dataclass
class Trace:
    """Everything that a row left behind, in a form that can be compared."""

    problems: set[tuple[str, str]] = field(default_factory=set)
    facts: list[Any] = field(default_factory=list)
    cards: list[Any] = field(default_factory=list)
    ties: list[Any] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    audit: list[Any] = field(default_factory=list)


Raw = Mapping[str, str]
Door = Callable[[Raw], Trace]


class _Undo(Exception):
    """Takes an example back."""


def cell(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


CELLS = {
    "name": st.sampled_from(["王伟", "单小明", "阿力·木沙", "张*", "", "王 伟", "王伟（wang）"]),
    "id_number": cell(OPEN_NUMBER, number(2), number(2)[:-1] + "0", "5.10E+17", f" {number(3)} ", "61092419850304"),
    "phone": cell(phone(1), phone(2), phone(9), "123", f"{phone(4)}、{phone(5)}", "１９９０００００００６"),
    "sex": cell("男", "女", "?"),
    "birth": cell("1985-03-04", "1990.1.1", "2999-01-01"),
    "kinds": cell("货车", "网约车、外卖", "飞行员"),
    "enterprise": cell("紫阳示例货运有限公司", "个体", "安康示例物流公司"),
    "platform": cell("示例平台"),
    "plate": cell("陕G·12345", "陕G1234", "陕GD12345"),
    "plate_colour": cell("黄", "绿"),
    "start": cell("2024-01-01", "二〇二三年五月"),
    "end": cell("2025-01-01", "2020-01-01"),
    "address": cell("紫阳县城关镇1号", "党员"),
    "note": cell("常跑安康") | st.text(max_size=20),
}  # fmt: skip
RAW_ROWS = st.fixed_dictionaries(CELLS)


def by_form(raw: Raw) -> Trace:
    trace = Trace()
    try:
        register_person(actor=CLERK, region=ZIYANG, raw=raw)
    except RowRefused as refusal:
        trace.problems = {(problem.field, problem.fault.code) for problem in refusal.problems}
    return gathered(trace)


def by_sheet(raw: Raw) -> Trace:
    trace = Trace()
    sheet_import = staged(raw)
    check_sheet(actor=CLERK, sheet_import=sheet_import)
    bad = [row for chunk in chunks_of(sheet_import.pk, BAD) for row in read_chunk(chunk)]
    trace.problems = {(problem[1], problem[2]) for row in bad for problem in row[3]}
    sheet_import.refresh_from_db()
    begin_publication(actor=CLERK, sheet_import=sheet_import)
    publish_sheet(actor=CLERK, sheet_import=sheet_import)
    return gathered(trace)


def staged(raw: Raw) -> SheetImport:
    """An import of one row whose columns are the fields, up to the point where the rules begin."""
    columns = [{"at": at, "letter": "A", "head": name, "hidden": False} for at, name in enumerate(raw)]
    table = {
        "key": 0, "sheet": "", "rows": 1, "hidden_rows": 0, "register": "person", "columns": columns,
        "mapping": {str(at): name for at, name in enumerate(raw)},
    }  # fmt: skip
    sheet_import = SheetImport.objects.create(
        file_name="x.xlsx", digest="x", source=AT_COUNTER, as_of=localdate(), owner="test",
        state=ImportState.CHECKING, tables=[table], **placed(ZIYANG),
    )  # fmt: skip
    write_chunk(sheet_import.pk, RAW, 0, "", [[0, 0, 0, list(raw.values())]])
    return sheet_import


def gathered(trace: Trace) -> Trace:
    keys = keys_of(PersonCard.objects.values_list("person", flat=True))
    trace.facts = sorted(
        json.dumps({**row.facts, **open_facts(keys.get(row.person_id), bytes(row.sealed))}, sort_keys=True)
        for row in PersonSource.objects.filter(superseded_by=None)
    )
    cards = PersonCard.objects.filter(superseded_by=None)
    trace.cards = sorted(repr(card_values(card, keys)) for card in cards)
    trace.ties = sorted(
        repr(row)
        for rows in (
            Engagement.objects.values_list(
                "kind", "enterprise__cards__name", "platform", "position", "from_date"
            ),
            DriverTie.objects.values_list("vehicle__plate", "vehicle__colour", "from_date", "to_date"),
        )
        for row in rows
    )
    trace.waiting = sorted(UnresolvedRow.objects.values_list("reason", flat=True))
    trace.audit = [
        audit_values(entry, keys)
        for entry in AuditEntry.objects.filter(action__startswith="people.").order_by("seq")
    ]
    return trace


def card_values(card: PersonCard, keys: dict[UUID, bytes]) -> dict[str, Any]:
    left = {"id", "batch", "updated_at", "sealed", "person", "enterprise"}
    clear = {f.name: getattr(card, f.name) for f in card._meta.concrete_fields if f.name not in left}
    return {**clear, "sealed": open_facts(keys.get(card.person_id), bytes(card.sealed))}


def audit_values(entry: AuditEntry, keys: dict[UUID, bytes]) -> tuple[Any, ...]:
    def opened(text: str) -> Any:
        values = json.loads(text) if text else {}
        if "sealed" in values:
            values["sealed"] = open_with(keys[UUID(entry.target)], b64decode(values["sealed"]))
        return values

    return (entry.action, entry.actor, entry.region, entry.purpose, opened(entry.old), opened(entry.new))


def left_by(door: Door, raw: Raw, present: int, before: Door) -> Trace:
    """What a row leaves by one door after some earlier ones have come by the same or the other."""
    try:
        with transaction.atomic():
            for earlier in PRESENT[:present]:
                before(earlier)
            trace = door(raw)
            raise _Undo
    except _Undo:
        return trace


def contradicts(raw: Raw, present: int) -> bool:
    """Whether a row says something else than an earlier one that may be the same person's."""
    try:
        facts = checked_row("person", raw, placed(ZIYANG)).facts
    except RowRefused:
        return False
    for earlier in (checked_row("person", row, placed(ZIYANG)).facts for row in PRESENT[:present]):
        numbers = {each["id_number"] for each in (earlier, facts) if "id_number" in each}
        same = len(numbers) < 2 and (numbers or earlier.get("name") == facts.get("name"))
        if same and any(earlier[name] != facts[name] for name in earlier.keys() & facts.keys()):
            return True
    return False


def blank(**values: str) -> dict[str, str]:
    """A row of which only this is filled in."""
    return {**dict.fromkeys(CELLS, ""), **values}


@example(raw=blank(name="王伟", phone=phone(1), kinds="网约车、外卖"), present=1)
@example(raw=blank(name="单小明", id_number=OPEN_NUMBER), present=1)
@example(raw=blank(name="张*", id_number=OPEN_NUMBER), present=2)
@given(raw=RAW_ROWS, present=st.integers(0, 3))
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_both_doors_leave_the_same(raw: dict[str, str], present: int) -> None:
    """All rows by one door or all by the other; a form or a sheet after sheets; a sheet after forms.

    Only what was checked at the counter is not outweighed by a sheet: there the card may differ, nothing else.
    """
    sheets = left_by(by_sheet, raw, present, by_sheet)
    forms = left_by(by_form, raw, present, by_form)
    assert forms == sheets
    if present:
        assert left_by(by_form, raw, present, by_sheet) == sheets
        mixed = left_by(by_sheet, raw, present, by_form)
        if contradicts(raw, present):
            mixed = replace(mixed, cards=forms.cards, ties=forms.ties, audit=forms.audit)
        assert mixed == forms


def test_what_was_checked_at_the_counter_stands_against_a_sheet() -> None:
    raw = {"name": "王伟", "phone": phone(1), "kinds": "网约车"}
    kinds = {
        (door.__name__, before.__name__): "'kind': 'truck'" in left_by(door, raw, 1, before).cards[0]
        for door in (by_form, by_sheet)
        for before in (by_form, by_sheet)
    }
    assert [doors for doors, kept in kinds.items() if kept] == [("by_sheet", "by_form")]


@pytest.mark.parametrize("register", ["enterprise", "vehicle"])
def test_other_registers_take_a_row_by_form(register: str) -> None:
    raws = {
        "enterprise": {"name": "紫阳示例货运有限公司", "kinds": "货车", "staff": "12"},
        "vehicle": {"plate": "陕G12345", "plate_colour": "黄", "enterprise": "紫阳示例货运有限公司"},
    }
    first = bring(register, actor=CLERK, region=ZIYANG, raw=raws[register])
    again = bring(register, actor=CLERK, region=ZIYANG, raw=raws[register])
    assert (first.outcome, again.outcome) == ("created", "unchanged")
    assert first.subject
    assert REGISTERS[register].name == register


@pytest.mark.parametrize(
    ("field", "written", "kept"),
    [
        ("name", "李四（党员）", "李四"),
        ("name", "党员李四", "李四"),
        ("name", "李*（回族）", "李*"),
        ("name", "★李四", "李四"),
        ("enterprise", "示例货运有限公司（党员）", "示例货运有限公司"),
        ("position", "党支部书记", None),
        ("note", "信佛", None),
        ("address", "某镇某街（残疾）", "某镇某街"),
    ],
)
def test_form_keeps_nothing_that_a_roster_may_not_bring_in(
    field: str, written: str, kept: str | None
) -> None:
    raw = {"name": "李四", "id_number": number(7), "phone": phone(7), field: written}
    checked = checked_row("person", raw, placed(ZIYANG))
    assert checked.facts.get("masked_name" if kept == "李*" else field) == kept
    told = {problem.field for problem in checked.warnings}
    assert field in told or written.startswith("★")


def test_form_refuses_a_firm_that_is_a_party_branch() -> None:
    with pytest.raises(RowRefused) as refused:
        checked_row("enterprise", {"name": "示例公司党支部"}, placed(ZIYANG))
    assert {(problem.field, problem.fault.code) for problem in refused.value.problems} == {
        ("name", "cell.required"), ("name", "cell.aside_dropped"),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["李" + "*" * 60, "x" * 61, "李*（" + "很" * 60 + "）"])
def test_a_masked_name_is_no_longer_than_a_name(name: str) -> None:
    with pytest.raises(RowRefused) as refused:
        checked_row("person", {"name": name, "id_number": number(7)}, placed(ZIYANG))
    assert [problem.fault.code for problem in refused.value.problems] == ["name.too_long"]


def test_form_is_refused_outside_the_own_region() -> None:
    clerk = user_with("clerk", "513436")
    with pytest.raises(Refused) as refused:
        register_person(actor=clerk, region=ZIYANG, raw={"name": "王伟"})
    assert refused.value.code == "people.region.out_of_scope"
    assert not PersonCard.objects.exists()


def test_row_that_may_be_somebody_waits() -> None:
    for n in (2, 3):
        register_person(actor=CLERK, region=ZIYANG, raw={"name": "单小明", "phone": phone(n)})
    brought = register_person(actor=CLERK, region=ZIYANG, raw={"name": "单小明"})
    assert brought.outcome == "unresolved"
    assert brought.waiting == UnresolvedRow.objects.get().pk


def test_comparison_sees_something() -> None:
    trace = left_by(by_sheet, PRESENT[0], 1, by_form)
    assert all((trace.facts, trace.cards, trace.ties, trace.audit))
    assert left_by(by_form, PRESENT[1], 0, by_form) != trace
