"""Requests of persons in words: the list with its days, and the sheet that the person takes home."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, day, minute
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.privacy.acts import Ask
from chelun.platform.privacy.choices import OPEN_REQUESTS, RequestState
from chelun.platform.privacy.models import PersonRequest
from chelun.platform.regions.selectors import name_of

TONES = {
    RequestState.RECEIVED: "info",
    RequestState.WORKING: "info",
    RequestState.DONE: "ok",
    RequestState.REFUSED: "bad",
    RequestState.WITHDRAWN: "idle",
}
SOON_DAYS = 3


def number_of(request: PersonRequest) -> str:
    """The number that stands on the sheet for the person."""
    return request.pk.hex[-8:].upper()


def request_table(rows: Sequence[PersonRequest], address: Address) -> Table:
    """Requests by their day; whose they are opens with the request."""
    columns = [
        Column("number", _("受理编号"), code=True, fixed=True),
        Column("kind", _("事项")),
        Column("state", _("状态")),
        Column("due", _("答复期限"), code=True),
        Column("owner", _("办理人")),
        Column("place", _("所属地区")),
        Column("received", _("受理时间"), code=True),
    ]
    today = timezone.localdate()
    who = person_names(row.owner for row in rows)
    return Table(_("本人的请求"), columns, [_row(row, today, who[row.owner]) for row in rows], address)


def _row(row: PersonRequest, today: date, who: str) -> Row:
    return Row([
        Cell(number_of(row), reverse("privacy:request_detail", args=[row.pk])),
        row.get_kind_display(),
        Cell(row.get_state_display(), tone=TONES[RequestState(row.state)]),
        due_cell(row, today),
        who,
        name_of(row.home),
        minute(row.received_at),
    ])  # fmt: skip


def due_cell(row: PersonRequest, today: date) -> Cell:
    """Until when; how urgent it is as long as it waits."""
    if row.state not in OPEN_REQUESTS:
        return Cell(day(row.due_on))
    left = (row.due_on - today).days
    if left < 0:
        return Cell(
            day(row.due_on),
            tone="bad",
            note=ngettext("已超过 {days} 天", "已超过 {days} 天", -left).format(days=-left),
        )
    return Cell(
        day(row.due_on),
        tone="warn" if left <= SOON_DAYS else "",
        note=ngettext("还有 {days} 天", "还有 {days} 天", left).format(days=left),
    )


def request_facts(request: PersonRequest, content: Mapping[str, Any], asks: Sequence[Ask]) -> list[Fact]:
    """What was asked, by whom, until when; what was answered."""
    who = person_names([request.received_by, request.owner, request.decided_by])
    facts = [
        Fact(_("受理编号"), number_of(request)),
        Fact(_("事项"), request.get_kind_display()),
        Fact(_("状态"), request.get_state_display()),
        Fact(_("申请人"), request.get_on_behalf_display(), note=request.get_identity_display()),
        Fact(_("受理时间"), minute(request.received_at), by=who[request.received_by]),
        Fact(_("答复期限"), day(request.due_on)),
    ]
    if request.owner:
        facts.append(Fact(_("办理人"), who[request.owner]))
    return [*facts, *_asked(content, asks), *_answer(request, content, who[request.decided_by])]


def _asked(content: Mapping[str, Any], asks: Sequence[Ask]) -> list[Fact]:
    if not content:
        return [Fact(_("请求的内容"), _("已随抹除销毁，无法读出"))]
    facts = [Fact(_("请求的内容"), content["words"])] if content.get("words") else []
    for ask in asks:
        value = content.get("asked", {}).get(ask.name, "")
        if value:
            facts.append(
                Fact(ask.label, ask.masked(value) if ask.masked else dict(ask.choices).get(value, value))
            )
    return facts


def _answer(request: PersonRequest, content: Mapping[str, Any], who: str) -> list[Fact]:
    facts = []
    if request.exception:
        facts.append(Fact(_("不予办理的法律依据"), request.get_exception_display()))
    if content.get("answer"):
        facts.append(Fact(_("答复"), content["answer"]))
    if request.decided_at:
        facts.append(Fact(_("答复时间"), minute(request.decided_at), by=who))
    return facts
