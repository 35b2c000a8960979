"""What the digits of a code say, and how a place fills the level columns. Pure: no tables, no files.

A code of GB/T 2260 has 6 digits (province 2, city 2, county 2), a township 9.

The level columns of a row are the path of its place, so that scope and drill-down work by equality alone:

* 610924 紫阳县 → province 610000, city 610900, county 610924;
* a county directly under its province (429004 仙桃市, 469001 五指山市, 659001 石河子市, 110101 东城区) stands on
  both steps: city 429004, county 429004;
* a city without counties (441900 东莞市, 442000 中山市, 460400 儋州市, 620200 嘉峪关市) likewise: city 441900,
  county 441900.

So grouping a province by its city column yields places that exist and have a name and an outline, and a grant
on any code is one comparison on the column of that code's level.
"""

import re
import unicodedata

LEVELS = ("province", "city", "county", "township")

_CODE = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)


def level_of(code: str) -> str:
    """The level that a code's form says: 510000 province, 513400 city, 513436 county, 513436225 township."""
    if len(code) == 9:
        return "township"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def normal_code(text: str) -> str:
    """A code as the tables write it (6 or 9 digits), from 6, 9 or 12 digits; '' when the text is no code."""
    digits = unicodedata.normalize("NFKC", text).strip()
    if not _CODE.fullmatch(digits):
        return ""
    return digits[:6] if digits[6:9] in ("", "000") else digits[:9]


def province_of(code: str) -> str:
    """The province's code of any code."""
    return code[:2] + "0000"


def city_of(code: str) -> str:
    """The code that a city has by form, whether or not it exists: 610924 → 610900."""
    return code[:4] + "00"
