"""The page of a place's rule of sources: its orders as one writes them, and what a change would do."""

import re
from collections.abc import Collection, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Cell, Column, Row, Stat, Table, minute, number
from chelun.engines.faults import N_
from chelun.people.displays.facts import shown
from chelun.people.displays.ranks import (
    DOOR_NAMES,
    group_facts,
    group_name,
    line_of,
    order_sentence,
    origin_name,
)
from chelun.people.displays.words import KindNames, fact_label, place_name
from chelun.people.models import RankChange
from chelun.people.rules.ranks import GROUPS, REST, Order, Origin, from_json
from chelun.people.selectors.ranks import Rule, Sample
from chelun.people.services.intake.shelf import SHELVES
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.fields.selectors import columns_named
from chelun.platform.sheets.registers import REGISTERS

BETWEEN, NO_ORDER = N_(" ＞ "), N_("不分来源")
SEPARATORS = re.compile(f"[>{chr(0xFF1E)}{chr(0x2192)}{chr(0x300B)}]")
"""Any of the arrows that a clerk may write between two names, full width too."""
STATE_TONES = {"previewing": "info", "ready": "warn", "applying": "info", "applied": "ok", "dropped": "idle"}


def order_text(order: Order) -> str:
    """An order as one writes it into the form: names with ＞ between them."""
    if not order:
        return _(NO_ORDER)
    return _(BETWEEN).join(origin_name(origin).strip("“”") for origin in order)


def order_from(text: str, sources: Collection[str]) -> Order:
    """What `order_text` wrote, or somebody like it. UnknownSource names the first word that is neither door nor source."""
    if text.strip() in (NO_ORDER, _(NO_ORDER)):
        return ()
    words = [word.strip().strip('“”"') for word in SEPARATORS.split(text)]
    return tuple(dict.fromkeys(_origin(word, sources) for word in words if word))


class UnknownSource(Exception):
    """A word of an order is neither a door nor a known source."""


def _origin(word: str, sources: Collection[str]) -> Origin:
    doors = {name: door for door, known in DOOR_NAMES.items() for name in (known, _(known))}
    if word in doors:
        return Origin(doors[word])
    if word not in sources:
        raise UnknownSource(word)
    return Origin("", word)


def rule_table(rule: Rule) -> Table:
    """A rule as it reads, group by group."""
    columns = [Column("group", _("哪一项"), fixed=True), Column("order", _("以谁为准"), wide=True)]
    rows = [
        Row([Cell(group_name(group), note=group_facts(rule.register, group)), order_sentence(line_of(rule.lines, group))])
        for group in (*GROUPS[rule.register], REST)
    ]  # fmt: skip
    return Table(_("来源先后"), columns, rows)


def rule_parts(rules: Sequence[Rule]) -> list[tuple[Rule, str, Table, str]]:
    """The rules of a place, each with what its register is called, how it reads, and who decided it."""
    who = person_names(rule.by for rule in rules)
    return [
        (rule, register_name(rule.register), rule_table(rule), _rule_note(rule, who[rule.by]))
        for rule in rules
    ]


def _rule_note(rule: Rule, by: str) -> str:
    """Who decided a rule, where and since when."""
    if not rule.home:
        return _("没有地方另作规定，按通行规则。")
    words = {
        "place": place_name(rule.home),
        "by": by,
        "since": minute(rule.since),
        "reason": rule.reason,
    }
    return _("由{place}规定（{by}，{since} 起）。理由：{reason}").format(**words)


def change_table(change: RankChange) -> Table:
    """The groups that a change decides otherwise, before and after."""
    columns = [
        Column("group", _("哪一项"), fixed=True), Column("before", _("现在"), wide=True), Column("after", _("调整后"), wide=True),
    ]  # fmt: skip
    before, after = from_json(change.base), from_json(change.lines)
    rows = [
        Row([
            Cell(group_name(group), note=group_facts(change.register, group)), order_sentence(line_of(before, group)),
            order_sentence(line_of(after, group)),
        ])
        for group in (*GROUPS[change.register], REST)
        if line_of(before, group) != line_of(after, group)
    ]  # fmt: skip
    return Table(_("调整了什么"), columns, rows)


def changes_table(changes: Sequence[RankChange]) -> Table:
    """The changes that were proposed."""
    columns = [
        Column("when", _("提出时间"), code=True), Column("place", _("地区")), Column("register", _("哪一册")),
        Column("reason", _("理由"), wide=True), Column("by", _("提出人")), Column("state", _("状态"), code=True),
    ]  # fmt: skip
    who = person_names(each.proposed_by for each in changes)
    rows = [
        Row([
            Cell(minute(each.proposed_at), reverse("people:rank_change", args=[each.pk])), place_name(each.home),
            register_name(each.register), each.reason, who[each.proposed_by],
            Cell(each.get_state_display(), tone=STATE_TONES[each.state]),
        ])
        for each in changes
    ]  # fmt: skip
    return Table(_("提出过的调整"), columns, rows)


def proposer(change: RankChange) -> str:
    """Who proposed a change."""
    return person_names([change.proposed_by])[change.proposed_by]


def register_name(register: str) -> str:
    """What a register is called."""
    return _(REGISTERS[register].label)


def count_table(change: RankChange) -> Table:
    """In how many files each fact would change."""
    columns = [Column("fact", _("哪一项"), fixed=True), Column("files", _("会变的档案"), numeric=True)]
    counts = sorted(change.counts.get("facts", {}).items(), key=lambda pair: (-pair[1], pair[0]))
    own = columns_named(name for name, _count in counts)
    rows = [Row([fact_label(change.register, name, own), number(count)]) for name, count in counts]
    return Table(_("哪些事项会变"), columns, rows)


def sample_table(change: RankChange, samples: Iterable[Sample], kinds: KindNames) -> Table:
    """A few files before and after, masked."""
    columns = [
        Column("who", _("档案"), fixed=True), Column("place", _("所属地区")), Column("fact", _("哪一项")),
        Column("before", _("现在"), wide=True), Column("after", _("调整后"), wide=True),
    ]  # fmt: skip
    register, url = change.register, f"people:{change.register}_detail"
    samples = list(samples)
    own = columns_named({name for sample in samples for name in sample.fields})
    rows = [
        Row([
            Cell(str(sample.card), reverse(url, args=[getattr(sample.card, SHELVES[register].subject)])),
            place_name(sample.card.home), fact_label(register, name, own),
            shown(register, name, sample.before.get(name), kinds, own) or _("未登记"),
            shown(register, name, sample.after.get(name), kinds, own) or _("未登记"),
        ])
        for sample in samples
        for name in sample.fields
    ]  # fmt: skip
    return Table(_("举例"), columns, rows)


def change_stats(change: RankChange) -> list[Stat]:
    """What the preview counted, and what was written."""
    looked = minute(change.looked_at)
    stats = [
        Stat(_("会变的档案"), number(change.counts.get("cards", 0)), as_of=looked),
        Stat(_("有几个来源的档案"), number(change.counts.get("seen", 0)), as_of=looked),
    ]
    if "written" in change.counts:
        stats.append(Stat(_("已重算的档案"), number(change.counts["written"]), as_of=minute(change.ended_at)))
    return stats
