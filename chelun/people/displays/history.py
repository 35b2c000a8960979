"""The audit trail of a subject in words, as lines of its history; and who looked at it."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from chelun.core.scope import Scope
from chelun.core.ui import Moment, listed, minute
from chelun.engines.faults import N_
from chelun.people.displays.ranks import source_name
from chelun.people.displays.words import OwnColumns, fact_label
from chelun.people.services.holding import same_matter
from chelun.people.timeline import TIMELINE, Happening
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.archives.selectors import former_identities, names_of_acts
from chelun.platform.audit.hidden import hidden_batches
from chelun.platform.audit.models import AuditEntry, SegmentEntry
from chelun.platform.audit.reasons import purposes_of
from chelun.platform.audit.selectors import joined_entries, target_entries
from chelun.platform.audit.wording import action_label
from chelun.platform.fields.selectors import columns_named
from chelun.platform.privacy.models import AccessRecord

MOST = 200
PAPER = "credential"
Entry = AuditEntry | SegmentEntry
ACTIONS = {
    "created": (N_("登记入册"), "ok"),
    "changed": (N_("资料更新"), ""),
    "renewed": (N_("来源变动后重新汇总"), ""),
    "withdrawn": (N_("导入撤销，不再在册"), "warn"),
    "corrected": (N_("更正资料"), ""),
    "engagement_ended": (N_("登记离岗"), "idle"),
    "settled": (N_("认定了一行待甄别的记录"), "info"),
    "taken_off": (N_("去掉了一条不是本人的来源记录"), ""),
    "merged": (N_("与另一份档案合并"), "info"),
    "unmerged": (N_("合并已拆分"), "warn"),
    "told_apart": (N_("认定与另一份档案不是同一份"), "info"),
    "offered_again": (N_("收回“不是同一份”的认定"), ""),
    "revealed": (N_("查看了原文"), "info"),
    "printed": (N_("打印了个人资料副本"), "info"),
}


def from_trail(scope: Scope, kind: str, subject: UUID, homes: Collection[str]) -> Iterable[Happening]:
    """What the trail says of a subject, and of the papers it holds, in these places, without imports that are not published."""
    targets = [str(subject), *map(str, same_matter(kind, [subject]))]
    entries = target_entries(targets=targets, hidden_batches=hidden_batches()).filter(region__in=homes)
    told = list(entries[:MOST])
    return _happenings(kind, told, person_names(each.actor for each in told))


def from_joined_trails(scope: Scope, kind: str, subject: UUID, homes: Collection[str]) -> Iterable[Happening]:
    """What was done where an archive came from, under whatever identity the subject was known there, by the log-ins there."""
    targets = [str(subject), *map(str, former_identities(subject))]
    entries = joined_entries(targets=targets).filter(region__in=homes)
    told = list(entries[:MOST])
    return _happenings(kind, told, {each.actor: each.actor for each in told})


TIMELINE.add("people.trail", from_trail)
TIMELINE.add("people.joined_trails", from_joined_trails)


def moments(lines: Iterable[Happening]) -> list[Moment]:
    """Happenings as the face draws them."""
    return [Moment(minute(line.at), line.title, line.text, line.who, line.url, line.tone) for line in lines]


def _words(action: str) -> tuple[str, str]:
    """What an action is called on a file, with its tone; what other rooms do as the trail calls it."""
    known = ACTIONS.get(action.rsplit(".", 1)[-1]) if not action.startswith("desk.") else None
    return (_(known[0]), known[1]) if known else (action_label(action), "")


def _happenings(kind: str, entries: Iterable[Entry], who: Mapping[str, str]) -> list[Happening]:
    rows = list(entries)
    told, purposes = [(entry, _names(entry)) for entry in rows], purposes_of(rows)
    own = columns_named({name for _entry, names in told for name in names})
    return [
        _happening(
            kind,
            entry,
            listed(fact_label(_register(kind, entry), name, own) for name in names),
            purposes[entry.pk],
            who[entry.actor],
        )
        for entry, names in told
    ]


def _register(kind: str, entry: Entry) -> str:
    """The register whose facts an entry names: a paper's on the file of whoever holds it, else the file's own."""
    return PAPER if entry.target_kind == PAPER else kind


def _happening(kind: str, entry: Entry, text: str, purpose: str, who: str) -> Happening:
    title, tone = _words(entry.action)
    if kind != PAPER and entry.target_kind == PAPER:
        title = _("证照：{what}").format(what=title)
    if purpose:
        text = " · ".join(part for part in (text, source_name(purpose)) if part)
    return Happening(datetime.fromisoformat(entry.at), title, text, who, tone=tone)


def _names(entry: Entry) -> list[str]:
    """Which facts an entry is about; the values themselves lie sealed."""
    new = json.loads(entry.new) if entry.new else {}
    return new.get("fields") or ([new["field"]] if new.get("field") else [])


REVEALED = "revealed:"
LOOKS = {
    "opened": N_("打开档案"),
    "searched": N_("用号码查到"),
    "printed": N_("打印副本"),
    "glass": N_("紧急查看（辖区外，限三小时）"),
    "exported": N_("随名单导出"),
}


def looks(kind: str, records: Iterable[AccessRecord]) -> list[Moment]:
    """Who looked at a subject, as the face draws it."""
    told = list(records)
    own = columns_named(each.what.removeprefix(REVEALED) for each in told)
    who = names_of_acts((each.region, each.actor) for each in told)
    return [
        Moment(minute(each.at), _look(kind, each.what, own), _reason(each), who[each.region, each.actor])
        for each in told
    ]


def _look(kind: str, what: str, own: OwnColumns) -> str:
    if what.startswith(REVEALED):
        return _("查看原文：{field}").format(field=fact_label(kind, what.removeprefix(REVEALED), own))
    return _(LOOKS[what]) if what in LOOKS else what


def _reason(record: AccessRecord) -> str:
    return _("理由：{reason}").format(reason=record.reason) if record.reason else ""
