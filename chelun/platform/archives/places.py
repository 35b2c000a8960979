"""Whether all that an archive says of places lies in its own region. Looked at before anything is taken in.

An archive is sealed by whoever knows its passphrase, not by who may decide for another place: a row says itself where it
belongs, so it is not believed.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.platform.archives.carried import Row
from chelun.platform.archives.packing import Part
from chelun.platform.regions.rules import LEVELS, level_of
from chelun.platform.regions.selectors import placed

CODES = ("home", "region")
FREE = frozenset({"trail"})
"""The other installation's trail is a chain of its own, which nobody reads by place columns."""
Claim = tuple[str, str]


class Claims:
    """What the rows of an archive say of places, by table: each different thing once."""

    def __init__(self) -> None:
        self._found: dict[str, set[Claim]] = {}

    def note(self, part: Part) -> None:
        """Keep what a part says."""
        if part.table not in FREE and part.name.endswith(".jsonl"):
            self._found.setdefault(part.table, set()).update(_claims(part.rows))

    def check(self, region: str) -> None:
        """Refused where a row lies outside the region, by the name of its table."""
        for table, claims in sorted(self._found.items()):
            if any(not lies_in(region, column, code) for column, code in claims):
                text = _("档案包里的表 {table} 有不属于 {region} 的行，没有并入。请向打包单位重新要一份。")
                raise Refused("archives.elsewhere", text.format(table=table, region=region))


def lies_in(region: str, column: str, code: str) -> bool:
    """Whether a column of a row may say this in an archive of the region: the region, one above it where that is due, or one inside."""
    own, level = placed(region), level_of(region)
    if column in LEVELS[: LEVELS.index(level)]:
        return code == own[column]
    if not code:
        return column in LEVELS[LEVELS.index(level) + 1 :]
    return code == region or placed(code)[level] == own[level]


def _claims(rows: Iterable[Row]) -> Iterator[Claim]:
    for row in rows:
        yield from _said(row)
        for value in row.values():
            if isinstance(value, list):
                for each in value:
                    if isinstance(each, dict) and "home" in each:
                        yield from _said(each)


def _said(row: Row) -> Iterator[Claim]:
    return ((name, str(row[name])) for name in (*CODES, *LEVELS) if name in row)
