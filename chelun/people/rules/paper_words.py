"""Words that clerks write for kinds of papers, for why there is none, and for what an office says of one; no sentence is here.

What the template offers comes first, what it offers in English last.
"""

from collections.abc import Mapping

from chelun.people.choices import PaperKind, PaperStatus, Presence

WORDS: Mapping[str, tuple[str, ...]] = {
    PaperKind.QUALIFICATION: ("从业资格证", "道路运输从业人员从业资格证", "道路运输从业资格证", "从业资格证书", "货运从业资格证", "客运从业资格证", "危货从业资格证", "Qualification certificate"),
    PaperKind.DRIVING: ("机动车驾驶证", "驾驶证", "驾照", "驾驶执照", "Driving licence"),
    PaperKind.RIDE_DRIVER: ("网约车驾驶员证", "网络预约出租汽车驾驶员证", "网络预约出租汽车驾驶员从业资格证", "网约车驾驶员从业资格证", "网约车从业资格证", "网约车资格证", "网约车人证", "Ride-hailing driver certificate"),
    PaperKind.TAXI_DRIVER: ("巡游出租汽车驾驶员证", "巡游出租汽车驾驶员从业资格证", "出租汽车驾驶员从业资格证", "出租车驾驶员从业资格证", "出租汽车驾驶员证", "出租车驾驶员证", "巡游证", "Taxi driver certificate"),
    PaperKind.SKILL: ("职业技能等级证书", "职业技能等级证", "职业技能证书", "技能等级证书", "职业资格证书", "Vocational skill certificate"),
    PaperKind.OPERATION: ("道路运输经营许可证", "经营许可证", "道路货物运输经营许可证", "道路旅客运输经营许可证", "网络货运经营许可证", "网络货运道路运输经营许可证", "运输经营许可证", "Road transport operating licence"),
    PaperKind.RIDE_PLATFORM: ("网约车经营许可证", "网络预约出租汽车经营许可证", "网约车平台经营许可证", "Ride-hailing operating licence"),
    PaperKind.EXPRESS: ("快递业务经营许可证", "快递经营许可证", "快递许可证", "快递业务许可证", "Express delivery licence"),
    PaperKind.TRANSPORT: ("道路运输证", "营运证", "车辆道路运输证", "车辆营运证", "Road transport certificate of a vehicle"),
    PaperKind.RIDE_VEHICLE: ("网约车运输证", "网络预约出租汽车运输证", "网约车车证", "Ride-hailing certificate of a vehicle"),
}  # fmt: skip
PRESENCE_WORDS: Mapping[str, tuple[str, ...]] = {
    Presence.HELD: ("持有", "有", "已办", "已取得", "持证", "有证", "Held"),
    Presence.LIGHT_VEHICLE: (
        "总质量 4.5 吨及以下普通货运，不需要", "4.5吨以下免办", "4.5吨及以下免办", "总质量4.5吨及以下", "免办", "不需要", "无需办理", "豁免",
        "Not needed up to 4.5 t of ordinary freight",
    ),
    Presence.NONE: ("没有办", "未办", "未办理", "无证", "未取得", "Not obtained"),
    Presence.IN_PROGRESS: ("申办中", "正在办理", "办理中", "在办", "待办", "申请中", "Being applied for"),
}  # fmt: skip
STATUS_WORDS: Mapping[str, tuple[str, ...]] = {
    PaperStatus.VOID: ("注销或吊销", "注销", "吊销", "作废", "失效", "撤销", "cancelled"),
    PaperStatus.LOST: ("挂失", "遗失", "丢失", "lost"),
    PaperStatus.SUSPENDED: ("暂扣停用", "暂扣", "停用", "停运", "歇业", "扣押", "中止", "suspended"),
    PaperStatus.IN_FORCE: ("状态正常", "正常", "在用", "有效", "营运", "年审合格", "in force"),
}  # fmt: skip
