"""What every app declares of the tables that hold data of a person or firm, and privacy's own declaration.

Erasure, requests, retention, archives and merges walk this registry, so that imports still point down.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Expression, F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chelun.core.registries import Registry
from chelun.platform.privacy.choices import OPEN_REQUESTS, ErasureState
from chelun.platform.privacy.kinds import HOLDINGS, Holding
from chelun.platform.privacy.models import (
    AccessRecord,
    BreakGlass,
    Consent,
    Erasure,
    ErasureShare,
    Hold,
    PersonRequest,
    SubjectKey,
    Tombstone,
    TombstoneDigest,
)
from chelun.platform.privacy.services.assessments import guard_setting
from chelun.platform.privacy.services.holds import by_consent, by_erasure, by_hold, by_request
from chelun.platform.privacy.terms import (
    ROWS,
    Term,
    declare_rows,
    following,
    kept_for_good,
    own_clock,
    with_file,
)
from chelun.platform.regions.place_settings import GUARDS

Rows = models.QuerySet[Any]
SUBJECT_COLUMNS = frozenset({"subject", "subject_id"})


@dataclass(frozen=True, slots=True)
class SubjectTable:
    """One table that holds data of a person or firm.

    `path` leads from the table to its subject ('person', 'enterprise', 'subject'); `ground` is the legal ground
    (PIPL §13); `retention` says how long in words; `region` is the column that says whose row it is ('none' without
    one); `sensitivity` is open, personal or sensitive; `export`, `erase` and `merge` say what happens then.

    `erase` is 'delete', 'destroy' (keys) or 'keep', which names the lawful exception in `kept_because`. Where the path
    is no key, `find` gives the rows that name some subjects, and `kinds` says of which kind these are. `strike` takes
    the subjects out of rows that stay, or decides which of them go. `term` says by which clock rows go by themselves (`terms`);
    a table without one stops the start.
    """

    model: type[models.Model]
    path: str
    purpose: Promise
    ground: Promise
    retention: Promise
    region: str
    sensitivity: str
    export: bool
    erase: str
    merge: str
    kept_because: Promise | str = ""
    kinds: tuple[str, ...] = ()
    find: Callable[[Collection[UUID]], Rows] | None = None
    strike: Callable[[Rows, Collection[UUID]], None] | None = None
    term: Term | None = None

    def rows(self, subjects: Collection[UUID]) -> Rows:
        """The rows that name any of the subjects, seen by readers or not."""
        if self.find is not None:
            return self.find(subjects)
        return self.model._default_manager.filter(**{f"{self.path}__in": list(subjects)})

    @property
    def place_column(self) -> str:
        """The column that says whose row it is; '' when none does."""
        return "" if self.region == "none" else self.region

    def place_column_or(self, finest: Expression) -> Any:
        """The place of a row as an expression: its own column, or the finest of its level columns."""
        return F(self.place_column) if self.place_column else finest

    def leads_to(self, kind: str, model: type[models.Model]) -> bool:
        """Whether its rows can name subjects of this kind, whose identities are rows of `model`."""
        if self.kinds:
            return kind in self.kinds
        if self.path.split("__")[-1] in SUBJECT_COLUMNS:
            return True
        here: Any = self.model
        for part in self.path.split("__"):
            here = here._meta.get_field(part).related_model
        return bool(here is model)


SUBJECT_TABLES: Registry[SubjectTable] = Registry("subject table")
SUBJECT_ROOTS: Registry[type[models.Model]] = Registry("subject root")

DUTY = _("履行法定职责（个人信息保护法第十三条第三项）")


def declare(table: SubjectTable) -> SubjectTable:
    """Register a table by its model's label; where its rows have a clock of their own, the setting of its term as well."""
    if table.term is not None and table.term.kind == ROWS:
        declare_rows(table.model._meta.label, table.model._meta.verbose_name or "", table.term)
    return SUBJECT_TABLES.add(table.model._meta.label, table)


def tables_of(kind: str, model: type[models.Model]) -> list[SubjectTable]:
    """The declared tables that can hold data of a subject of this kind, those declared last first: ties before identities."""
    return [table for table in reversed(list(SUBJECT_TABLES)) if table.leads_to(kind, model)]


def _forget_reasons(rows: Rows, subjects: Collection[UUID]) -> None:
    """Who looked stays; what he wrote as his reason may name the person and goes."""
    rows.exclude(reason="").update(reason="")


def _end_consents(rows: Rows, subjects: Collection[UUID]) -> None:
    """That he once agreed stays provable; what he agreed to has no object any more."""
    rows.filter(withdrawn_at=None).update(withdrawn_at=datetime.now(UTC))


