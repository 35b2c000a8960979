"""Firms with a record of their own and those that are only mentioned, each in a place of its own above the list."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Count, Tab, capped_count
from chelun.people.choices import KnownBy

ASKED = "mentioned"
CAP = 1_000


def known_tabs(rows: QuerySet[Any], address: Address) -> list[Tab]:
    """All rows, those with a record, those only mentioned; `rows` are narrowed by all that is asked but this. Two queries."""
    record = capped_count(rows.filter(known_by=KnownBy.RECORD), CAP)
    named = capped_count(rows.filter(known_by__gt=KnownBy.RECORD), CAP)
    every = Count(record.value + named.value, record.capped or named.capped)
    chosen = address.get(ASKED)
    tabs = (("", _("全部企业"), every), ("no", _("有台账"), record), ("only", _("仅被提及"), named))
    return [
        Tab(label, address.having(**{ASKED: value}), value == chosen, count.short)
        for value, label, count in tabs
    ]
