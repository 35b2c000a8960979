"""A township and an address that name two different places are said to, at the form and on the file; neither is changed for it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chelun.people.models import EnterpriseCard, PersonCard
from chelun.people.rules.places import ADDRESS_ELSEWHERE, named_instead
from chelun.people.services.correcting import correct_file
from chelun.people.services.corrections import correct_person
from chelun.people.tests.desk import CLERK, ZIYANG, made, number, sheet
from chelun.people.tests.desk import bring as bring_sheet
from chelun.platform.accounts.tests.factories import logged_in, user_with
from chelun.platform.regions.testing import ensure_regions

pytestmark = pytest.mark.django_db
CHENGGUAN, HAOPING = "610924100", "610924101"
TOLD, ON_FILE = "地址写的是同一个县的另一个乡镇", "登记的地址写的是"
PLACES = {"城关镇": CHENGGUAN, "蒿坪镇": HAOPING, "新城街道": "610902002", "紫阳县": ZIYANG}


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def codes(warnings: Any) -> list[str]:
    return [problem.fault.code for problem in warnings]


@pytest.mark.parametrize(
    ("township", "address", "named"),
    [
        (CHENGGUAN, "蒿坪镇", HAOPING), (CHENGGUAN, "城关镇", ""), (CHENGGUAN, "紫阳县", ""),
        (CHENGGUAN, "新城街道", ""), (CHENGGUAN, "河滨路", ""), (CHENGGUAN, "", ""), ("", "蒿坪镇", ""),
    ],
)  # fmt: skip
def test_only_another_township_of_the_same_county_is_told(township: str, address: str, named: str) -> None:
    assert named_instead(township, address, lambda text: PLACES.get(text, "")) == named


def test_corrected_address_of_another_township_is_told_and_nothing_is_guessed() -> None:
    person = made("person", name="李一", id_number=number(11), township="城关镇", address="城关镇河滨路2号")
    done = correct_person(actor=CLERK, person=person, home=ZIYANG, raw={"address": "紫阳县蒿坪镇双星村"})
    assert (done.outcome, codes(done.warnings)) == ("changed", [ADDRESS_ELSEWHERE.code])
    assert PersonCard.objects.get(superseded_by=None).township == CHENGGUAN
    done = correct_person(actor=CLERK, person=person, home=ZIYANG, raw={"township": "蒿坪镇"})
    assert (done.outcome, codes(done.warnings)) == ("changed", [])
    assert PersonCard.objects.get(superseded_by=None).township == HAOPING


def test_firm_is_told_alike() -> None:
    firm = made("enterprise", name="紫阳县示例货运有限公司", address="城关镇一路1号")
    assert EnterpriseCard.objects.get().township == CHENGGUAN
    done = correct_file(
        actor=CLERK, register="enterprise", subject=firm, home=ZIYANG, raw={"township": "蒿坪镇"}
    )
    assert codes(done.warnings) == [ADDRESS_ELSEWHERE.code]
    assert EnterpriseCard.objects.get(superseded_by=None).township == HAOPING


def test_form_and_file_say_so_until_they_agree(client: Client) -> None:
    logged_in(client, user_with("registrar", ZIYANG))
    firm = made("enterprise", name="紫阳县示例货运有限公司", township="城关镇", address="城关镇一路1号")
    file, form = (
        reverse(name, args=args)
        for name, args in (
            ("people:enterprise_detail", [firm]),
            ("people:file_correct", ["enterprise", firm]),
        )
    )
    assert ON_FILE not in client.get(file).content.decode()
    shown = client.post(
        form, {"name": "紫阳县示例货运有限公司", "township": "城关镇", "address": "蒿坪镇二路"}, follow=True
    )
    assert TOLD in shown.content.decode()
    # Later readers see it as well, with the place that the address names.
    again = client.get(file).content.decode()
    assert TOLD not in again
    assert f"{ON_FILE}蒿坪镇" in again
    client.post(form, {"name": "紫阳县示例货运有限公司", "township": "蒿坪镇", "address": "蒿坪镇二路"})
    assert ON_FILE not in client.get(file).content.decode()


def test_sheet_says_so_too_and_takes_the_row() -> None:
    heads = ("姓名", "身份证号", "乡镇", "家庭住址")
    rows = [("李一", number(11), "城关镇", "蒿坪镇双星村"), ("王二", number(22), "城关镇", "城关镇一路")]
    found = bring_sheet(sheet(rows, heads))
    assert found.counts["checked"]["warned"] == 1
    assert set(PersonCard.objects.values_list("township", flat=True)) == {CHENGGUAN}
