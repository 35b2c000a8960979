"""A field of a place, from the sheet to the file, the list, the export and the form; what becomes of it."""

from datetime import date
from typing import Any

import pytest

from chelun.core.actors import SystemActor
from chelun.core.ui import Address
from chelun.people.displays.facts import fact_lines
from chelun.people.displays.lists import LISTINGS
from chelun.people.models import OwnValue, PersonCard, PersonSource, VehicleCard
from chelun.people.selectors import Filters, person_file, person_list, vehicle_list
from chelun.people.services.corrections import correct_person
from chelun.people.services.door import RowRefused
from chelun.people.services.door import bring as bring_row
from chelun.people.tests.desk import (
    CLERK,
    HANBIN,
    HEADS,
    ZIYANG,
    bring,
    checked,
    number,
    outcome,
    phone,
    scope_of,
    sheet,
)
from chelun.platform.fields.models import OwnField
from chelun.platform.fields.rules import Draft
from chelun.platform.fields.services import add_field, change_field, draft_of, retire_field, revive_field
from chelun.platform.sheets.services.undoing import begin_undo, undo_sheet

pytestmark = pytest.mark.django_db
OWNER = SystemActor("test", "nobody")
SHAANXI = "610000"


def field(
    label: str,
    type_: str = "choice",
    register: str = "person",
    *,
    region: str = ZIYANG,
    sealed: bool = False,
    **more: Any,
) -> OwnField:
    options = (("", "城东"), ("", "城西")) if type_ == "choice" else ()
    draft = Draft(label, **{"options": options, "filtered": True, **more})
    return add_field(actor=OWNER, region=region, register=register, type_=type_, sealed=sealed, draft=draft)


def row(n: int, *own: str) -> tuple[str, ...]:
    return (f"王小{'一二三四五六七八九'[n]}", number(n), phone(n), "货车", "", "", *own)


def names(own: dict[str, str], region: str = ZIYANG) -> list[str]:
    return [card.name for card in person_list(scope_of(region), Filters.of(own))]


def lines(person: Any, region: str = ZIYANG) -> dict[str, str]:
    found = person_file(scope_of(region), person)
    return {
        str(line.label): str(line.value) for line in fact_lines("person", found.held, {}, may_reveal=False)
    }


def only_person() -> Any:
    return PersonCard.objects.get(superseded_by=None).person_id


def test_sheet_brings_it_into_record_file_and_list() -> None:
    area = field("所属片区", heads=("网格",), shown=True)
    route = field("常跑路线", "text", sealed=True)
    heads = (*HEADS, "网格", "常跑路线")
    done = bring(sheet([row(1, "城东", "美姑到西昌"), row(2, "城西", ""), row(3, "", "")], heads))
    assert outcome(done) == {"created": 3}
    record = PersonSource.objects.get(row_number=2)
    assert record.facts[area.key] == "opt1"
    assert route.key not in record.facts
    assert names({area.key: "opt1"}) == ["王小二"]
    assert names({area.key: "*"}) == ["王小二", "王小三"]
    assert names({area.key: "nonsense"}) == names({"own_cnobody": "1"}) == []
    assert names({route.key: "美姑到西昌"}) == ["王小二"]
    assert names({route.key: "美姑"}) == []
    assert not OwnValue.objects.filter(word__contains="美姑").exists()
    shown = lines(record.person_id)
    assert (shown["所属片区"], shown["常跑路线"]) == ("城东", "******")
    table = LISTINGS["person"].table(
        scope_of(ZIYANG), list(person_list(scope_of(ZIYANG), Filters())), {}, Address("/")
    )
    assert [row.cells[-1] for row in table.rows] == ["城东", "城西", ""]
    assert [str(column.label) for column in table.columns][-1] == "所属片区"


def test_row_and_column_are_named_where_a_value_is_wrong() -> None:
    field("所属片区")
    done = checked(sheet([row(1, "城南"), row(2, "城东")], (*HEADS, "所属片区")))
    assert done.counts["checked"] == {"rows": 2, "refused": 1}
    told = next(iter(done.counts["told"]["problems"].values()))
    assert (told["code"], told["rows"], told["params"]) == (
        "choice.form",
        [[0, 2]],
        {"choices": "城东、城西"},
    )


def test_what_no_roster_may_say_is_dropped_from_it_as_well() -> None:
    route = field("常跑路线", "text")
    done = bring(sheet([row(1, "他是中共党员"), *(row(n, "美姑") for n in (2, 3, 4))], (*HEADS, "常跑路线")))
    assert done.tables[0]["scrubbed"] == {"political": 1}
    assert list(OwnValue.objects.values_list("word", flat=True)) == ["美姑"] * 3
    bring_row(
        "person", actor=CLERK, region=ZIYANG, raw={"name": "李四", "phone": phone(9), route.key: "信教"}
    )
    assert OwnValue.objects.count() == 3


def test_a_column_forbidden_by_its_content_never_becomes_the_field() -> None:
    field("类型说明", "text")
    done = bring(sheet([row(n, "党员" if n % 2 else "群众") for n in range(1, 7)], (*HEADS, "类型说明")))
    assert [dropped["kind"] for dropped in done.dropped] == ["membership"] or done.dropped
    assert not OwnValue.objects.exists()


