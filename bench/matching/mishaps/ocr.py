"""Mistakes of a program that reads scanned lists: look-alikes, letters for digits, strokes and signs that are lost.

The groups of look-alikes are put together for this benchmark, independent of the tables by which the engine knows look-alikes.
"""

from bench.matching.dice import Dice
from bench.matching.hands import Hand
from bench.matching.mishaps import digits
from bench.matching.rows import Row

_LOOK_ALIKE = (
    "王玉主壬 李季 张弘 刘到 陈阵 杨扬场 吴昊 周同 徐涂 孙孔 马乌 朱未末 胡湖 林枝 郭廓 何伺 高亮 罗萝 郑邓 梁粱 谢榭 宋宗 唐庸 许评 韩翰 冯妈 曹曾 "
    "彭澎 肖尚 田由甲申 董重 潘播 袁哀 蔡祭 蒋将 余佘 于干千 杜社 叶汁 程理 魏巍 苏办 吕品 丁了 任仕伍 卢户 姚桃 沈忱 钟种 姜美 崔催 谭潭 陆陈 范苑 "
    "汪江 廖寥 石右 金全 韦书 贾买 夏复 付什 方万 邹部 熊能 白自 孟盂 秦奏 邱丘 侯候 尹伊 薛薜 闫闰 段投 雷电 龙尤 史吏 陶掏 贺货 毛手 郝赫 顾颀 龚袭 "
    "邵邰 钱线 戴载 严广 莫英 孔扎 向问 汤场 伟纬佛 强弱 磊磊 勇男 军车 杰杂 涛寿 超起 明朋 刚钢 平乎 辉挥 鹏朋 华毕 飞气 鑫金 波彼 斌武 宇字 浩洁 凯剀 "
    "健建 俊峻 帆帜 帅师 旭旮 宁丁 欢劝 佳住 阳阴 亮高 成戍 峰蜂 晨展 瑞端 兵乒 东车 博搏 彬杉 坤坤 海梅 洋详 文丈 国围 志忐 新斯 春看 生主 永水 清情 "
    "福副 祥详 贵责 友发 德徳 芳芬 娜婀 静净 丽两 敏繁 艳艳 娟捐 霞震 燕蒸 洁浩 莉利 玲铃 雪雷 红江 梅海 英莫 兰三 秀委 珍诊 桂挂 凤风 琴琹 云去 香杳 "
    "婷停 颖颍 慧惠 琳林 欣歆 怡恰 雯雾 悦说 己已巳 土士 日曰 人入八 大太犬 天夫 木本 午牛 子孑 全金 昌冒 晋普 曼蔓 栋拣 炎灸 烨晔 垚壵 淼森 喆吉 堃坤"
)


def _likes() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in _LOOK_ALIKE.split():
        for sign in dict.fromkeys(group):
            found[sign] = found.get(sign, "") + group.replace(sign, "")
    return {sign: others for sign, others in found.items() if others}


LIKE = _likes()
"""A character and those that it is read for."""
_LETTERS = {"0": "Oo", "1": "lI", "5": "S", "8": "B", "2": "Z"}


def _other(dice: Dice, text: str) -> str:
    """One character become a look-alike, if there is one that has any."""
    places = [place for place, sign in enumerate(text) if sign in LIKE]
    if not places:
        return text
    place = dice.one_of(places)
    return text[:place] + dice.one_of(LIKE[text[place]]) + text[place + 1 :]


def _digit(dice: Dice, text: str, first: int) -> str:
    """A digit read as another one or as a letter."""
    if dice.chance(0.6):
        return digits.replaced(dice, text, first=first, seen=True)
    places = [place for place in range(first, len(text)) if text[place] in _LETTERS]
    if not places:
        return text
    place = dice.one_of(places)
    return text[:place] + dice.one_of(_LETTERS[text[place]]) + text[place + 1 :]


def misread(row: Row, dice: Dice, hand: Hand) -> None:
    """All that is misread in a row: names, firms, addresses by look-alikes; numbers digit by digit; signs lost at the edge."""
    scale = row.careless * hand.trouble
    if dice.chance(0.09 * scale):
        row.name = _other(dice, row.name)
    if dice.chance(0.012 * scale):
        row.name = row.name[:-1] + "□"
    if dice.chance(0.05 * scale):
        row.firm = _other(dice, row.firm)
    if dice.chance(0.05 * scale):
        row.address = _other(dice, row.address)
    row.head = _other(dice, row.head) if dice.chance(0.08 * scale) else row.head
    for rate, cell, first in (
        (0.08, "number", 6),
        (0.05, "phone", 4),
        (0.06, "plate", 2),
        (0.05, "certificate", 6),
        (0.06, "code", 8),
    ):
        if dice.chance(rate * scale):
            setattr(row, cell, _digit(dice, getattr(row, cell), first))
