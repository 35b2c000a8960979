"""The catalogue of everything the readers of this engine can refuse, as fixed Chinese sentences.

What lives here: one `FaultKind` a line and `ALL_FAULTS`, from which the Django side translates and documents.
What does not: the decisions; they are in the module of each kind of number.
"""

from chelun.engines.faults import N_, Fault, FaultKind

__all__ = ["ALL_FAULTS", "Fault", "FaultKind"]

ID_EMPTY = FaultKind("id.empty", N_("身份证号是空的。"), N_("请补上身份证号。"))
ID_SCIENTIFIC = FaultKind(
    "id.scientific",
    N_("身份证号被表格软件当成了数字，末几位已经丢失。"),
    N_("请回到原来的表格，先把这一列设为“文本”格式，重新填写后再导出；丢失的数字无法还原，请勿在后面补零。"),
)
ID_LENGTH = FaultKind(
    "id.length",
    N_("身份证号有 {length} 位，应为 18 位（旧证 15 位）。"),
    N_("请对照证件，看看是否漏写或多写。"),
)
ID_LETTER_FOR_DIGIT = FaultKind(
    "id.letter_for_digit", N_("身份证号里有看起来像数字的字母（O、I、L 等）。"), N_("请把它们改成数字。")
)
ID_BAD_CHARACTER = FaultKind(
    "id.bad_character",
    N_("身份证号里有不该出现的字符。"),
    N_("只能有数字，最后一位可以是英文字母 X，请改正。"),
)
ID_MASKED = FaultKind(
    "id.masked", N_("身份证号被遮住了一部分。"), N_("请向来源单位要完整的号码，或把这一格留空。")
)
ID_CHECK_SWAPPED = FaultKind(
    "id.check_swapped", N_("身份证号的校验位不对，可能有相邻的两位写颠倒了。"), N_("请对照证件逐位核对。")
)
ID_CHECK_ONE_DIGIT = FaultKind(
    "id.check_one_digit", N_("身份证号的校验位不对，可能有一位写错了。"), N_("请对照证件逐位核对。")
)
ID_CHECK_DIGIT = FaultKind(
    "id.check_digit",
    N_("身份证号的校验位不对，地区或出生日期也不像真的。"),
    N_("可能填的是别的号码，请对照证件重新填写。"),
)
ID_BIRTH_IMPOSSIBLE = FaultKind(
    "id.birth_impossible", N_("身份证号里的出生日期不存在。"), N_("请对照证件核对第 7 至 14 位。")
)
ID_BIRTH_FUTURE = FaultKind(
    "id.birth_future", N_("身份证号里的出生日期在今天之后。"), N_("请对照证件核对第 7 至 14 位。")
)
ID_BIRTH_TOO_OLD = FaultKind(
    "id.birth_too_old", N_("按身份证号推算，年龄超过 {years} 岁。"), N_("请对照证件核对第 7 至 10 位的年份。")
)
ID_PROVINCE_UNKNOWN = FaultKind(
    "id.province_unknown", N_("身份证号的头两位不是任何一个省级地区的代码。"), N_("请对照证件核对头两位。")
)
ID_AREA_UNKNOWN = FaultKind(
    "id.area_unknown", N_("身份证号的头六位是从未用过的地区代码。"), N_("请对照证件核对头六位。")
)
ID_AREA_OUT_OF_USE = FaultKind(
    "id.area_out_of_use",
    N_("身份证号头六位的地区代码，从 {year} 年到现在都没有使用过。"),
    N_("请对照证件核对头六位和出生年份。"),
)
ID_DEMO_AREA = FaultKind(
    "id.demo_area", N_("这是演示用的号码，不是真实的身份证号。"), N_("请填写证件上的号码。")
)

