"""Columns are known by head and content; doubt is said, never hidden."""

import time

from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.recognise import ColumnSample, Guess, recognise

FIELDS = (
    FieldSpec(
        "name", "姓名", "person_name", ("姓名", "名字", "驾驶员", "司机", "Name", "xingming"), required=True
    ),
    FieldSpec(
        "id_number",
        "身份证号",
        "id_number",
        ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码", "证件号"),
    ),
    FieldSpec(
        "certificate",
        "从业资格证号",
        "certificate",
        ("从业资格证号", "从业资格证号码", "资格证号", "证件号码", "证件号"),
    ),
    FieldSpec("phone", "手机", "phone", ("手机", "手机号", "电话", "联系电话", "手机号码", "联系方式")),
    FieldSpec("phone2", "备用电话", "phone", ("手机", "手机号", "电话", "联系电话", "备用电话", "联系方式")),
    FieldSpec("sex", "性别", "sex", ("性别",)),
    FieldSpec("firm", "单位", "firm_name", ("单位", "单位名称", "企业名称", "公司名称", "工作单位")),
    FieldSpec("uscc", "统一社会信用代码", "uscc", ("统一社会信用代码", "信用代码")),
    FieldSpec("plate", "车牌号", "plate", ("车牌", "车牌号", "车牌号码", "号牌", "号牌号码")),
    FieldSpec("colour", "车牌颜色", "plate_colour", ("车牌颜色", "号牌颜色")),
    FieldSpec(
        "work",
        "工种",
        "choice",
        ("工种", "从业类别", "类别"),
        choices={"truck": ("货车", "货车司机"), "taxi": ("出租车", "出租")},
    ),
    FieldSpec("joined", "入职日期", "date", ("入职日期", "入职时间")),
    FieldSpec("issued", "发证日期", "date", ("发证日期", "初次领证日期")),
    FieldSpec("tonnage", "吨位", "number", ("核定载质量", "吨位")),
    FieldSpec("note", "备注", "note", ("备注", "说明"), many=True),
)
NAMES = (
    "王建国",
    "李秀英",
    "吉克阿木",
    "阿卓·木呷",
    "欧阳晓",
    "张伟",
    "买买提·吐尔逊",
    "沙马尔古",
    "赵敏",
    "刘洋",
)
IDS = tuple(
    f"9990011985{month:02d}1200{month % 10}{'X' if month == 1 else month % 7}" for month in range(1, 11)
)
PHONES = tuple(f"1390000{number:04d}" for number in range(10))
PLATES = (
    "陕G12345",
    "川W·A1234",
    "川WD12345",
    "陕GA123挂",
    "川W88888",
    "陕G00001",
    "陕G00002",
    "川W7K001",
    "陕GF00012",
    "陕G7H662",
)
FIRMS = ("紫阳顺达运输有限公司", "城关镇汽修厂", "平安车队", "顺风快递网点", "大件物流集团")
DATES = ("2023-05-01", "2023.5.1", "2023年5月1日", "20230501", "45047")


def guesses(*columns: tuple[str, tuple[str, ...]]) -> list[Guess]:
    """Recognise columns given as (head, cells)."""
    return recognise(
        [ColumnSample(place, head, values) for place, (head, values) in enumerate(columns)], FIELDS
    )


def fields(*columns: tuple[str, tuple[str, ...]]) -> list[str | None]:
    """The fields' names only."""
    return [guess.field for guess in guesses(*columns)]


def test_recognise_takes_plain_heads_surely() -> None:
    found = guesses(
        ("姓名", NAMES), ("身份证号", IDS), ("联系电话", PHONES), ("单位名称", FIRMS), ("车牌号", PLATES)
    )
    assert [guess.field for guess in found] == ["name", "id_number", "phone", "firm", "plate"]
    assert all(guess.sure and guess.score > 0.8 for guess in found)


def test_recognise_reads_every_spelling_of_a_head() -> None:
    spellings = (
        "身 份 证 号",
        "身份证号*",
        "drivingLicense(身份证号)",
        "＊身份证号码（必填）",
        "身份證號碼",
        "身份证号(shēnfèn zhèng hào)",
        "身份证号 shenfenzheng",
        "驾驶员身份证号",
        "人员信息/身份证号",
        "身份证号\n（18位）",
        "公民身份号码",
        "【身份证号】",
        "从业人员身份证号码",
        "ID/身份证号",
    )
    for head in spellings:
        guess = guesses(("姓名", NAMES), (head, IDS))[1]
        assert (guess.field, guess.sure) == ("id_number", True), head


