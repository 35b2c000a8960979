"""The sheets of the registers: their fields, the heads that clerks use, and how rows come in and go back."""

from functools import partial

from chelun.engines.faults import N_
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.people.choices import Energy
from chelun.people.rules.cells import KIND_WORDS
from chelun.people.rules.credentials import check_credential
from chelun.people.rules.paper_words import PRESENCE_WORDS, STATUS_WORDS, WORDS
from chelun.people.rules.rows import check_enterprise, check_person, check_vehicle
from chelun.people.services import batches
from chelun.people.services.comparing import compare
from chelun.people.services.intake.credentials import CredentialPublisher
from chelun.people.services.intake.enterprises import EnterprisePublisher
from chelun.people.services.intake.newcomers import prepare_persons
from chelun.people.services.intake.persons import PersonPublisher
from chelun.people.services.intake.shelf import CREDENTIALS, ENTERPRISES, PERSONS, VEHICLES, Shelf
from chelun.people.services.intake.vehicles import VehiclePublisher
from chelun.platform.sheets.registers import REGISTERS, Prepare, Register

KIND_HEADS = (
    "工种",
    "从业类别",
    "从业类型",
    "类别",
    "行业",
    "行业类别",
    "车辆用途",
    "司机类型",
    "人员类别",
    "服务类别",
    "从业工种",
    "从事工种",
    "从事行业",
    "从业领域",
    "群体类型",
    "就业类型",
    "职业",
    "职业类别",
    "Kind of work",
)
FIRM_HEADS = (
    "所属企业", "单位", "所在单位", "工作单位", "企业名称", "公司", "挂靠单位", "掛靠單位", "业户名称", "从业单位", "从业单位名称",
    "用人单位", "服务单位", "任职单位", "从业企业", "挂靠公司", "Enterprise",
)  # fmt: skip
PHONE_HEADS = (
    "联系电话",
    "手机号",
    "手机号码",
    "电话",
    "联系方式",
    "手机",
    "移动电话",
    "联系手机",
    "联系电话一",
    "联系电话1",
    "手机一",
    "手机1",
    "电话1",
    "Telephone",
)
SECOND_PHONE_HEADS = (
    "其他电话",
    "备用电话",
    "联系电话二",
    "联系电话2",
    "手机二",
    "手机2",
    "电话2",
    "Other telephone",
)
KIND_EXAMPLE = "货车"
#: Who does the work that a word names: 货车司机, 快递员, 养护工人.
_WORKERS = ("司机", "车司机", "驾驶员", "车驾驶员", "员", "工", "工人", "骑手", "师傅")
#: The words of each kind of work: they tell a column without head or under 岗位, and are offered in the template.
KIND_CHOICES = {
    code: (*words, *(word + worker for word in words for worker in _WORKERS))
    for code, words in KIND_WORDS.items()
}
#: What the template offers comes first.
ENERGY_CHOICES: dict[str, tuple[str, ...]] = {
    Energy.PETROL: (N_("汽油"),), Energy.DIESEL: (N_("柴油"),), Energy.ELECTRIC: (N_("纯电动"), "电动"),
    Energy.PLUG_IN: (N_("插电混动"), "插电式混合动力", "增程式"), Energy.HYBRID: (N_("油电混动"), "混合动力"),
    Energy.GAS: (N_("天然气"), "LNG", "CNG"), Energy.HYDROGEN: (N_("氢燃料"), "氢能"), Energy.METHANOL: (N_("甲醇"),),
    Energy.OTHER: (N_("其他能源"), "其他"),
}  # fmt: skip
_POSITION_HEADS = ("岗位", "岗位名称", "工作岗位", "职务", "职位", "Position")

_NOTE = FieldSpec("note", N_("备注"), "note", ("备注", "说明", "备注说明", "Remark"), many=True)
_TOWNSHIP = FieldSpec(
    "township",
    N_("乡镇"),
    "region",
    ("乡镇", "所在乡镇", "乡镇街道", "镇街", "所在镇街", "街道", "镇", "Township"),
)
_ADDRESS = FieldSpec(
    "address",
    N_("地址"),
    "address",
    (
        "地址",
        "住址",
        "家庭住址",
        "家庭地址",
        "现住址",
        "居住地",
        "居住地址",
        "常住地址",
        "联系地址",
        "通讯地址",
        "住所",
        "户籍地址",
        "Address",
    ),
)
_USCC = FieldSpec(
    "uscc",
    N_("统一社会信用代码"),
    "uscc",
    ("统一社会信用代码", "信用代码", "社会信用代码", "税号", "Unified social credit code"),
)
_PLATE_HEADS = (
    "车牌号",
    "号牌号码",
    "车牌",
    "车号",
    "牌照号",
    "车辆号牌",
    "车辆牌照",
    "号牌",
    "驾驶车辆",
    "Plate",
)
_PLATE_COLOUR = FieldSpec(
    "plate_colour",
    N_("车牌颜色"),
    "plate_colour",
    ("车牌颜色", "号牌颜色", "颜色", "牌色", "Plate colour"),
    example="黄",
)

