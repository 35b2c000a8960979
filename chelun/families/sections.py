"""What a registered person's file says of the family: how many relatives are on file, to whom may know; nothing of them."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.ui import Fact
from chelun.families.models import Relative
from chelun.families.selectors import VIEW, count_of
from chelun.people.sections import COPY_PARTS, SECTIONS, Opened, Section
from chelun.people.selectors.records import Held
from chelun.platform.regions.selectors import within


@dataclass(frozen=True, slots=True)
class Family:
    """How many relatives the reader may see, and whose they are."""

    person: UUID
    count: int


def family_section(opened: Opened) -> Section | None:
    """The number, for readers who have a right of families where they hold it."""
    if opened.register != "person" or not _may(opened):
        return None
    count = count_of(opened.actor, list(opened.held.parts))
    return Section("families/section.html", Family(opened.held.subject, count))


def _may(opened: Opened) -> bool:
    scope = opened.actor.scope_for(VIEW)
    return any(within(home, scope) for home in opened.held.homes)


def family_on_copy(found: Held) -> tuple[str, list[Fact]]:
    """On the person's own copy: that relatives are kept, and how many; what is kept of them is theirs to ask for."""
    rows = Relative.objects.filter(person__in=list(found.parts), home__in=found.homes)
    count = rows.count()
    told = ngettext(
        "登记了 {n} 位家属。他们的资料由他们本人（不满十四周岁的由监护人）查阅、复制。",
        "登记了 {n} 位家属。他们的资料由他们本人（不满十四周岁的由监护人）查阅、复制。",
        count,
    ).format(n=count)
    return _("家属情况"), [Fact(_("家属情况"), told)] if count else []


SECTIONS.add("families.count", family_section)
COPY_PARTS.add("families.count", family_on_copy)