def test_recognise_is_unsure_of_a_head_with_a_slip() -> None:
    guess = guesses(("身份证号吗", ("没带", *IDS[:2], "补办中")))[0]
    assert (guess.field, guess.sure) == ("id_number", False)


def test_recognise_is_sure_of_a_near_head_over_plain_content() -> None:
    for head in ("身份证号吗", "牌照车牌号"):
        guess = guesses((head, PLATES if "车牌" in head else IDS))[0]
        assert guess.sure, head
    former = guesses(("原车牌号", PLATES))[0]
    assert former.field is None or not former.sure


def test_recognise_takes_placeholders_for_no_heads() -> None:
    for heads in (("第1列", "第2列", "第3列"), ("列A", "列B", "列C"), ("Column1", "Unnamed: 1", "F3")):
        found = guesses(*zip(heads, (NAMES, IDS, PHONES), strict=True))
        assert [(guess.field, guess.sure) for guess in found] == [
            ("name", True),
            ("id_number", True),
            ("phone", True),
        ]


def test_recognise_keeps_a_known_head_over_odd_names() -> None:
    assert [
        (guess.field, guess.sure) for guess in guesses(("工作单位", ("个体", "汉江信息港", "县联社")))
    ] == [("firm", True)]
    assert not guesses(("工作单位", NAMES))[0].sure


def test_recognise_counts_are_not_names() -> None:
    assert fields(("驾驶员人数", ("32", "43"))) == [None]


def test_recognise_takes_words_of_the_same_meaning() -> None:
    assert [
        (guess.field, guess.sure)
        for guess in guesses(("入职时间", DATES), ("车牌号码", PLATES), ("手机号码", PHONES))
    ] == [("joined", True), ("plate", True), ("phone", True)]


def test_recognise_knows_a_text_by_its_choices() -> None:
    kinds = FieldSpec("kinds", "工种", "text", ("工种",), choices={"truck": ("货车",), "ride": ("外卖",)})
    columns = [ColumnSample(0, "", ("货车", "外卖", "外卖")), ColumnSample(1, "", ("随便", "什么"))]
    assert [guess.field for guess in recognise(columns, [kinds])] == ["kinds", None]


def test_recognise_knows_group_heads() -> None:
    assert fields(
        ("驾驶员/姓名", NAMES),
        ("车辆/号牌", PLATES),
        ("车辆/号牌颜色", ("黄", "蓝")),
        ("企业/统一社会信用代码", ("91990001MA00000001",)),
    ) == ["name", "plate", "colour", "uscc"]


def test_recognise_lets_content_decide_between_id_and_certificate() -> None:
    assert fields(("证件号码", IDS)) == ["id_number"]
    assert fields(("证件号码", ("9990010201231000001", "9990010201231000002"))) == ["certificate"]
    assert fields(("身份证号", IDS), ("证件号码", IDS)) == ["id_number", "certificate"]


def test_recognise_reads_a_table_without_heads() -> None:
    found = guesses(
        ("", ("1", "2", "3", "4")),
        ("", NAMES),
        ("", IDS),
        ("", PHONES),
        ("", PLATES),
        ("", ("男", "女")),
        ("", FIRMS),
    )
    assert [guess.field for guess in found] == [None, "name", "id_number", "phone", "plate", "sex", "firm"]
    assert found[0].reason.code == "serial"
    assert all(guess.sure for guess in found)
    assert {guess.reason.code for guess in found[1:]} <= {"content_only", "close_call"}


def test_recognise_doubts_dates_without_head() -> None:
    guess = guesses(("", DATES))[0]
    assert not guess.sure


def test_recognise_tells_swapped_heads() -> None:
    name, plate = guesses(("姓名", PLATES), ("车牌号", NAMES))
    assert (name.field, plate.field) == ("plate", "name")
    assert not name.sure
    assert not plate.sure
    assert name.reason.code == "contradiction"
    assert "姓名" in str(name.reason)
    assert "车牌号" in str(name.reason)


def test_recognise_keeps_a_damaged_id_column() -> None:
    guess = guesses(("身份证号", ("5.10E+17", "5.10123E+17")))[0]
    assert (guess.field, guess.sure) == ("id_number", True)


def test_recognise_keeps_the_head_where_contents_are_nonsense() -> None:
    guess = guesses(("身份证号", ("没带", "补办中", "下次")))[0]
    assert (guess.field, guess.sure, guess.reason.code) == ("id_number", False, "content_unlike")


def test_recognise_gives_second_phone_to_the_second_field() -> None:
    assert fields(("电话", PHONES), ("电话", PHONES)) == ["phone", "phone2"]
    assert fields(("手机", PHONES), ("备用电话", PHONES)) == ["phone", "phone2"]
    third = guesses(("电话", PHONES), ("电话", PHONES), ("电话", PHONES))[2]
    assert third.field is None
    assert third.reason.code == "duplicate"


