"""Erasures in words: the list, and the proof that a person may take home."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, day, minute, number
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.privacy.choices import ErasureState
from chelun.platform.privacy.kinds import TRACES
from chelun.platform.privacy.models import Erasure
from chelun.platform.privacy.selectors import Proof
from chelun.platform.privacy.subjects import SUBJECT_TABLES
from chelun.platform.regions.selectors import name_of

TONES = {
    ErasureState.PROPOSED: "warn",
    ErasureState.RUNNING: "info",
    ErasureState.DONE: "ok",
    ErasureState.DECLINED: "idle",
}


def erasure_table(rows: Sequence[Erasure], address: Address) -> Table:
    """Erasures, by number: who was erased is known to nobody any more."""
    columns = [
        Column("number", _("凭证编号"), code=True, fixed=True),
        Column("state", _("状态")),
        Column("ground", _("依据"), wide=True),
        Column("place", _("决定的地区")),
        Column("proposed", _("提出"), code=True),
        Column("done", _("完成"), code=True),
    ]
    return Table(_("抹除记录"), columns, [_erasure_row(row) for row in rows], address)


def _erasure_row(row: Erasure) -> Row:
    return Row([
        Cell(number_of(row), reverse("privacy:erasure_detail", args=[row.pk])),
        Cell(row.get_state_display(), tone=TONES[ErasureState(row.state)]),
        row.get_ground_display(),
        place_of(row),
        day(row.proposed_at.date()),
        minute(row.done_at) if row.done_at else "",
    ])  # fmt: skip


def number_of(row: Erasure) -> str:
    """A number that can be read out: the last digits of the key, which tell nothing of the time."""
    return row.pk.hex[-8:].upper()


def place_of(row: Erasure) -> str:
    """Where it was decided."""
    return name_of(row.county or row.city or row.province)


def proof_facts(proof: Proof) -> list[Fact]:
    """When, who, on which ground; what went with the rows."""
    erasure = proof.erasure
    facts = [Fact(_("凭证编号"), number_of(erasure)), Fact(_("状态"), erasure.get_state_display())]
    if proof.own:
        facts += _decision(erasure)
    if erasure.state == ErasureState.DONE:
        facts += _done(proof)
    return facts


def _decision(erasure: Erasure) -> list[Fact]:
    who = person_names([erasure.proposed_by, erasure.decided_by])
    told = [
        Fact(_("依据"), erasure.get_ground_display(), note=erasure.reason),
        Fact(_("决定的地区"), place_of(erasure)),
        Fact(_("提出"), who[erasure.proposed_by], when=minute(erasure.proposed_at)),
    ]
    if erasure.decided_at:
        label = _("未批准") if erasure.state == ErasureState.DECLINED else _("批准")
        told.append(Fact(label, who[erasure.decided_by], when=minute(erasure.decided_at)))
    return told


def _done(proof: Proof) -> list[Fact]:
    erasure = proof.erasure
    assert erasure.done_at is not None
    seal = _("未被改动") if proof.genuine else _("与封印不符：凭证在数据库里被改动过")
    return [
        Fact(_("完成"), minute(erasure.done_at)),
        Fact(_("销毁的密钥"), number(erasure.keys_destroyed), note=_("审计记录和备份里用它加密的值从此打不开")),
        Fact(
            _("审计链"), ngettext("{count} 行留存", "{count} 行留存", erasure.trail_rows).format(count=number(erasure.trail_rows)),
            note=_("链条完整，可以校验；行里的原值和新值已无法读出"),
        ),
        Fact(_("凭证"), seal, note=_("封印 {seal}").format(seal=erasure.seal[:16])),
    ]  # fmt: skip


def lifted_by(proof: Proof) -> str:
    """Who lifted the bar that an erasure had left; '' where nobody did."""
    by = proof.stone.lifted_by if proof.stone else ""
    return person_names([by])[by]


def counted_table(proof: Proof) -> Table:
    """Rows before and after, by table, in the reader's places; only what an erasure takes away."""
    before, after = (
        _sums(share.before for share in proof.shares),
        _sums(share.after for share in proof.shares),
    )
    labels = [label for label in before if _is_taken(label)]
    columns = [
        Column("what", _("内容"), wide=True), Column("before", _("之前"), numeric=True),
        Column("after", _("之后"), numeric=True),
    ]  # fmt: skip
    rows = [Row([_title(label), number(before[label]), number(after[label])]) for label in labels]
    rows += [Row([title, number(count), "0"]) for title, count in _elsewhere(proof.erasure)]
    return Table(_("抹除前后的行数"), columns, rows)


def kept_table(proof: Proof) -> Table:
    """What stays, and the lawful exception."""
    after = _sums(share.after for share in proof.shares)
    columns = [
        Column("what", _("内容")),
        Column("rows", _("行数"), numeric=True),
        Column("why", _("为什么留存"), wide=True),
    ]
    rows = [
        Row([_title(label), number(count), str(SUBJECT_TABLES[label].kept_because)])
        for label, count in after.items()
        if label in SUBJECT_TABLES.names() and not _is_taken(label)
    ]
    return Table(_("依法留存的内容"), columns, rows)


def _sums(counts: Iterable[dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total


def _is_taken(label: str) -> bool:
    table = SUBJECT_TABLES.get(label)
    return table is None or table.erase != "keep"


def _title(label: str) -> str:
    table = SUBJECT_TABLES.get(label)
    return str(table.model._meta.verbose_name) if table else label


def _elsewhere(erasure: Erasure) -> list[tuple[str, int]]:
    """Files, staged rows and open imports that went; firms and vehicles that only this person had mentioned."""
    found = []
    for name, count in sorted(erasure.files.items()):
        room, _dot, label = name.partition(".")
        trace = TRACES.get(room)
        title = str(trace.labels[label]) if trace else _("仅由此人提及的{what}").format(what=_title(label))
        found.append((title, count))
    return found
