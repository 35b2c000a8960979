"""Sounds and words of other languages that Chinese characters write in more than one way.

What lives here: data only, for `parts.py`: which initials and finals are taken for one another, and which words are one.
What does not: which language a word is from, and whose name it is.
"""

INITIALS = {
    **dict.fromkeys(("b", "p"), "b"),
    **dict.fromkeys(("d", "t"), "d"),
    **dict.fromkeys(("g", "k", "h"), "g"),
    **dict.fromkeys(("z", "c", "zh", "ch", "j", "q"), "z"),
    **dict.fromkeys(("s", "sh", "x"), "s"),
    **dict.fromkeys(("l", "r"), "l"),
}
"""阿布都 and 阿卜杜, 库尔班 and 胡尔班, 吐尔逊 and 图尔荪; what is not named stands for itself."""

FINALS = {
    **dict.fromkeys(("a", "ia", "ua", "ai", "uai", "e", "ie", "ve", "ei", "uei", "er"), "a"),
    **dict.fromkeys(("o", "uo", "ou", "iou", "u", "v", "ao", "iao", "io"), "u"),
    **dict.fromkeys(("an", "ang", "ian", "iang", "uan", "uang", "van", "en", "eng", "ueng"), "an"),
    **dict.fromkeys(("ong", "iong", "vn", "uen"), "un"),
    **dict.fromkeys(("in", "ing"), "in"),
}
"""A vowel and whether it ends in the nose: 艾 and 阿, 克 and 卡, 吾 and 奥."""

LEFT_OUT = frozenset("尔儿合")
"""Characters that write a consonant and are left out as often, but not at the beginning of a word: 买合买提 and 买买提."""

ONE_WORD = (
    "买买提 麦麦提 麦合买提 买合买提 穆罕默德 穆哈默德 默罕默德 穆罕麦德 买合木提 麦合木提",
    "阿卜杜 阿卜都 阿布都 阿不都 阿不杜 阿布杜",
    "易卜拉欣 伊卜拉欣 依布拉音 伊不拉音 依不拉音 伊布拉音 依布拉伊木 伊卜拉伊木",
    "优素福 尤素夫 尤素福 玉素甫 玉苏甫 玉素普 玉苏普",
    "侯赛因 胡赛因 侯赛音 玉山 玉赛因",
    "苏莱曼 苏来曼 司拉曼 斯拉曼",
    "法图麦 法蒂玛 法提麦 帕提曼 帕提麦 帕提玛",
    "艾哈迈德 阿合买提 艾合买提 艾买提 艾麦提",
    "次仁 才仁 泽仁 次任 慈仁 策仁",
    "次旦 才旦 泽旦 才登",
    "多吉 多杰 道吉",
    "罗布 诺布 洛布 努布",
    "丹增 旦增 登增 丹珍",
    "益西 意西 依西 伊西",
    "江措 嘉措 降措 加措 甲措",
    "旺姆 汪姆 旺毛 文毛",
    "拉姆 拉木 拉毛",
    "仁钦 仁青 仁庆",
    "央金 央宗",
    "巴图 巴特尔 巴特",
    "格日勒 格日乐 格尔勒",
    "其其格 琪琪格 其木格",
)
"""Words whose usual writings lie further apart than the sounds above; the first of each line stands for it."""
