"""Roles and what each may do: the one table of rights in the house (shown in docs/roles.md, which a test compares).

The three administrators are apart (三员分立, MLPS level 3): the system administrator makes accounts, the security
administrator gives rights and watches secrets, the audit administrator reads the trail. None of them sees a person.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# permission → what it allows, in words
PERMISSIONS: dict[str, Promise] = {
    "people.view": _("查看登记的人员、企业和车辆（敏感项打码）"),
    "people.edit": _("登记和更正人员、企业和车辆"),
    "changes.check": _("审核变更申请"),
    "people.merge": _("合并两份档案，拆分合并过的档案"),
    "people.rank": _("决定哪个来源为准，按新规则重算档案"),
    "people.export": _("导出名单（带水印，留记录）"),
    "secrets.reveal": _("说明理由后逐条查看身份证号、手机号原文"),
    "evidence.add": _("给档案、变更申请和本人的请求添加附件"),
    "evidence.open": _("说明理由后查看附件"),
    "firms.manage": _("设定企业名册的门槛"),
    "families.view": _("查看登记的成年家属（打码）"),
    "families.edit": _("凭本人的同意登记成年家属"),
    "families.minors": _("查看和登记未成年家属（打码）"),
    "families.reveal": _("说明理由后逐条查看家属的资料原文，打印给本人"),
    "sheets.import": _("导入表格"),
    "sheets.undo": _("整批撤销一次导入"),
    "cockpit.view": _("查看驾驶舱指标和地图"),
    "walls.manage": _("开设和收回大屏"),
    "jobs.view": _("查看后台任务"),
    "jobs.manage": _("取消和重试别人的后台任务"),
    "regions.manage": _("维护地区、用语和类别设置"),
    "fields.manage": _("维护本地的自定字段"),
    "layouts.manage": _("维护本地的版式（上级或本单位发的表）"),
    "accounts.manage": _("开设、停用账号，发出邀请"),
    "security.manage": _("授予角色、解除锁定、轮换密钥"),
    "audit.view": _("查看和校验审计记录"),
    "people.glass": _("紧急情况下限时查看指定范围内、平时看不到的一份档案"),
    "privacy.register": _("受理本人的请求，打印受理单"),
    "privacy.decide": _("办理个人信息的请求，提出和批准抹除"),
}


SENSITIVE = frozenset(
    {
        "secrets.reveal",
        "evidence.open",
        "privacy.decide",
        "people.glass",
        "families.minors",
        "families.reveal",
    }
)
"""Who holds one of these proves a second factor at log-in."""


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions. `second_factor` roles must prove a one-time code or a passkey at log-in."""

    name: str
    label: Promise
    permissions: frozenset[str]
    second_factor: bool = False
    administrator: bool = False


def _role(name: str, label: Promise, permissions: str, *, administrator: bool = False) -> Role:
    granted = frozenset(permissions.split())
    return Role(name, label, granted, administrator or not SENSITIVE.isdisjoint(granted), administrator)


_ALL_ROLES = (
    _role("clerk", _("经办员"), "people.view people.edit evidence.add sheets.import cockpit.view jobs.view"),
    _role(
        "registrar",
        _("档案管理员"),
        "people.view people.edit people.merge people.rank changes.check people.export people.glass secrets.reveal evidence.add evidence.open firms.manage families.view sheets.import sheets.undo privacy.register cockpit.view jobs.view "
        "fields.manage layouts.manage",
    ),
    _role(
        "counter",
        _("窗口人员"),
        "people.view people.edit families.view families.edit evidence.add privacy.register",
    ),
    _role(
        "privacy_officer",
        _("个人信息保护专员"),
        "people.view people.edit families.view families.edit families.minors families.reveal evidence.add evidence.open privacy.register privacy.decide cockpit.view jobs.view",
    ),
    _role(
        "family_officer",
        _("家属服务专员"),
        "people.view families.view families.edit families.minors families.reveal privacy.register",
    ),
    _role("member", _("行业党委委员"), "cockpit.view people.view"),
    _role(
        "system_admin",
        _("系统管理员"),
        "accounts.manage regions.manage fields.manage walls.manage jobs.view jobs.manage",
        administrator=True,
    ),
    _role("security_admin", _("安全管理员"), "security.manage", administrator=True),
    _role("audit_admin", _("审计管理员"), "audit.view jobs.view", administrator=True),
)
ROLES: dict[str, Role] = {role.name: role for role in _ALL_ROLES}


@cache
def roles_with(permission: str) -> frozenset[str]:
    """The names of the roles that hold a permission."""
    return frozenset(role.name for role in ROLES.values() if permission in role.permissions)
