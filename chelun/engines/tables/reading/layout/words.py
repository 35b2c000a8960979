"""What a text in a roster looks like: a head, a total, a note, a ditto mark, a kind of value.

These are guesses about layout only; what a column means is decided in `columns`.
"""

import re
from functools import lru_cache

from chelun.engines.tables.reading.values import INVISIBLE, Cell

DITTO = frozenset(
    {
        "同上",
        "同 上",
        "同  上",
        "同\u3000上",
        "同前",
        "同上。",
        "〃",
        "″",
        '"',
        "''",
        "“",
        "”",
        "〞",
        "〝",
        "＂",
    }
)

_COLUMN_MARKS = frozenset(
    {"甲", "乙", "丙", "丁", "戊", "A", "B", "C", "D", "栏次", "列次", "行次", "栏目", "序号"}
)
#: Texts up to this length are judged once and remembered; longer ones are no heads.
_SHORT = 120
_FROM_ONE = [str(number) for number in range(1, 1025)]
_SPACES = re.compile(f"[{re.escape(INVISIBLE)}\\s]+")
_BRACKETS = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[)）\]】〕]?")
_CJK_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
_SURE = frozenset({
    "姓名", "名字", "性别", "民族", "年龄", "学历", "籍贯", "住址", "地址", "职务", "职称", "岗位", "工种", "备注", "序号", "编号", "电话",
    "手机", "联系方式", "身份证", "证件", "车牌", "车号", "车型", "号牌", "牌照", "颜色", "品牌", "吨位", "座位", "企业", "公司", "单位",
    "户籍", "类型", "类别", "种类", "状态", "日期", "时间", "出生年月", "数量", "人数", "金额", "工号", "代码", "名称", "政治面貌",
    "是否党员", "健康状况", "婚姻状况", "宗教信仰", "联系人", "name", "phone", "mobile", "tel", "plate", "gender", "address", "remark",
    "no", "no.",
})  # fmt: skip
#: Words that are heads in one roster and values in the next: they count, but never alone.
_MAYBE = frozenset({
    "司机", "驾驶员", "从业人员", "员工", "人员", "车辆", "平台", "部门", "班组", "线路", "乡镇", "街道", "社区", "村", "县区", "区县", "地区",
    "区域", "所在地", "情况", "学号", "法人", "法定代表人", "负责人", "党员", "年", "月", "日", "合计", "id", "company", "sex", "age",
    "remarks", "note", "date", "type",
})  # fmt: skip
_ENDING = re.compile(
    r"(姓名|名字|名称|号码|证号|编号|序号|号牌|车牌|车牌号|车号|电话|手机|手机号|联系方式|性别|年龄|民族|籍贯|地址|住址|所在地|户籍地"
    r"|职务|岗位|工种|类型|类别|种类|日期|时间|年月|年限|期限|有效期|有效期[起止至]|机关|备注|情况|数量|人数|车辆数|吨位|吨数|座位数|颜色|型号|品牌|代码|面貌"
    r"|程度|状态|状况|方式|来源|等级|金额|资格证|从业证|驾驶证|行驶证|营运证|运输证|经营范围|身份证|企业名|公司名|单位名"
    r"|(所属|所在|服务|工作|挂靠|注册|入驻|合作|签约|主管|归属)(企业|公司|单位|平台|社区|街道|乡镇|支部|党支部|线路|区域|部门|站点|车队))$"
)
#: English heads, their spaces taken out.
_ENGLISH = re.compile(
    r"(name|number|phone|mobile|plate|colou?r|type|date|address|remarks?|company|enterprise|employer|gender|sex|birth"
    r"|platform|position|township|purpose|code|state|staff|vehicles|industry|representative|investors|ofwork|idno\.?)$"
)
_OLD_FORMS = str.maketrans(
    "號碼電話單業類別車駕駛員聯繫絡備註時間證機職務齡貫處歲務屬掛執營運輸顏種狀態領黨類別",
    "号码电话单业类别车驾驶员联系络备注时间证机职务龄贯处岁务属挂执营运输颜种状态领党类别",
)
_DATA = re.compile(r"\d{4,}|\d[-./年]\d|[\u4e00-\u9fff][A-Z][·• .]?[A-Z0-9]{5}|@")
_YEARS = re.compile(r"(?:19|20)\d\d(?=年|$)")
_TOTAL = re.compile(
    r"(合计|总计|小计|共计|累计|总数|总人数|本页[小合]?计|.{0,30}[^\d](小计|合计)|total|subtotal)(人数|数)?[:：]?"
    r"(\d+[人辆户名台条个家]?)?|(全[县市区]|[总合]?共|共有?)\d+[人辆户名台条个家].{0,20}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(填[表报]|制表|审[核批]|复核|经办|负责|联系|单位|主管|分管|统计|上报|报送|截[至止]|日期|时间|签[字名章]|盖章|公章|编制|校对|电话|领导)"
    r"[^:：]{0,12}[:：]"
)
_NOTE = re.compile(
    r"(备注|附注|注|说明|填[表报写]说明|注意事项?|要求|附件?\d*)\s*[\d一二三]?[:：、.．]|[※★☆▲]|[*＊](注|\S{8,})|注[\d一二三]"
)
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|.*[(（]共?\s*\d+\s*[人辆户名台个][)）]$"
)
_DATE = re.compile(
    r"\d{2,4}\s*[-./年]\s*\d{1,2}(\s*[-./月]\s*(\d{1,2}\s*日?)?)?|[〇零一二三四五六七八九○]{4}年.*|至今|长期"
)
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Za-z][·•. ]?[A-Za-z0-9]{4,6}[\u4e00-\u9fff]?")
_NUMBER = re.compile(r"[+-]?[\d,，]+(\.\d+)?%?|\d(\.\d+)?[eE]\+\d+")


