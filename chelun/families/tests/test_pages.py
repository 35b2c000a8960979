"""The pages: what each reader sees of a family, what a look costs and leaves, the copy, requests."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from chelun.families.models import FamilyWish, Relative
from chelun.families.services.registering import note_wish
from chelun.families.tests.homes import aged, child, driver, notice, spouse
from chelun.people.displays.lists import LISTINGS
from chelun.people.tests.desk import HANBIN, ZIYANG
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.archives.carried import CARRIED, Area
from chelun.platform.privacy.addresses import veil
from chelun.platform.privacy.models import AccessRecord, Consent, Erasure
from chelun.platform.privacy.services.requests import grant_request, register_request
from chelun.platform.privacy.tests.factories import assessed
from chelun.platform.sheets.registers import REGISTERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> UUID:
    return driver()


def reader(role: str, place: str = ZIYANG) -> Client:
    """The browser of somebody."""
    return logged_in(Client(), user_with(role, place))


def text(client: Client, path: str, status: int = 200) -> str:
    """A page that must be answered so."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_drivers_file_tells_a_number_to_those_alone_who_may_know(person: UUID) -> None:
    spouse(person)
    child(person, aged(5))
    path = f"/people/persons/{veil(person)}/"
    assert "登记了 2 位家属" in text(reader("family_officer"), path)
    assert "登记了 1 位家属" in text(reader("counter"), path)
    for role in ("clerk", "member"):
        assert "家属" not in text(reader(role), path)
    page = text(reader("family_officer"), path)
    assert not [word for word in ("卡嫂甲", "卡**", "19900001234") if word in page]


def test_family_and_lists_show_names_masked_and_minors_by_their_right(person: UUID) -> None:
    grown, small = spouse(person), child(person, aged(5))
    counter, keeper = reader("counter"), reader("family_officer")
    seen = text(counter, f"/families/of/{veil(person)}/")
    assert (veil(grown.pk) in seen, veil(small.pk) in seen, "卡嫂甲" in seen) == (True, False, False)
    assert veil(small.pk) in text(keeper, "/families/minors/")
    assert veil(small.pk) not in text(keeper, "/families/")
    text(counter, "/families/minors/", 404)
    text(counter, f"/families/{veil(small.pk)}/", 404)
    text(counter, f"/families/{veil(small.pk)}/consent/", 404)
    text(reader("family_officer", HANBIN), f"/families/{veil(small.pk)}/", 404)
    detail = text(keeper, f"/families/{veil(small.pk)}/")
    assert "甄司机的子女" in detail
    assert not [word for word in ("卡娃乙", "甄监护", aged(5).isoformat()) if word in detail]
    assert f"{aged(5).year} 年" in detail
    assert AccessRecord.objects.filter(subject=small.pk, what="opened", region=ZIYANG).count() == 1


def test_registering_by_the_form_says_what_is_missing(person: UUID) -> None:
    counter, path = reader("counter"), f"/families/of/{veil(person)}/new/"
    assert "还没有生效的告知书" in text(counter, path)
    told = notice()
    sent = {"relation": "spouse", "name": "卡嫂辛", "phone": "", "how": "signed", "notice": str(told.pk)}
    answer = counter.post(path, {**sent, "purposes": ["families.contact"]})
    assert (answer.status_code, "同意联系的，要有电话" in answer.content.decode()) == (422, True)
    assert not Relative.objects.exists()
    assert counter.post(path, {**sent, "purposes": ["families.services"]}).status_code == 302
    assert Relative.objects.get().home == ZIYANG
    assert reader("registrar").post(path, sent).status_code == 404


