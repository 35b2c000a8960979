"""Writes docs/roles.md from the table of rights (chelun/platform/accounts/roles.py): `python -m tools.roles`."""

import os
from collections.abc import Iterator
from pathlib import Path

import django

from chelun.platform.accounts.roles import PERMISSIONS, ROLES
from tools.messages import present

PATH = Path("docs/roles.md")
ACCOUNTS = Path("chelun/platform/accounts")
INTRODUCTION = """# 角色和权限 · Roles and permissions

本页由 `python -m tools.roles` 从 `chelun/platform/accounts/roles.py` 生成，测试会核对。
A role is given on a region and holds there and below. The three administrators (三员) are apart: none may hold another
role, nobody gives a role to himself, and none of them sees a person. Roles with 二 (second factor) ask for a one-time
code or a passkey at log-in. Every page names the one permission that opens it; without it the answer is 404.
"""


def english(text: object) -> str:
    """The English of a text of accounts."""
    message = present(ACCOUNTS).get(str(text))
    return str(message.string) if message else ""


def lines() -> Iterator[str]:
    """The page, line by line."""
    roles = list(ROLES.values())
    yield INTRODUCTION
    yield "| 角色 | role | 代码 | 二 |"
    yield "|---|---|---|---|"
    for role in roles:
        yield f"| {role.label} | {english(role.label)} | `{role.name}` | {'●' if role.second_factor else ''} |"
    yield ""
    yield f"| 权限 | permission | 代码 | {' | '.join(str(role.label) for role in roles)} |"
    yield "|---|---|---|" + "---|" * len(roles)
    for name, text in PERMISSIONS.items():
        held = " | ".join("●" if name in role.permissions else "" for role in roles)
        yield f"| {text} | {english(text)} | `{name}` | {held} |"


def page() -> str:
    """The whole page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    PATH.write_text(page(), encoding="utf-8")
