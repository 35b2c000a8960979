"""Family names, to tell a column of persons from a column of words. Not a register of names: a hint, no more."""

from chelun.engines.tables.columns.script import words

#: Common single family names and first characters frequent in names that are written by their sound.
SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵"
    "万覃武钱戴严莫孔向常汤温牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包代宁尚符舒阮柯纪梅童凌毕单季成霍苗涂谷曲盛冉翁蓝骆路游靳辛管柴蒙鲍华喻祁房蒲滕萧屈饶解牟艾尤时阳阎穆农司"
    "古吉卓池车缪项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫柏米宗瞿桂全佟应臧闵苟邬卞姬师和仇栾丘隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈鞠匡惠荆乐冀胥郁南班储原栗燕楚鄢扬劳谌奚皮"
    "粟冼蔺楼盘满闻位厉仝区伊仵郜海阚花卿柔但洪阿木尼吾买色次扎达巴索旺格拉洛果曲瓦沙布则所土比的海勒罗金呷俄且日热玛措德尕才贡桑强公努库卡哈帕艾阿热赛依布吐买提古肉孜塔"
)
#: Family names of two characters, and other frequent beginnings of longer names.
DOUBLE = words(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 长孙 宇文 端木 百里 东郭 南宫 西门 吉克 吉木 "
    "阿尔 阿苦 阿库 马海 的莫 曲比 沙马 阿米 阿约 俄木 海来 莫色 日火 尔古 马黑 吉伍 加巴 乃古 勒伍 木呷 水洛 罗洪 果基"
)