def test_guardian_registers_a_child_by_the_form(person: UUID) -> None:
    told, keeper = notice(), reader("family_officer")
    assert "现在填了也存不下来" in text(keeper, f"/families/of/{veil(person)}/new-minor/")
    assessed(ZIYANG)
    assert "现在填了也存不下来" not in text(keeper, f"/families/of/{veil(person)}/new-minor/")
    sent = {
        "relation": "child",
        "name": "卡娃壬",
        "birth": aged(9).isoformat(),
        "how": "signed",
        "notice": str(told.pk),
    }
    path = f"/families/of/{veil(person)}/new-minor/"
    assert "请选择是谁" in keeper.post(path, sent).content.decode()
    by = {"guardian_relation": "father", "guardian_name": "甄司机", "guardian_proof": "birth"}
    assert keeper.post(path, sent | by).status_code == 302
    assert Consent.objects.get().on_behalf == "guardian"
    assert reader("counter").post(path, sent | by).status_code == 404


def test_value_is_revealed_for_a_reason_and_the_copy_holds_all(person: UUID) -> None:
    small, keeper = child(person, aged(5)), reader("family_officer")
    path = f"/families/{veil(small.pk)}/"
    assert keeper.post(f"{path}reveal/name/", {"reason": "短"}).status_code == 422
    assert "卡娃乙" in keeper.post(f"{path}reveal/name/", {"reason": "核对夏令营名单"}).content.decode()
    assert keeper.post(f"{path}reveal/phone/", {"reason": "核对夏令营名单"}).status_code == 404
    copy = keeper.post(f"{path}copy/", {"reason": "监护人要求复制"}).content.decode()
    assert not [word for word in ("卡娃乙", aged(5).isoformat(), "甄监护", "第三十一条") if word not in copy]
    looks = set(AccessRecord.objects.filter(subject=small.pk).values_list("what", flat=True))
    assert looks == {"revealed:name", "revealed:whole", "printed"}
    assert "监护人要求复制" in text(keeper, path)
    assert reader("counter").post(f"{path}copy/", {"reason": "监护人要求"}).status_code == 404
    assert reader("registrar").post(f"{path}reveal/name/", {"reason": "核对名单"}).status_code == 404


def test_withdrawing_on_the_page_erases(person: UUID) -> None:
    small, keeper = child(person, aged(5)), reader("family_officer")
    asked = re.search(
        r'href="(/families/[^"]*/withdraw/[^"]*)"', text(keeper, f"/families/{veil(small.pk)}/")
    )
    assert asked is not None
    assert "这是最后一项同意" in text(keeper, unescape(asked[1]))
    assert Consent.objects.filter(subject=small.pk).exists()
    answer = keeper.post(unescape(asked[1]))
    assert answer["Location"] == f"/families/of/{veil(person)}/"
    assert Erasure.objects.get(subject=small.pk).ground == "withdrawn"
    text(keeper, f"/families/{veil(small.pk)}/", 404)


def test_withdrawing_on_the_page_of_privacy_leads_somewhere_that_is(person: UUID) -> None:
    relative, officer = spouse(person, "families.services"), reader("privacy_officer")
    page = text(officer, f"/privacy/consents/relative/{veil(relative.pk)}/")
    assert ("甄司机的配偶" in page, "卡嫂甲" in page, 'name="purpose"' in page) == (True, False, False)
    consent = Consent.objects.get(subject=relative.pk)
    path = f"/privacy/consents/{consent.pk}/withdraw/"
    assert (f'href="{path}"' in page, f'action="{path}"' in page) == (True, False)
    assert "这是最后一项同意" in text(officer, path)
    assert Relative.objects.filter(pk=relative.pk).exists()
    answer = officer.post(path, follow=True)
    assert answer.status_code == 200
    assert not Relative.objects.exists()


def test_wish_by_the_page_holds_relation_and_age_alone(person: UUID) -> None:
    counter, path = reader("counter"), f"/families/of/{veil(person)}/"
    assert counter.post(f"{path}wish/", {"relation": "spouse", "stage": "child"}).status_code == 422
    assert counter.post(f"{path}wish/", {"relation": "spouse", "stage": "adult"}).status_code == 302
    wish = FamilyWish.objects.get()
    assert f"/families/wishes/{wish.pk}/drop/" in text(counter, path)
    assert "配偶" in text(counter, "/families/wishes/")
    assert counter.post(f"/families/wishes/{wish.pk}/drop/").status_code == 302
    assert not FamilyWish.objects.exists()


