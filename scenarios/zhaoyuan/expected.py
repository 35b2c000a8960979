"""What S2 states about 招远市, and what each workbook must come to. Written by hand, apart from the generator."""

from scenarios.common.model import Figures, Stated

ABOVE_SCALE_SOURCE = "规上交通运输企业名录"
CERTIFICATE_SOURCE = "职业技能等级证书发放台账"

STATED = (
    Stated(
        key="workers",
        document="S2",
        wording="现有快递员、货车及网约车司机2900余人",
        counted="从业类别为快递、货车或网约车的人员，按人去重（兼做两样的只算一人）",
        number=2900,
        how="more_than",
        rows="person",
    ),
    Stated(
        key="firms",
        document="S2",
        wording="300余家企业",
        counted="市场主体名录登记过的企业（仅在名单里被提及的不算），按企业去重",
        number=300,
        how="more_than",
        rows="enterprise",
        query={"mentioned": "no"},
    ),
    Stated(
        key="firms_of_source",
        document="S2",
        wording="107家规上运输企业",
        counted="规上交通运输企业名录列出的企业，按企业去重",
        number=107,
        rows="enterprise",
        query={"source": ABOVE_SCALE_SOURCE},
    ),
    Stated(
        key="register_by_hand",
        document="S2",
        wording="107家规上运输企业（人工名册）",
        counted="人工名册“规上企业”现在在册的企业",
        number=107,
        query={"register": "above_scale"},
    ),
    Stated(
        key="persons_of_source",
        document="S2",
        wording="推动775名快递从业人员取得职业技能等级证书",
        counted="证书发放台账列出的人员，按人去重（一人两本的只算一人）",
        number=775,
        rows="person",
        query={"source": CERTIFICATE_SOURCE},
    ),
)

FIGURES = {
    "01_交通运输市场主体名录.xlsx": Figures(
        rows=321, created=314, joined=3, refused=4, dropped=("党员人数", "有无党组织") * 3
    ),
    "02_规上交通运输企业名录.xlsx": Figures(rows=107, created=1, joined=106),
    "03_办证系统货车驾驶员.csv": Figures(rows=1220, created=1206, refused=14, dropped=("民族",)),
    "04_快递企业从业人员花名册.xlsx": Figures(
        rows=1166, created=1155, refused=11, dropped=("政治面貌", "健康状况")
    ),
    "05_网约车平台注册司机.csv": Figures(rows=457, created=441, joined=12, refused=4),
    "06_入企排查表.xlsx": Figures(rows=286, created=103, joined=180, unresolved=3, dropped=("身份", "身份")),
    "07_道路运输车辆台账.xlsx": Figures(rows=1295, created=1278, joined=12, refused=5),
    "08_交通运输市场主体名录_更正后.xlsx": Figures(
        rows=4, created=3, joined=1, dropped=("党员人数", "有无党组织")
    ),
    "09_办证系统货车驾驶员_更正后.csv": Figures(rows=14, created=14, dropped=("民族",)),
    "10_快递企业从业人员花名册_更正后.xlsx": Figures(rows=11, created=11, dropped=("政治面貌",)),
    "11_网约车平台注册司机_更正后.csv": Figures(rows=4, created=4),
    "12_道路运输车辆台账_更正后.xlsx": Figures(rows=5, created=5),
    "13_职业技能等级证书发放台账.xlsx": Figures(rows=787, created=781, refused=6),
    "14_职业技能等级证书发放台账_更正后.xlsx": Figures(rows=6, created=6),
}