_DECIDED = Q(state__in=(ErasureState.DONE, ErasureState.DECLINED))
YEARS_OF_PROOF = _("三年（个人信息保护法第五十六条）")
_PROOF = _("证明抹除已经做完，恢复备份后能再做一遍")
_NAMELESS = _("不含本人信息，只有一个打不开任何数据的编号；法律要求能证明已经删除")

declare(SubjectTable(
    SubjectKey, "subject", _("保护个人信息"), DUTY, _("随主体的数据一同销毁"), "none", "sensitive",
    export=False, erase="destroy", merge="keep", term=with_file(),
))  # fmt: skip
declare(SubjectTable(
    AccessRecord, "subject", _("让本人知道谁看过"), DUTY, YEARS_OF_PROOF, "region", "personal",
    export=True, erase="keep", merge="keep", strike=_forget_reasons,
    kept_because=_("谁在何时看过，是追究违法查看的证据（个人信息保护法第五十一条）；查看理由的文字已删去"),
    term=own_clock("at", "y3", least="y3", over=~Q(subject=UUID(int=0))),
))  # fmt: skip
declare(SubjectTable(
    Erasure, "subject", _PROOF, DUTY, YEARS_OF_PROOF, "none", "personal",
    export=False, erase="keep", merge="keep", kept_because=_NAMELESS, term=own_clock("decided_at", "y3", least="y3", over=_DECIDED),
))  # fmt: skip
declare(SubjectTable(
    ErasureShare, "erasure__subject", _PROOF, DUTY, YEARS_OF_PROOF, "home", "personal",
    export=False, erase="keep", merge="keep", kept_because=_NAMELESS, term=following(Erasure._meta.label),
))  # fmt: skip
declare(SubjectTable(
    Tombstone, "subject", _PROOF, DUTY, _("长期：恢复任何一份旧备份时都要用"), "none", "personal",
    export=False, erase="keep", merge="keep", kept_because=_NAMELESS,
    term=kept_for_good(_("恢复任何一份旧备份时都要用")),
))  # fmt: skip
declare(SubjectTable(
    TombstoneDigest, "tombstone__subject", _("本人要求不再收录时，认出以后名册里的他"), DUTY,
    _("长期：恢复任何一份旧备份时都要用"), "none", "personal",
    export=False, erase="keep", merge="keep",
    kept_because=_("只有带密钥的摘要，还原不出号码；没有它就无法做到不再收录"),
    term=following(Tombstone._meta.label),
))  # fmt: skip
declare(SubjectTable(
    PersonRequest, "subject", _("答复本人的请求，证明何时怎样答复"), DUTY, YEARS_OF_PROOF, "home", "sensitive",
    export=True, erase="keep", merge="keep",
    kept_because=_("证明请求已经按期答复；请求和答复的文字在本人密钥下，密钥销毁后无法读出"),
    term=own_clock("decided_at", "y3", least="y3", over=~Q(state__in=OPEN_REQUESTS)),
))  # fmt: skip
declare(SubjectTable(
    Consent, "subject", _("证明本人同意过什么、看过哪一版告知书"), DUTY, YEARS_OF_PROOF, "home", "sensitive",
    export=True, erase="keep", merge="keep", strike=_end_consents,
    kept_because=_("证明处理曾经得到同意；谁代为同意在本人密钥下，密钥销毁后无法读出"),
    term=own_clock("withdrawn_at", "y3", least="y3"),
))  # fmt: skip
declare(SubjectTable(
    Hold, "subject", _("争议、调查没有了结之前不删除"), DUTY, YEARS_OF_PROOF, "home", "sensitive",
    export=True, erase="delete", merge="keep", term=own_clock("released_at", "y3", least="y3"),
))  # fmt: skip
declare(SubjectTable(
    BreakGlass, "subject", _("让本人知道谁紧急查看过，并由人复核"), DUTY, YEARS_OF_PROOF, "home", "personal",
    export=True, erase="keep", merge="keep", strike=_forget_reasons, term=own_clock("until", "y3", least="y3"),
    kept_because=_("谁紧急查看过，是追究违法查看的证据（个人信息保护法第五十一条）；理由的文字已删去"),
))  # fmt: skip
GUARDS.add("privacy.assessed", guard_setting)
for _holding in (
    Holding("privacy.hold", _("有暂缓删除的决定（争议、调查、法定期限）"), by_hold),
    Holding("privacy.request", _("本人的请求还没有答复"), by_request),
    Holding("privacy.consent", _("本人同意的处理还在进行"), by_consent),
    Holding("privacy.erasure", _("他的抹除正在办理"), by_erasure),
):
    HOLDINGS.add(_holding.name, _holding)
