"""Words by which columns that a roster may not bring in are known. Data only: used to drop, never to keep or count.

Heads are compared folded (`heads.fold`: one width, simplified, small letters, no spaces, no `*`). What a word may
stand in without meaning a person (彝族自治县, 街道教育, 工伤保险) is listed beside it.
"""

import re
from collections.abc import Mapping

from chelun.engines.faults import N_
from chelun.engines.tables.columns.script import words

#: The kinds, with the label that is shown to the clerk.
KIND_LABELS: Mapping[str, str] = {
    "political": N_("政治面貌"),
    "membership": N_("党团组织关系"),
    "ethnicity": N_("民族"),
    "religion": N_("宗教信仰"),
    "health": N_("健康状况"),
    "opinion": N_("思想与评价"),
    "watch": N_("重点人员、前科、信访、征信"),
    "biometric": N_("照片与生物特征"),
    "private": N_("婚姻与私生活"),
}

#: The 56 ethnic names without 族, longest first.
ETHNIC = tuple(
    sorted(
        words(
            "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
            "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
            "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 维 哈 穿青人"
        ),
        key=len,
        reverse=True,
    )
)
_NATIONS = "|".join(ETHNIC)
_AFTER_NATION = "".join(("(?:", "|".join(f"(?<={name}族)" for name in ETHNIC), ")"))
_NO_PLACE = f"(?!(?:(?:{_NATIONS}|各)族)*(?:自治|民族|乡|镇|村|屯|街|路|寨|县|区|州|中学|小学|学校|风|文化|饭|餐|美食|服|医|药|特|火锅|旅|园|馆|中心))"
#: One-character names that mean little else in a column of their own.
ETHNIC_PLAIN = frozenset("汉彝藏壮苗傣侗瑶畲羌佤")
#: Those by which a single character in a cell or behind a name is taken for a people.
PEOPLES = ETHNIC_PLAIN | {"回"}
ETHNIC_LATIN = words(
    "han yi tibetan zang hui miao zhuang uyghur uygur weiwuer mongol mongolian manchu man dong yao bai tujia qiang dai"
)
ETHNIC_LATIN_PLAIN = words("han tibetan uyghur uygur zhuang miao mongol mongolian manchu tujia qiang")

