"""What every app declares of the tables that hold data of a person or firm, and privacy's own declaration.

Requests, retention, archives and merges walk this registry, so that imports still point down.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chelun.core.registries import Registry
from chelun.platform.privacy.models import AccessRecord, SubjectKey


@dataclass(frozen=True, slots=True)
class SubjectTable:
    """One table that holds data of a person or firm.

    `path` leads from the table to its subject ('person', 'enterprise', 'subject'); `ground` is the legal ground
    (PIPL §13); `retention` says how long in words; `region` how a row's place is known; `sensitivity` is open,
    personal or sensitive; `export`, `erase` and `merge` say what happens then.
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


SUBJECT_TABLES: Registry[SubjectTable] = Registry("subject table")
SUBJECT_ROOTS: Registry[type[models.Model]] = Registry("subject root")

DUTY = _("履行法定职责（个人信息保护法第十三条第三项）")


def declare(table: SubjectTable) -> SubjectTable:
    """Register a table by its model's label."""
    return SUBJECT_TABLES.add(table.model._meta.label, table)


declare(SubjectTable(
    SubjectKey, "subject", _("保护个人信息"), DUTY, _("随主体的数据一同销毁"), "none", "sensitive",
    export=False, erase="destroy", merge="keep",
))  # fmt: skip
declare(SubjectTable(
    AccessRecord, "subject", _("让本人知道谁看过"), DUTY, _("三年（个人信息保护法第五十六条）"), "none", "personal",
    export=True, erase="keep", merge="keep",
))  # fmt: skip
