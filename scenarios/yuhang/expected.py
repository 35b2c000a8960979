"""What S1 asks of 余杭区, and what each workbook must come to. Written by hand, apart from the generator.

The document gives no count. What must come out is the rule itself: a freight firm is on the register with 50 vehicles or
more of its own name, each plate with its colour once, by the newest ledger; a branch is a firm of its own. The tests work
the same out of the workbooks with a reader of their own.
"""

from scenarios.common.model import Figures, Stated

REGISTER = {
    "杭州余杭五常顺达示例货运有限公司": (132, 145),
    "杭州余杭仁和顺达示例货运有限公司": (96, 102),
    "杭州余杭闲林顺达示例货运有限公司": (77, 84),
    "杭州余杭中泰顺达示例货运有限公司": (64, 70),
    "杭州余杭余杭顺达示例货运有限公司": (58, 63),
    "杭州余杭良渚顺达示例货运有限公司": (53, 58),
    "杭州余杭仓前顺达示例货运有限公司": (51, 56),
    "杭州余杭径山顺达示例货运有限公司": (50, 55),
    "杭州余杭瓶窑顺达示例货运有限公司": (50, 55),
    "杭州余杭鸬鸟顺达示例货运有限公司": (50, 55),
    "杭州余杭百丈顺达示例货运有限公司": (50, 55),
    "杭州余杭黄湖顺达示例货运有限公司": (50, 55),
    "杭州余杭五常安通示例货运有限公司": (51, 53),
}
"""Firm: its vehicles, and its drivers of today."""

STATED = (
    Stated(
        key="fleets_of_50",
        document="S1",
        wording="建立50辆车以上企业名录",
        counted="台账登记为货车行业的企业，名下在册车辆（号牌加颜色，各算一次）50辆及以上；分公司另算",
        number=13,
        listed=tuple(f"{name} {vehicles} {drivers}" for name, (vehicles, drivers) in REGISTER.items()),
    ),
    Stated(
        key="register_fleet",
        document="S1",
        wording="建立50辆车以上企业名录（系统里的门槛名册）",
        counted="门槛名册“50 辆车以上货运企业”现在在册的企业，和按规则从工作簿算出来的逐家一致",
        number=13,
        listed=tuple(f"{name} {vehicles}" for name, (vehicles, _drivers) in REGISTER.items()),
    ),
    Stated(
        key="firms",
        document="S1",
        wording="建立50辆车以上企业名录（全部企业）",
        counted="企业台账登记过的企业（仅在名单里被提及的不算），按企业去重",
        number=23,
        rows="enterprise",
        query={"mentioned": "no"},
    ),
)

FIGURES = {
    "01_货运企业名录.xlsx": Figures(rows=23, created=23, dropped=("党员人数",)),
    "02_营运货车台账.xlsx": Figures(rows=1214, created=1203, joined=7, refused=4),
    "03_监管平台车辆导出.csv": Figures(rows=779, created=5, joined=774),
    "04_车辆过户登记.xlsx": Figures(rows=2, created=0, joined=2),
    "05_货车司机花名册.xlsx": Figures(rows=1214, created=1209, refused=5, dropped=("民族", "民族")),
    "06_货车司机花名册_补充.csv": Figures(rows=16, created=11, joined=5, dropped=("民族",)),
    "07_营运货车台账_更正后.xlsx": Figures(rows=4, created=4),
}