PERSON_FIELDS = (
    FieldSpec("name", N_("姓名"), "person_name", ("姓名", "名字", "司机姓名", "驾驶员", "驾驶员姓名", "Name"), required=True,
              example="示例司机"),
    FieldSpec("id_number", N_("身份证号"), "id_number",
              ("身份证号", "身份证号码", "公民身份号码", "证件号码", "身份证", "居民身份证号", "ID number"), example="510199199001010017",
              hint=N_("18 位；请把这一列设为文本格式")),
    FieldSpec("phone", N_("联系电话"), "phone", PHONE_HEADS, example="19900000000"),
    FieldSpec("phone2", N_("其他电话"), "phone", (*PHONE_HEADS, *SECOND_PHONE_HEADS)),
    FieldSpec("sex", N_("性别"), "sex", ("性别", "Sex"), example="男"),
    FieldSpec("birth", N_("出生日期"), "date", ("出生日期", "出生年月日", "出生年月", "生日", "Date of birth")),
    FieldSpec("kinds", N_("工种"), "text", KIND_HEADS, choices=KIND_CHOICES, example=KIND_EXAMPLE, lent=_POSITION_HEADS),
    FieldSpec("enterprise", N_("所属企业"), "firm_name", FIRM_HEADS, example="示例货运有限公司"),
    _USCC,
    FieldSpec("platform", N_("平台"), "text", ("平台", "所属平台", "注册平台", "平台名称", "服务平台", "承运平台", "接单平台", "从业平台", "派单平台", "快递品牌", "Platform")),
    FieldSpec("plate", N_("车牌号"), "plate", _PLATE_HEADS, example="川A00000"),
    _PLATE_COLOUR,
    FieldSpec("certificate", N_("从业资格证号"), "certificate", ("从业资格证号", "从业资格证", "从业资格证件号", "道路运输从业资格证号", "资格证号", "从业证号", "Qualification certificate number")),
    FieldSpec("position", N_("岗位"), "text", _POSITION_HEADS),
    FieldSpec("start", N_("开始日期"), "date", ("入职日期", "入职年月", "到岗时间", "上岗时间", "开始日期", "从业时间", "从业起始时间", "从业开始时间", "开始从业时间", "参加工作时间", "注册日期", "Start date")),
    FieldSpec("end", N_("结束日期"), "date", ("离职日期", "结束日期", "退出日期", "End date")),
    _TOWNSHIP,
    _ADDRESS,
    _NOTE,
)  # fmt: skip
ENTERPRISE_FIELDS = (
    FieldSpec("name", N_("企业名称"), "firm_name", ("企业名称", "单位名称", "公司名称", "名称", "业户名称", "Name of the enterprise"),
              required=True, example="示例货运有限公司"),
    _USCC,
    FieldSpec("kinds", N_("行业类别"), "text", (*KIND_HEADS, "经营范围", "Industry"), choices=KIND_CHOICES,
              example=KIND_EXAMPLE),
    FieldSpec("status", N_("经营状况"), "text", ("经营状况", "经营状态", "经营情况", "经营运行情况", "状态", "Operating state")),
    FieldSpec("legal_representative", N_("法定代表人"), "person_name", ("法定代表人", "法人", "负责人", "法人代表", "Legal representative")),
    FieldSpec("investors", N_("出资人"), "text", ("出资人", "投资人", "股东", "Investors")),
    FieldSpec("staff", N_("填报职工数"), "number", ("职工人数", "从业人数", "员工人数", "职工数", "人数", "Stated staff")),
    FieldSpec("vehicles", N_("填报车辆数"), "number", ("车辆数", "车辆数量", "货车数量", "车辆总数", "Stated vehicles")),
    FieldSpec("phone", N_("联系电话"), "phone", PHONE_HEADS),
    _TOWNSHIP,
    FieldSpec("address", N_("地址"), "address", ("地址", "住所", "经营地址", "注册地址", "单位地址", "Address")),
    _NOTE,
)  # fmt: skip
VEHICLE_FIELDS = (
    FieldSpec(
        "plate", N_("车牌号"), "plate", (*_PLATE_HEADS, "车牌（颜色）"), required=True, example="川A00000"
    ),
    _PLATE_COLOUR,
    FieldSpec(
        "kinds", N_("用途"), "text", (*KIND_HEADS, "Purpose"), choices=KIND_CHOICES, example=KIND_EXAMPLE
    ),
    FieldSpec(
        "vehicle_type", N_("车辆类型"), "text", ("车辆类型", "车型", "品牌型号", "车辆品牌", "Vehicle type")
    ),
    FieldSpec(
        "energy",
        N_("能源类型"),
        "text",
        ("能源类型", "燃料种类", "燃料类型", "燃油类型", "动力类型", "能源", "燃料", "Energy"),
        choices=ENERGY_CHOICES,
    ),
    FieldSpec(
        "gross_mass",
        N_("总质量（吨）"),
        "number",
        ("总质量", "总质量（千克）", "总质量kg", "最大允许总质量", "Gross mass (t)"),
        hint=N_("吨；照行驶证填千克也可以"),
    ),
    FieldSpec(
        "tonnage",
        N_("核定载质量（吨）"),
        "number",
        ("核定载质量", "核定载质量（千克）", "载重", "载重量", "吨位", "核载吨位", "核定吨位", "Tonnage (t)"),
        hint=N_("吨；照行驶证填千克也可以"),
    ),
    FieldSpec(
        "trailer_plate",
        N_("挂车车牌"),
        "plate",
        ("挂车车牌号", "挂车号牌", "挂车号", "所挂挂车", "Plate of the trailer"),
        hint=N_("以“挂”字结尾"),
    ),
    FieldSpec("enterprise", N_("所属企业"), "firm_name", (*FIRM_HEADS, "车主", "所有人", "车辆所有人")),
    _USCC,
    _NOTE,
)
CREDENTIAL_FIELDS = (
    FieldSpec("paper", N_("证照种类"), "choice", ("证照名称", "证照类型", "证书名称", "证书种类", "证书类型", "资格证种类", "Kind of paper"),
              required=True, choices=WORDS, example="从业资格证"),
    FieldSpec("name", N_("持证人姓名"), "person_name", ("持证人", "姓名", "驾驶员姓名", "司机姓名", "Name of the holder"),
              example="示例司机", hint=N_("个人的证照必填")),
    FieldSpec("id_number", N_("持证人身份证号"), "id_number",
              ("身份证号", "身份证号码", "公民身份号码", "居民身份证号", "证件号码", "ID number of the holder"), example="510199199001010017",
              hint=N_("个人的证照必填；18 位，请把这一列设为文本格式")),
    FieldSpec("phone", N_("联系电话"), "phone", PHONE_HEADS),
    FieldSpec("enterprise", N_("持证企业"), "firm_name", (*FIRM_HEADS, "单位名称", "公司名称", "Firm that holds the paper"),
              hint=N_("企业的证照必填；个人和车辆的证照不看这一列")),
    _USCC,
    FieldSpec("plate", N_("车牌号"), "plate", _PLATE_HEADS, hint=N_("车辆的证照必填")),
    _PLATE_COLOUR,
    FieldSpec("number", N_("证号"), "certificate",
              ("证照编号", "证书编号", "证件编号", "证照号码", "证号", "许可证号", "从业资格证号", "道路运输证号", "经营许可证号", "Number of the paper"),
              hint=N_("没有证的，请写明原因，例如：4.5吨以下免办、办理中")),
    FieldSpec("grade", N_("等级或类别"), "text",
              ("等级", "类别等级", "从业资格类别", "准驾车型", "经营范围", "许可范围", "技能等级", "职业（工种）及等级", "Grade or class")),
    FieldSpec("issuer", N_("发证机关"), "text", ("发证机构", "核发机关", "颁证机关", "颁证单位", "许可机关", "评价机构", "发证单位", "Issuing office")),
    FieldSpec("valid_from", N_("有效期起"), "date", ("有效期开始", "起始日期", "发证日期", "核发日期", "颁证日期", "有效期自", "Valid from")),
    FieldSpec("valid_to", N_("有效期至"), "date",
              ("有效期止", "有效期", "有效期限", "到期日期", "到期日", "截止日期", "有效期截止", "Valid to"), hint=N_("没有期限的写“长期”")),
    FieldSpec("long_term", N_("长期有效"), "yes_no", ("是否长期", "Without end")),
    FieldSpec("presence", N_("持有情况"), "text", ("办证情况", "是否持证", "持证情况", "Whether held"), choices=PRESENCE_WORDS),
    FieldSpec("paper_status", N_("证照状态"), "text", ("证件状态", "证书状态", "Standing of the paper"), choices=STATUS_WORDS),
    _NOTE,
)  # fmt: skip