USCC_EMPTY = FaultKind("uscc.empty", N_("统一社会信用代码是空的。"), N_("请补上营业执照上的代码。"))
USCC_SCIENTIFIC = FaultKind(
    "uscc.scientific",
    N_("统一社会信用代码被表格软件当成了数字，末几位已经丢失。"),
    N_("请回到原来的表格，先把这一列设为“文本”格式，重新填写后再导出。"),
)
USCC_MASKED = FaultKind(
    "uscc.masked", N_("统一社会信用代码被遮住了一部分。"), N_("请补上完整的代码，或把这一格留空。")
)
USCC_OLD_REGISTRATION = FaultKind(
    "uscc.old_registration",
    N_("这是 15 位的旧工商注册号。"),
    N_("请换成营业执照上 18 位的统一社会信用代码。"),
)
USCC_ORGANISATION_CODE = FaultKind(
    "uscc.organisation_code",
    N_("这是 9 位的旧组织机构代码。"),
    N_("请换成营业执照上 18 位的统一社会信用代码。"),
)
USCC_LENGTH = FaultKind(
    "uscc.length", N_("统一社会信用代码有 {length} 位，应为 18 位。"), N_("请对照营业执照核对。")
)
USCC_CONFUSED_LETTER = FaultKind(
    "uscc.confused_letter",
    N_("统一社会信用代码里不会有字母 I、O、S、V、Z。"),
    N_("常见的误认：I 应为 1，O 应为 0，S 应为 5，V 应为 U，Z 应为 2；请对照营业执照改正。"),
)
USCC_BAD_CHARACTER = FaultKind(
    "uscc.bad_character", N_("统一社会信用代码里有不该出现的字符。"), N_("只能有数字和大写英文字母，请改正。")
)
USCC_REGISTRAR = FaultKind(
    "uscc.registrar",
    N_("统一社会信用代码的第一位不是任何登记部门的代码。"),
    N_("请对照营业执照核对；个人身份证号不要填在这里。"),
)
USCC_AREA = FaultKind(
    "uscc.area", N_("统一社会信用代码第 3 至 8 位不是六位数字的地区代码。"), N_("请对照营业执照核对。")
)
USCC_CHECK_SWAPPED = FaultKind(
    "uscc.check_swapped",
    N_("统一社会信用代码的校验位不对，可能有相邻的两位写颠倒了。"),
    N_("请对照营业执照逐位核对。"),
)
USCC_CHECK = FaultKind("uscc.check", N_("统一社会信用代码的校验位不对。"), N_("请对照营业执照逐位核对。"))
USCC_DEMO_AREA = FaultKind(
    "uscc.demo_area", N_("这是演示用的代码，不是真实的统一社会信用代码。"), N_("请填写营业执照上的代码。")
)

PLATE_EMPTY = FaultKind("plate.empty", N_("车牌号是空的。"), N_("请补上车牌号。"))
PLATE_MASKED = FaultKind(
    "plate.masked", N_("车牌号被遮住了一部分。"), N_("请补上完整的车牌号，或把这一格留空。")
)
PLATE_NO_PROVINCE = FaultKind(
    "plate.no_province", N_("车牌号缺少省份简称。"), N_("请在前面补上省份简称，例如“川”。")
)
PLATE_LETTER_IO = FaultKind(
    "plate.letter_io", N_("车牌号里不会有字母 I 和 O。"), N_("它们多半是数字 1 和 0，请对照行驶证改正。")
)
PLATE_LENGTH = FaultKind(
    "plate.length",
    N_("车牌号有 {length} 位，应为 7 位（新能源车 8 位）。"),
    N_("请对照行驶证，看看是否漏写或多写。"),
)
PLATE_SEVERAL = FaultKind("plate.several", N_("这一格里有不止一个车牌号。"), N_("请把每辆车单独填一行。"))
PLATE_FORM = FaultKind(
    "plate.form",
    N_("认不出这种车牌号的写法。"),
    N_("请按行驶证填写，例如省份简称、字母，再加五位字母或数字。"),
)
PLATE_COLOUR_UNKNOWN = FaultKind(
    "plate.colour_unknown",
    N_("认不出这种车牌颜色。"),
    N_("请填蓝、黄、黑、白、绿、农黄、农绿、黄绿、渐变绿或其他。"),
)
PLATE_COLOUR_CONFLICT = FaultKind(
    "plate.colour_conflict", N_("车牌号里写的颜色与颜色一栏不一致。"), N_("请对照行驶证，留下正确的一个。")
)

