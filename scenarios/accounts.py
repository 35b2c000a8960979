"""Who may log in to an invented place: one account for each role, with one password that the demo makes for itself.

Refused outside the demo (accounts.services.demo): no installation with real persons ever has these accounts.
"""

import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.accounts.models import User
from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.services.demo import demo_code, demo_user
from chelun.platform.accounts.services.passwords import password_set
from scenarios.places import Place

ACTOR = SystemActor("chelun scenario")
PASSWORD_FILE = "demo-password"  # noqa: S105 (a file's name)


@dataclass(frozen=True, slots=True)
class Login:
    """One line of the list of log-ins; `code` is '' where no one-time code is asked for."""

    role: str
    username: str
    code: str


def clerk_of(place: Place) -> User:
    """The clerk under whose account a place is loaded, with the other accounts of the place made beside him."""
    return make_accounts(place)["clerk"]


def make_accounts(place: Place) -> dict[str, User]:
    """One account per role on the place's county, made if missing. Refused outside the demo."""
    password = demo_password()
    users = {
        name: demo_user(
            actor=ACTOR, username=username_of(place, name), person_name=f"演示{role.label}", role=name,
            region=place.region, password=password,
        )
        for name, role in ROLES.items()
    }  # fmt: skip
    for user in users.values():
        if not user.check_password(password):
            password_set(user=user, password=password, action="accounts.password.changed")
    return users


def username_of(place: Place, role: str) -> str:
    """For instance ziyang-clerk, meigu-audit-admin."""
    return f"{place.name}-{role.replace('_', '-')}"


def logins_of(place: Place) -> list[Login]:
    """The accounts of a place, with the one-time codes of this moment; empty before it was loaded."""
    now, lines = time.time(), []
    present = set(User.objects.filter(is_demo=True).values_list("username", flat=True))
    for name, role in ROLES.items():
        username = username_of(place, name)
        if username in present:
            code = demo_code(username=username, moment=now) if role.second_factor else ""
            lines.append(Login(str(role.label), username, code))
    return lines


def demo_password() -> str:
    """The one password of all demo accounts: drawn once, kept beside the demo's data, readable by its owner only."""
    if not settings.CHELUN_DEMO:
        raise Refused("scenarios.demo", _("这里不是演示环境，不能载入虚构的人员和账号。"))
    path = Path(settings.VAR_DIR) / PASSWORD_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write("-".join(secrets.token_hex(2) for _ in range(4)))
    return path.read_text("ascii")