#: Kind → pattern searched in a folded head.
HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "political",
        re.compile(
            "政治面|正治面|政治身份|政治状[况态]|政治情况|政治成[分份]|家庭成[分份]|阶级成[分份]|政面(?!积)|政貌|治面(?!积)|(?<!精神)(?<!站容)面[貌貎]|党派|"
            "(?<!行)政协|人大代表|代表一委员|统战|统一战线|学习强国|(?<![联加])盟员(?!工)|民主人士|(?<!华)侨眷|红色身份|political|politics|zhengzhi|mianmao|^(?:zzmm|zjmm)$|^政治$|^(?:是否)?(?:普通)?群众$|^(?:家庭|本人|个人|学生)?成[份分]$|^(?:家庭|本人|个人)?出身$"
        ),
    ),
    (
        "membership",
        re.compile(
            "党|☭|(?<![a-z])(?:d|dang)(?:员|龄|费|支部|组织|派|团|籍|委|建|务|内)|(?:入|在)(?:d|dang)(?![a-z])|(?<!集)团员(?!工)|共青团|入团|团龄|团组织|团支部|"
            "团籍|团费|团委|组织关系|转正(?:时间|日期|年月|情况)?$|预备期|组织生活|组织隶属|组织(?:成员|情况|身份|里|中的|内(?!部)|上的|的人)|(?:加入|入|有无|有没有|是不是|是否有?)在?组织(?!机构|代码|单位|架构|培训|活动|运输)|先锋(?:队|模范)|宣誓|(?<!分)支部|支委|书记|积极分子|发展对象|^(?:party|团|(?:是否|是不是)[d团])$|递交申请|有组织吗|partymember|partyorg|partybranch|"
            "joinedparty|joinparty|partyjoin|dateofparty|(?<![a-z])(?:ccp|cpc)|communist|leaguemember|youthleague|dangyuan|rudang|dangzuzhi|dangling|dangfei|"
            "dangzhibu|zhibu|^(?:dy|sfdy|zgdy|dyxx|rdsj|dzz)$|tuanyuan|zuzhiguanxi|liudongdang"
        ),
    ),
    (
        "ethnicity",
        re.compile(
            "民族|族别|族属|族称|族裔|名族|民簇|民旅|(?<!至)少民|种族|(?:什么|哪个?|何|啥|个)族|^(?:是否)?少数$|(?<!家)族[名系]|^本族|母语|^族$|^mz$|ethnic|minzu|zubie|^nation$|^race$"
        ),
    ),
    (
        "religion",
        re.compile(
            "宗教|信仰|(?<!诚)信教(?!育|学|程|师|室|材)|信(?:什么|啥|佛|主(?!体|要|管|营))|拜佛|念经|(?<!星期)礼拜(?![一二三四五六日天])|吃斋|斋戒|^(?:是否)?清真$|清真(?:饮食|习惯)|忌口|饮食(?:习惯|禁忌)|教门|教堂|^[教宗佛]$|教派|教徒|教民|教别|信众|religio|^faith$|^belief|zongjiao|xinyang|xinjiao"
        ),
    ),
    (
        "health",
        re.compile(
            "健康|(?<!车)身体|身心|病|残疾|残障|伤残|致残|残联|残级|残证|证残|尘肺|颈椎|腰椎|心脏|肝功|近视|^[残伤]$|旧伤|[吃服]药|酗酒|血型|血压|血糖|疫苗|接种|核酸|抗原|(?<![车整立])体检(?!测)|体温|三高|体况|肢残|障碍人|hiv|covid|^健$|过敏|怀孕|孕[产妇期情]|"
            "精神(?:状|障|疾|情)|(?<!中)心理|既往|手术|用药|服药|视力|色盲|色觉|听力|听障|辨色|尿检|住院|肢体|失能|传染|症状|隔离|行程码|绿码|新冠|阳性|"
            "医疗史|诊断|health|medical|disab|disease|illness|blood|vaccin|allerg|jiankang|bingshi|jibing|canji|xuexing|yimiao|hesuan|tijian|^jkzk$|^jkqk$|体质(?!检)"
        ),
    ),
    (
        "watch",
        re.compile(
            "重点(?:人|对象|关注|群体|稳控|管控|监管人)|特殊(?:人群|人员|群体)|关注(?:人员|对象|等级|级别|程度)|^(?:是否)?关注$|信访|上访|访民|涉访|[缠闹]访|(?<![目当以])前科(?![室目技员级])|案底|犯罪|刑事|判刑|服刑|刑释|刑满|"
            "劳教|劳改|戒毒|涉毒|吸毒|毒检|毒驾|涉[黑恶恐稳邪赌黄案]|维稳|稳控|管控(?:级|等|类|措|情)|征信(?!息)|(?<![遗挂丢损])失信(?!息)|黑名单|政审|政治审查|背景(?:审|核|调)|在逃|"
            "矫正|邪教|帮教|处分|有无违法|老赖|^(?:是否)?重点$|重点户|闹事|违法记录|违法犯罪|不良记录|人员风险|个人风险|行政拘留|criminal|offen[cs]e|blacklist|credit(?:report|record)|"
            "petition|background(?:check)?$|qianke|xinfang|shangfang|zhongdianren|zhengxin|shixin|shedu"
        ),
    ),
    (
        "opinion",
        re.compile(
            "思想|政治(?:表现|立场|倾向|态度|觉悟|素质|评)|(?<!成)立场|言论|发言|发帖|舆情|(?:现实|一贯|日常|平时|个人|思想)表现|^表现$|"
            "(?:群众|个人|组织|综合|社会|邻里|领导|单位|同事)评价|^评价$|^评语$|品行|性格|情绪|精神面貌|(?:思想|对党|对政府)态度|^态度$|opinion|attitude|sixiang|yanlun"
        ),
    ),
    (
        "biometric",
        re.compile(
            r"照片|相片|头像|人像|人脸|面部|脸部|指纹|掌纹|虹膜|声纹|基因|dna|生物特征|生物识别|(?<!\d)[一二12两]寸(?!胎|轮|屏)|免冠|指静脉|登记照|证件照|"
            "photo|portrait|fingerprint|faceid|faceimage|headshot|zhaopian|zhiwen"
        ),
    ),
    (
        "private",
        re.compile(
            "婚姻|婚否|婚育|婚况|结婚|配偶|生育|计生|计划生育|子女|孩子|^(?:是否|有无|已)?成家|^婚$|离婚|离异|夫妻|感情状况|恋爱|性取向|同性|marital|married|spouse|hunyin|sexualorient"
        ),
    ),
)