def test_places_above_and_beside() -> None:
    province = field("在线时长", "number", region=SHAANXI, unit="小时", high=24)
    field("片区甲")
    other = field("片区甲", region=HANBIN)
    assert other.key != province.key
    bring(sheet([row(1, "8", "城东")], (*HEADS, "在线时长", "片区甲")))
    done = bring(
        sheet([row(2, "9小时", "城东")], (*HEADS, "在线时长", "片区甲")), region=HANBIN, source="别处"
    )
    assert outcome(done) == {"created": 1}
    assert sorted(OwnValue.objects.filter(field=province.key).values_list("county", "number")) == [
        ("610902", 9.0),
        ("610924", 8.0),
    ]
    whole = scope_of(SHAANXI)
    assert [card.name for card in person_list(whole, Filters.of({province.key: "8.5-"}))] == ["王小三"]
    assert [card.name for card in person_list(whole, Filters.of({other.key: "opt1"}))] == ["王小三"]
    assert names({other.key: "opt1"}) == []


def test_undo_takes_it_back() -> None:
    area = field("所属片区")
    bring(sheet([row(1, "城东")], (*HEADS, "所属片区")), as_of=date(2026, 10, 1))
    second = bring(sheet([row(1, "城西")], (*HEADS, "所属片区")), source="第二份")
    assert names({area.key: "opt2"}) == ["王小二"]
    begin_undo(actor=CLERK, sheet_import=second, reason="发错了文件")
    undo_sheet(actor=CLERK, sheet_import=second)
    assert names({area.key: "opt1"}) == ["王小二"]
    assert names({area.key: "opt2"}) == []
    assert OwnValue.objects.count() == PersonCard.objects.count() == 1


def test_form_brings_corrects_and_empties_it() -> None:
    area, seats = field("所属片区"), field("家里车位", "number", low=0, high=9)
    made = bring_row(
        "person",
        actor=CLERK,
        region=ZIYANG,
        raw={"name": "李四", "phone": phone(9), area.key: "opt1", seats.key: "2"},
    )
    assert lines(made.subject)["所属片区"] == "城东"
    assert made.subject is not None
    correct_person(actor=CLERK, person=made.subject, home=ZIYANG, raw={area.key: "opt2", seats.key: ""})
    assert lines(made.subject)["所属片区"] == "城西"
    assert [value.word for value in OwnValue.objects.all()] == ["opt2"]
    with pytest.raises(RowRefused) as refused:
        correct_person(actor=CLERK, person=made.subject, home=ZIYANG, raw={seats.key: "10"})
    assert [(problem.field, problem.fault.code) for problem in refused.value.problems] == [
        (seats.key, "number.range")
    ]


def test_renaming_keeps_the_key_and_retiring_the_values() -> None:
    area = field("所属片区", shown=True)
    bring(sheet([row(1, "城东"), row(2, "城西")], (*HEADS, "所属片区")))
    renamed = Draft("责任片区", options=(("opt1", "东片"), ("", "城北")), filtered=True)
    assert change_field(actor=OWNER, field=area.pk, draft=renamed).key == area.key
    people = {card.name: card.person_id for card in PersonCard.objects.all()}
    assert lines(people["王小二"])["责任片区"] == "东片"
    assert lines(people["王小三"])["责任片区"] == "城西"
    again = checked(sheet([row(4, "城西")], (*HEADS, "责任片区")), source="第三份")
    assert again.counts["checked"]["refused"] == 1
    retire_field(actor=OWNER, field=area.pk)
    late = bring(sheet([row(5, "东片")], (*HEADS, "责任片区")), source="第四份")
    assert outcome(late) == {"created": 1}
    assert OwnValue.objects.count() == 2
    assert lines(people["王小二"])["责任片区"] == "东片"
    revive_field(actor=OWNER, field=area.pk)
    assert draft_of(OwnField.objects.get(pk=area.pk)).label == "责任片区"


def test_a_remembered_mapping_outlives_the_retired_field() -> None:
    area = field("所属片区")
    bring(sheet([row(1, "城东")], (*HEADS, "所属片区")))
    retire_field(actor=OWNER, field=area.pk)
    done = bring(sheet([row(2, "城东")], (*HEADS, "所属片区")))
    assert area.key not in done.tables[0]["mapping"].values()
    assert outcome(done) == {"created": 1}


def test_vehicles_and_firms_have_them_too() -> None:
    north = field("已装北斗", "yes_no", "vehicle", shown=True)
    bring(sheet([("陕G12345", "黄", "√"), ("陕G12346", "黄", "否")], ("车牌号", "车牌颜色", "已装北斗")))
    plates = [card.plate for card in vehicle_list(scope_of(ZIYANG), Filters.of({north.key: "yes"}))]
    assert plates == ["陕G12345"]
    made = bring_row("enterprise", actor=CLERK, region=ZIYANG, raw={"name": "紫阳货运有限公司"})
    assert made.outcome == "created"
    assert VehicleCard.objects.count() == 2


def test_many_cards_are_narrowed_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    area = field("所属片区")
    bring(sheet([row(n, "城东") for n in range(1, 6)], (*HEADS, "所属片区")))
    few = names({area.key: "opt1"})
    monkeypatch.setattr("chelun.people.selectors.owned.FEW", 2)
    assert names({area.key: "opt1"}) == few
    assert len(few) == 5


def test_reader_without_rights_elsewhere() -> None:
    area = field("所属片区")
    bring(sheet([row(1, "城东")], (*HEADS, "所属片区")))
    assert names({area.key: "opt1"}, HANBIN) == []
