"""Log-ins: the sessions that are open, and every attempt to open one."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.platform.accounts.models.users import User


class Session(AbstractBaseSession):
    """One browser that is logged in (or was about to be: then without a user).

    `number` names the session in pages and addresses; the key itself is a secret and is never shown.
    """

    number = models.UUIDField("编号", unique=True)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name="账号"
    )
    address = models.CharField("网络地址", max_length=45, blank=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近使用")

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = _("登录会话")  # type: ignore[assignment]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that reads and writes these rows; it imports this model, hence by name."""
        store: type[SessionBase] = import_string("chelun.platform.accounts.sessions.SessionStore")
        return store


class LoginAttempt(models.Model):
    """One try to log in or to give a one-time code.

    The name that was typed lies here only as a keyed digest: people type passwords into the wrong field.
    """

    FAILED, PASSED, LOCKED, FORGIVEN = "failed", "passed", "locked", "forgiven"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField("时间")
    name_index = models.CharField("登录名摘要", max_length=32)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, verbose_name="账号")
    address = models.CharField("网络地址", max_length=45)
    outcome = models.CharField(
        "结果",
        max_length=8,
        choices=[(FAILED, _("失败")), (PASSED, _("成功")), (LOCKED, _("锁定中")), (FORGIVEN, _("已解除"))],
    )

    class Meta:
        verbose_name = _("登录尝试")
        indexes = [
            models.Index(fields=["name_index", "at"], name="accounts_attempt_name"),
            models.Index(fields=["address", "at"], name="accounts_attempt_address"),
            models.Index(fields=["at"], name="accounts_attempt_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.outcome}"
