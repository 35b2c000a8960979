"""Who may be logged in at all: accounts in use; those of the demo only in the demo."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from chelun.platform.accounts.models import User


class Accounts(ModelBackend):
    """Name and password over our users. Also asked on every request of an open log-in."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a log-in, with the second factor, which every page asks for."""
        user = User.objects.select_related("second_factor").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Not a disabled account, and no demo account outside the demo, whose passwords are no secret."""
        return bool(super().user_can_authenticate(user) and (settings.CHELUN_DEMO or not user.is_demo))
