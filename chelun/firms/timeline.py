"""When a firm came into a register and when it left, as lines of its history."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.scope import Scope
from chelun.core.ui import number
from chelun.firms.models import Stay
from chelun.firms.thresholds import Book
from chelun.people.timeline import TIMELINE, Happening


def from_registers(scope: Scope, kind: str, subject: UUID, homes: Collection[str]) -> Iterable[Happening]:
    """The stays of a firm in registers of these places."""
    if kind != "enterprise":
        return []
    stays = list(Stay.objects.in_scope(scope).filter(enterprise=subject, home__in=homes))
    book, found = Book.of(timezone.localdate()) if stays else None, []
    for stay in stays:
        rule = book.rule(stay.register, stay.home) if book else None
        label = str(rule.label) if rule else ""
        found.append(_line(stay.from_day, _("进入名册"), label, stay.count_in, "ok"))
        if stay.to_day:
            found.append(_line(stay.to_day, _("离开名册"), label, stay.count_out, "idle"))
    return found


def _line(day: date, title: str, label: str, count: int | None, tone: str) -> Happening:
    at = timezone.make_aware(datetime.combine(day, time.min))
    text = label if count is None else _("{label}，当时的数是 {n}").format(label=label, n=number(count))
    return Happening(at, title, text, tone=tone)


TIMELINE.add("firms.registers", from_registers)
