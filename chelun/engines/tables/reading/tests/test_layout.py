"""Tables are found on sheets as clerks lay them out."""

import pytest

from chelun.engines.tables.reading import Cell, Unreadable, tables
from chelun.engines.tables.reading.tests.build import (
    HEADS,
    PEOPLE,
    Value,
    data,
    heads,
    kinds,
    merged,
    split,
    xlsx,
)

TEXT = [tuple(str(cell) for cell in row) for row in PEOPLE]


def test_table_reads_plain_roster() -> None:
    found, rows = split(xlsx([HEADS, *PEOPLE]))
    assert heads(found[0]) == list(HEADS)
    assert (found[0].first_row, found[0].head_rows, found[0].headless) == (2, (1,), False)
    assert data(rows) == TEXT


def test_title_and_unit_lines_stand_above_the_head() -> None:
    lines = [("某县货车司机花名册",), ("填报单位：某局", "", "", "填报日期：2026年3月1日")]
    found, rows = split(xlsx([*lines, HEADS, *PEOPLE]))
    assert found[0].title == ("某县货车司机花名册", "填报单位：某局 填报日期：2026年3月1日")
    assert found[0].head_rows == (3,)
    assert kinds(rows)[:3] == [(1, "title"), (2, "title"), (3, "head")]
    assert data(rows) == TEXT


def test_heads_of_two_lines_are_joined() -> None:
    upper = ("序号", "驾驶员", "", "", "车辆", "", "备注")
    lower = ("", "姓名", "身份证号", "电话", "号牌", "类型", "")
    body = [(1, "安小一", "999101199001010011", "13900000001", "川A00001", "重型", "")]
    wanted = ["序号", "驾驶员/姓名", "驾驶员/身份证号", "驾驶员/电话", "车辆/号牌", "车辆/类型", "备注"]
    for merges in ([], ["B1:D1", "E1:F1", "A1:A2", "G1:G2"]):
        found, rows = split(merged([upper, lower, *body], merges))
        assert heads(found[0]) == wanted
        assert found[0].head_rows == (1, 2)
        assert len(data(rows)) == 1


def test_firm_merged_over_its_drivers_is_filled_down_and_marked() -> None:
    rows = [HEADS, *[(*row[:5], row[5] if row[0] != 2 else "") for row in PEOPLE]]
    _, read = split(merged(rows, ["F2:F3"]))
    assert [cells[5] for cells in data(read)] == ["顺达物流", "顺达物流", "远航运输"]
    second = data(read)[1][5]
    assert isinstance(second, Cell)
    assert second.filled == "merged"


def test_same_as_above_is_filled_and_marked() -> None:
    rows = [HEADS, PEOPLE[0], (*PEOPLE[1][:5], "同上"), (*PEOPLE[2][:5], "〃")]
    _, read = split(xlsx(rows))
    firms = [cells[5] for cells in data(read)]
    assert firms == ["顺达物流"] * 3
    assert [firm.filled for firm in firms[1:] if isinstance(firm, Cell)] == ["ditto", "ditto"]


def test_notes_and_totals_are_told_not_dropped() -> None:
    below = [("合计", "", "3人"), ("备注：以上人员均已核实。",), ("填表人：甲", "", "审核人：乙")]
    _, rows = split(xlsx([HEADS, *PEOPLE, *below]))
    assert kinds(rows)[4:] == [(5, "total"), (6, "note"), (7, "note")]
    assert rows[-1].text == "填表人：甲  审核人：乙"


def test_repeated_head_is_skipped_and_told() -> None:
    _, rows = split(xlsx([HEADS, *PEOPLE, ("某县花名册（续）",), HEADS, *PEOPLE]))
    assert [row.number for row in rows if row.kind == "head"] == [1, 6]
    assert len(data(rows)) == 6
    assert rows[4].kind in {"title", "section", "note"}


def test_blank_rows_inside_are_skipped() -> None:
    _, rows = split(xlsx([HEADS, PEOPLE[0], (), ("", "\u3000 "), PEOPLE[1]]))
    assert [row.number for row in rows] == [1, 2, 5]


