"""What columns are called: several heads for each field, of which the two tables of a set take different ones."""

from bench.matching.dice import Dice

HEADS = {
    "id": ("编号", "档案编号", "记录号", "登记号"),
    "name": ("姓名", "驾驶员姓名", "从业人员", "司机姓名", "职工姓名"),
    "sex": ("性别", "男/女", "性别（男、女）"),
    "number": ("身份证号", "公民身份号码", "证件号码", "身份证", "身份证号码"),
    "birth": ("出生日期", "出生年月", "出生年月日", "生日"),
    "phone": ("联系电话", "手机号码", "电话", "手机", "联系方式"),
    "plate": ("车牌号", "号牌号码", "车号", "车辆牌照"),
    "colour": ("车牌颜色", "号牌颜色", "颜色"),
    "firm": ("所属企业", "工作单位", "单位名称", "公司", "从业单位"),
    "address": ("住址", "家庭住址", "户籍地址", "现住址", "地址"),
    "certificate": ("从业资格证号", "资格证号", "从业资格证件号"),
    "code": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "head": ("法定代表人", "负责人", "法人", "法人代表"),
    "note": ("备注", "说明", "其他"),
}
FIRM_HEADS = {
    "firm": ("企业名称", "单位名称", "业户名称", "公司名称"),
    "address": ("经营地址", "住所", "注册地址", "地址"),
}


def heads_of(seed: int, side: str, cells: tuple[str, ...]) -> dict[str, str]:
    """Field → head, in the order of the columns; the other side of the same seed has other heads in another order."""
    dice = Dice(seed, "heads")
    offsets = {cell: dice.below(60) for cell in ("id", *cells, "note")}
    lists = HEADS if "name" in cells else {**HEADS, **FIRM_HEADS}
    order = ["id", *Dice(seed, "order", side).shuffled(cells), "note"]
    shift = 0 if side == "left" else 1
    return {cell: lists[cell][(offsets[cell] + shift) % len(lists[cell])] for cell in order}
