"""Making work lists, looking them up, noting what was done, ending them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import seal_with
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import wait_for_turn
from chelun.core.scope import Node, Scope
from chelun.desk.choices import DueRule
from chelun.desk.models import WorkList, WorkRow
from chelun.desk.work.rules import due_on, turnover
from chelun.desk.work.selectors import WORK, Key, work_list_get
from chelun.engines.tables.columns import scrub
from chelun.people.displays.lists import LISTINGS
from chelun.people.selectors import Filters
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.accounts.models import User
from chelun.platform.accounts.roles import roles_with
from chelun.platform.audit.services import record
from chelun.platform.privacy.keys import keys_of, make_keys
from chelun.platform.regions.selectors import place, placed, within

MOST = 5_000
LONGEST_DAYS = 365
FRESH = timedelta(minutes=5)
LEFT_OUT = frozenset({"cols", "after", "before", "sort"})


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with each row, by whom ('' for all who work in the place), until when."""

    name: str
    action: str
    owner: str = ""
    rule: str = DueRule.DAYS
    days: int | None = None
    day: date | None = None


def make_work_list(
    *, actor: Actor, register: str, home: str, query: Mapping[str, str], task: Task
) -> WorkList:
    """Save a list with its filters as something to be worked off in a place. The rows are looked up at once.

    NotFound outside the places in which the actor works; Refused for a list that is too long or a task that says too little.
    """
    levels = _worked(actor, home)
    if register not in LISTINGS:
        raise NotFound
    asked = _asked(query, home)
    if register == "person" and asked.get("q"):
        raise Refused("desk.work.name", _("清单不按姓名或号码保存，请清除查找框，用其他条件筛选。"))
    filters = Filters.of(asked)
    if filters.asked.kind == "refused":
        raise Refused("desk.work.number", filters.asked.advice)
    count = LISTINGS[register].rows(_scope(home), filters).order_by()[: MOST + 1].count()
    if count > MOST:
        raise Refused("desk.work.long", _("名单超过 {most} 行，请缩小条件再存。").format(most=MOST))
    with transaction.atomic():
        made = WorkList.objects.create(
            **{**levels, "township": ""}, home=home, register=register, query=asked, made_by=actor.actor_name,
            **_judged(task, home),
        )  # fmt: skip
        _noted(actor, made, "made", {"action": made.action, "rows": count})
        look_up(made)
    return made


def change_work_list(*, actor: Actor, pk: UUID, task: Task) -> WorkList:
    """Change what is to be done, by whom, until when; the days of the rows that wait follow."""
    with transaction.atomic():
        found = _locked(actor, pk)
        for name, value in _judged(task, found.home).items():
            setattr(found, name, value)
        found.save()
        waiting = list(found.rows.filter(done_at=None))
        for row in waiting:
            row.due_on = _due(found, row.since)
        WorkRow.objects.bulk_update(waiting, ["due_on"], batch_size=500)
        _noted(actor, found, "changed", {"action": found.action})
    return found


def end_work_list(*, actor: Actor, pk: UUID) -> None:
    """End a list: nothing of it waits any more; what was done stays to be read."""
    with transaction.atomic():
        found = _locked(actor, pk)
        if found.closed_at is None:
            found.closed_at = timezone.now()
            found.save(update_fields=["closed_at"])
            _noted(actor, found, "ended", {})


def mark_rows(*, actor: Actor, pk: UUID, rows: Collection[UUID], done: bool, note: str = "") -> int:
    """Say of some rows that they are done, with a note, or that they are not; how many it changed."""
    if done and note and scrub(note)[0] is None:
        raise Refused("desk.work.forbidden", _("说明里有名册不得登记的内容，没有保存。请换一个说法。"))
    with transaction.atomic():
        found = _locked(actor, pk)
        mine = WorkRow.objects.in_scope(actor.scope_for(WORK)).filter(work_list=found, pk__in=list(rows))
        changed = [row for row in mine.select_for_update() if (row.done_at is None) == done]
        keys = _keys({row.subject for row in changed}) if done and note.strip() else {}
        for row in changed:
            row.done_at, row.done_by = (timezone.now(), actor.actor_name) if done else (None, "")
            key = keys.get(row.subject)
            row.note = seal_with(key, note.strip()[:200], f"work:{row.pk}") if key else b""
        WorkRow.objects.bulk_update(changed, ["done_at", "done_by", "note"], batch_size=500)
        if changed:
            _noted(actor, found, "done" if done else "reopened", {"rows": len(changed)})
    return len(changed)


