"""The audit trail as an audit administrator may read it: rows about his regions, and those about no region."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from chelun.core.errors import NotFound
from chelun.core.scope import Scope
from chelun.platform.accounts.models import REGION, User
from chelun.platform.audit.hidden import hidden_batches
from chelun.platform.audit.models import AuditEntry, ChainHead
from chelun.platform.audit.selectors import entry_list, seq_at
from chelun.platform.audit.wording import parts_named
from chelun.platform.regions.models import level_of


def entry_search(
    *, scope: Scope, actor: str = "", action: str = "", target: str = "", day: date | None = None
) -> QuerySet[AuditEntry]:
    """Rows in scope, newest first. `action` is a beginning («sheets.») or a word («撤销»), `day` a day of the
    installation's time zone, `target` a number or a user's log-in name."""
    rows = entry_list(hidden_batches=hidden_batches()).filter(_visible(scope))
    if actor:
        rows = rows.filter(actor=actor)
    if action:
        rows = rows.filter(_acted(action))
    if target:
        rows = rows.filter(target__in=[target, *_keys_of(target)])
    return rows.filter(seq__gte=_day_start(day), seq__lt=_day_start(day + timedelta(days=1))) if day else rows


def user_names(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """The log-in names of the users that rows are about, by the number that stands in the row."""
    wanted = {entry.target for entry in entries if entry.target_kind == "user"}
    keys = [key for key in map(_key, wanted) if key]
    found = User.objects.filter(pk__in=keys).values_list("pk", "username") if keys else []
    return {str(key): name for key, name in found}


def entry_get(*, scope: Scope, seq: int) -> AuditEntry:
    """One row in scope; NotFound otherwise."""
    found = entry_search(scope=scope).filter(seq=seq).first()
    if found is None:
        raise NotFound
    return found


def chain_length() -> int:
    """How many rows the chain has."""
    return ChainHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def entry_moment(entry: AuditEntry) -> str:
    """2026-11-21 14:05:09 in the installation's time zone; as it stands when somebody made it unreadable."""
    try:
        return timezone.localtime(datetime.fromisoformat(entry.at)).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return entry.at


def pretty(values: str) -> str:
    """Old or new values as indented JSON; ciphertext stays ciphertext."""
    try:
        return json.dumps(json.loads(values), ensure_ascii=False, indent=2) if values else ""
    except ValueError:
        return values


def _visible(scope: Scope) -> Q:
    """Rows whose region's code begins like one of the scope's; rows of no region unless a user of elsewhere wrote them."""
    if scope.is_everything:
        return Q()
    condition = Q(region="") & (~Q(actor_kind="user") | Q(actor__in=_names(scope)))
    for code in sorted(scope.keys(REGION)):
        stem = _stem(code)
        condition |= Q(region__gte=stem, region__lt=f"{stem}:")
    return condition


def _acted(text: str) -> Q:
    condition = Q(action__startswith=text)
    if "." in text:
        return condition
    nouns, verbs = parts_named(text)
    for noun in nouns:
        condition |= Q(action__contains=f".{noun}.")
    for verb in verbs:
        condition |= Q(action__endswith=f".{verb}")
    return condition


def _keys_of(username: str) -> list[str]:
    return [str(key) for key in User.objects.filter(username=username).values_list("pk", flat=True)]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _names(scope: Scope) -> QuerySet[User, str]:
    return User.objects.in_scope(scope).values_list("username", flat=True)


def _stem(code: str) -> str:
    """The digits with which all codes inside a region begin (GB/T 2260); ':' is the sign after '9'."""
    return code[: {"province": 2, "city": 4}.get(level_of(code), len(code))]


def _day_start(day: date) -> int:
    start = timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)
    return seq_at(start.isoformat(timespec="milliseconds"))
