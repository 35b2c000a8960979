"""The sheets of the registers: their fields, the heads that clerks use, and how rows come in and go back."""

from functools import partial

from chelun.engines.faults import N_
from chelun.people.rules.cells import KIND_WORDS
from chelun.people.rules.rows import check_enterprise, check_person, check_vehicle
from chelun.people.services import batches
from chelun.people.services.comparing import compare
from chelun.people.services.intake.enterprises import EnterprisePublisher
from chelun.people.services.intake.newcomers import prepare_persons
from chelun.people.services.intake.persons import PersonPublisher
from chelun.people.services.intake.shelf import ENTERPRISES, PERSONS, VEHICLES, Shelf
from chelun.people.services.intake.vehicles import VehiclePublisher
from chelun.platform.sheets.columns.fields import FieldSpec
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
    "Kind of work",
)
FIRM_HEADS = (
    "所属企业", "单位", "所在单位", "工作单位", "企业名称", "公司", "挂靠单位", "掛靠單位", "业户名称", "从业单位", "Enterprise",
)  # fmt: skip
PHONE_HEADS = ("联系电话", "手机号", "手机号码", "电话", "联系方式", "手机", "移动电话", "Telephone")
KIND_EXAMPLE = "货车"
#: Who does the work that a word names: 货车司机, 快递员, 养护工人.
_WORKERS = ("司机", "车司机", "驾驶员", "车驾驶员", "员", "工", "工人", "骑手", "师傅")
#: The words of each kind of work: they tell a column without head or under 岗位, and are offered in the template.
KIND_CHOICES = {
    code: (*words, *(word + worker for word in words for worker in _WORKERS))
    for code, words in KIND_WORDS.items()
}
_POSITION_HEADS = ("岗位", "职务", "职位", "Position")

_NOTE = FieldSpec("note", N_("备注"), "note", ("备注", "说明", "Remark"), many=True)
_TOWNSHIP = FieldSpec(
    "township", N_("乡镇"), "region", ("乡镇", "所在乡镇", "乡镇街道", "街道", "镇", "Township")
)
_ADDRESS = FieldSpec(
    "address", N_("地址"), "address", ("地址", "住址", "家庭住址", "现住址", "住所", "户籍地址", "Address")
)
_USCC = FieldSpec(
    "uscc",
    N_("统一社会信用代码"),
    "uscc",
    ("统一社会信用代码", "信用代码", "社会信用代码", "税号", "Unified social credit code"),
)
_PLATE_HEADS = ("车牌号", "号牌号码", "车牌", "车号", "牌照号", "车辆号牌", "Plate")
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
    FieldSpec("phone2", N_("其他电话"), "phone", (*PHONE_HEADS, "其他电话", "备用电话", "Other telephone")),
    FieldSpec("sex", N_("性别"), "sex", ("性别", "Sex"), example="男"),
    FieldSpec("birth", N_("出生日期"), "date", ("出生日期", "出生年月日", "生日", "Date of birth")),
    FieldSpec("kinds", N_("工种"), "text", KIND_HEADS, choices=KIND_CHOICES, example=KIND_EXAMPLE, lent=_POSITION_HEADS),
    FieldSpec("enterprise", N_("所属企业"), "firm_name", FIRM_HEADS, example="示例货运有限公司"),
    _USCC,
    FieldSpec("platform", N_("平台"), "text", ("平台", "所属平台", "注册平台", "平台名称", "服务平台", "承运平台", "接单平台", "快递品牌", "Platform")),
    FieldSpec("plate", N_("车牌号"), "plate", _PLATE_HEADS, example="川A00000"),
    _PLATE_COLOUR,
    FieldSpec("certificate", N_("从业资格证号"), "certificate", ("从业资格证号", "从业资格证", "资格证号", "从业证号", "Qualification certificate number")),
    FieldSpec("position", N_("岗位"), "text", _POSITION_HEADS),
    FieldSpec("start", N_("开始日期"), "date", ("入职日期", "开始日期", "从业时间", "从业起始时间", "参加工作时间", "注册日期", "Start date")),
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
    FieldSpec("enterprise", N_("所属企业"), "firm_name", (*FIRM_HEADS, "车主", "所有人", "车辆所有人")),
    _USCC,
    _NOTE,
)


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
