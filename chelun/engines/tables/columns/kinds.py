"""What a cell looks like: one label per value, and how well a column of such values fits a kind of field.

A cheap look, made to tell columns apart; whether a value is valid is decided by `chelun.engines.ids` and `values`.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chelun.engines.tables.columns import surnames
from chelun.engines.tables.columns.script import compact, simplified, words

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-Z][·.•-]?(?:[A-Z0-9]{{5,6}}|[A-Z0-9]{{4}}[挂学警港澳])(?:[(（]?[黄蓝绿白黑]\w*[)）]?)?"
)
_DATE = re.compile(
    r"(?:19|20)?\d\d[-./年](?:0?[1-9]|1[0-2])(?:[-./月](?:0?[1-9]|[12]\d|3[01])日?|月)?(?:[T ]?\d\d?:\d\d(?::\d\d)?)?"
    r"|[一二三四五六七八九十〇零○]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日?)?"
)
_EIGHT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_MOBILE = re.compile(r"(?:\+?86)?[-]?1[3-9]\d[-]?\d{4}[-]?\d{4}")
_LANDLINE = re.compile(r"(?:0\d{2,3}[-)]?)?[2-8]\d{6,7}|\(0\d{2,3}\)\d{7,8}|0\d{2,3}-?\d{7,8}(?:-\d{1,4})?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d\d")
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_NUMBER = re.compile(
    r"[-+]?\d{1,12}(?:,\d{3})*(?:\.\d+)?(?:吨|t|T|kg|千克|公斤|座|人|元|万元|辆|台|米|m|岁|年|%)?"
)
_LETTER = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[㐀-鿿]+")
_DOTTED = re.compile(r"[㐀-鿿]{1,15}(?:[·•・.‧∙⋅][㐀-鿿]{1,15}){1,4}")
_TRADE = re.compile(
    "..(?:平台|科技|物流|快递|速递|外卖|出行|运输|客运|货运|租赁|驾校|工会|学校|银行|加油站|修理厂|汽修|网约车)$"
)
_FIRM = re.compile(
    r"(?:公司|集团|厂|店|商行|中心|合作社|车队|经营部|服务部|营业部|分公司|个体户|车行|货运部|物流园|驿站|网点|站点|总站|客运站|养护站|"
    r"加盟商|事务所|协会|商会|管理局|运输局|事业部|分部|工作室|货运站|养护所|工区|养护段)(?:[(（].*[)）])?$"
)
_PLACE = re.compile(r"(?:省|自治区|市|州|盟|县|区|旗|乡|镇|街道|村|社区)(?:$|[^长民容场])")
_STREET = re.compile(r"(?:路|街|巷|弄|号|栋|幢|单元|室|组|社|大道|村委会|小区|花园|家园)")
_WORDS = words(
    "司机 驾驶员 货车 客车 网约车 出租车 公交车 快递员 外卖员 骑手 车主 在职 离职 退休 本科 大专 中专 高中 初中 小学 研究生 硕士 博士 文盲 合格 不合格 正常 "
    "良好 优秀 一般 较好 未知 不详 其他 其它 全职 兼职 专职 自有 挂靠 租赁 承包 个体 企业 同上 有效 无效 已办 未办 通过 白班 夜班 城市 农村 城镇 农业 非农 "
    "货运 客运 快递 外卖 养护 普货 危货 牵引车 挂车 面包车 轿车 重型 中型 轻型 微型 柴油 汽油 电动 混动 天然气 营运 停运 报废 长期 临时 固定 经理 主任 科员 会计 出纳 "
    "文员 队长 班长 站长 调度员 安全员 押运员 装卸工 维修工 保洁员 保安 老板 法人 群众 党员 团员 汉族 彝族 黄色 蓝色 绿色 白色 黑色 男性 女性 已婚 未婚 健康"
)
_COLOURS = words(
    "黄 蓝 绿 白 黑 黄色 蓝色 绿色 白色 黑色 黄牌 蓝牌 绿牌 白牌 黑牌 渐变绿 渐变绿色 黄绿 黄绿色 黄绿双拼 黄绿双拼色 农黄 农绿 其他"
)
_SEXES = words("男 女 男性 女性 m f male female 先生 女士")
_YES_NO = words("是 否 有 无 不是 没有 y n yes no √ × ✓ ✗ ✔ ✘")


#: So much of a cell is looked at.
LONGEST = 200


def _real_day(eight: str) -> bool:
    return _EIGHT.fullmatch(eight) is not None


def _id_label(text: str) -> str | None:
    """18 characters that are an ID number (`id`), look like one (`id_like`), or not."""
    if not text[:17].isdigit() or not (text[17].isdigit() or text[17] == "X") or not _real_day(text[6:14]):
        return None
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return "id" if _CHECKS[total % 11] == text[17] else "id_like"


def _digits_label(text: str) -> str:
    """A value of digits only, by its length."""
    size = len(text)
    if size == 18:
        return _id_label(text) or "certificate"
    if size == 15 and _real_day("19" + text[6:12]):
        return "id_like"
    if size == 11 and _MOBILE.fullmatch(text):
        return "phone"
    if size == 8 and _real_day(text):
        return "date"
    if size in (12, 19, 20):
        return "certificate"
    if size == 5 and 18000 <= int(text) <= 60000:
        return "serial_day"
    if size == 6 and "11" <= text[:2] <= "82":
        return "region_code"
    return "landline" if _LANDLINE.fullmatch(text) else "number"


def _coded_label(text: str) -> str | None:
    """Values made of letters, digits and marks."""
    if len(text) == 18:
        label = _id_label(text)
        if label or _USCC.fullmatch(text):
            return label or "uscc"
    for pattern, label in ((_DATE, "date"), (_MOBILE, "phone"), (_LANDLINE, "landline"), (_NUMBER, "number")):
        if pattern.fullmatch(text):
            return label
    if _SCIENTIFIC.fullmatch(text):
        return "damaged"
    if _VIN.fullmatch(text) and _LETTER.search(text):
        return "vin"
    return None


def _phones(text: str) -> bool:
    """Several phones in one cell: 13900000000/13800000000."""
    parts = [part for part in re.split(r"[/、,，;；\s]+|或", text) if part]
    return len(parts) > 1 and all(_MOBILE.fullmatch(part) or _LANDLINE.fullmatch(part) for part in parts)


def _named_label(text: str) -> str | None:
    """Is this the name of a person, in whole (`person`) or perhaps (`person_maybe`)?"""
    if _DOTTED.fullmatch(text):
        return "person"
    if not _HAN.fullmatch(text) or text in _WORDS:
        return None
    if 2 <= len(text) <= 4 and (text[0] in surnames.SINGLE or text[:2] in surnames.DOUBLE):
        return "person"
    return "person_maybe" if 2 <= len(text) <= 6 else None


def _written_label(text: str) -> str:
    """Values with Chinese characters."""
    if _PLATE.fullmatch(text):
        return "plate"
    if text in _COLOURS:
        return "colour"
    if _DATE.fullmatch(text):
        return "date"
    if _FIRM.search(text) or _TRADE.search(text):
        return "firm"
    if _PLACE.search(text) and len(text) > 2:
        return "address" if _STREET.search(text) and len(text) > 6 else "place"
    if _NUMBER.fullmatch(text):
        return "number"
    return _named_label(text) or "text"


def label(value: str) -> str:
    """The one label of a value; "" for an empty cell."""
    text = compact(value[:LONGEST])
    if not text or text in {"-", "—", "/", "\\"}:
        return ""
    if text.isdigit() and text.isascii():
        return _digits_label(text)
    lowered = text.casefold()
    if lowered in _SEXES:
        return "sex"
    if lowered in _YES_NO:
        return "yes_no"
    upper = text.upper()
    return _coded_label(upper) or ("phone" if _phones(value) else _written_label(simplified(upper)))


#: How far a label speaks for a kind, 0..1. Kinds that are not here cannot be told by their content.
FITS: Mapping[str, Mapping[str, float]] = {
    "person_name": {"person": 1.0, "person_maybe": 0.6},
    "firm_name": {"firm": 1.0, "person_maybe": 0.2, "text": 0.2, "place": 0.3},
    "id_number": {"id": 1.0, "id_like": 0.9, "damaged": 0.7},
    "certificate": {
        "id": 0.6,
        "id_like": 0.6,
        "certificate": 1.0,
        "damaged": 0.5,
        "number": 0.5,
        "landline": 0.4,
    },
    "phone": {"phone": 1.0, "landline": 0.8},
    "uscc": {"uscc": 1.0, "damaged": 0.3, "certificate": 0.5},
    "plate": {"plate": 1.0},
    "plate_colour": {"colour": 1.0},
    "vin": {"vin": 1.0},
    "date": {"date": 1.0, "serial_day": 0.8},
    "sex": {"sex": 1.0},
    "yes_no": {"yes_no": 1.0},
    "number": {"number": 1.0, "serial_day": 0.9, "region_code": 0.8, "landline": 0.8, "yes_no": 0.2},
    "region": {"place": 1.0, "region_code": 1.0, "person_maybe": 0.4, "person": 0.3, "address": 0.5},
    "address": {"address": 1.0, "place": 0.8, "firm": 0.3, "text": 0.3},
}
_CODES = words("id id_like damaged phone landline uscc plate vin colour date serial_day certificate sex")
#: Kinds whose look is weak evidence (a firm may be called anything) → the labels that speak against them.
_AGAINST: Mapping[str, frozenset[str]] = {
    "person_name": _CODES | {"firm", "address", "place", "number"},
    "firm_name": _CODES | {"person", "number"},
    "address": _CODES | {"person"},
    "region": _CODES - {"sex"} | {"firm"},
}
#: Kinds so plain in their content that a column may be proposed for them whatever its head says.
PLAIN = frozenset({"id_number", "phone", "uscc", "plate", "plate_colour", "vin"})
#: Kinds of a person: a head naming somebody else does not count for them.
PERSONAL = frozenset({"person_name", "id_number", "phone", "sex", "address", "region"})


@dataclass(frozen=True, slots=True)
class Content:
    """The filled cells of a sample: how many, how many different, and the share of each label."""

    filled: int
    distinct: int
    shares: Mapping[str, float]
    folded: frozenset[str]

    def fit(self, kind: str) -> float | None:
        """Share of the filled cells that look like the kind, 0..1; None when content says nothing on it."""
        weights = FITS.get(kind)
        if weights is None or not self.filled:
            return None
        fit = sum(weights.get(name, 0.0) * share for name, share in self.shares.items())
        # Names repeat little; words of a closed list repeat a lot.
        repeated = kind == "person_name" and self.filled >= 8 and self.distinct < 0.4 * self.filled
        return fit * 0.5 if repeated else fit

    def against(self, kind: str) -> float:
        """Share of the filled cells that speak against a soft kind, 0..1."""
        return sum(share for name, share in self.shares.items() if name in _AGAINST[kind])


def is_soft(kind: str) -> bool:
    """Is the look of this kind weak evidence, so that a known head stands against an odd content?"""
    return kind in _AGAINST


def read_content(values: Iterable[str]) -> Content:
    """Look at the sample of one column."""
    counted = Counter(value for value in values if value and not value.isspace())
    labels: Counter[str] = Counter()
    for value, times in counted.items():
        labels[label(value)] += times
    del labels[""]
    filled = labels.total()
    folded = frozenset(simplified(compact(value)).casefold() for value in counted if len(value) <= 20)
    return Content(filled, len(counted), {name: times / filled for name, times in labels.items()}, folded)


def is_serial(values: Iterable[str]) -> bool:
    """Whole numbers that count up by one (with gaps for empty cells): a column of 序号."""
    numbers = [text for text in map(compact, values) if text]
    if len(numbers) < 2 or not all(text.isdigit() and len(text) <= 7 for text in numbers):
        return False
    counted = [int(text) for text in numbers]
    steps = sum(1 for left, right in itertools.pairwise(counted) if right - left == 1)
    return counted[0] <= 1_000_000 and steps >= 0.9 * (len(counted) - 1)
