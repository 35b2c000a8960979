"""What a roster may not bring in: a labelled set, both ways. Heads and cells are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chelun.engines.tables.columns.asides import scrub_name
from chelun.engines.tables.columns.forbidden import (
    content_kind,
    head_kind,
    kept_head,
    screen,
    scrub,
    scrub_free,
)
from chelun.engines.tables.columns.forbidden_words import ETHNIC, HEADS, KIND_LABELS, LABELS, TEXTS
from chelun.engines.tables.columns.recognise import ColumnSample

FORBIDDEN_HEADS = {
    "political": (
        "政治面貌",
        "政 治 面 貌",
        "政治面貌*",
        "政*治面貌",
        "正治面貌",
        "政治面目",
        "群众",
        "是否群众",
        "政冶面貌",
        "政治身份",
        "政治状况",
        "政面",
        "面貌",
        "党派",
        "政治面貌（群众/党员）",
        "Political Status",
        "zzmm",
        "zhengzhi mianmao",
        "zhèngzhì miànmào",
        "政治面貎",
        "個人/政治面貌",
        "人员信息/政治",
        "家庭成份",
        "本人成分",
        "政协委员",
        "统战对象",
        "学习强国",
    ),
    "membership": (
        "党员",
        "转正时间",
        "转正日期",
        "预备期",
        "是否党员",
        "*党**",
        "*党*员",
        "黨員",
        "是否為黨員",
        "ＤＹ党员",
        "党员（是/否）",
        "入党时间",
        "入党年月",
        "党龄",
        "所在党支部",
        "党组织关系所在地",
        "是否组织成员",
        "组织情况",
        "组织关系",
        "党费缴纳",
        "党内职务",
        "中共党员",
        "dang yuan",
        "dǎngyuán",
        "D员",
        "d支部",
        "入D时间",
        "Party member",
        "Party Membership",
        "CPC member",
        "流动党员",
        "是否团员",
        "共青团员",
        "入团时间",
        "团支部",
        "支部",
        "支部书记",
        "是否入党积极分子",
        "党员信息/入党时间",
        "党员情况/是否",
        "党建指导员",
        "party",
        "党·员",
        "党_员",
        "预备党员转正日期",
        "是否是组织里的人",
        "组织内",
        "是组织的人吗",
        "有无组织",
        "加入组织时间",
        "宣誓时间",
        "是否D",
        "递交申请书时间",
    ),
    "ethnicity": (
        "民族",
        "民  族",
        "名族",
        "族别",
        "民 族*",
        "民*",
        "族",
        "*族",
        "少数民族",
        "是否少数民族",
        "minzu",
        "mínzú",
        "Ethnic Group",
        "ethnicity",
        "MZ",
        "民族(minzu)",
        "基本情况/民族",
        "民族成份",
        "race",
        "属于哪个族",
        "本族",
        "族系",
        "什么族",
        "是否少数",
        "母语",
    ),
    "religion": (
        "宗教",
        "宗教信仰",
        "信仰",
        "有无宗教信仰",
        "信教情况",
        "宗教信仰情况",
        "Religion",
        "zongjiao",
        "教派",
        "宗*",
        "信什么",
        "是否信佛",
        "佛",
        "做礼拜",
        "是否清真",
        "饮食习惯",
        "教",
    ),
    "health": (
        "健康状况",
        "孕情",
        "健康",
        "身体状况",
        "病史",
        "既往病史",
        "慢性病",
        "残疾",
        "是否残疾",
        "残疾证号",
        "残疾等级",
        "血型",
        "疫苗接种",
        "新冠疫苗",
        "核酸结果",
        "健康码",
        "健康证",
        "健康证号",
        "体检日期",
        "体检结果",
        "过敏史",
        "传染病",
        "精神状况",
        "心理测评",
        "health",
        "Health Condition",
        "Blood Type",
        "jiankang",
        "xuexing",
        "身体素质",
        "有无疾病",
        "健康状况/有无",
        "伤残等级",
        "視力",
        "jkzk",
        "身体咋样",
        "身体好不好",
        "常年吃药",
        "残",
        "残证",
        "旧伤",
        "证残",
        "心脏",
    ),
    "watch": (
        "重点人员",
        "重点人",
        "政治审查",
        "是否重点关注",
        "重点关注对象",
        "信访",
        "信访情况",
        "上访记录",
        "前科",
        "有无前科",
        "犯罪记录",
        "无犯罪记录证明",
        "涉毒",
        "是否涉毒",
        "征信",
        "征信情况",
        "失信记录",
        "黑名单",
        "背景审查",
        "政审结果",
        "涉稳",
        "稳控措施",
        "社区矫正",
        "Criminal Record",
        "blacklist",
        "qianke",
        "涉黑涉恶",
        "是否重点",
        "处分",
        "有无违法",
    ),
    "opinion": (
        "思想动态",
        "思想状况",
        "政治表现",
        "现实表现",
        "言论",
        "网络言论",
        "评价",
        "群众评价",
        "综合评价",
        "政治立场",
        "性格",
        "情绪状态",
        "對黨態度",
        "思想汇报",
        "sixiang dongtai",
    ),
    "biometric": (
        "照片",
        "一寸照片",
        "免冠照",
        "头像",
        "人脸",
        "人脸照片",
        "指纹",
        "指纹编号",
        "虹膜",
        "DNA",
        "photo",
        "Fingerprint",
        "证件照",
        "相片",
        "身份证照片",
    ),
    "private": (
        "婚姻状况",
        "婚否",
        "婚姻",
        "配偶",
        "配偶姓名",
        "生育情况",
        "marital status",
        "hunyin",
        "是否成家",
        "夫妻关系",
        "子女",
        "婚",
    ),
}
# 政冶 and 對黨態度 are told by another word of the head; what counts is that they are dropped.
LOOSE = {"政冶面貌", "對黨態度", "党员信息/入党时间", "新冠疫苗", "身体素质"}

HARMLESS_HEADS = (
    "组织机构代码证号",
    "是否组织培训",
    "行政协管员",
    "加盟员工",
    "完成家数",
    "车身体积",
    "信主体",
    "至少数量",
    "家族企业",
    "客户关注度",
    "申请日期",
    "姓名",
    "身份证号",
    "公民身份号码",
    "性别",
    "出生日期",
    "年龄",
    "联系电话",
    "手机",
    "住址",
    "户籍地",
    "籍贯",
    "国籍",
    "学历",
    "毕业院校",
    "单位",
    "工作单位",
    "部门",
    "职务",
    "岗位",
    "工种",
    "入职时间",
    "驾照类型",
    "准驾车型",
    "初次领证日期",
    "从业资格证号",
    "资格证有效期",
    "诚信考核等级",
    "信用等级",
    "质量信誉等级",
    "车牌号",
    "车牌颜色",
    "车型",
    "核定载质量",
    "总质量",
    "行驶证照片",
    "车辆照片",
    "运输证号",
    "组织机构代码",
    "组织机构代码证",
    "统一社会信用代码",
    "法定代表人",
    "经营范围",
    "经营状态",
    "备注",
    "说明",
    "类别",
    "序号",
    "编号",
    "紧急联系人",
    "工伤保险",
    "医疗保险",
    "养老保险",
    "意外险",
    "民族乡",
    "民族路网点",
    "所属车队",
    "红旗车队",
    "团队",
    "旅行团业务",
    "集团公司",
    "所属集团",
    "平台",
    "网约车平台",
    "服务评价",
    "满意度评价",
    "重点货源企业",
    "重点车辆",
    "是否重点营运车辆",
    "安全风险等级",
    "党员信息/姓名",
    "党员信息/身份证号",
    "健康状况/姓名",
    "姓名（党员打√）",
    "建档时间",
    "建档员工",
    "存档员",
    "卡号",
    "ID card",
    "Name",
    "Phone",
    "Plate No.",
    "Company",
    "Address",
    "Remarks",
    "third party insurer",
    "诉求",
    "困难情况",
    "车况",
    "车辆健康状况",
    "隔离栏维护",
    "党校学历",
    "车辆黑名单",
    "成立场所",
    "服务中心理事单位",
    "车体检测日期",
    "整体检查",
    "22寸轮胎",
    "分支部门",
    "遗失信息",
    "特征信息",
    "目前科室",
    "行政面积",
    "整治面积",
    "生育保险",
    "集团员工编号",
    "通信教程",
    "培训时间",
    "驾龄",
    "从业年限",
    "",
    "合同期限",
)

FORBIDDEN_CONTENT = {
    "political": (
        ("dy", "qz", "qz"),
        ("党", "团", "群", "群"),
        ("CPC", "CYL", "masses"),
        ("已递交申请", "预备期", "预备"),
        ("城关社区党支部", "河堤支部"),
        ("中共党员", "群众", "共青团员", "群众"),
        ("党员", "", "非党员", "党员"),
        ("01-中共党员", "13-群众"),
        ("群众",) * 5,
        ("民盟", "群众", "无党派人士"),
        ("预备党员", "群众", "入党积极分子"),
        ("*党*员", "群众", "群众"),
        ("黨員", "團員"),
        ("party member", "masses"),
        ("中 共 党 员", "群 众"),
        ("党员。", "群众；"),
        ("张三是党员", "李四是党员", "王五入党三年"),
        ("货车司机", "党员", "党员", "网约车"),
        ("dangyuan", "qunzhong"),
        ("2019年入党", "所在党支部：城关", "预备党员"),
    ),
    "ethnicity": (
        ("回民", "汉民"),
        ("汉族", "彝族", "藏族"),
        ("汉", "彝", "汉"),
        ("汉族",) * 4,
        ("Han", "Yi"),
        ("01汉族", "07彝族"),
        ("漢族", "彝族"),
        ("汉", "汉", "汉"),
        ("维吾尔族", "哈萨克族"),
        ("维吾尔", "汉"),
        ("汉 族", "土家族"),
        ("彝族，初中", "汉族，高中", "藏族，小学"),
        ("少数民族", "汉族"),
        ("回", "汉", "满"),
    ),
    "religion": (
        ("佛教", "无", "伊斯兰教"),
        ("无宗教信仰", "信佛"),
        ("基督教", "天主教"),
        ("信佛多年", "家里都信教", "去受洗了"),
        ("穆斯林", "不信教"),
    ),
    "health": (
        ("三级肢残", "听力障碍", "无"),
        ("高血压", "关节炎", "白血病"),
        ("左腿残疾", "单眼失明"),
        ("高血压", "糖尿病", ""),
        ("健康", "良好", "一般"),
        ("健康", "健康"),
        ("肢体残疾四级", "二级残疾", "视力残疾三级"),
        ("A", "B", "O", "AB"),
        ("O型", "A型"),
        ("已接种", "未接种"),
        ("腰椎间盘突出", "颈椎不好", "高血压"),
        ("身体健康", "体弱"),
        ("健康", "良好", "良好", "良好", "良好"),
        ("有高血压", "做过手术", "血型O"),
        ("白血病", "胃癌"),
        ("绿码", "绿码"),
        ("冠心病史", "无病"),
    ),
    "watch": (
        ("上访", "", "信访"),
        ("重点人员", "一般重点人"),
        ("有前科", "无前科"),
        ("曾多次上访", "吸毒人员", "刑满释放"),
        ("涉毒", "涉稳"),
        ("失信被执行人", "失信"),
    ),
    "opinion": (
        ("思想稳定", "情绪稳定"),
        ("对政府不满", "发表不当言论", "牢骚多"),
        ("拥护", "政治可靠"),
        ("思想积极", "思想波动", "不满"),
    ),
    "private": (("已婚", "未婚"), ("离异", "已婚", "丧偶")),
}
MIXED = ("高血压", "糖尿病", "残疾 二级", "佛教", "伊斯兰教", "上访")

HARMLESS_CONTENT = (
    ("党卫国", "党建军", "健康"[:1] + "强", "王健康"),
    ("党健康", "党群", "党员外"[:1] + "勇"),
    ("健康快递有限公司", "红旗车队", "先锋运输"),
    ("彝族自治县", "峨边彝族自治县", "美姑县"),
    ("临夏回族自治州", "甘孜藏族自治州"),
    ("黄色", "蓝色", "白色"),
    ("白", "黄", "蓝"),
    ("群", "组"),
    ("dy", "other"),
    ("白", "白"),
    ("高", "低"),
    ("良好", "一般"),
    ("正常", "良好", "差"),
    ("A1", "A2", "B2"),
    ("A", "B"),
    ("A", "B", "C"),
    ("C1", "C2"),
    ("是", "否"),
    ("有", "无"),
    ("",),
    (),
    ("货车", "网约车", "出租车"),
    ("李炎", "司马炎", "张炎"),
    ("回族饭店", "彝族风情园"),
    ("街道教育中心", "诚信教育培训班"),
    ("信访局", "县信访局"),
    ("民族宗教事务局", "县政府"),
    ("水", "陆", "水"),
    ("满", "空"),
    ("重点工程运输", "重点货源"),
    ("疫苗冷链运输有限公司", "医药配送"),
    ("在职", "离职"),
    ("高小军", "白玉", "满红", "黎明"),
    ("汉中市", "藏龙岛", "苗圃村"),
    ("党家沟村", "党河路12号"),
    ("优秀", "合格"),
    ("A级", "AA级", "AAA级"),
    ("群众路12号", "群众街道3号"),
    ("夜班", "常跑西安", "周末休息"),
    ("思源学院", "思茅区"),
    ("病虫害防治站",),
    ("佛坪县", "佛山市"),
    ("教练", "教师"),
    ("2023-05-01", "2023-06-01"),
    ("吉克阿木", "阿卓木呷", "马海拉洛"),
    ("O2O配送", "B2B"),
    ("大车", "小车"),
    ("团结村", "团山镇"),
    ("新冠"[:1] + "安公司", "冠心"[:1] + "军"),
)

FORBIDDEN_TEXTS = (
    ("2019年入党，表现好", "political"),
    ("党员，常跑西安线", "political"),
    ("是预备黨員", "political"),
    ("担任党支部书记", "political"),
    ("彝族，不会汉语", "ethnicity"),
    ("汉族", "ethnicity"),
    ("信佛，不吃肉", "religion"),
    ("有高血压，不能夜班", "health"),
    ("腰椎不好", "health"),
    ("残疾人家庭", "health"),
    ("去年住院三次", "health"),
    ("曾上访", "watch"),
    ("重点关注", "watch"),
    ("有吸毒史", "watch"),
    ("思想波动较大", "opinion"),
    ("对政府有意见", "opinion"),
    ("爱发牢骚", "opinion"),
    ("对平台不满", "opinion"),
    ("以前吸过毒", "watch"),
    ("采集过指纹", "biometric"),
    ("高 血 压", "health"),
    ("群众", "political"),
    ("健康", "health"),
    ("未婚", "private"),
    ("视力残疾一级", "health"),
    ("*党员", "political"),
)
HARMLESS_TEXTS = (
    "夜班，周末休息",
    "跑西安线",
    "住彝族自治县城关",
    "满族屯满族乡",
    "喇嘛湾镇",
    "俄罗斯族民族乡",
    "在临夏回族自治州跑车",
    "苗族侗族自治县来的货",
    "街道教育中心接送",
    "参加诚信教育培训",
    "县信访局门口接单",
    "民族宗教事务局用车",
    "挂靠健康快递有限公司",
    "红旗车队",
    "先锋运输",
    "手机打不通",
    "联系群众路网点",
    "水族馆送货",
    "疫苗冷链运输",
    "",
    "  ",
    "党家沟村人",
    "找党师傅联系",
    "新买的车，未上牌",
    "重点工程项目用车",
    "车况良好",
    "高速收费站旁",
    "送肿瘤医院一线",
    "中风险地区",
    "集团员工",
    "遗失信息",
    "目前科室",
    "LDNA1234567890123",
    "住院子里",
    "特征信息",
)


@pytest.mark.parametrize(
    ("kind", "head"), [(kind, head) for kind, heads in FORBIDDEN_HEADS.items() for head in heads]
)
def test_head_is_forbidden(kind: str, head: str) -> None:
    found = head_kind(head)
    assert found is not None
    assert found == kind or head in LOOSE


@pytest.mark.parametrize("head", HARMLESS_HEADS)
def test_head_is_harmless(head: str) -> None:
    assert head_kind(head) is None


@pytest.mark.parametrize(
    ("kind", "cells"), [(kind, cells) for kind, columns in FORBIDDEN_CONTENT.items() for cells in columns]
)
def test_content_is_forbidden_under_any_head(kind: str, cells: tuple[str, ...]) -> None:
    assert content_kind(cells) == kind
    for head in ("类别", "备注1", ""):
        dropped = screen([ColumnSample(3, head, cells)])
        assert [(found.index, found.kind, found.reason.code) for found in dropped] == [
            (3, kind, "forbidden_content")
        ]


@pytest.mark.parametrize("cells", HARMLESS_CONTENT)
def test_content_is_harmless(cells: tuple[str, ...]) -> None:
    assert content_kind(cells) is None


def test_content_of_several_kinds_is_dropped() -> None:
    assert content_kind(MIXED) is not None


@pytest.mark.parametrize(("text", "kind"), FORBIDDEN_TEXTS)
def test_scrub_drops_the_cell_as_a_whole(text: str, kind: str) -> None:
    clean, kinds = scrub(text)
    assert clean is None
    assert kind in kinds


@pytest.mark.parametrize("text", HARMLESS_TEXTS)
def test_scrub_leaves_a_harmless_cell_alone(text: str) -> None:
    assert scrub(text) == (text, ())


@pytest.mark.parametrize(
    ("text", "clean", "kind"),
    [
        ("张三（党员）", "张三", "political"),
        ("李四-回族", "李四", "ethnicity"),
        ("王五(彝)", "王五", "ethnicity"),
        ("吉克·阿木（预备党员）", "吉克·阿木", "political"),
        ("赵六 党员", "赵六", "political"),
        ("钱七【重点人员】", "钱七", "watch"),
        ("孙八（残疾）女", "孙八女", "health"),
        ("党员/周九", "周九", "political"),
        ("顺达公司（党员示范岗）", "顺达公司", "political"),
        ("张三（高血压）", "张三", "health"),
        ("张三党员", "张三", "political"),
        ("19900000001党员", "19900000001", "political"),
        ("513499199001010014（党员）", "513499199001010014", "political"),
        ("Zhang San(CPC)", "Zhang San", "political"),
        ("李四/汉", "李四", "ethnicity"),
        ("李四 彝", "李四", "ethnicity"),
        ("吉克·阿木·党员", "吉克·阿木", "political"),
        ("顺达公司党支部", "", "political"),
        ("党员", "", "political"),
    ],
)
def test_scrub_name_takes_the_aside_away(text: str, clean: str, kind: str) -> None:
    assert scrub_name(text) == (clean, (kind,))


@pytest.mark.parametrize(
    "text",
    [
        "党健康",
        "阿卓·木呷",
        "健康快递有限公司",
        "美姑县彝族自治乡(3组)",
        "陕G12345(白)",
        "陕G·12345",
        "0915-4421234",
        "13900000000/13900000001",
        "王建国（女）",
        "李白(大)",
        "顺达（集团）公司",
        "",
        "999001198501010013",
        "紫阳县 城关镇 民族路 3号",
        "临夏回族自治州-临夏市",
        "党卫国/党健康",
        "党 卫国",
        "李 群",
        "欧阳 汉",
        "张汉民",
        "李建国",
        "曲木·汉",
        "*党**",
        "党**",
        "残疾人福利厂",
        "群众路12号",
        "川A12345",
    ],
)
@pytest.mark.parametrize("person", [True, False])
def test_scrub_name_leaves_names_alone(text: str, person: bool) -> None:
    assert scrub_name(text, person=person) == (text, ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("党员吉克阿木子布", "吉克阿木子布"),
        ("黨員安小甲", "安小甲"),
        ("吉克·阿木子布中共党员", "吉克·阿木子布"),
        ("安小甲*党员", "安小甲"),
        ("安小甲，男，汉，党员", "安小甲,男"),
        ("★安小甲", "安小甲"),
        ("安小甲☆", "安小甲"),
        ("安小甲党员安小乙", ""),
    ],
)
def test_scrub_name_leaves_the_name_of_a_person(text: str, name: str) -> None:
    assert scrub_name(text, person=True)[0] == name


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("党员/姓名", "姓名"),
        ("姓名（★为党员）", "姓名"),
        ("基本情况/姓名", "基本情况/姓名"),
        ("信教群众/基本情况/联系电话", "基本情况/联系电话"),
        ("姓名（必填）", "姓名（必填）"),
        ("", ""),
    ],
)
def test_head_is_kept_without_what_it_says_of_all_rows(head: str, kept: str) -> None:
    assert kept_head(head) == kept
    assert kept_head(kept) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("张三（党员）", "张三"),
        ("513499199001010014 汉族", "513499199001010014"),
        ("有事说是党员", ""),
        ("汉", ""),
    ],
)
def test_unsure_column_keeps_a_name_or_a_number_alone(text: str, kept: str) -> None:
    clean, kinds = scrub_free(text)
    assert clean == kept
    assert kinds


def test_names_with_asides_do_not_cost_the_column() -> None:
    assert content_kind(("张三（党员）", "李四（群众）", "王五(党员)")) is None
    assert content_kind(("张三 党员", "李四 群众")) is None
    assert content_kind(("党员张三", "19900000001党员", "513499199001010014（党员）")) is None


def test_screen_names_column_and_kind_but_no_cell() -> None:
    columns = [
        ColumnSample(0, "姓名", ["党卫国"]),
        ColumnSample(1, "政治\n面貌", ["群众"]),
        ColumnSample(2, "类别", ["汉族", "彝族"]),
    ]
    dropped = screen(columns)
    assert [(found.index, found.head, found.kind) for found in dropped] == [
        (1, "政治 面貌", "political"),
        (2, "类别", "ethnicity"),
    ]
    assert all("汉" not in str(found.reason) and "群众" not in str(found.reason) for found in dropped)
    assert "民族" in str(dropped[1].reason)


def test_screen_takes_a_title_over_all_columns_for_what_it_is() -> None:
    title = "中共某县交通运输局党委货车司机名册"
    heads = ("姓名", "车型", "备注", "民族", "吨位")
    dropped = screen([ColumnSample(place, f"{title}/{head}", [""]) for place, head in enumerate(heads)])
    assert [found.index for found in dropped] == [3]


def test_screen_drops_what_stands_under_a_forbidden_group() -> None:
    heads = (
        "政治面貌/党员",
        "政治面貌/群众",
        "健康状况/有无",
        "党员信息/姓名",
        "人员/姓名",
        "人员/电话",
        "人员/车型",
        "人员/备注",
    )
    dropped = screen([ColumnSample(place, head, ["√"]) for place, head in enumerate(heads)])
    assert [found.index for found in dropped] == [0, 1, 2]


def test_words_are_complete() -> None:
    kinds = set(KIND_LABELS)
    assert {kind for kind, _ in HEADS} | set(LABELS) | {kind for kind, _ in TEXTS} == kinds
    assert len([name for name in ETHNIC if name not in {"维", "哈", "穿青人"}]) == 56


@given(st.sampled_from(ETHNIC), st.sampled_from(("自治县", "自治州", "乡", "镇")))
def test_places_named_after_a_people_are_harmless(people: str, place: str) -> None:
    assert scrub(f"{people}族{place}")[0] is not None


@given(st.text(max_size=40))
def test_scrub_either_keeps_or_drops(text: str) -> None:
    clean, kinds = scrub(text)
    assert (clean is None) == bool(kinds)
    assert clean in (None, text)
