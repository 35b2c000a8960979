"""A place learns nothing of whom another place knows: not by a form, not by an import, not by an address."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chelun.people.addresses import unveil, veil
from chelun.people.models import Person, PersonCard
from chelun.people.selectors import Filters, person_file, person_list
from chelun.people.services.door import register_person
from chelun.people.services.intake.ledger import open_facts
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, outcome, phone, scope_of, sheet
from chelun.platform.accounts.models import User
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.privacy.keys import keys_of
from chelun.platform.sheets.models import SheetImport

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = number(11), number(13)


@pytest.fixture
def clerk() -> User:
    """A clerk of the county that does not know him."""
    return user_with("clerk", HANBIN)


@pytest.fixture(autouse=True)
def _known_elsewhere() -> None:
    raw = {
        "name": "王伟",
        "id_number": KNOWN,
        "phone": phone(1),
        "kinds": "出租车",
        "address": "紫阳县秘密地址",
    }
    register_person(actor=CLERK, region=ZIYANG, raw=raw)


def raw_of(id_number: str) -> dict[str, str]:
    return {"name": "王伟", "id_number": id_number, "phone": phone(7), "kinds": "货车"}


def page_of(client: Client, person: UUID, **query: str) -> str:
    """A person's page without what two persons always differ in."""
    text = client.get(reverse("people:person_detail", args=[person]), query).content.decode()
    text = re.sub(r"[0-9a-f]{32}|[0-9a-f-]{36}", "KEY", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"61\*+\d[\dX]|\d\d:\d\d", "MASK", text)


def cards(region: str) -> list[PersonCard]:
    return list(person_list(scope_of(region), Filters()))


def test_form_answers_alike_for_known_and_unknown(client: Client, clerk: User) -> None:
    logged_in(client, clerk)
    found = [register_person(actor=clerk, region=HANBIN, raw=raw_of(each)) for each in (KNOWN, UNKNOWN)]
    assert [brought.outcome for brought in found] == ["created", "created"]
    known, unknown = (brought.subject for brought in found)
    assert known
    assert unknown
    for part in ("", "history", "looks"):
        assert page_of(client, known, part=part) == page_of(client, unknown, part=part)


def test_import_counts_alike_and_shows_only_its_own() -> None:
    rows = [["王伟", each, phone(7), "货车", "", ""] for each in (KNOWN, UNKNOWN)]
    imports = [bring(sheet([row]), region=HANBIN, source=f"名册{n}") for n, row in enumerate(rows)]
    assert outcome(imports[0]) == outcome(imports[1]) == {"created": 1}
    assert imports[0].counts == imports[1].counts
    keys = keys_of(Person.objects.values_list("id", flat=True))
    facts = [open_facts(keys[card.person_id], bytes(card.sealed)) for card in cards(HANBIN)]
    assert all(each["phones"] == [phone(7)] and "address" not in each for each in facts)
    assert {card.kind for card in cards(HANBIN)} == {"truck"}
    assert [card.kind for card in cards(ZIYANG)] == ["taxi"]


def test_files_hold_only_the_readers_places() -> None:
    bring(sheet([["王伟", KNOWN, phone(7), "货车", "", ""]]), region=HANBIN)
    person = Person.objects.exclude(id_index=None).get().pk
    here, there = person_file(scope_of(HANBIN), person), person_file(scope_of(ZIYANG), person)
    assert (here.held.homes, there.held.homes) == ((HANBIN,), (ZIYANG,))
    assert here.held.value("kinds") == ["truck"]
    assert there.held.value("kinds") == ["taxi"]
    city = person_file(scope_of("610900"), person)
    assert set(city.held.homes) == {HANBIN, ZIYANG}
    assert city.held.facts["kinds"].disputed


def test_readers_of_another_place_do_not_show(client: Client, clerk: User) -> None:
    brought = register_person(actor=clerk, region=HANBIN, raw=raw_of(KNOWN))
    other = logged_in(Client(), user_with("clerk", ZIYANG, username="other.reader"))
    assert other.get(reverse("people:person_detail", args=[brought.subject])).status_code == 200
    mine = logged_in(client, clerk)
    shown = mine.get(reverse("people:person_detail", args=[brought.subject]), {"part": "looks"})
    assert "other.reader" not in shown.content.decode()


@pytest.mark.parametrize("typed", [KNOWN, phone(1), "王 0001", "王伟"])
def test_search_out_of_scope_is_as_for_nobody(client: Client, clerk: User, typed: str) -> None:
    logged_in(client, clerk)

    def answer(text: str) -> Any:
        page = client.post(reverse("people:search"), {"q": text}, follow=True)
        return page.status_code, "没有找到" in page.content.decode(), "王伟</a>" in page.content.decode()

    assert answer(typed) == answer(
        {KNOWN: UNKNOWN, phone(1): phone(99), "王 0001": "王 9999"}.get(typed, "赵无")
    )


def test_address_hides_when_somebody_became_known() -> None:
    first, second = Person.objects.get().pk, UUID("0190a7c2-0000-7000-8000-000000000001")
    assert unveil(veil(first)) == first
    assert unveil(veil(second)) == second
    assert veil(first)[:8] != first.hex[:8]
    assert veil(UUID(int=second.int + 1))[:8] != veil(second)[:8]


def told_by_command(tmp_path: Path, clerk: User, id_number: str) -> tuple[dict[str, Any], list[Any]]:
    """What `chelun import --json` says of a sheet of three rows, and what the import's pages are made of; then taken back."""
    path = tmp_path / "名册.xlsx"
    rows = [
        ("王伟", id_number, phone(7), "货车"),
        ("王伟", "", phone(7), ""),
        ("王伟", id_number[:-1] + "Z", "1", ""),
    ]
    path.write_bytes(sheet(rows, ("姓名", "身份证号", "联系电话", "从业类别")).read())
    said = StringIO()
    with transaction.atomic():
        call_command(
            "import", str(path), "--as", clerk.username, "--source", "名册", "--json", "--yes", stdout=said
        )
        one = SheetImport.objects.get()
        shown = [one.counts, one.dropped, one.warnings, one.state, one.error]
        transaction.set_rollback(True)
    told: dict[str, Any] = json.loads(said.getvalue())
    return {key: value for key, value in told.items() if key not in ("import", "refusals")}, shown


def test_command_says_the_same_of_known_and_unknown(tmp_path: Path, clerk: User) -> None:
    known, unknown = (told_by_command(tmp_path, clerk, each) for each in (KNOWN, UNKNOWN))
    assert known == unknown
    assert (known[0]["created"], known[0]["refused"]) == (1, 1)
