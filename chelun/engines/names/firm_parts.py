"""The parts of a firm's name: its place, what is its own, its legal form, and the branch that a row speaks of.

What lives here: taking a name apart by its form alone, without a list handed in, and comparing what is alike of two names.
What does not: deciding that two firms are one; that needs a credit code or a person.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from chelun.engines.names.firms import normalise_firm, short_firm
from chelun.engines.names.place_names import PREFECTURES, PROVINCES

_FORM = "(?:有限责任公司|股份有限公司|有限公司|股份公司|责任公司|总公司|集团公司|(?<![分支子])公司)"
_TRADE = re.compile(
    "(?:道路|汽车|货物|旅客|公共|危险|普通|国际|快递|速递|物流|运输|货运|客运|联运|储运|配送|出租|租赁|公交|交通|旅游|贸易|商贸|服务|发展|实业|供应链|管理|集团|公司|车队|有限|责任|[城市省县区的和与])+"
)
"""Words that any firm of the trade has: what is left of a name must be more than these."""
_UNIT = "(?:车队|分公司|支公司|子公司|[分中大支小]队|项目部|营业[部厅所]|门市部?|经营部|服务[部站]|办事处|分[部店局站]|[客货]运[部站]|[修维]理厂|维修厂|网点|站点|车间|班组)"
_NUMBER = "[零一二三四五六七八九十百〇两0-9]+"
_NOTE = re.compile(r"\((?:原|曾用名|已|现|注|个体|普通合伙|有限合伙|特殊普通合伙|集团)[^()]*\)?$")
_AFTER_FORM = re.compile(rf"(.{{2,}}{_FORM})(?!\((?:集团|股份)\))(.+)")
_NUMBERED = re.compile(
    rf"(.{{2,}}?)\(?(第?{_NUMBER}号?(?:{_UNIT}|队|站|店|部)|(?:车队|分公司)第?{_NUMBER})\)?"
)
_AFTER_TRADE = re.compile(rf"(.{{2,}}(?:运输|物流|货运|客运|快递|出租|公交|集团))\(?(.{{0,8}}?{_UNIT})\)?")
_AFTER_GROUP = re.compile(rf"(.{{2,}}集团)\(?(.{{0,10}}?{_UNIT})\)?")
_ENDS_AS_FIRM = re.compile(rf"{_FORM}$")
_UNIT_FIRST = re.compile(rf"(车队|分公司)第?({_NUMBER})号?$")
_COUNTED = re.compile(rf"第?({_NUMBER})号?(?={_UNIT}|队|站|店|部)")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_RANK = "(?:维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|省|市)?"
_PROVINCE = re.compile(rf"({'|'.join(PROVINCES)}){_RANK}")
_PREFECTURE = re.compile(
    rf"({'|'.join(sorted(PREFECTURES, key=len, reverse=True))})(?:\w{{0,6}}?自治州|地区|盟|州|市)?"
)
_COUNTY = re.compile(r"([^()\d]{2,5}?)(?:自治县|县|新区|开发区|区|自治旗|旗|市)")
_BRACKETED = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class FirmPlace:
    """Where a name says its firm is: short names of province, prefecture and county, each empty where it is not said."""

    province: str = ""
    prefecture: str = ""
    county: str = ""

    def differs(self, other: "FirmPlace") -> bool:
        """Whether both say a place of one rank and not the same. What one of them does not say is no difference."""
        pairs = zip(self._ranks(), other._ranks(), strict=True)
        return any(mine and yours and mine != yours for mine, yours in pairs)

    def _ranks(self) -> tuple[str, str, str]:
        return self.province, self.prefecture, self.county


@dataclass(frozen=True, slots=True)
class FirmParts:
    """`firm`: key of the whole firm's name, as `normalise_firm` makes it; `short`: that without legal form and place.

    `branch`: key of the part of the firm that is meant (2车队 for 第二车队, 紫阳分公司), or empty. A branch is another row, not another firm.
    """

    firm: str
    short: str
    branch: str
    place: FirmPlace


@lru_cache(maxsize=8192)
def firm_parts(name: str) -> FirmParts:
    """Takes a firm's name apart. A name of which less than two characters of its own would stay keeps its place in `short`: 安顺运输
    may be called so.

    Provinces and prefectures are known by their names (GB/T 2260), counties only where their rank is written (紫阳县). An empty
    name has empty parts, which say nothing.
    """
    firm, branch = _branch(_NOTE.sub("", normalise_firm(name)))
    bare, place = _place(short_firm(firm))
    return FirmParts(firm, bare, _branch_key(branch), place)


def branches_differ(one: FirmParts, other: FirmParts) -> bool:
    """Whether both speak of a branch and not of the same one. A whole firm and its branch do not differ in this."""
    return bool(one.branch and other.branch) and one.branch != other.branch


def one_name_ends_other(one: FirmParts, other: FirmParts) -> bool:
    """Whether one short form, at least two characters beside words of the trade, is the end of the other: 顺达运输, 渔渡顺达运输."""
    short, long = sorted((one.short, other.short), key=len)
    return short != long and long.endswith(short) and _says_enough(short)


def _branch(key: str) -> tuple[str, str]:
    """The firm and its branch; the branch is empty where the name ends as a firm's does."""
    if not _ENDS_AS_FIRM.search(key):
        for pattern in (_AFTER_FORM, _AFTER_GROUP, _NUMBERED, _AFTER_TRADE):
            found = pattern.fullmatch(key)
            if found is not None:
                return found.group(1), found.group(2)
    return key, ""


def _branch_key(branch: str) -> str:
    """A branch with its number in digits and first: 第二车队, 二车队, 车队2 and (2号车队) are 2车队."""
    plain = _UNIT_FIRST.sub(r"\2\1", branch.strip("()"))
    return _COUNTED.sub(lambda number: _digits(number.group(1)), plain)


def _digits(number: str) -> str:
    """Chinese numerals below a thousand in digits: 十二 is 12, 一百零三 is 103; digits stay, less their leading zeros."""
    if number.isdecimal():
        return number.lstrip("0") or "0"
    if not {*number} & {*"十百"}:
        return "".join(str(_DIGITS.get(sign, sign)) for sign in number).lstrip("0") or "0"
    total, pending = 0, 0
    for sign in number:
        if sign in "十百":
            total += (pending or 1) * (10 if sign == "十" else 100)
            pending = 0
        else:
            pending = int(_DIGITS.get(sign, sign))
    return str(total + pending)


def _place(key: str) -> tuple[str, FirmPlace]:
    """The key without the places at its beginning and in brackets, and these places."""
    place: dict[str, str] = {}
    bare = key
    for inside in _BRACKETED.findall(key):
        found, rest = _steps(inside)[-1]
        if found and not rest:
            place |= found
            bare = bare.replace(f"({inside})", "")
    for found, rest in reversed(_steps(bare)):
        if _says_enough(rest):
            return rest, FirmPlace(**place | found)
    return key, FirmPlace()


def _steps(text: str) -> list[tuple[dict[str, str], str]]:
    """The places at the beginning of a text by their ranks, and what follows: without any, with one, with two …"""
    steps: list[tuple[dict[str, str], str]] = [({}, text)]
    for rank, pattern in (("province", _PROVINCE), ("prefecture", _PREFECTURE), ("county", _COUNTY)):
        before, rest = steps[-1]
        match = pattern.match(rest)
        if match is not None:
            steps.append((before | {rank: match.group(1)}, rest[match.end() :]))
    return steps


def _says_enough(text: str) -> bool:
    return len(_TRADE.sub("", text)) >= 2