def clean_head(text: str) -> str:
    """Return a head on one line: spaces and breaks inside Chinese words taken out («姓  名» → «姓名»)."""
    return _CJK_GAP.sub("", _SPACES.sub(" ", text).strip())


def head_key(text: str) -> str:
    """Return what two spellings of the same head share: no spaces, no brackets, no trailing colon, small letters."""
    return _short_key(text) if len(text) <= _SHORT else text


@lru_cache(maxsize=4096)
def _short_key(text: str) -> str:
    bare = _SPACES.sub("", text)
    return (_BRACKETS.sub("", bare) or bare).strip(":：*＊").lower()


def is_head_word(text: str) -> bool:
    """Whether a text is a usual head of a roster's column."""
    return len(text) <= _SHORT and _is_word(text)


@lru_cache(maxsize=4096)
def _is_word(text: str) -> bool:
    return _is_sure(text) or head_key(text) in _MAYBE


@lru_cache(maxsize=4096)
def _is_sure(text: str) -> bool:
    key = head_key(text).translate(_OLD_FORMS)
    if key.isascii():
        return key in _SURE or (len(key) <= 40 and bool(_ENGLISH.search(key)))
    return key in _SURE or (len(key) <= 16 and bool(_ENDING.search(key)))


def are_heads(texts: list[str]) -> bool:
    """Whether the texts of a row are heads by their words alone: at least two and half of them known, one for sure."""
    words = sum(map(is_head_word, texts))
    return (
        words >= 2
        and words * 2 >= len(texts)
        and any(_is_sure(text) for text in texts if len(text) <= _SHORT)
        and not are_pairs(texts)
    )


def are_pairs(texts: list[str]) -> bool:
    """Whether a row says words and values in turn: «单位 顺达公司 日期 2026年3月»."""
    names, values = texts[0::2], texts[1::2]
    return len(texts) % 2 == 0 and all(map(is_head_word, names)) and not any(map(is_head_word, values))


def counts_columns(cells: list[str]) -> bool:
    """Whether a row numbers the columns of a form: «甲 乙 1 2 3 4»."""
    numbers = [cell for cell in cells if cell.isdecimal()]
    words = [cell for cell in cells if cell and not cell.isdecimal()]
    if len(numbers) < 3 or not _COLUMN_MARKS.issuperset(words):
        return False
    return numbers in (_FROM_ONE[: len(numbers)], _FROM_ONE[len(words) : len(cells)])


def may_be_head(cell: str) -> bool:
    """Whether a cell could be a head at all: a short text without numbers, dates or plates in it."""
    if isinstance(cell, Cell) and cell.kind in {"number", "date", "time", "bool", "error", "empty"}:
        return False
    key = head_key(cell)
    return len(key) <= 40 and not _NUMBER.fullmatch(key) and not _DATA.search(_YEARS.sub("", key))


def is_total(text: str) -> bool:
    """Whether a text opens a line of totals."""
    return bool(_TOTAL.fullmatch(_SPACES.sub("", text)))


def is_label(text: str) -> bool:
    """Whether a text is a «填报单位：», «审核人：» or the like, with or without what follows."""
    return bool(_LABEL.search(_SPACES.sub("", text)[:60]))


def is_note(text: str) -> bool:
    """Whether a text opens a remark under or above a table."""
    return bool(_NOTE.match(text.strip(INVISIBLE)))


def is_section(text: str) -> bool:
    """Whether a text is the heading of a group of rows: «一、货运企业», «顺达公司（共3人）»."""
    return bool(_SECTION.match(_SPACES.sub("", text)))


def shape(cell: str) -> str:
    """Return the kind of value in one letter: n number, N long number, d date, p plate, h short word, H text, L long."""
    if not cell:
        return ""
    if isinstance(cell, Cell) and cell.kind != "text":
        return {"date": "d", "time": "d", "bool": "b", "error": "e"}.get(
            cell.kind, "N" if len(cell) > 6 else "n"
        )
    return _text_shape(cell) if len(cell) <= 40 else "L"


@lru_cache(maxsize=16384)
def _text_shape(text: str) -> str:
    bare = _SPACES.sub("", text)
    digits = sum(char.isdigit() for char in bare)
    if digits * 2 >= len(bare):
        if _DATE.fullmatch(bare):
            return "d"
        if _PLATE.fullmatch(bare):
            return "p"
        return "N" if digits > 6 else "n"
    if _DATE.fullmatch(bare):
        return "d"
    if digits and _PLATE.fullmatch(bare):
        return "p"
    return "h" if len(bare) <= 4 else "H" if len(bare) <= 20 else "L"
