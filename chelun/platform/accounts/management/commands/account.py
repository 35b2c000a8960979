"""`chelun account`: the first accounts of an installation, and the way back in when nobody can log in any more.

Whoever may run commands on the server may do this; the audit trail names the machine's user.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.actors import SystemActor
from chelun.core.errors import Refused
from chelun.platform.accounts.models import User
from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.services.factors import factor_reset
from chelun.platform.accounts.services.grants import grant_give
from chelun.platform.accounts.services.invitations import invitation_send
from chelun.platform.accounts.services.users import user_create
from chelun.platform.regions.reading import region_from_text


class Command(BaseCommand):
    """Make, invite, grant, reset."""

    def add_arguments(self, parser: CommandParser) -> None:
        """One sub-command for each act."""
        parser.description = _(
            "开设账号（create）、重新邀请（invite）、授予角色（grant）、重置第二因子（reset-factor）"
        )
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help=_("开设账号，打印一次性链接"))
        create.add_argument("username")
        create.add_argument("--name", required=True, help=_("姓名"))
        create.add_argument("--role", choices=list(ROLES), help=_("同时授予的角色"))
        grant = acts.add_parser("grant", help=_("授予角色"))
        grant.add_argument("username")
        grant.add_argument("--role", choices=list(ROLES), required=True)
        for act in (create, grant):
            act.add_argument("--region", required=True, help=_("地区名称或代码"))
        acts.add_parser("invite", help=_("重新发出一次性链接")).add_argument("username")
        acts.add_parser("reset-factor", help=_("重置第二因子")).add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a refusal is the command's error."""
        act = {
            "create": self._create,
            "grant": self._grant,
            "invite": self._invite,
            "reset-factor": self._reset_factor,
        }
        try:
            act[options["act"]](SystemActor("chelun account"), options)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _create(self, actor: SystemActor, options: dict[str, Any]) -> None:
        region = _region(options)
        with transaction.atomic():
            user, token = user_create(
                actor=actor, username=options["username"], person_name=options["name"], region=region
            )
            if options["role"]:
                grant_give(actor=actor, user=user, role=options["role"], region=region)
        self._link(token)

    def _grant(self, actor: SystemActor, options: dict[str, Any]) -> None:
        grant_give(actor=actor, user=_user(options), role=options["role"], region=_region(options))
        self.stdout.write(_("已授予角色。"))

    def _invite(self, actor: SystemActor, options: dict[str, Any]) -> None:
        self._link(invitation_send(actor=actor, user=_user(options)))

    def _reset_factor(self, actor: SystemActor, options: dict[str, Any]) -> None:
        factor_reset(actor=actor, user=_user(options))
        self.stdout.write(_("第二因子已重置，此人下次登录时重新启用。"))

    def _link(self, token: str) -> None:
        said = _("请把下面的地址（接在本系统网址之后）交给本人，{hours} 小时内用一次有效：")
        self.stdout.write(said.format(hours=settings.CHELUN_INVITATION_HOURS))
        self.stdout.write(reverse("accounts:invitation", args=[token]))


def _user(options: dict[str, Any]) -> User:
    found = User.objects.filter(username=options["username"].strip().lower()).first()
    if found is None:
        raise CommandError(_("没有登录名为 {name} 的账号。").format(name=options["username"]))
    return found


def _region(options: dict[str, Any]) -> str:
    code = region_from_text(options["region"])
    if code is None:
        raise CommandError(_("不知道“{text}”是哪里，请填六位地区代码。").format(text=options["region"]))
    return code