def test_ended_consent_shows_the_tie_alone_until_it_is_given_anew(person: UUID) -> None:
    relative, counter = spouse(person), reader("counter")
    Relative.objects.update(until=timezone.localdate() - timedelta(days=1))
    path = f"/families/{veil(relative.pk)}/"
    page = text(counter, path)
    shown = [word for word in ("卡**", "199***", "1990000") if word in page]
    assert ("没有有效的同意" in page, shown) == (True, [])
    text(counter, f"{path}correct/", 404)
    sent = {"how": "shown", "notice": str(notice().pk), "purposes": ["families.services"]}
    assert counter.post(f"{path}consent/", sent).status_code == 302
    assert "卡**" in text(counter, path)


def test_drivers_copy_counts_relatives_and_tells_nothing_of_them(person: UUID) -> None:
    spouse(person)
    page = reader("counter").post(f"/people/persons/{veil(person)}/copy/", {"reason": "本人申请复制"})
    copy = page.content.decode()
    assert ("登记了 1 位家属" in copy, "卡嫂甲" in copy, "卡**" in copy) == (True, False, False)


def test_request_of_a_relative_is_carried_out(person: UUID) -> None:
    relative, officer = spouse(person), user_with("privacy_officer", ZIYANG)
    asked = register_request(
        actor=officer, subject_kind="relative", subject=relative.pk, kind="correct", on_behalf="self", identity="card",
        words="", asked={"name": "卡嫂癸"},
    )  # fmt: skip
    grant_request(actor=officer, request=asked.pk, answer="已经改正")
    page = reader("privacy_officer").post(
        f"/families/{veil(relative.pk)}/reveal/name/", {"reason": "核对更正"}
    )
    assert "卡嫂癸" in page.content.decode()


def test_archive_says_nothing_of_relatives_but_numbers_in_the_trail(person: UUID) -> None:
    grown, small = spouse(person, "families.services"), child(person, aged(5))
    keeper = reader("family_officer")
    assert keeper.post(f"/families/{veil(small.pk)}/reveal/name/", {"reason": "核对营地"}).status_code == 200
    text(keeper, f"/families/{veil(grown.pk)}/")
    consent = Consent.objects.get(subject=grown.pk)
    keeper.post(f"/families/{veil(grown.pk)}/withdraw/", {"consent": str(consent.pk)})
    assert Erasure.objects.filter(subject=grown.pk, state="done").exists()
    area = Area("610000")
    rows = [str(row) for carried in CARRIED if carried.name != "trail" for row in carried.write(area)]
    assert any(str(person) in row for row in rows)
    assert not [row for row in rows if str(grown.pk) in row or str(small.pk) in row or "卡娃乙" in row]


def test_no_export_knows_relatives() -> None:
    for names in (LISTINGS, REGISTERS.names(), CARRIED.names()):
        assert not [name for name in names if "relative" in name or "famil" in name]


def test_pages_and_copies_name_who_keeps_and_looks(person: UUID) -> None:
    keeper = user_with("family_officer", ZIYANG, username="jiashu", person_name="周专员")
    relative, client = spouse(person, actor=keeper), logged_in(Client(), keeper)
    note_wish(actor=keeper, person=person, relation="parent", stage="adult")
    copy = client.post(f"/families/{veil(relative.pk)}/copy/", {"reason": "本人来要副本"}).content.decode()
    shown = [text(client, f"/families/{veil(relative.pk)}/"), text(client, "/families/wishes/"), copy]
    # The head of each page names the reader himself.
    # The head of each page names the reader himself, with his log-in.
    assert [(page.count("周专员") > 1, page.count("jiashu")) for page in shown] == [(True, 1)] * 3