#: Phrases taken out of a head before it is searched: there the words mean no person's trait.
HARMLESS_HEADS = re.compile(
    "党校|党政机关|党政办|党参|民族(?:自治|乡|镇|村|县|区|州|路|街|中学|小学|学校|大学|学院|品牌|企业|特色|团结)|"
    "(?:工伤|生育|医疗|大病|疾病|健康|伤残|意外|重疾)(?:保险|险|险种)|(?:车辆|机动车|整车|车况|电池)(?:体检|健康|照片|相片|图片|隔离)|"
    "(?:车身|车头|车尾|行驶证|营业执照|运输证|许可证|门头|站点|设备|场地|货物|现场)(?:照片|相片|图片)|旅行团|旅游团|集团党?|团队|团购|"
    "病媒|病虫|灰尘病|重点人?(?:车辆|车型|货源|企业|监管企业|监管车辆|路段|线路)|服务评价|满意度评价|隔离带|隔离栏|车辆黑名单|photographer"
)

#: Heads of plain facts: under a group head like 党员信息 they stay what they are.
NEUTRAL_HEADS = re.compile(
    "(?:姓名|名字|身份证(?:件)?(?:号|号码)?|公民身份号码|证件(?:号|号码|类型)|性别|年龄|出生(?:年月|日期|年月日)?|(?:联系)?(?:电话|手机)(?:号|号码)?|联系方式|手机|"
    "车牌(?:号|号码|颜色)?|号牌(?:号码|颜色|种类)?|(?:工作|所在|所属)?单位(?:名称)?|(?:公司|企业)(?:名称)?|(?:家庭|居住|现)?(?:地址|住址)|学历|工种|岗位|序号|车型|"
    "车辆类型|从业资格证(?:号|号码)?|统一社会信用代码|户籍(?:地|地址)?|name|phone|idnumber)"
)

#: A whole (folded) cell that is such a label.
LABELS: Mapping[str, frozenset[str]] = {
    "political": words(
        "党员 中共党员 共产党员 中国共产党党员 中共预备党员 预备党员 正式党员 中共正式党员 流动党员 老党员 退休党员 非党员 非中共党员 中共 中共员 党 是党员 不是党员 "
        "团员 共青团员 共青团 共青员 中国共青团员 非团员 群众 普通群众 无党派 无党派人士 无党派民主人士 民主党派 民主人士 民革 民盟 民建 民进 农工党 致公党 九三学社 九三 台盟 "
        "民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 台盟盟员 入党积极分子 积极分子 发展对象 入党申请人 已递交入党申请书 已递交申请 已递交申请书 预备期 预备 cpc ccp cyl cpcmembers "
        "partymember cpcmember ccpmember communist communistpartymember leaguemember masses probationarypartymember dangyuan tuanyuan qunzhong d员"
    ),
    "ethnicity": frozenset(f"{name}族" for name in ETHNIC if name not in {"穿青人", "维", "哈"})
    | words(
        "汉族人 少数民族 非少数民族 穿青人 蒙族 维族 哈族 布依 维吾尔 哈萨克 土家 傈僳 哈尼 柯尔克孜 仡佬 回民 汉民 藏民 彝民 苗民 蒙民 满民 维民 彝胞 藏胞 hanzu yizu zangzu huizu miaozu zhuangzu"
    ),
    "religion": words(
        "佛教 道教 伊斯兰教 基督教 天主教 东正教 藏传佛教 回教 喇嘛教 苯教 无宗教 无宗教信仰 无信仰 信佛 信教 不信教 穆斯林 佛教徒 基督徒 教徒 信徒 居士 清真 "
        "buddhism islam muslim christian christianity catholic taoism buddhist"
    ),
    "health": words(
        "健康 身体健康 基本健康 亚健康 不健康 身体良好 健康良好 健康一般 体弱 体弱多病 多病 有病 无病 患病 残疾 残疾人 非残疾 o型 ab型 o型血 a型血 b型血 ab型血 rh阴性 "
        "绿码 黄码 红码 已接种 未接种 全程接种 接种两针 三针 两针 加强针 阳性 阴性 确诊 无症状 孕期 怀孕 哺乳期 色盲 色弱 近视 healthy unhealthy disabled"
    ),
    "watch": words(
        "上访 信访 上访户 老上访 上访人员 重点人员 重点人 重点对象 一般重点人 重点关注 涉毒 吸毒 涉稳 涉黑 涉恶 涉军 前科 有前科 无前科 刑满释放 刑满释放人员 刑释人员 社区矫正 "
        "社区矫正人员 失信 失信人员 失信被执行人 服刑 缓刑 在逃 取保候审 黑名单 邪教 邪教人员 肇事肇祸精神病人 戒毒 戒毒人员"
    ),
    "opinion": words(
        "思想稳定 思想积极 思想进步 思想波动 思想落后 情绪稳定 情绪激动 政治可靠 政治坚定 立场坚定 拥护 有牢骚 有怨言 不满 偏激"
    ),
    "private": words(
        "已婚 未婚 离异 丧偶 离婚 再婚 初婚 同居 单身 有配偶 无配偶 married unmarried single divorced widowed"
    ),
}