def test_tables_side_by_side_are_cut_apart() -> None:
    cars = [("车牌号", "车型"), ("川A00001", "重型"), ("川A00002", "轻型")]
    rows = [
        (*HEADS[:4], "", *cars[0]),
        (*PEOPLE[0][:4], "", *cars[1]),
        (*PEOPLE[1][:4], "", *cars[2]),
        PEOPLE[2][:4],
    ]
    found, read = split(xlsx(rows))
    assert [heads(table) for table in found] == [list(HEADS[:4]), ["车牌号", "车型"]]
    assert data(read, 2) == [("川A00001", "重型"), ("川A00002", "轻型")]
    assert len(data(read, 1)) == 3


def test_heads_that_repeat_to_the_right_are_tables_side_by_side() -> None:
    rows = [
        ("姓名", "电话") * 2,
        ("安小一", "13900000001", "安小二", "13900000002"),
        ("安小三", "13900000003", "", ""),
    ]
    found, read = split(xlsx(rows))
    assert len(found) == 2
    assert data(read, 2) == [("安小二", "13900000002")]
    assert len(data(read, 1)) == 2


def test_tables_one_under_another_are_two() -> None:
    cars = [("附：车辆表",), ("车牌号", "车型", "吨位"), ("川A00001", "重型", 12), ("川A00002", "轻型", 3)]
    found, rows = split(xlsx([HEADS, *PEOPLE, (), *cars]))
    assert [heads(table) for table in found] == [list(HEADS), ["车牌号", "车型", "吨位"]]
    assert found[1].title == ("附：车辆表",)
    assert data(rows, 2) == [("川A00001", "重型", "12"), ("川A00002", "轻型", "3")]


def test_no_head_gives_numbered_columns() -> None:
    found, rows = split(xlsx(PEOPLE))
    assert found[0].headless
    assert heads(found[0])[:2] == ["第1列", "第2列"]
    assert len(data(rows)) == 3


def test_unknown_heads_are_told_by_contrast() -> None:
    odd = ("次第", "驾乘者", "识别串", "通联", "铁骑", "归口")
    found, rows = split(xlsx([odd, *PEOPLE]))
    assert heads(found[0]) == list(odd)
    assert data(rows) == TEXT


def test_hidden_rows_columns_and_sheets_are_read_and_told() -> None:
    source = xlsx(
        [HEADS, *PEOPLE],
        hidden_rows=[3],
        hidden_columns=[3],
        more={"旧表": [HEADS, *PEOPLE]},
        hidden_sheets=["旧表"],
    )
    found, rows = split(source)
    assert [row.number for row in rows if row.hidden] == [3]
    assert [column.head for column in found[0].columns if column.hidden] == ["联系电话"]
    assert [table.sheet_hidden for table in found] == [False, True]


def test_serial_numbers_alone_are_no_people() -> None:
    _, rows = split(xlsx([HEADS, *PEOPLE, (4,), (5,)]))
    assert kinds(rows)[4:] == [(5, "serial"), (6, "serial")]


def test_name_alone_stays_a_person() -> None:
    _, rows = split(xlsx([HEADS, *PEOPLE, ("", "安小四")]))
    assert rows[-1].kind == "data"


def test_group_line_is_a_section() -> None:
    rows = [HEADS, ("一、货运企业（共2人）",), PEOPLE[0], PEOPLE[1], ("二、客运企业（共1人）",), PEOPLE[2]]
    _, read = split(xlsx(rows))
    assert [row.number for row in read if row.kind == "section"] == [2, 5]
    assert len(data(read)) == 3


def test_line_that_numbers_the_columns_belongs_to_the_head() -> None:
    _, rows = split(xlsx([HEADS, ("甲", "乙", 1, 2, 3, 4), *PEOPLE]))
    assert kinds(rows)[:2] == [(1, "head"), (2, "head")]
    assert data(rows) == TEXT


def test_text_beside_the_table_is_told() -> None:
    rows = [HEADS, *PEOPLE, *[PEOPLE[0]] * 90, (*PEOPLE[0], "", "", "此人已离职")]
    _, read = split(xlsx(rows))
    assert read[-1].aside == ("此人已离职",)


def test_tables_lists_all_sheets() -> None:
    found = tables(xlsx([HEADS, *PEOPLE], more={"第二张": [("说明",)], "第三张": [HEADS, *PEOPLE]}))
    assert [table.sheet for table in found] == ["花名册", "第三张"]