def test_recognise_feeds_one_note_from_two_columns() -> None:
    assert fields(("备注", ("夜班",)), ("说明", ("白班",))) == ["note", "note"]


def test_recognise_never_gives_a_field_twice() -> None:
    found = guesses(("姓名", NAMES), ("姓名", NAMES))
    assert [guess.field for guess in found] == ["name", None]
    assert not found[1].sure
    assert "第 1 列" in str(found[1].reason)


def test_recognise_leaves_others_peoples_columns_alone() -> None:
    for head in ("紧急联系人电话", "家属电话", "法人联系电话", "车主电话"):
        found = guesses(("姓名", NAMES), ("电话", PHONES), (head, PHONES))
        assert found[2].field is None or not found[2].sure, head
    assert fields(("填表人", NAMES)) == [None]
    only = guesses(("企业负责人/姓名", NAMES))[0]
    assert not only.sure


def test_recognise_passes_over_what_holds_nothing() -> None:
    found = guesses(
        ("序号", ("1", "2")),
        ("", ("", "")),
        ("问题", ("校验位不对",)),
        ("What to do", ("x",)),
        ("鞋码", ("42", "43")),
    )
    assert [(guess.field, guess.reason.code) for guess in found] == [
        (None, "serial"),
        (None, "empty"),
        (None, "own"),
        (None, "own"),
        (None, "unknown"),
    ]


def test_recognise_proposes_plain_content_under_an_unknown_head() -> None:
    guess = guesses(("栏目三", IDS))[0]
    assert (guess.field, guess.sure, guess.reason.code) == ("id_number", False, "unknown_head")


def test_recognise_tells_dates_apart_by_head() -> None:
    assert fields(("发证日期", DATES), ("入职日期", DATES)) == ["issued", "joined"]


def test_recognise_knows_choices_by_their_words() -> None:
    assert fields(("", ("货车司机", "出租", "货车"))) == ["work"]


POSTS = (
    FieldSpec("name", "姓名", "person_name"),
    FieldSpec(
        "kinds",
        "工种",
        "text",
        ("从业类别",),
        choices={"truck": ("货车", "货车司机"), "courier": ("快递", "快递员")},
        lent=("岗位", "职务"),
    ),
    FieldSpec("position", "岗位", "text", ("岗位", "职务")),
)


def posts(*columns: tuple[str, tuple[str, ...]]) -> list[tuple[str | None, bool]]:
    found = recognise(
        [ColumnSample(place, head, values) for place, (head, values) in enumerate(columns)], POSTS
    )
    return [(guess.field, guess.sure) for guess in found]


def test_recognise_takes_a_lent_head_where_every_value_is_told() -> None:
    told, mixed, other = ("货车司机", "快递员", "貨車 司機"), ("货车司机", "站长"), ("会计", "驾驶员")
    assert posts(("姓名", NAMES), ("岗位", told)) == [("name", True), ("kinds", True)]
    assert posts(("岗位", ("货车司机",)))[0] == ("kinds", True)
    assert posts(("岗位信息/职务", told))[0] == ("kinds", True)
    assert [posts(("岗位", values))[0] for values in (mixed, other, ("", ""))] == [("position", True)] * 3


def test_recognise_leaves_a_lent_head_to_its_owner_beside_a_column_of_its_own() -> None:
    told = ("货车司机", "快递员")
    for own in (("货车", "快递"), ("普货", "散货"), ("", "")):
        columns = [("工种", own), ("岗位", told)]
        assert posts(*columns) == [("kinds", True), ("position", True)], own
        assert posts(*reversed(columns)) == [("position", True), ("kinds", True)], own


def test_reason_never_shows_long_digits_of_a_head_that_was_data() -> None:
    guess = guesses(("13900000001", ("13900000002", "13900000003")))[0]
    assert "13900000001" not in str(guess.reason)


def test_recognise_takes_a_wide_sheet_in_a_blink() -> None:
    pool = (NAMES, IDS, PHONES, PLATES, FIRMS, DATES)
    columns = [
        ColumnSample(
            place,
            f"栏{place}",
            [
                f"{value}{row % 7}" if place % 2 else value
                for row in range(20)
                for value in pool[place % 6][:10]
            ],
        )
        for place in range(40)
    ]
    recognise(columns, FIELDS)
    started = time.process_time()
    recognise(columns, FIELDS)
    # 100 ms is the figure on a quiet machine (README); the test leaves room for a busy one.
    assert time.process_time() - started < 1.0
