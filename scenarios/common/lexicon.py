"""Name material as data: surnames with rough frequencies, given-name characters, Yi-style clans and syllables.

Frequencies are rounded public knowledge about the whole country (persons per thousand); they only make the rosters look
right. No class of a name is stored anywhere by the product; here it only decides how invented names are put together.
"""

SURNAMES: dict[str, float] = {
    "王": 72, "李": 71, "张": 67, "刘": 52, "陈": 45, "杨": 31, "黄": 22, "赵": 21, "吴": 20, "周": 19,
    "徐": 14, "孙": 14, "马": 13, "朱": 13, "胡": 12, "郭": 12, "何": 12, "林": 11, "高": 10, "罗": 10,
    "郑": 9.4, "梁": 8.8, "谢": 8, "宋": 7.8, "唐": 7.4, "许": 7.3, "韩": 7.2, "邓": 6.7, "冯": 6.5, "曹": 6.3,
    "彭": 6.2, "曾": 6, "肖": 5.9, "田": 5.4, "董": 5.3, "潘": 5.2, "袁": 5.1, "蔡": 5, "蒋": 5, "余": 4.9,
    "于": 4.8, "杜": 4.7, "叶": 4.6, "程": 4.6, "魏": 4.5, "苏": 4.5, "吕": 4.4, "丁": 4.3, "任": 4.2, "卢": 4.1,
    "姚": 4.1, "沈": 4, "钟": 4, "姜": 3.9, "崔": 3.9, "谭": 3.8, "陆": 3.7, "范": 3.7, "汪": 3.6, "廖": 3.6,
    "石": 3.4, "金": 3.4, "韦": 3.3, "贾": 3.2, "夏": 3.1, "付": 3, "方": 3, "邹": 2.9, "熊": 2.9, "白": 2.9,
    "孟": 2.8, "秦": 2.8, "邱": 2.7, "侯": 2.7, "江": 2.7, "尹": 2.6, "薛": 2.6, "闫": 2.5, "段": 2.5, "雷": 2.4,
    "龙": 2.3, "黎": 2.2, "史": 2.2, "陶": 2.1, "贺": 2, "毛": 2, "郝": 2, "顾": 1.9, "龚": 1.9, "邵": 1.9,
    "万": 1.8, "覃": 1.8, "武": 1.8, "钱": 1.8, "戴": 1.7, "严": 1.7, "莫": 1.6, "孔": 1.6, "向": 1.6, "常": 1.5,
}  # fmt: skip

DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "令狐", "慕容")

GIVEN_MALE = (
    "伟强军勇刚平明建国华志文波辉林海涛斌峰杰飞鹏磊超亮凯浩宇成东兵春生贵富祥福全安康宏发永清正荣顺昌"
)
GIVEN_FEMALE = "芳娟敏静丽艳霞玲红梅兰英秀珍凤萍燕琴云莲翠香玉慧婷雪莉倩颖桂菊巧春琼"
GIVEN_MIDDLE = "建志国文永德兴光世家小晓新宗明正玉仁义大传立学孝荣"

# 生僻字 of the basic plane, of extension A and beyond the basic plane: all are in GB 18030.
RARE = ("龑", "堃", "燊", "赟", "犇", "骉", "翀", "喆", "甦", "㛃", "䶮", "𣲗", "𬭼")

YI_CLANS = (
    "吉克", "阿尔", "沙马", "曲木", "俄木", "马海", "勒格", "布约", "吉木", "阿硕", "尔古", "依火", "曲比", "阿牛", "木乃", "俄其",
    "比布", "拉马", "结觉", "贾巴",
)  # fmt: skip
YI_MALE = (
    "木尔", "拉布", "惹古", "呷日", "史哈", "且古", "铁哈", "木呷", "尔布", "拉日", "沙日", "伍且", "古哈", "里铁", "达古", "子哈",
    "尔哈", "布哈", "铁日", "约古",
)  # fmt: skip
YI_FEMALE = ("木扎", "阿依", "阿果", "石扎", "伍各", "依作", "俄洛", "以作", "布西", "尔各")
YI_SYLLABLES = "阿吉木尔惹依布拉沙俄曲古呷日史且铁哈里伍各洛"

# First 16 hex digits of SHA-256 over each person's name in the source documents: an invented name may not meet one,
# and the names themselves have no place in this tree.
BARRED_NAMES = frozenset(
    {
        "01445aba79237a5c", "15ab558d76049a94", "2db792477bf2231e", "3512ea8574032340",
        "4135c1792bd77fad", "4b98b3dc482ed9e6", "5f79c6f104f9fdc6", "68089f2e65bd4c41",
        "6b671e7cb7b26a12", "74517a32b6b2afc3", "7c653a62f7c921af", "86690956808d2c79",
        "8d738de183012c72", "a5a8c1eb13c713d7", "b1f6907eddeb6ce7", "b243be8ce0ea687f",
        "b5feb26e8b9f8f81", "e67230ce51290785", "e8ca6ec2901f7fa0", "fdaca4d9a0b14e87",
    }
)  # fmt: skip
