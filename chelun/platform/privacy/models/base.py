"""Each subject's own key, and who looked at whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7


class SubjectKey(models.Model):
    """The key under which everything sensitive about one person or firm lies, itself sealed under the key ring.

    Erasing a subject destroys this key; it is backed up apart from the data (docs/operations.md).
    """

    subject = models.UUIDField("主体", primary_key=True)
    sealed = models.BinaryField("加封的密钥")
    ring_key = models.CharField("密钥环钥匙名", max_length=40, db_index=True)

    class Meta:
        verbose_name = _("个人密钥")

    def __str__(self) -> str:
        return str(self.subject)


class AccessRecord(models.Model):
    """Who looked at a file or a value in it, when and why. The person can read it.

    `what` is opened, searched, revealed:<field>, printed or exported. `region` is the place whose data was seen:
    a reader of another place learns nothing of it, not even that somebody looked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField("主体")
    subject_kind = models.CharField("主体类别", max_length=20)
    at = models.DateTimeField("时间", auto_now_add=True)
    day = models.DateField("日期")
    actor = models.CharField("查看者", max_length=120)
    what = models.CharField("查看内容", max_length=40)
    reason = models.CharField("理由", max_length=200, blank=True)
    region = models.CharField("地区", max_length=6, blank=True)

    class Meta:
        verbose_name = _("查看记录")
        indexes = [
            models.Index(fields=["subject", "-at"], name="access_subject"),
            models.Index(fields=["actor", "day", "what"], name="access_actor_day"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.what}"