PHONE_EMPTY = FaultKind("phone.empty", N_("电话号码是空的。"), N_("请补上电话号码。"))
PHONE_SCIENTIFIC = FaultKind(
    "phone.scientific",
    N_("电话号码被表格软件当成了数字，末几位已经丢失。"),
    N_("请回到原来的表格，先把这一列设为“文本”格式，重新填写后再导出。"),
)
PHONE_MASKED = FaultKind(
    "phone.masked", N_("电话号码被遮住了一部分。"), N_("请补上完整的号码，或把这一格留空。")
)
PHONE_BAD_CHARACTER = FaultKind(
    "phone.bad_character", N_("电话号码里有不该出现的字符。"), N_("请只留下数字。")
)
PHONE_TOO_SHORT = FaultKind(
    "phone.too_short", N_("电话号码少了 {missing} 位。"), N_("手机号应为 11 位，请核对补全。")
)
PHONE_TOO_LONG = FaultKind(
    "phone.too_long",
    N_("电话号码多了 {extra} 位。"),
    N_("手机号应为 11 位，请核对；几个号码之间请用顿号隔开。"),
)
PHONE_BAD_START = FaultKind(
    "phone.bad_start", N_("手机号的开头不对。"), N_("手机号以 13 至 19 开头，请核对。")
)
PHONE_NO_AREA_CODE = FaultKind(
    "phone.no_area_code", N_("固定电话缺少区号。"), N_("请在前面补上区号，例如 0834。")
)
PHONE_AREA_CODE = FaultKind(
    "phone.area_code", N_("固定电话的区号或位数不对。"), N_("请按“区号-号码”填写并核对。")
)
PHONE_SEVERAL = FaultKind("phone.several", N_("这一格里像是连着写了两个号码。"), N_("请用顿号把号码隔开。"))

CERTIFICATE_EMPTY = FaultKind(
    "certificate.empty", N_("证号是空的。"), N_("请补上证号；不需要办证的请写明原因。")
)
CERTIFICATE_SCIENTIFIC = FaultKind(
    "certificate.scientific",
    N_("证号被表格软件当成了数字，末几位已经丢失。"),
    N_("请回到原来的表格，先把这一列设为“文本”格式，重新填写后再导出。"),
)
CERTIFICATE_MASKED = FaultKind(
    "certificate.masked", N_("证号被遮住了一部分。"), N_("请补上完整的证号，或把这一格留空。")
)
CERTIFICATE_BAD_CHARACTER = FaultKind(
    "certificate.bad_character", N_("证号里有不该出现的字符。"), N_("请只填证件上的号码。")
)
QUALIFICATION_LENGTH = FaultKind(
    "certificate.qualification_length",
    N_("从业资格证号有 {length} 位，应为 18 位或 19 位。"),
    N_("请对照证件核对。"),
)
QUALIFICATION_CHECK = FaultKind(
    "certificate.qualification_check",
    N_("18 位的从业资格证号应与身份证号相同，但校验位不对。"),
    N_("请对照证件逐位核对。"),
)
TRANSPORT_LENGTH = FaultKind(
    "certificate.transport_length",
    N_("证号的数字有 {length} 位，应为 12 位。"),
    N_("请对照道路运输证或经营许可证核对。"),
)
DRIVING_DIFFERS = FaultKind(
    "certificate.driving_differs",
    N_("驾驶证号应与持证人的身份证号相同。"),
    N_("请对照证件逐位核对；证芯编号和档案编号不要填在这里。"),
)
PAPER_NUMBER_FORM = FaultKind(
    "certificate.paper_number_form",
    N_("认不出这种证号：应有 4 至 40 个字，其中至少 4 位数字。"),
    N_("请只填证件上的号码，不要写说明。"),
)

ALL_FAULTS: tuple[FaultKind, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, FaultKind)
)
