"""Purposes, notices and consents in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Row, Table, day, listed, minute
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.privacy.models import Consent, Notice
from chelun.platform.privacy.purposes import PURPOSES
from chelun.platform.privacy.subjects import SUBJECT_TABLES
from chelun.platform.regions.selectors import name_of


def purpose_table() -> Table:
    """Each declared table: for what, on which ground, how long, and what an erasure does with it."""
    columns = [
        Column("what", _("内容"), fixed=True),
        Column("purpose", _("处理目的"), wide=True),
        Column("ground", _("法律依据"), wide=True),
        Column("retention", _("保存期限"), wide=True),
        Column("erased", _("抹除时"), wide=True),
    ]
    rows = []
    for table in SUBJECT_TABLES:
        kept = _("留存：{why}").format(why=table.kept_because) if table.kept_because else _("删除")
        cells = [
            str(table.model._meta.verbose_name),
            str(table.purpose),
            str(table.ground),
            str(table.retention),
            kept,
        ]
        rows.append(Row(cells))
    return Table(_("处理目的和依据"), columns, rows)


@dataclass(frozen=True, slots=True)
class Handling:
    """What is handled for one purpose, on one ground, for one term: as people outside read it."""

    what: str
    purpose: str
    ground: str
    retention: str


def handlings() -> list[Handling]:
    """The declared tables, those of the same purpose, ground and term together."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for table in SUBJECT_TABLES:
        key = (str(table.purpose), str(table.ground), str(table.retention))
        found.setdefault(key, []).append(str(table.model._meta.verbose_name))
    return [Handling(listed(names), *key) for key, names in found.items()]


def notice_table(notices: Sequence[Notice], address: Address) -> Table:
    """Versions, the newest first."""
    columns = [
        Column("place", _("地区"), fixed=True), Column("number", _("版本"), numeric=True),
        Column("from", _("生效日期"), code=True), Column("state", _("状态")), Column("by", _("发布人")),
    ]  # fmt: skip
    who = person_names(each.published_by for each in notices)
    return Table(
        _("告知书"), columns, [_notice_row(each, who[each.published_by]) for each in notices], address
    )


def _notice_row(notice: Notice, publisher: str) -> Row:
    url = reverse("privacy:notice", args=[notice.region])
    begun = notice.valid_from <= timezone.localdate()
    state = Cell(_("已生效"), tone="ok") if begun else Cell(_("尚未生效"), tone="info")
    return Row(
        [
            Cell(name_of(notice.region), url),
            str(notice.number),
            day(notice.valid_from),
            state,
            publisher,
        ]
    )


def consent_table(consents: Iterable[Consent]) -> Table:
    """What a person agreed to, and took back."""
    columns = [
        Column("purpose", _("目的"), fixed=True), Column("notice", _("看过的告知书"), numeric=True),
        Column("given", _("同意时间"), code=True), Column("who", _("同意人")), Column("until", _("有效至"), code=True),
        Column("withdrawn", _("撤回时间"), code=True),
    ]  # fmt: skip
    return Table(_("本人的同意"), columns, [_consent_row(each) for each in consents])


def _consent_row(consent: Consent) -> Row:
    taken_back = minute(consent.withdrawn_at) if consent.withdrawn_at else ""
    why = "" if consent.withdrawn_by or not taken_back else _("到期或另有新的同意")
    version = _("第 {number} 版").format(number=consent.notice.number)
    return Row([
        purpose_label(consent.purpose), version, minute(consent.given_at),
        Cell(consent.get_on_behalf_display(), note=consent.get_how_display()), day(consent.until), Cell(taken_back, note=why),
    ])  # fmt: skip


def purpose_label(name: str) -> str:
    """What a purpose is called."""
    purpose = PURPOSES.get(name)
    return str(purpose.label) if purpose else name


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """A consent that may be taken back, with its purpose in words."""

    consent: Consent
    label: str


def withdrawable(consents: Iterable[Consent]) -> list[Withdrawable]:
    """The consents that nobody has taken back."""
    return [Withdrawable(each, purpose_label(each.purpose)) for each in consents if not each.withdrawn_at]