def _register(
    shelf: Shelf,
    label: str,
    fields: tuple[FieldSpec, ...],
    check: object,
    publisher: object,
    prepare: Prepare | None = None,
) -> Register:
    return Register(
        name=shelf.register, label=label, tables=(shelf.card_model,), takes_own=True, fields=fields,
        rows_url=f"people:{shelf.register}_list",
        waiting_url="people:unresolved_list" if shelf is PERSONS else "",
        check=check, publisher=publisher, prepare=prepare, compare=partial(compare, shelf, publisher),  # type: ignore[arg-type]
        settle=partial(batches.settle, shelf), withdraw=partial(batches.withdraw, shelf),
        sweep=partial(batches.sweep, shelf), discard=partial(batches.discard, shelf),
    )  # fmt: skip


REGISTERS.add(
    "enterprise", _register(ENTERPRISES, N_("企业"), ENTERPRISE_FIELDS, check_enterprise, EnterprisePublisher)
)
REGISTERS.add("vehicle", _register(VEHICLES, N_("车辆"), VEHICLE_FIELDS, check_vehicle, VehiclePublisher))
REGISTERS.add(
    "person",
    _register(PERSONS, N_("人员"), PERSON_FIELDS, check_person, PersonPublisher, prepare_persons),
)
REGISTERS.add(
    "credential",
    _register(CREDENTIALS, N_("证照"), CREDENTIAL_FIELDS, check_credential, CredentialPublisher),
)