#: Labels written together with a name or a number (党员张三, 张三汉族), longest first. None of them is a given name.
ATTACHED = "|".join(
    sorted(
        words(
            "中共党员 中共预备党员 中共正式党员 共产党员 预备党员 正式党员 流动党员 党员 非党员 共青团员 团员 群众 入党积极分子 积极分子 "
            "发展对象 无党派 少数民族 佛教 佛教徒 道教 基督教 基督徒 天主教 伊斯兰教 穆斯林 信教 信佛 残疾人 残疾 聋哑 高血压 糖尿病 "
            "重点人员 重点对象 上访户 上访人员 老上访 刑满释放 刑满释放人员 社区矫正 吸毒人员 失信人员 已婚 未婚 离异 丧偶"
        )
        | {f"{name}族" for name in ETHNIC if name not in {"穿青人", "维", "哈"}},
        key=len,
        reverse=True,
    )
)
#: What no name of a person, firm or place holds without saying of its people that they belong.
STRONG = "(?:党|团)(?:支部|总支|小组)|党员|(?:党|团)(?:工)?委$|入党|积极分子|发展对象"

#: Values that say nothing alone, but complete a column of the kind.
HEALTH_COMPANIONS = words("健康 良好 一般 较好 较差 差 正常 优 良 好 有病 体弱 亚健康 很好 尚可 无")
PARTY_LATIN = words("d dy qz ty yb ybdy gqty ccp cpc cyl masses mz none")
PARTY_SHORT = words("党 团 群 民 预 中共 党派 其他 无")
BLOOD = words("a b o ab a型 b型 o型 ab型 a型血 b型血 o型血 ab型血 不详 未知")

