"""What is done when Django says that somebody has logged in: the session notes where, with what and when."""

import time
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from chelun.platform.accounts import sessions
from chelun.platform.accounts.addresses import client_address


@receiver(user_logged_in)
def session_noted(request: HttpRequest, **kwargs: Any) -> None:
    """Start the clock of the idle log-out and keep what the sessions page shows."""
    request.session[sessions.STARTED] = request.session[sessions.SEEN] = int(time.time())
    request.session[sessions.ADDRESS] = client_address(request)
    request.session[sessions.AGENT] = request.META.get("HTTP_USER_AGENT", "")[:200]
