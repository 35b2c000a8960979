"""The heads that rosters of persons really have are known without asking."""

from collections.abc import Sequence
from datetime import date

import pytest

from chelun.engines.ids import make_id_number
from chelun.engines.tables.columns.recognise import ColumnSample, recognise
from chelun.people.sheets import PERSON_FIELDS

PLACES = range(8)
NUMBERS = [make_id_number("610999", date(1985, 3, 12), 2 * n + 1) for n in PLACES]
NAMES = [f"{surname}建国" for surname in "赵钱孙李周吴郑王"]
CELLS: dict[str, Sequence[str]] = {
    "birth": ["1985.03"] * 8,
    "phone": [f"199610000{n:02}" for n in PLACES],
    "start": [f"2019-03-0{n + 1}" for n in PLACES],
    "enterprise": [f"紫阳示例{sign}运输有限公司" for sign in "甲乙丙丁戊己庚辛"],
    "plate": [f"陕G1234{n}" for n in PLACES],
    "kinds": ["货车", "快递", "外卖", "货车", "网约车", "公交", "货车", "快递"],
    "address": [f"紫阳县城关镇新桥村{n}组" for n in PLACES],
    "township": ["城关镇", "洞河镇", "双桥镇", "高桥镇"] * 2,
    "certificate": NUMBERS,
    "position": ["驾驶员", "调度员", "安全员", "驾驶员"] * 2,
    "platform": ["货拉拉", "滴滴", "美团", "满帮"] * 2,
}
HEADS = {
    "birth": "出生年月 出生日期 出生年月日",
    "phone": "联系电话1 手机一 手机1 联系手机 本人电话 司机电话 手机号码（必填）",
    "start": "入职时间 入职年月 到岗时间 上岗时间 参加工作时间 从业开始时间 开始从业时间",
    "enterprise": "所在企业 用人单位 服务单位 任职单位 从业企业 从业单位名称 挂靠公司 所在公司",
    "plate": "车牌 车牌号（必填） 驾驶车辆 车辆牌照 号牌",
    "kinds": "从业工种 从事工种 从事行业 就业类型 从业领域 群体类型 职业 职业类别",
    "address": "居住地 居住地址 家庭地址 常住地址 联系地址 通讯地址",
    "township": "所属乡镇 镇街 所在镇街 镇（街道）",
    "certificate": "从业资格证编号 从业资格证件号 道路运输从业资格证号",
    "position": "岗位名称 工作岗位",
    "platform": "接单平台 从业平台 派单平台 平台企业",
}


@pytest.mark.parametrize(
    ("field", "head"), [(field, head) for field, heads in HEADS.items() for head in heads.split()]
)
def test_head_is_known_without_asking(field: str, head: str) -> None:
    columns = [
        ColumnSample(0, "姓名", tuple(NAMES)),
        ColumnSample(1, "身份证号", tuple(NUMBERS)),
        ColumnSample(2, head, tuple(CELLS[field])),
    ]
    guess = recognise(columns, PERSON_FIELDS)[2]
    assert (guess.field, guess.sure) == (field, True)


def test_two_telephones_side_by_side_are_told_apart() -> None:
    for first, second in (
        ("联系电话1", "联系电话2"),
        ("手机一", "手机二"),
        ("手机1", "手机2"),
        ("电话1", "电话2"),
    ):
        columns = [
            ColumnSample(0, "姓名", tuple(NAMES)),
            ColumnSample(1, first, tuple(CELLS["phone"])),
            ColumnSample(2, second, tuple(CELLS["phone"])),
        ]
        found = [(guess.field, guess.sure) for guess in recognise(columns, PERSON_FIELDS)[1:]]
        assert found == [("phone", True), ("phone2", True)]
