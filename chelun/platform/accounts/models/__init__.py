"""Tables of accounts: `users` (who, and grants), `sessions` (log-ins and attempts), `credentials` (what proves it)."""

from chelun.platform.accounts.models.credentials import (
    Invitation,
    Passkey,
    PasswordUse,
    RecoveryCode,
    SecondFactor,
)
from chelun.platform.accounts.models.sessions import LoginAttempt, Session
from chelun.platform.accounts.models.users import REGION, Grant, User, UserManager

__all__ = [
    "REGION",
    "Grant",
    "Invitation",
    "LoginAttempt",
    "Passkey",
    "PasswordUse",
    "RecoveryCode",
    "SecondFactor",
    "Session",
    "User",
    "UserManager",
]
