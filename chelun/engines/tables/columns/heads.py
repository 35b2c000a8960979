"""Heads of columns: bringing the many spellings of a head to one, and comparing it with the heads a field knows."""

import re
from dataclasses import dataclass
from functools import lru_cache

from chelun.engines.tables.columns.script import HEAD_LIMIT, compact, plain, simplified

_BRACKETS = re.compile(r"[(\[{〔【〈《「『][^()\[\]{}〔〕【】〈〉《》「」『』]*[)\]}〕】〉》」』]")
_INNER = re.compile(r"[(\[{〔【〈《「『]([^()\[\]{}〔〕【】〈〉《》「」『』]+)[)\]}〕】〉》」』]")
_CJK = "㐀-鿿豈-﫿"
_HAS_CJK = re.compile(f"[{_CJK}]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’]+")
_MARKS = re.compile(r"[\s*＊:：;；,，.。、·•・!！?？#&_\-—–~～|\"“”‘’'`^+=<>※★☆△▲●○◎①-⑳]+")
_SPLIT = re.compile(r"[/\\>|→›\n]+")
_ORGANISATIONS = re.compile("(?:企业|单位|公司|平台|车队|车辆|所属)+")
# Words that say of whom or how, without changing what the column holds.
_MODIFIERS = re.compile(
    "必填|选填|必须填写|请填写|填写|真实|有效|现任|现用|常用|目前|当前|本人|居民|公民|有效身份|二代|第二代|"
    "从业人员|从业者|工作人员|驾驶人员|驾驶员|驾驶人|司机|职工|员工|人员|个人|骑手|快递员|骑士|师傅|学员|"
    "机动车|汽车|所属|所在|全称|详细|登记|基本|信息|18位|十八位|11位|十一位|位数|文本格式|文本"
)
#: Whose column it is when it is not the person's of the row: a head with one of these is never taken for a bare field.
_OTHERS = re.compile(
    "紧急|家属|家人|亲属|配偶|父亲|母亲|子女|推荐|介绍人|担保|填表|填报|经办|审核|审批|制表|联络员|指导员|"
    "法人|法定代表|负责人|经理|老板|车主|业主|所有人|股东|出资|联系人|单位|企业|公司|平台|车队|集团|发证|签发|"
    "监护|代理|代办|委托|收款|主管|上级|托运|收货|发货|保险|银行|开户|账户|师父|徒弟|押运员|随车|备用|其他|其它"
)
#: What the column held once: never the field of today, whatever its kind.
_FORMER = re.compile("原(?!始)|曾用|旧|以前|变更前|过户前|注销")
#: Words that mean the same at the end of a head.
_SAME = (
    ("时间", "日期"),
    ("号码", "号"),
    ("编号", "号"),
    ("代码", "码"),
    ("年月日", "日期"),
    ("所属", ""),
    ("所在", ""),
)
#: Heads that a program gave to a column without one.
_PLACEHOLDER = re.compile(
    "第[0-9]+列|列[a-z]{1,2}|列[0-9]+|column[a-z]?[0-9]*|unnamed[0-9]*|f[0-9]{1,2}|字段[0-9]+|无标题[0-9]*|空白?"
)
#: Counts of persons are not the persons: their modifiers stay.
_COUNTED = re.compile("(?:数|数量|总数|率|比|比例|名单|情况)$")


@dataclass(frozen=True, slots=True)
class Head:
    """A head taken apart: `variants` are (folded text, weight 0..1), best first."""

    variants: tuple[tuple[str, float], ...]

    @property
    def is_blank(self) -> bool:
        """No head at all (a table without heads)."""
        return not self.variants


def fold(text: str) -> str:
    """One spelling: half width, simplified, small letters, without spaces and ornament."""
    return _MARKS.sub("", simplified(compact(text)).casefold())


def split_head(head: str) -> list[str]:
    """The parts of a group head, outermost first, simplified and in half width."""
    text = simplified(plain(head[: 4 * HEAD_LIMIT]))
    return [part for part in _SPLIT.split(text) if fold(part)]


def without_brackets(text: str) -> str:
    """A head without what stands in brackets."""
    return _BRACKETS.sub("", text)


def without_modifiers(text: str) -> str:
    """A folded head without words that change nothing (驾驶员姓名 → 姓名)."""
    return _MODIFIERS.sub("", text)


