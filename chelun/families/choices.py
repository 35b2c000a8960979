"""Words to choose from: who a relative is, how old, when a consent ends, who agrees for a child."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    """What a relative is to the registered person."""

    SPOUSE = "spouse", _("配偶")
    CHILD = "child", _("子女")
    PARENT = "parent", _("父母")
    SIBLING = "sibling", _("兄弟姐妹")
    KIN = "kin", _("其他近亲属")


class Stage(models.TextChoices):
    """How old somebody was when consent was last given: who must agree, and who may see it, follow from it."""

    ADULT = "adult", _("成年")
    TEEN = "teen", _("十四至十七周岁")
    CHILD = "child", _("不满十四周岁")


class Ends(models.TextChoices):
    """Why a consent ends on its day."""

    TERM = "term", _("同意的期限到了")
    FOURTEEN = "fourteen", _("满十四周岁，要本人同意")


class Guardian(models.TextChoices):
    """What the one who agrees for a child is to it."""

    FATHER = "father", _("父亲")
    MOTHER = "mother", _("母亲")
    OTHER = "other", _("其他监护人")


class GuardianProof(models.TextChoices):
    """By which paper that was made sure. The paper is looked at and not kept."""

    BOOK = "book", _("户口簿")
    BIRTH = "birth", _("出生医学证明")
    COURT = "court", _("监护关系的证明或判决")
