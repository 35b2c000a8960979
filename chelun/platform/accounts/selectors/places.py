"""Regions as this app asks for them and writes them."""

from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.scope import Scope
from chelun.core.ui import aside
from chelun.platform.regions.selectors import path_of, place, within


def place_label(code: str) -> str:
    """A region with what stands above it, and its code: '四川省凉山彝族自治州美姑县（513436）'."""
    path = "".join(path_of(code))
    return aside(path, code) if path else code


def region_held(*, code: str, scope: Scope) -> str:
    """The code of a region in force inside `scope`; Refused otherwise."""
    found = place(code)
    if found is None or not found.in_force or not within(found.code, scope):
        raise Refused("accounts.region", _("这个地区不在您的权限范围内，请填您管理的地区或它的下级。"))
    return found.code