def canonical(text: str) -> str:
    """A folded head with one word for words that mean the same (车牌号码 → 车牌号, 注册时间 → 注册日期)."""
    for word, same in _SAME:
        if word in text and len(text) > len(word):
            text = text.replace(word, same)
    return text


def _without_gloss(text: str) -> str:
    """Chinese head without pinyin or an English translation beside it."""
    return _LATIN.sub("", text) if _HAS_CJK.search(text) else text


def _variants(text: str, weight: float) -> list[tuple[str, float]]:
    bare = _BRACKETS.sub("", text)
    found = [(fold(text), weight), (fold(bare), weight - 0.01), (fold(_without_gloss(bare)), weight - 0.02)]
    last = found[-1][0]
    if not _COUNTED.search(last):
        found.append((_MODIFIERS.sub("", last), weight - 0.04))
    found += [(canonical(variant), known - 0.01) for variant, known in found]
    # 「driverName(司机姓名)」 and 「(姓名)」: the bracket holds the head itself.
    aside = 0.2 if _HAS_CJK.search(bare) or (fold(bare) and not _HAS_CJK.search(text)) else 0.01
    found += [(fold(inner), weight - aside) for inner in _INNER.findall(text)]
    return found


@lru_cache(maxsize=4096)
def parse_head(head: str) -> Head:
    """Take a head apart. Group heads come as 「车辆/号牌」: the whole path and the last part are both tried."""
    parts = split_head(head)
    if len(parts) == 1 and _PLACEHOLDER.fullmatch(fold(parts[0])):
        return Head(())
    found = _variants("".join(parts), 1.0)
    if len(parts) > 1:
        found += _variants(parts[-1], 0.92)
        # 「姓名/Name」 and 「Name\n姓名」: the parts are translations of one another.
        translations = [
            part for part in parts[:-1] if bool(_HAS_CJK.search(part)) != bool(_HAS_CJK.search(parts[-1]))
        ]
        found += [pair for part in translations for pair in _variants(part, 0.9)]
    best: dict[str, float] = {}
    for variant, weight in found:
        if variant and weight > best.get(variant, 0.0):
            best[variant] = weight
    ordered = sorted(best.items(), key=lambda pair: -pair[1])
    return Head(tuple(ordered))


def _near(left: str, right: str) -> bool:
    """At most one character wrong, missing or too many (身份证号吗)."""
    if abs(len(left) - len(right)) > 1 or min(len(left), len(right)) < 4:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    if len(left) == len(right):
        return left[start + 1 :] == right[start + 1 :]
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[start + 1 :] == shorter[start:]


def _partial(variant: str, known: str, personal: bool) -> float:
    """How much of a head a known head explains; Chinese heads carry their noun at the end."""
    if len(known) < 2:
        return 0.0
    if known in variant:
        rest = variant.replace(known, "", 1)
        if not personal and _ORGANISATIONS.fullmatch(rest):
            return 0.9
        if _FORMER.search(rest) or (personal and _OTHERS.search(rest)):
            return 0.2
        return 0.5 + 0.3 * len(known) / len(variant) + (0.05 if variant.endswith(known) else 0.0)
    if len(variant) >= 2 and variant in known:
        return 0.45 + 0.3 * len(variant) / len(known)
    return 0.75 if _near(variant, known) else 0.0


@lru_cache(maxsize=65536)
def head_score(head: Head, known: tuple[str, ...], personal: bool = False) -> float:
    """How well a head fits the (folded) heads a field knows, 0..1; from 0.85 up it is the same head.

    A `personal` field (name, phone, ID number) is never surely taken from a head that names somebody else:
    「紧急联系人电话」 is not the phone, 「企业负责人/姓名」 needs the clerk's word.
    """
    best = 0.0
    whole = head.variants[0][0] if head.variants else ""
    others = personal and whole not in known and bool(_OTHERS.search(whole))
    for variant, weight in head.variants:
        if variant in known:
            best = max(best, 0.6 if others and not _OTHERS.search(variant) else weight)
        elif best < 0.85:
            best = max(best, max((_partial(variant, text, personal) for text in known), default=0.0) * weight)
    return best


@lru_cache(maxsize=2048)
def fold_all(heads: tuple[str, ...]) -> tuple[str, ...]:
    """The heads a field knows, each in the one spelling, longest first."""
    folded = {fold(head) for head in heads} - {""}
    return tuple(sorted(folded | {canonical(head) for head in folded}, key=len, reverse=True))
