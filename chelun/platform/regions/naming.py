"""The forms in which people write a place's name: in full, without its rank, without the names of peoples. Pure."""

import re

# Peoples as they stand in names of places, by the number of characters; some names leave out 族.
_PEOPLE = (
    "(?:乌孜别克族|柯尔克孜族|达斡尔族|鄂伦春族|鄂温克族|俄罗斯族|哈萨克族|塔吉克族|塔塔尔族|维吾尔族"
    "|阿昌族|保安族|布朗族|布依族|朝鲜族|傣族|德昂族|东乡族|独龙族|高山族|哈尼族|赫哲族|基诺族|景颇族|拉祜族|傈僳族|珞巴族|毛南族"
    "|门巴族|蒙古族|仫佬族|纳西族|普米族|撒拉族|土家族|锡伯族|仡佬族|裕固族|柯尔克孜|哈萨克|维吾尔|蒙古|各族"
    "|[白藏侗回京黎满苗怒羌畲水土佤瑶彝壮]族|[回壮])"
)
_RANK = {"自治州": "州", "自治县": "县", "自治旗": "旗", "自治区": "", "民族乡": "乡", "乡": "乡"}
_AUTONOMOUS = re.compile(f"^(?P<own>.{{2,}}?){_PEOPLE}+(?P<rank>自治州|自治县|自治旗|自治区|民族乡|乡)$")
_SUFFIX = re.compile(
    "(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|街道办事处|街道|省|市|县|区|盟|旗|镇|乡|苏木)$"
)


def forms_of(name: str) -> tuple[str, ...]:
    """All forms of a name, the full one first, none shorter than two characters.

    凉山彝族自治州 → 凉山彝族自治州, 凉山州, 凉山; 紫阳县 → 紫阳县, 紫阳; 余杭街道 → 余杭街道, 余杭.
    """
    found = [name]
    match = _AUTONOMOUS.match(name)
    if match:
        own, rank = match["own"], _RANK[match["rank"]]
        found += [own + rank, own] if rank else [own]
    else:
        found.append(_SUFFIX.sub("", name))
    if name.endswith("街道"):
        found += [name + "办事处", name + "办"]
    return tuple(form for form in dict.fromkeys(found) if len(form) >= 2)