def look_up(work_list: WorkList) -> None:
    """Find out who stands in the list today: new rows appear, those that no longer fit are set aside."""
    today, now = timezone.localdate(), timezone.now()
    found = _found(work_list)
    with transaction.atomic():
        wait_for_turn(f"desk.work:{work_list.pk}")
        rows = {(row.subject, row.home): row for row in work_list.rows.all()}
        change = turnover(list(found), {key: row.gone_at is None for key, row in rows.items()})
        WorkRow.objects.bulk_create(
            [_row(work_list, key, found[key], today) for key in change.new], batch_size=500
        )
        for key in change.back:
            row = rows[key]
            row.gone_at = row.done_at = None
            row.since, row.due_on, row.done_by, row.note = today, _due(work_list, today), "", b""
        for key in change.gone:
            rows[key].gone_at = now
        changed = [rows[key] for key in (*change.back, *change.gone)]
        fields = ["gone_at", "done_at", "since", "due_on", "done_by", "note"]
        WorkRow.objects.bulk_update(changed, fields, batch_size=500)
        work_list.looked_at = now
        work_list.save(update_fields=["looked_at"])


def look_again(work_list: WorkList, now: datetime | None = None) -> None:
    """As `look_up`, unless that was done within the last minutes or the list was ended."""
    moment = now or timezone.now()
    if work_list.closed_at is None and (work_list.looked_at is None or moment - work_list.looked_at > FRESH):
        look_up(work_list)


def look_up_all(actor: Actor) -> int:
    """Every list that goes on; how many. Runs daily."""
    lists = list(WorkList.objects.filter(closed_at=None).order_by("pk"))
    for each in lists:
        look_up(each)
    return len(lists)


def owners_for(actor: Actor, home: str) -> list[str]:
    """Who may answer for a list of a place: those who work in it by a grant on it or above it."""
    codes = {code for code in placed(home).values() if code}
    users = User.objects.filter(is_active=True, grants__role__in=roles_with(WORK), grants__node_key__in=codes)
    names = set(users.values_list("username", flat=True))
    return sorted(names | {actor.actor_name})


def _found(work_list: WorkList) -> dict[Key, Any]:
    """The cards that the saved filters find now, by subject and place."""
    shelf = SHELVES[work_list.register]
    rows = LISTINGS[work_list.register].rows(_scope(work_list.home), Filters.of(work_list.query))
    return {(getattr(card, shelf.subject), card.home): card for card in rows[:MOST]}


def _row(work_list: WorkList, key: Key, card: Any, today: date) -> WorkRow:
    return WorkRow(
        work_list=work_list, subject=key[0], home=key[1], province=card.province, city=card.city, county=card.county,
        since=today, due_on=_due(work_list, today), note=b"",
    )  # fmt: skip


def _due(work_list: WorkList, since: date) -> date:
    return due_on(work_list.due_rule, work_list.due_days, work_list.due_day, since)


def _scope(home: str) -> Scope:
    return Scope.of([Node("region", home)])


def _asked(query: Mapping[str, str], home: str) -> dict[str, str]:
    """The saved filters: what only says how the list looks is left out; the place is the list's own or one within it."""
    asked = {name: value for name, value in query.items() if value and name not in LEFT_OUT}
    region = asked.get("region", "")
    if not region or not within(region, _scope(home)):
        asked["region"] = home
    return asked


def _judged(task: Task, home: str) -> dict[str, Any]:
    name, action = task.name.strip()[:60], task.action.strip()[:200]
    if len(name) < 2 or len(action) < 2:
        raise Refused("desk.work.words", _("请写清楚清单的名称，和每一行要做什么。"))
    if scrub(name)[0] is None or scrub(action)[0] is None:
        raise Refused("desk.work.forbidden", _("名称或要做的事里有名册不得登记的内容，请换一个说法。"))
    if task.rule == DueRule.DAY and task.day is None:
        raise Refused("desk.work.day", _("请选期限是哪一天。"))
    if task.rule == DueRule.DAYS and not 0 < (task.days or 0) <= LONGEST_DAYS:
        raise Refused("desk.work.days", _("请写出现后几天内做完（1 到 365 天）。"))
    days = task.days if task.rule == DueRule.DAYS else None
    day = task.day if task.rule == DueRule.DAY else None
    return {
        "name": name, "action": action, "owner": task.owner, "due_rule": task.rule, "due_days": days, "due_day": day,
    }  # fmt: skip


def _worked(actor: Actor, home: str) -> dict[str, str]:
    found = place(home)
    if found is None or found.level == "township" or not within(home, actor.scope_for(WORK)):
        raise NotFound
    return placed(home)


def _locked(actor: Actor, pk: UUID) -> WorkList:
    work_list_get(actor.scope_for(WORK), pk)
    return WorkList.objects.select_for_update().get(pk=pk)


def _keys(subjects: Collection[UUID]) -> dict[UUID, bytes]:
    known = keys_of(subjects)
    return {**known, **make_keys(set(subjects) - known.keys())}


def _noted(actor: Actor, work_list: WorkList, verb: str, new: dict[str, Any]) -> None:
    record(
        actor=actor, action=f"desk.work.{verb}", target_kind="work_list", target=work_list.pk, region=work_list.home,
        purpose=work_list.name, new=new,
    )  # fmt: skip
