"""Setting passwords: one's own, or the first one by an invitation's link."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.crypto import blind_index
from chelun.core.errors import Refused
from chelun.platform.accounts.models import PasswordUse, Session, User
from chelun.platform.accounts.services.login import attempt_begin, attempt_failed, attempt_passed
from chelun.platform.accounts.services.noting import user_noted


def password_change(*, user: User, present: str, wanted: str, address: str) -> None:
    """Change one's own password, for which the present one must be known. Other log-ins end."""
    password_proved(user=user, present=present, address=address)
    password_set(user=user, password=wanted, action="accounts.password.changed")


def password_proved(*, user: User, present: str, address: str) -> None:
    """Who is logged in shows once more that he knows the password. Wrong ones are counted and lock."""
    index = blind_index("password", user.username)
    attempt = attempt_begin(index=index, user=user, address=address, now=timezone.now())
    if not user.check_password(present):
        attempt_failed(attempt, "accounts.password.mistaken")
        raise Refused("accounts.password.mistaken", _("现在的密码不对，请重新输入。"))
    attempt_passed(attempt)


@transaction.atomic
def password_set(*, user: User, password: str, action: str) -> None:
    """Set a password that the rules allow; every log-in of the user ends. Refused says which rule it breaks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("accounts.password.weak", " ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["password"])
    PasswordUse.objects.create(user=user, password=user.password, set_at=timezone.now())
    Session.objects.filter(user=user).delete()
    user_noted(actor=user, action=action, user=user)
