"""What S3 states about 美姑县, and what each workbook must come to. Written by hand, apart from the generator."""

from scenarios.common.model import Figures, Stated

STATED = (
    Stated(
        key="drivers",
        document="S3",
        wording="核实一下这64名货车司机",
        counted="从业类别为货车的人员，按人去重（传统道路货运企业、互联网货运平台企业、个体货车司机三个领域合计）",
        number=64,
        rows="person",
        query={"kind": "truck"},
    ),
)

FIGURES = {
    "01_道路货运企业名单.xlsx": Figures(rows=5, created=5),
    "02_货车司机摸底表.xlsx": Figures(
        rows=66, created=53, joined=8, refused=5, dropped=("民族", "政治面貌", "族别", "族别", "第7列")
    ),
    "03_网络货运平台注册司机.csv": Figures(rows=15, created=4, joined=11),
    "04_电话访问核实表.xlsx": Figures(rows=25, created=0, joined=23, unresolved=2, dropped=("健康状况",)),
    "05_候播乃拖镇补报.ods": Figures(rows=5, created=3, joined=2),
    "06_营运货车台账.xlsx": Figures(rows=64, created=62, refused=2),
    "07_货车司机摸底表_更正后.xlsx": Figures(
        rows=5, created=4, joined=1, dropped=("民族", "政治面貌", "族别", "身份")
    ),
    "08_营运货车台账_更正后.xlsx": Figures(rows=2, created=2),
}
