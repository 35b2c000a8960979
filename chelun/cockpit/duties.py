"""The start page of one reader: what waits first, what is done after it, and the acts that are at hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, AtLeast, Duty
from chelun.core.ui import Count


@dataclass(frozen=True, slots=True)
class Waiting:
    """A duty with its number."""

    duty: Duty
    count: int

    @property
    def shown(self) -> str:
        """The number as it is shown, 1,000+ where it was counted no further; '' where it says nothing."""
        return self._counted.short if self.duty.counted else ""

    @property
    def more(self) -> str:
        """Where it was counted no further: the number as it is read out."""
        return str(self._counted) if self._counted.capped else ""

    @property
    def _counted(self) -> Count:
        return Count(self.count, isinstance(self.count, AtLeast))

    @property
    def url(self) -> str:
        """Where it is done."""
        return reverse(self.duty.url_name) + (f"?{self.duty.query}" if self.duty.query else "")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a reader often begins with."""

    label: Promise
    url_name: str
    icon: str
    permission: str

    @property
    def url(self) -> str:
        """Where it begins."""
        return reverse(self.url_name)


ACTS = (
    Act(_("上传表格"), "sheets:import_new", "upload", "sheets.import"),
    Act(_("登记一人"), "people:person_new", "user-plus", "people.edit"),
    Act(_("登记一辆车"), "people:vehicle_new", "truck", "people.edit"),
    Act(_("开设账号"), "accounts:user_new", "user-plus", "accounts.manage"),
    Act(_("授予角色"), "accounts:rights_list", "shield-check", "security.manage"),
    Act(_("查看审计记录"), "accounts:audit_list", "list-search", "audit.view"),
)


def duties_of(actor: Actor) -> list[Waiting]:
    """The duties of everything the actor may do, in order."""
    found = [Waiting(duty, duty.count(actor)) for duty in DUTIES if actor.has(duty.permission)]
    return sorted(found, key=lambda each: each.duty.order)


def acts_of(actor: Actor) -> Sequence[Act]:
    """The acts that the actor may begin with."""
    return [act for act in ACTS if actor.has(act.permission)]
