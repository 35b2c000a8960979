"""Words to choose from: erasures, and what a person may ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureGround(models.TextChoices):
    """Why data goes (PIPL §47)."""

    PURPOSE_DONE = "purpose_done", _("处理目的已实现、无法实现或不再必要")
    EXPIRED = "expired", _("保存期限已届满")
    WITHDRAWN = "withdrawn", _("本人撤回同意")
    UNLAWFUL = "unlawful", _("处理违反法律、法规或约定")
    OBJECTION = "objection", _("本人反对继续保存，且没有应当保存的法律依据")


class ErasureState(models.TextChoices):
    """How far an erasure is."""

    PROPOSED = "proposed", _("待第二人批准")
    RUNNING = "running", _("正在抹除")
    DONE = "done", _("已抹除")
    DECLINED = "declined", _("未批准")


class RequestKind(models.TextChoices):
    """What a person asks for (PIPL §44–50, §24, §65)."""

    SEE = "see", _("查阅我的信息")
    COPY = "copy", _("复制我的信息")
    CORRECT = "correct", _("更正我的信息")
    DELETE = "delete", _("删除我的信息")
    EXPLAIN = "explain", _("说明处理规则")
    LOOKS = "looks", _("谁看过我的信息")
    NOT_ME = "not_me", _("这不是我")
    LEFT_FIRM = "left_firm", _("我已离开这家单位")
    COMPLAINT = "complaint", _("投诉、举报")


class RequestState(models.TextChoices):
    """How far a request is."""

    RECEIVED = "received", _("已受理")
    WORKING = "working", _("正在办理")
    DONE = "done", _("已办结")
    REFUSED = "refused", _("不予办理")
    WITHDRAWN = "withdrawn", _("本人撤回")


OPEN_REQUESTS = (RequestState.RECEIVED, RequestState.WORKING)


class OnBehalf(models.TextChoices):
    """Who stands at the counter."""

    SELF = "self", _("本人")
    GUARDIAN = "guardian", _("不满十四周岁的人的父母或其他监护人")
    AGENT = "agent", _("受本人委托的人")
    KIN = "kin", _("死者的近亲属")


class ConsentHow(models.TextChoices):
    """How a consent was given."""

    SIGNED = "signed", _("当面签了纸质同意书")
    SHOWN = "shown", _("当面看过告知书，口头同意")
    SENT = "sent", _("交回签好的同意书")


class Identity(models.TextChoices):
    """How it was made sure who asks."""

    CARD = "card", _("当面核对身份证原件")
    LICENCE = "licence", _("当面核对驾驶证或从业资格证原件")
    LETTER = "letter", _("核对委托书、双方身份证原件")
    KINSHIP = "kinship", _("核对亲属或监护关系证明、身份证原件")


class LawfulException(models.TextChoices):
    """Why a request may be refused: the law names it, the person hears it."""

    TERM = "term", _("法律、行政法规规定的保存期限未届满（个人信息保护法第四十七条第二款）")
    DUTY = "duty", _("履行法定职责所必需，目的尚未实现（第十三条第三项、第四十七条）")
    SECRET = "secret", _("法律、行政法规规定应当保密（第十八条、第四十五条）")
    IMPEDE = "impede", _("告知将妨碍国家机关履行法定职责（第三十五条）")
    RIGHT = "right", _("经核实，登记的内容没有错（第四十六条第二款）")
    UNPROVEN = "unproven", _("不能确认是本人或有权代办的人")


class SwitchState(models.TextChoices):
    """How far the switching on of deletion by term is."""

    PROPOSED = "proposed", _("待第二人批准")
    ON = "on", _("已开启")
    DECLINED = "declined", _("未批准")
    OFF = "off", _("已停止")


class HoldGround(models.TextChoices):
    """Why somebody's data may not go for now (PIPL §47(2))."""

    DISPUTE = "dispute", _("争议、诉讼、仲裁还没有了结")
    INQUIRY = "inquiry", _("行政处罚、执法或审计调查还没有了结")
    STATUTE = "statute", _("法律、行政法规规定的保存期限未届满")


class ToldHow(models.TextChoices):
    """How a person was told that somebody opened his file in an emergency."""

    PHONE = "phone", _("打电话")
    LETTER = "letter", _("信函")
    COUNTER = "counter", _("当面")
    UNREACHED = "unreached", _("多次联系不上，打印副本时告知")


class GlassVerdict(models.TextChoices):
    """What the audit administrator found."""

    FINE = "fine", _("确属紧急，理由成立")
    DOUBT = "doubt", _("理由不足，移交处理")


class Occasion(models.TextChoices):
    """When an impact assessment must come first (PIPL §55)."""

    SENSITIVE = "sensitive", _("处理敏感个人信息（含不满十四周岁的人的信息）")
    AUTOMATED = "automated", _("利用个人信息进行自动化决策")
    ENTRUSTED = "entrusted", _("委托处理，或向其他处理者提供")
    PUBLISHED = "published", _("公开个人信息")
    ABROAD = "abroad", _("向境外提供")
    OTHER = "other", _("对个人权益有重大影响的其他处理")


class Risk(models.TextChoices):
    """What risk is left once the measures are taken."""

    LOW = "low", _("低")
    MIDDLE = "middle", _("中")
    HIGH = "high", _("高：先降低风险，不得开始处理")
