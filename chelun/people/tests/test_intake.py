"""Rows come in: whom they belong to, what they change, what they leave alone."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chelun.people.models import Enterprise, EnterpriseCard, Person, PersonCard, PersonSource, UnresolvedRow
from chelun.people.services.intake.persons import PersonPublisher
from chelun.people.tests.desk import (
    AS_OF,
    CLERK,
    HANBIN,
    HEADS,
    ZIYANG,
    bring,
    checked,
    number,
    outcome,
    phone,
    seen,
    sheet,
    snapshot,
)
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.verifying import verify_chain
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.testing import ensure_regions
from chelun.platform.sheets.registers import Intake, StagedRow

pytestmark = pytest.mark.django_db
LI = ("李一", number(11), phone(1), "货车", "紫阳县示例货运有限公司", "陕G12345")
WANG = ("王二", number(22), phone(2), "快递", "", "")


@pytest.fixture(autouse=True)
def _regions() -> None:
    ensure_regions()


def test_person_import_creates_and_shows() -> None:
    assert outcome(bring(sheet([LI, WANG]))) == Counter(created=2)
    first, second = seen()
    assert first["id_number"] == LI[1]
    assert first["phones"] == [LI[2]]
    assert (first["kind"], first["firm"], first["plate"]) == ("truck", LI[4], "陕G12345")
    assert second["name"] == "王二"
    assert verify_chain().whole


def test_person_import_same_file_twice_changes_nothing() -> None:
    bring(sheet([LI, WANG]))
    before, rows = snapshot(), AuditEntry.objects.count()
    again = checked(sheet([LI, WANG]))
    assert snapshot() == before
    assert AuditEntry.objects.count() == rows + 1
    assert again.state == "published"
    assert PersonSource.objects.count() == 2


def test_person_import_same_rows_in_other_file_change_nothing() -> None:
    bring(sheet([LI, WANG]))
    before = snapshot()
    again = bring(sheet([WANG, LI], HEADS))
    assert outcome(again) == Counter(unchanged=2)
    assert snapshot() == before
    assert PersonSource.objects.count() == 2


def test_rows_of_one_person_are_counted_one_by_one() -> None:
    """What the second row changes is a change, whether or not the first stands in the same file."""
    again = ("李一新", LI[1], phone(9), "货车", "", "")
    expected = checked(sheet([LI, again, LI, WANG])).counts["preview"]["person"]
    assert expected == {"created": 2, "changed": 1, "unchanged": 1}
    assert outcome(bring(sheet([LI, again, LI, WANG]))) == Counter(created=2, changed=1, unchanged=1)
    assert outcome(
        bring(sheet([("李一", LI[1], phone(7)), ("李一", LI[1], phone(8))], ("姓名", "身份证号", "电话")))
    ) == Counter(changed=2)


def test_person_import_joins_known_id_number() -> None:
    bring(sheet([LI]))
    assert outcome(bring(sheet([("李一", LI[1], phone(9), "货车", "", "")]), source="平台")) == Counter(
        changed=1
    )
    assert Person.objects.count() == 1
    assert PersonCard.objects.filter(superseded_by=None).count() == 1
    (file,) = seen()
    assert file["phones"] == [phone(9)]
    assert file["firm"] == LI[4]


def test_person_import_never_joins_different_id_numbers() -> None:
    bring(sheet([LI]))
    assert outcome(bring(sheet([("李一", number(13), LI[2], "货车", "", "")]))) == Counter(created=1)
    assert len(seen()) == 2


def test_person_import_without_id_joins_by_name_and_phone() -> None:
    bring(sheet([LI]))
    joined = bring(sheet([("李一", "", LI[2], "货车", "", "")]), source="通讯录")
    assert outcome(joined) == Counter(unchanged=1)
    assert len(seen()) == 1


def test_person_import_without_id_creates_marked_person() -> None:
    assert outcome(bring(sheet([("赵三", "", phone(5), "外卖", "", "")]))) == Counter(created=1)
    assert not PersonCard.objects.get().has_id


def test_person_import_without_id_waits_when_several_fit() -> None:
    bring(sheet([LI, ("李一", number(13), LI[2], "货车", "", "")]))
    waiting = bring(sheet([("李一", "", LI[2], "货车", "", "")]), source="通讯录")
    assert outcome(waiting) == Counter(unresolved=1)
    row = UnresolvedRow.objects.get()
    assert row.reason == "several"
    assert len(row.candidates) == 2


def test_person_import_without_id_waits_on_conflict() -> None:
    bring(sheet([LI]))
    heads = ("姓名", "联系电话", "出生日期")
    waiting = bring(sheet([("李一", LI[2], "1990-01-01")], heads), source="通讯录")
    assert outcome(waiting) == Counter(unresolved=1)
    assert UnresolvedRow.objects.get().reason == "conflict"


def test_person_import_finds_persons_of_the_same_file() -> None:
    rows = [LI, ("李一", "", LI[2], "货车", "", "")]
    assert outcome(bring(sheet(rows))) == Counter(created=1, unchanged=1)


def test_person_import_elsewhere_answers_as_for_a_new_person() -> None:
    bring(sheet([LI]), region=ZIYANG)
    other = ("李一", LI[1], phone(7), "快递", "", "")
    assert outcome(bring(sheet([other]), region=HANBIN)) == Counter(created=1)
    assert Person.objects.count() == 1
    (there,) = seen(HANBIN)
    assert (there["phones"], there["firm"], there["kind"]) == ([phone(7)], "", "courier")
    (here,) = seen(ZIYANG)
    assert here["phones"] == [LI[2]]


def test_person_import_without_id_is_no_oracle_for_other_places() -> None:
    bring(sheet([LI, ("李一", number(13), LI[2], "货车", "", "")]), region=ZIYANG)
    assert outcome(bring(sheet([("李一", "", LI[2], "货车", "", "")]), region=HANBIN)) == Counter(created=1)


def test_person_import_newer_roster_of_a_source_ends_old_ties() -> None:
    bring(sheet([LI]))
    bring(sheet([(*LI[:4], "紫阳县示例快运有限公司", "")]))
    ties = snapshot()["ties"]
    assert len(ties) == 1
    assert seen()[0]["firm"] == "紫阳县示例快运有限公司"


def test_person_import_self_employed_is_no_firm() -> None:
    bring(sheet([(*LI[:4], "个体", "")]))
    assert not EnterpriseCard.objects.exists()


def test_enterprise_ledger_takes_over_mentioned_firm() -> None:
    bring(sheet([LI]))
    assert EnterpriseCard.objects.get().mentioned_only
    ledger = sheet([(LI[4], "正常经营", "12")], ("企业名称", "经营状况", "职工人数"))
    assert outcome(bring(ledger, source="企业台账"), "enterprise") == Counter(created=1)
    assert Enterprise.objects.count() == 1
    card = EnterpriseCard.objects.get(superseded_by=None)
    assert (card.mentioned_only, card.staff_stated, card.status) == (False, 12, "operating")


def test_single_door_and_bulk_door_write_the_same() -> None:
    facts = {
        "name": "李一",
        "id_number": LI[1],
        "phones": [LI[2]],
        "kinds": ["truck"],
        "birth": "1985-03-04",
        "sex": "M",
    }
    publisher = PersonPublisher(Intake(CLERK, placed(ZIYANG), "窗口", AS_OF, "form"))
    assert publisher.apply([StagedRow("", 0, facts)])["created"] == 1
    publisher = PersonPublisher(Intake(CLERK, placed(ZIYANG), "窗口", AS_OF, "form"))
    assert publisher.apply([StagedRow("", 0, facts)])["unchanged"] == 1
    assert len(seen()) == 1


def test_posts_that_are_kinds_of_work_are_known_as_such() -> None:
    """岗位 over kinds of work alone is what a roster without a column of its own says of them."""
    heads = ("姓名", "身份证号", "岗位")
    bring(sheet([("王伟", number(1), "货车司机"), ("李娜", number(2), "快递员")], heads))
    assert [person["kind"] for person in seen()] == ["courier", "truck"]


def test_posts_among_which_are_others_stay_posts() -> None:
    heads = ("姓名", "身份证号", "岗位")
    found = bring(sheet([("王伟", number(1), "货车司机"), ("李娜", number(2), "会计")], heads))
    assert outcome(found) == {"created": 2}
    assert [person["kind"] for person in seen()] == ["", ""]
    assert sorted(record.facts["position"] for record in PersonSource.objects.all()) == ["会计", "货车司机"]


def test_preview_asks_who_is_on_file_without_reading_cards_and_costs_the_same_for_more_rows() -> None:
    """What a second issue would change is foretold from the records; the cards it would replace are only named."""
    rows = [(f"单小{'甲乙丙丁'[n]}", number(11 + n), phone(n), "货车", "", "") for n in range(4)]
    bring(sheet(rows))
    asked = []
    for many in (rows[:2], rows):
        again = [(*row[:3], "公交", "", "") for row in many]
        with CaptureQueriesContext(connection) as found:
            waiting = checked(sheet(again))
        assert waiting.counts["preview"]["person"]["changed"] == len(many)
        cards = [each["sql"] for each in found if 'FROM "people_personcard"' in each["sql"]]
        assert cards
        assert not [sql for sql in cards if '"people_personcard"."sealed"' in sql]
        asked.append(len(found))
        waiting.delete()
    assert asked[0] == asked[1]
