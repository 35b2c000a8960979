"""What proves who somebody is: passwords once used, the second factor, recovery codes, invitations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chelun.core.identifiers import uuid7
from chelun.platform.accounts.models.users import User


class PasswordUse(models.Model):
    """A password's hash from the day on which it was set, so that the last few are not used again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="password_uses")
    password = models.CharField("口令散列", max_length=128)
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = _("用过的密码")
        indexes = [models.Index(fields=["user", "-set_at"], name="accounts_password_use")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at:%F}"


class SecondFactor(models.Model):
    """What a user proves at log-in beside his password; in force once `confirmed_at` is set.

    Proved by a passkey of it, or by a one-time code (RFC 6238) of the key sealed here, which counts once `codes_at` is set.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.BinaryField("密钥（密文）")
    confirmed_at = models.DateTimeField("启用时间", null=True)
    codes_at = models.DateTimeField("验证码启用时间", null=True)
    last_step = models.BigIntegerField("最近用过的时间步", default=0)

    class Meta:
        verbose_name = _("第二因子")

    def __str__(self) -> str:
        return str(self.user_id)

    @property
    def context(self) -> str:
        """What the sealed key is bound to."""
        return f"totp:{self.user_id}"


class Passkey(models.Model):
    """A passkey (WebAuthn) of a user: what its authenticator said once. None of it is secret; the private half stays there.

    Good on `host` alone (the relying party's name); `sign_count` never goes backwards.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField("名称", max_length=40)
    host = models.CharField("主机名", max_length=253)
    credential_id = models.CharField("凭据编号", max_length=1400, unique=True)
    public_key = models.BinaryField("公钥")
    sign_count = models.BigIntegerField("签名计数")
    transports = models.CharField("连接方式", max_length=60, blank=True)
    added_at = models.DateTimeField("添加时间")
    used_at = models.DateTimeField("最近使用", null=True)

    class Meta:
        verbose_name = _("通行密钥")
        constraints = [models.UniqueConstraint(fields=["factor", "name"], name="accounts_passkey_name")]

    def __str__(self) -> str:
        return str(self.factor_id)


class RecoveryCode(models.Model):
    """A code that proves the second factor once when phone or key is lost. Only its keyed digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField("摘要", max_length=32)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = _("恢复码")
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="accounts_recovery_once")]

    def __str__(self) -> str:
        return str(self.factor_id)


class Invitation(models.Model):
    """A link by which a user sets the first (or a forgotten) password once. Only its keyed digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField("摘要", max_length=32, unique=True)
    invited_by = models.CharField("发出者", max_length=120)
    created_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = _("邀请")

    def __str__(self) -> str:
        return str(self.user_id)
