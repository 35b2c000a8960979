"""Papers go with whoever holds them, travel with him, and what was known of them stays answerable."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from chelun.core.crypto import blind_index
from chelun.core.crypto.keys import new_ring
from chelun.people.models import Credential, CredentialCard, CredentialSource, OwnValue, Person, PersonCard
from chelun.people.selectors import Filters, credential_list
from chelun.people.selectors.past import known_then
from chelun.people.services.door import bring as by_hand
from chelun.people.services.forgetting import forget_value
from chelun.people.services.intake.ledger import open_facts
from chelun.people.services.intake.shelf import CREDENTIALS
from chelun.people.tests.desk import CLERK, HANBIN, ZIYANG, bring, number, outcome, phone, scope_of, sheet
from chelun.people.tests.test_credentials import HEADS, QUALIFICATION, ROWS
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.archives.joining import join_archive
from chelun.platform.archives.writing import write_archive
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.fields.rules import Draft
from chelun.platform.fields.services import add_field
from chelun.platform.jobs.execution import run_waiting
from chelun.platform.privacy.keys import keys_of
from chelun.platform.privacy.models import AccessRecord, SubjectKey
from chelun.platform.privacy.services.erasing import approve_erasure, propose_erasure
from chelun.platform.regions.models import Region, RegionChange
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
SECRET = "county to province"
SKILL = {
    "paper": "职业技能等级证书",
    "name": "李一",
    "id_number": number(11),
    "number": "Y003706009924500001",
}


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def texts() -> str:
    """Every column of every table but the trail's, as one text."""
    found = []
    for model in apps.get_models():
        if model._meta.label in ("audit.AuditEntry", "privacy.TombstoneDigest"):
            continue
        for row in model._default_manager.all():
            found += [str(getattr(row, field.attname)) for field in model._meta.concrete_fields]
    return "\n".join(found)


def erased(person: UUID, ground: str = "purpose_done") -> None:
    first, second = user_with("privacy_officer", ZIYANG), user_with("privacy_officer", ZIYANG)
    erasure = propose_erasure(
        actor=first, kind="person", subject=person, ground=ground, reason="已经离开行业"
    )
    approve_erasure(actor=second, erasure=erasure.pk)
    run_waiting()
    erasure.refresh_from_db()
    assert erasure.state == "done"


def test_erasing_a_person_takes_his_papers_in_every_place(client: Client) -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    bring(sheet([QUALIFICATION], HEADS), source="别县台账", region=HANBIN)
    owner = user_with("registrar", ZIYANG)
    field = add_field(
        actor=owner, region=ZIYANG, register="credential", type_="text", sealed=False, draft=Draft("存放处")
    )
    by_hand("credential", actor=owner, region=ZIYANG, raw={**SKILL, field.key: "独有的柜子"})
    person = Person.objects.get(id_index=blind_index("id_number", number(11))).pk
    papers = list(Credential.objects.filter(person=person).values_list("pk", flat=True))
    reader = logged_in(client, owner)
    reader.get(reverse("people:credential_detail", args=[papers[0]]))
    reason = {"reason": "给李一办换证"}
    reader.post(reverse("people:reveal", args=["credential", papers[0], "number"]), reason)
    assert AccessRecord.objects.filter(subject=person, what="revealed:number").exists()
    assert len(papers) == 2
    erased(person)
    assert not Credential.objects.filter(pk__in=papers).exists()
    assert not CredentialCard.objects.filter(credential__in=papers).exists()
    assert not CredentialSource.objects.filter(credential__in=papers).exists()
    assert not SubjectKey.objects.filter(subject__in=papers).exists()
    assert not OwnValue.objects.filter(subject__in=papers).exists()
    left = texts()
    for word in ("李一", number(11), "Y003706009924500001", "独有的柜子"):
        assert word not in left, word
    assert Credential.objects.count() == 2
    assert verify_chain().found == 0


def test_papers_of_somebody_who_objected_are_not_brought_again() -> None:
    bring(sheet([QUALIFICATION], HEADS), source="证照台账")
    erased(Person.objects.get().pk, "objection")
    again = bring(sheet(ROWS, HEADS), source="证照台账", as_of=date(2026, 11, 9))
    assert again.counts["outcome"]["credential"]["barred"] == 1
    assert outcome(again, "credential") == {"created": 2}
    assert not PersonCard.objects.exists()


def test_what_was_known_of_a_paper_is_answered_from_the_journal() -> None:
    bring(sheet([QUALIFICATION], HEADS), source="证照台账", as_of=date(2026, 10, 1))
    moment = datetime.now(UTC)
    bring(sheet([(*QUALIFICATION[:-1], "2034-01-09")], HEADS), source="证照台账", as_of=date(2026, 11, 1))
    paper = Credential.objects.get().pk
    scope = scope_of(ZIYANG)
    then = known_then(scope, CREDENTIALS, paper, date(2026, 11, 21), moment)
    now = known_then(scope, CREDENTIALS, paper, date(2026, 11, 21), datetime.now(UTC))
    assert (then.held.value("valid_to"), now.held.value("valid_to")) == ("2028-01-09", "2034-01-09")


