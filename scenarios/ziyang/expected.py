"""What S0 states about 紫阳县, and what each workbook must come to. Written by hand, apart from the generator."""

from scenarios.common.model import Figures, Stated

STATED = (
    Stated(
        key="firms",
        document="S0",
        wording="纳入台账管理非公企业8家",
        counted="企业台账登记过的企业（仅在名单里被提及的不算），按企业去重",
        number=8,
        rows="enterprise",
        query={"mentioned": "no"},
    ),
    Stated(
        key="staff",
        document="S0",
        wording="从业人员349人",
        counted="现与上述企业有用工关系的人员，按人去重",
        number=349,
    ),
    Stated(
        key="new_employment",
        document="S0",
        wording="新就业群体182人",
        counted="从业类别为货车、网约车、快递或外卖，且与上述企业没有用工关系的人员，按人去重",
        number=182,
    ),
)

FIGURES = {
    "01_非公企业台账.xlsx": Figures(rows=8, created=8, dropped=("党员人数", "是否建立党组织")),
    "02_企业职工花名册.xlsx": Figures(
        rows=397, created=340, joined=48, refused=9, dropped=("政治面貌", "民族", "身体状况", "党派")
    ),
    "03_新就业群体摸排表_乡镇上报.csv": Figures(rows=112, created=106, refused=6, dropped=("身份",)),
    "04_市级平台新就业群体名单.xlsx": Figures(
        rows=90, created=44, joined=40, unresolved=2, refused=4, dropped=("属性", "族別")
    ),
    "05_外卖骑手接龙.csv": Figures(rows=30, created=24, joined=6),
    "06_车辆台账.xlsx": Figures(rows=110, created=107, refused=3),
    "07_企业职工花名册_更正后.xlsx": Figures(
        rows=9, created=9, dropped=("政治面貌", "民族", "身体状况", "党派")
    ),
    "08_新就业群体摸排表_更正后.xlsx": Figures(rows=6, created=4, joined=2, dropped=("身份",)),
    "09_市级平台名单_更正后.xlsx": Figures(rows=4, created=4, dropped=("属性", "族別")),
    "10_车辆台账_更正后.xlsx": Figures(rows=3, created=3),
}
