"""Change requests as the values that pages show: the list, the lines of one beside what stands, its checks."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.actors import Actor
from chelun.core.ui import Address, Cell, Column, Fact, Moment, Row, Table, listed, minute
from chelun.desk.choices import ChangeState, Verdict
from chelun.desk.models import ChangeCheck, ChangeRequest
from chelun.desk.rules import FACT_OF, Line, changed_since
from chelun.desk.selectors import Change
from chelun.people.displays.facts import is_masked
from chelun.people.displays.words import OwnColumns, fact_label, fact_masked, fact_text, own_text, place_name
from chelun.people.rules.cells import BETWEEN
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.fields.selectors import columns_named
from chelun.platform.sheets.wording import register_label

TONES = {
    ChangeState.DRAFT: "idle",
    ChangeState.FILED: "info",
    ChangeState.APPLIED: "ok",
    ChangeState.REFUSED: "bad",
    ChangeState.WITHDRAWN: "idle",
}
Names = Mapping[tuple[UUID, str], str]


def change_table(requests: Sequence[ChangeRequest], names: Names, address: Address) -> Table:
    """The list."""
    columns = [
        Column("name", _("谁的档案"), fixed=True),
        Column("register", _("名册")),
        Column("state", _("状态")),
        Column("fields", _("改动的项"), wide=True),
        Column("reason", _("理由"), wide=True),
        Column("by", _("提出者")),
        Column("at", _("提出时间"), code=True),
        Column("place", _("所属地区")),
    ]
    labels = {register: labels_of(register, _fields(requests, register)) for register in SHELVES}
    who = person_names(each.filed_by for each in requests)
    rows = [
        _row(each, names.get((each.subject, each.home), ""), labels[each.register], who[each.filed_by])
        for each in requests
    ]
    return Table(_("变更申请"), columns, rows, address)


def _row(request: ChangeRequest, name: str, labels: Mapping[str, str], who: str) -> Row:
    done = f"{request.checks_done}/{request.checks_needed}" if request.state == ChangeState.FILED else ""
    return Row(
        [
            Cell(name or _("已不在册"), reverse("desk:change_detail", args=[request.pk])), register_label(request.register),
            Cell(request.get_state_display(), tone=TONES[ChangeState(request.state)], note=done),
            listed(labels[field] for field in request.taken),
            request.reason, who, minute(request.filed_at), place_name(request.home),
        ],
        key=str(request.pk),
    )  # fmt: skip


def _fields(requests: Sequence[ChangeRequest], register: str) -> list[str]:
    return [field for each in requests if each.register == register for field in each.taken]


def labels_of(register: str, fields: Iterable[str]) -> dict[str, str]:
    """What fields of the form are called. One query where a place has added some of them."""
    named = set(fields)
    own = columns_named(named)
    return {field: fact_label(register, FACT_OF.get(field, field), own) for field in named}


def cell_shown(register: str, field: str, cell: str, own: OwnColumns, *, clear: bool = False) -> str:
    """A cell as a page shows it: masked where it is sensitive, unless it was asked for in the clear."""
    fact = FACT_OF.get(field, field)
    if fact == "status" and cell:
        return fact_text(fact, cell, {})
    if clear or not is_masked(register, fact):
        return own_text(own[field], cell) if field in own and cell else cell
    return fact_masked(fact, cell.split(BETWEEN) if fact == "phones" and cell else cell)


def secret_lines(change: Change) -> dict[str, str]:
    """What is proposed for the cells that no form shows, masked, by field."""
    register = change.request.register
    lines = [line for line in change.lines if is_secret(change, line)]
    own = columns_named(line.field for line in lines)
    return {line.field: cell_shown(register, line.field, line.new, own) for line in lines}


def line_facts(change: Change, line: Line, *, clear: bool) -> list[Fact]:
    """One line by itself: what stood, what stands now if that is something else, what should stand."""
    register, field, own = change.request.register, line.field, columns_named([line.field])
    now = {_("现在"): change.standing.get(field, "")} if changed_since([line], change.standing) else {}
    cells = {_("提出时"): line.old, **now, _("改为"): line.new}
    shown = {label: cell_shown(register, field, cell, own, clear=clear) for label, cell in cells.items()}
    return [Fact(label, text) for label, text in {**shown, _("改为"): shown[_("改为")] or _("清空")}.items()]


def line_table(change: Change, *, may_reveal: bool = False) -> Table:
    """Every line: what stood, what stands now if that is something else, what should stand, what became of it.

    Whoever may reveal finds beside each masked line where it can be asked for.
    """
    secret = may_reveal and any(is_secret(change, line) for line in change.lines)
    moved = set(changed_since(change.lines, change.standing)) if _open(change) else set()
    columns = [
        Column("field", _("项目")), Column("old", _("提出时")), *([Column("now", _("现在"))] if moved else []),
        Column("new", _("改为")), Column("fate", _("处理")), *([Column("reveal", _("原文"))] if secret else []),
    ]  # fmt: skip
    own = columns_named(line.field for line in change.lines)
    rows = [_line(change, line, moved, own, secret) for line in change.lines]
    return Table(_("改动的项"), columns, rows)


def is_secret(change: Change, line: Line) -> bool:
    """Whether a line stands masked."""
    return is_masked(change.request.register, FACT_OF.get(line.field, line.field))


def _line(change: Change, line: Line, moved: set[str], own: OwnColumns, secret: bool) -> Row:
    field, register = line.field, change.request.register
    now = [cell_shown(register, field, change.standing.get(field, ""), own) or _("未登记")] if moved else []
    cells: list[str | Cell] = [
        fact_label(register, FACT_OF.get(field, field), own), cell_shown(register, field, line.old, own) or _("未登记"), *now,
        cell_shown(register, field, line.new, own) or _("清空"), _fate(change, line),
        *([_way_to_reveal(change, line)] if secret else []),
    ]  # fmt: skip
    return Row(cells, "warn" if line.field in moved else "", key=line.field)


def _way_to_reveal(change: Change, line: Line) -> str | Cell:
    if not is_secret(change, line):
        return ""
    return Cell(_("查看原文"), reverse("desk:change_reveal", args=[change.request.pk, line.field]))


def _fate(change: Change, line: Line) -> Cell:
    state, taken = change.request.state, line.field in change.request.taken
    if state == ChangeState.APPLIED:
        return Cell(_("已采纳"), tone="ok") if taken else Cell(_("未采纳"), tone="bad")
    if state == ChangeState.FILED:
        return Cell(_("待审核"), tone="info") if taken else Cell(_("前面的审核没有选它"), tone="warn")
    return Cell(change.request.get_state_display(), tone=TONES[ChangeState(state)])


def _open(change: Change) -> bool:
    return change.request.state in (ChangeState.DRAFT, ChangeState.FILED)


def who_of(change: Change) -> dict[str, str]:
    """The persons who proposed and checked it, by log-in name. One query."""
    return person_names([change.request.filed_by, *(check.by for check in change.checks)])


def change_facts(change: Change, who: Mapping[str, str]) -> list[Fact]:
    """What is known of the request itself."""
    request = change.request
    facts = [
        Fact(_("状态"), request.get_state_display()), Fact(_("理由"), request.reason),
        Fact(_("提出者"), who[request.filed_by], when=minute(request.filed_at)), Fact(_("所属地区"), place_name(request.home)),
        Fact(_("审核"), ngettext("已审核 {done} 次，共须 {needed} 次", "已审核 {done} 次，共须 {needed} 次", request.checks_needed).format(done=request.checks_done, needed=request.checks_needed)),
    ]  # fmt: skip
    return [*facts, Fact(_("答复"), request.answer)] if request.answer else facts


def check_moments(register: str, checks: Sequence[ChangeCheck], who: Mapping[str, str]) -> list[Moment]:
    """Who said what, the last first."""
    labels = labels_of(register, (field for check in checks for field in check.taken))
    return [
        Moment(
            minute(check.at), check.get_verdict_display(), check.note or listed(labels[each] for each in check.taken), who[check.by],
            tone="ok" if check.verdict == Verdict.PASS else "bad",
        )
        for check in reversed(checks)
    ]  # fmt: skip


def is_draft(change: Change) -> bool:
    """Whether its writer may still propose something else in it."""
    return change.request.state == ChangeState.DRAFT


def is_mine(change: Change, actor: Actor) -> bool:
    """Whether the reader proposed it and may still take it back."""
    return change.request.filed_by == actor.actor_name and _open(change)
