"""Accounts, log-ins and locks as tables and facts."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, aside, listed, minute
from chelun.core.ui.tables import CellLike
from chelun.platform.accounts.models import User
from chelun.platform.accounts.roles import ROLES
from chelun.platform.accounts.selectors.places import place_label


def user_table(users: Iterable[User], address: Address, detail: str) -> Table:
    """A line for each account that leads to the page named `detail`."""
    columns = [
        Column("username", _("登录名"), code=True, fixed=True),
        Column("person", _("姓名")),
        Column("place", _("单位所在地区")),
        Column("roles", _("角色")),
        Column("state", _("状态")),
        Column("last", _("最近登录"), code=True),
    ]
    return Table(_("账号"), columns, [_user_row(user, detail) for user in users], address)


def _user_row(user: User, detail: str) -> Row:
    roles = {str(ROLES[grant.role].label) for grant in user.grants.all() if grant.role in ROLES}
    cells: list[CellLike] = [
        Cell(user.username, reverse(detail, args=[user.pk])),
        user.person_name,
        user.place_label,
        listed(sorted(roles)),
        state_cell(user),
        minute(user.last_login),
    ]
    return Row(cells, key=str(user.pk))


def state_cell(user: User) -> Cell:
    """Whether an account is in use, as a badge."""
    if not user.is_active:
        return Cell(pgettext("account", "停用"), tone="idle")
    if not user.has_usable_password():
        return Cell(_("等待设密码"), tone="warn")
    return Cell(pgettext("account", "启用"), tone="ok")


def user_facts(user: User) -> list[Fact]:
    """What an administrator sees of an account."""
    factor = user.confirmed_factor()
    return [
        Fact(_("登录名"), user.username),
        Fact(_("姓名"), user.person_name),
        Fact(_("单位所在地区"), place_label(user.region_code)),
        Fact(_("状态"), str(state_cell(user).text)),
        Fact(
            _("第二因子"),
            aside(_("已启用"), minute(factor.confirmed_at)) if factor else _("未启用"),
        ),
        Fact(_("开设时间"), minute(user.created_at)),
        Fact(_("最近登录"), minute(user.last_login) or _("还没有登录过")),
    ]
