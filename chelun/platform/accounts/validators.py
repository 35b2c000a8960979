"""What a password must be, beyond Django's validators: several kinds of characters or long, and not used before."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from chelun.platform.accounts.models import PasswordUse, User
from chelun.platform.accounts.rules import character_classes

LONG = 16
CLASSES = 3
REMEMBERED = 5


class SeveralKinds:
    """At least three of lower case, upper case, digits and signs, unless the password is long."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a short password of few kinds of characters."""
        if len(password) < LONG and character_classes(password) < CLASSES:
            raise ValidationError(self.get_help_text(), code="password_few_kinds")

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return _("密码须含小写字母、大写字母、数字、符号中的至少三种；长度达到 16 个字符则不限。")


class NotUsedBefore:
    """None of the last five passwords."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password that this user had."""
        if isinstance(user, User) and any(check_password(password, used) for used in _last_hashes(user)):
            raise ValidationError(self.get_help_text(), code="password_used")

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return _("不能与最近 5 次用过的密码相同。")


def _last_hashes(user: User) -> list[str]:
    uses = PasswordUse.objects.filter(user=user).order_by("-set_at")
    return list(uses.values_list("password", flat=True)[:REMEMBERED])