def test_group_of_one_column_does_not_cut_the_head() -> None:
    upper = ("序号", "企业名称", "经营情况", "", "党员情况", "法定代表人")
    lower = ("", "", "类别", "成立日期", "党员人数", "")
    body = [
        (1, "顺达物流", "货运", "2011-02-03", 4, "安小一"),
        (2, "远航运输", "客运", "2012-02-03", 2, "安小二"),
    ]
    for merges in ([], ["C1:D1", "A1:A2", "B1:B2", "F1:F2"]):
        found, rows = split(merged([upper, lower, *body], merges))
        assert len(found) == 1
        assert heads(found[0])[2:] == [
            "经营情况/类别",
            "经营情况/成立日期",
            "党员情况/党员人数",
            "法定代表人",
        ]
        assert len(data(rows)) == 2


def test_form_about_one_person_is_refused_with_the_way_out() -> None:
    form = [
        ("从业人员登记表",),
        ("姓名", "安小一", "性别", "男"),
        ("身份证号", "999101199001010011", "联系电话", "13900000001"),
        ("住址", "某县", "车牌号", "川A00001"),
        ("工作单位", "顺达物流"),
    ]
    with pytest.raises(Unreadable, match="登记表") as caught:
        tables(xlsx(form))
    assert caught.value.code == "form"


def test_page_of_remarks_holds_no_table() -> None:
    with pytest.raises(Unreadable) as caught:
        tables(xlsx([("填表说明：请如实填写。",), ("一、本表由各单位填写，逾期不候。",)]))
    assert caught.value.code == "no_table"


def test_column_that_only_widens_another_is_left_out() -> None:
    lines = [
        ("姓名", "", "身份证号"),
        ("安小一", "", "999101199001010011"),
        ("安小二", "", "999101199001010022"),
    ]
    found, _ = split(merged(lines, ["A1:B1", "A2:B2", "A3:B3"]))
    assert heads(found[0]) == ["姓名", "身份证号"]


def test_numbers_in_the_first_row_of_data_are_no_column_numbers() -> None:
    _, rows = split(xlsx([("单位", "2023年", "2024年", "2025年"), ("顺达", 1, 2, 3), ("远航", 4, 5, 6)]))
    assert len(data(rows)) == 2


def test_name_alone_above_a_repeated_head_is_its_title() -> None:
    lines = [("姓名", "电话", "车牌"), ("安小一", "13900000001", "川A00001")]
    _, rows = split(xlsx([("顺达公司",), *lines, (), ("远航公司",), *lines]))
    assert [row.number for row in rows if row.kind == "data"] == [3, 7]
    assert rows[3].kind == "section"


def test_line_of_words_and_values_is_no_head() -> None:
    lines = [("司机花名册",), ("单位", "顺达公司", "", "", "日期", "2026年3月"), HEADS, *PEOPLE]
    found, rows = split(xlsx(lines))
    assert [heads(table) for table in found] == [list(HEADS)]
    assert data(rows) == TEXT


def test_side_by_side_table_goes_on_while_another_begins_beside_it() -> None:
    lines: list[tuple[Value, ...]] = [
        ("姓名", "电话", "", "车牌", "车型"),
        ("安小一", "13900000001", "", "川A00001", "重"),
        ("安小二", "13900000002", "", "挂车号", "吨位"),
        ("安小三", "13900000003", "", "川A0001挂", 30),
    ]
    found, rows = split(xlsx(lines))
    assert [heads(table) for table in found] == [["姓名", "电话"], ["车牌", "车型"], ["挂车号", "吨位"]]
    assert len(data(rows, 1)) == 3


def test_values_that_are_heads_elsewhere_stay_data() -> None:
    lines = [
        ("姓名", "身份", "岗位"),
        ("安小一", "党员", "负责人"),
        ("安小二", "员工", "驾驶员"),
        ("安三", "党员", "司机"),
    ]
    found, rows = split(xlsx(lines))
    assert len(found) == 1
    assert len(data(rows)) == 3


def test_traditional_heads_are_heads() -> None:
    found, _ = split(xlsx([("司機姓名", "聯繫電話", "車牌號碼"), ("安小一", "無", "無")]))
    assert found[0].head_rows == (1,)


def test_roster_with_nothing_but_names_holds_people() -> None:
    _, rows = split(xlsx([("单位", "姓名", "电话"), *[("", "安小一"), ("", "安小二"), ("", "安小三")] * 5]))
    assert len(data(rows)) == 15