def test_wrong_number_is_forgotten_on_request() -> None:
    card = by_hand(
        "credential",
        actor=CLERK,
        region=ZIYANG,
        raw={"paper": "网约车驾驶员证", "name": "李一", "id_number": number(11), "number": "A10001"},
    )
    assert card.subject
    by_hand(
        "credential",
        actor=CLERK,
        region=ZIYANG,
        raw={"paper": "网约车驾驶员证", "name": "李一", "id_number": number(11), "number": "A20002"},
    )
    forget_value(
        actor=CLERK,
        register="credential",
        subject=card.subject,
        field="number",
        value="A10001",
        reason="本人要求更正",
    )
    shown = CredentialCard.objects.get()
    assert open_facts(keys_of([shown.credential_id])[shown.credential_id], bytes(shown.sealed)) == {
        "number": "A20002"
    }


def move(settings: Settings) -> None:
    """Another installation: nothing is on file, and no key is the same."""
    with connection.constraint_checks_disabled():
        for model in apps.get_models():
            if model.__module__.startswith("chelun.") and model not in (Region, RegionChange):
                model._base_manager.all()._raw_delete(using="default")
    settings.CHELUN_KEYS = new_ring("province")


def shown() -> list[tuple[Any, ...]]:
    cards = list(credential_list(scope_of(ZIYANG), Filters()))
    keys = keys_of([card.credential_id for card in cards])
    return sorted(
        (
            card.kind,
            card.valid_to,
            card.issuer,
            card.grade,
            open_facts(keys[card.credential_id], bytes(card.sealed))["number"],
        )
        for card in cards
    )


@pytest.mark.parametrize("known", [False, True])
def test_archive_carries_papers_and_twice_is_as_once(known: bool, tmp_path: Path, settings: Settings) -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    by_hand("credential", actor=CLERK, region=ZIYANG, raw=SKILL)
    held, path = shown(), tmp_path / "ziyang.chelun"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    if known:
        bring(sheet([QUALIFICATION], HEADS), source="省里的台账", region=HANBIN)
        by_hand("credential", actor=CLERK, region=HANBIN, raw=SKILL)
    join_archive(actor=CLERK, path=path, passphrase=SECRET)
    join_archive(actor=CLERK, path=path, passphrase=SECRET)
    assert shown() == held
    assert (Credential.objects.count(), Person.objects.count()) == (4, 1)
    again = bring(sheet(ROWS, HEADS), source="证照台账")
    assert outcome(again, "credential") == {"unchanged": 3}


def test_archive_brings_no_paper_of_whom_objected_here(tmp_path: Path, settings: Settings) -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    path = tmp_path / "ziyang.chelun"
    write_archive(actor=CLERK, region=ZIYANG, path=path, passphrase=SECRET)
    move(settings)
    bring(sheet([QUALIFICATION], HEADS), source="省里的台账")
    erased(Person.objects.get().pk, "objection")
    join_archive(actor=CLERK, path=path, passphrase=SECRET)
    assert not Person.objects.exists()
    assert {card.kind for card in CredentialCard.objects.all()} == {"operation", "transport"}


def test_file_list_export_and_copy_show_papers(client: Client) -> None:
    bring(sheet(ROWS, HEADS), source="证照台账")
    reader = logged_in(client, user_with("registrar", ZIYANG))
    card = CredentialCard.objects.get(kind="qualification")
    listed = reader.get(reverse("people:credential_list")).content.decode()
    assert "李一" in listed
    assert "61**************" in listed
    assert number(11) not in listed
    for name, subject in (("person", card.person_id), ("credential", card.credential_id)):
        page = reader.get(reverse(f"people:{name}_detail", args=[subject])).content.decode()
        assert "从业资格证" in page
        assert number(11) not in page
    history = reader.get(
        reverse("people:person_detail", args=[card.person_id]) + "?part=history"
    ).content.decode()
    assert "证照：登记入册" in history
    reader.post(reverse("people:export_new", args=["credential"]), {"purpose": "到期提醒"})
    assert card.person_id
    assert AccessRecord.objects.filter(
        subject=card.person_id, subject_kind="person", what="exported"
    ).exists()
    copy = reader.post(
        reverse("people:person_copy", args=[card.person_id]), {"reason": "本人申请查阅"}
    ).content.decode()
    assert "2028-01-09" in copy


def test_paper_is_entered_on_the_file_of_its_holder(client: Client) -> None:
    person = by_hand("person", actor=CLERK, region=ZIYANG, raw={"name": "王二", "phone": phone(2)}).subject
    clerk = logged_in(client, user_with("clerk", ZIYANG))
    address = reverse("people:paper_new", args=["person", person])
    page = clerk.get(address).content.decode()
    assert "道路运输证" not in page
    assert "持证企业" not in page
    refused = clerk.post(address, {"paper": "qualification", "number": "12"})
    assert refused.status_code == 422
    clerk.post(
        address,
        {
            "paper": "qualification",
            "number": "6109240000122300001",
            "valid_to": "2030-01-01",
            "holder": "person:0",
        },
    )
    assert CredentialCard.objects.get().person_id == person
    assert clerk.post(address, {"paper": "transport"}).status_code == 422
    assert clerk.get(reverse("people:paper_new", args=["credential", person])).status_code == 404