#: Kind → pattern searched inside a free text (one width, simplified, without spaces). Every alternative begins with a
#: literal character: so `re` skips the texts that hold none of them (0.1 µs instead of 4).
TEXTS: tuple[tuple[str, str], ...] = (
    (
        "political",
        "共产党|d员|入d(?![a-z])|预备期|支部委员|组织委员|党员|入党|党龄|党费|党籍|党支部|党小组|党组织|党总支|党内|党纪|党组书记|党委书记|组织关系|共青团|团员(?<!集团员)(?!工)|团支部|支部(?<!分支部)(?!队|门)|积极分子|发展对象|政治面貌|无党派|民主党派|民盟|民革|"
        "九三学社|致公党|农工党|台盟|支部书记|中共预备|partymember|communistparty",
    ),
    (
        "ethnicity",
        rf"族{_AFTER_NATION}{_NO_PLACE}|民族[是为:]*(?:{_NATIONS})(?!族?自治)|[彝藏]胞|少数民族(?!运动|文化|特|地区)",
    ),
    (
        "religion",
        "muslim|christian|buddhis|islam|做礼拜|信主|信伊|佛教|道教(?<!街道教)(?<!通道教)(?!育|学|师|练|程|导|研)|伊斯兰|穆斯林|基督|天主教|东正教|信佛|信教(?<!诚信教)(?!育|学|程|师|室|材)|教徒|宗教(?!事务|局)|喇嘛(?!湾|洞|昭|甸|庙|镇|乡)|阿訇|受洗",
    ),
    (
        "health",
        "慢病|身残|肢体[一二三四]级|聋|高血压|低血压|糖尿病|心脏病|冠心病|心梗|脑梗|脑溢血|中风(?!险)|肝炎|乙肝|甲肝|丙肝|肺炎|胃炎|肾炎|关节炎|肺结核|结核病|患癌|胃癌|肺癌|肝癌|肠癌|腺癌|血癌|癌症|肿瘤(?!医院)|白血病|尿毒症|艾滋|hiv(?<![a-z0-9]hiv)(?![a-z0-9])|梅毒|性病|"
        "精神病(?!医院)|精神分裂|精神障碍|抑郁|焦虑症|癫痫|残疾|残障|伤残|聋哑|失聪|失明|色盲|色弱|怀孕|孕妇|哺乳期|做过手术|肢残|听力障碍|视力障碍|言语障碍|智力障碍|肢体障碍|残障|手术后|刚手术|动手术|住院(?!落|子|内)|化疗|放疗|骨折|腰椎|颈椎|腰间盘|胃病|肾病|肝病|"
        "慢性病|重病|大病|疾病|患病|患有|有病|生病|病史|病假|病退|病重|职业病|过敏|新冠|确诊|核酸|疫苗(?!冷链|运输|配送|有限)|接种|健康码|血型|体弱|健康(?:状况|状态|证|良好|一般|较差|欠佳|问题|检查)|"
        "身体(?:不好|健康|较差|状况|欠佳|差|有恙|不适)|尘肺|丧失劳动|左腿残|右腿残|单眼失明|高血脂|高血糖|白内障|青光眼|房颤|哮喘|痛风|偏瘫|瘫痪|截肢|帕金森|甲亢|甲减|结节|结石(?!料|子)|透析|传染病|尿检|hypertension|diabetes|hepatitis|tuberculosis|cancer|disabled|pregnan|epilep",
    ),
    (
        "watch",
        "判过刑|坐过牢|吸过毒|上访|信访(?!局|办|接待)|重点人(?:员|头)?(?!力)|重点关注|重点稳控|吸毒|涉毒|戒毒|前科(?<![目当以]前科)(?![室目技员级])|案底|刑满|刑释|服刑|判刑|犯罪|社区矫正|缓刑|取保候审|在逃|拘留|失信(?<![遗挂丢损]失信)(?!息)|征信(?!息)|黑名单|涉黑|涉恶|涉稳|涉恐|"
        "缠访|闹访|维稳|邪教|法轮功|稳控|劳改|坐过牢|坐牢|刑事",
    ),
    (
        "opinion",
        "思想(?:动态|稳定|波动|偏激|积极|状况|情况|表现|进步|落后|不稳|有|较|问题|工作)|政治(?:表现|立场|倾向|态度|素质|坚定|可靠|觉悟)|言论|牢骚|怨言|"
        "对[^，。；]{0,8}(?:政府|政策|社会|领导|现实|单位|公司|企业|平台)[^，。；]{0,4}(?:不满|有意见|抵触)|拥护|情绪(?:稳定|激动|低落|偏激|波动|不稳|较大|大)|现实表现|反动|偏激|煽动|带头闹",
    ),
    ("private", "离异|离婚|丧偶|未婚|已婚|再婚|单亲"),
    ("biometric", "指纹|人脸|虹膜|声纹|dna(?<![a-z0-9]dna)(?![a-z0-9])"),
)
