"""The registers of firms in an archive: a place's rules, and who was in when, by number or by hand.

What the lights say does not travel: it is gathered from the registers, here as there.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from chelun.firms.models import Stay, ThresholdRule
from chelun.people.models import Enterprise
from chelun.platform.archives.carried import CARRIED, Area, Carried, Joining, Row, plain_row, read_row
from chelun.platform.archives.selectors import identities

RULES, STAYS = 75, 76


def write_rules(area: Area) -> Iterator[Row]:
    """What the places of the region have decided."""
    yield from map(plain_row, area.rows(ThresholdRule).order_by("id").iterator())


def take_rules(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """Rules that are new here; one that is here for the same place, register and day stays as it is."""
    counts: Counter[str] = Counter()
    for row in rows:
        values = read_row(ThresholdRule, row)
        same = {name: values[name] for name in ("home", "register", "since")}
        _rule, made = ThresholdRule.objects.get_or_create(**same, defaults=values)
        if made:
            ThresholdRule.objects.filter(pk=values["id"]).update(changed_at=values["changed_at"])
        counts["new" if made else "kept"] += 1
    return counts


def write_stays(area: Area) -> Iterator[Row]:
    """Who was in which register of the region's places, from when to when."""
    yield from map(plain_row, area.rows(Stay).order_by("id").iterator())


def take_stays(joining: Joining, rows: Sequence[Row]) -> Counter[str]:
    """Stays that are new here, of firms that came along; who is in already by what is on file here stays in once."""
    known = set(
        map(str, Stay.objects.filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True))
    )
    today = identities([UUID(str(row["enterprise_id"])) for row in rows])
    firms = set(Enterprise.objects.filter(pk__in=set(today.values())).values_list("pk", flat=True))
    counts: Counter[str] = Counter()
    for row in rows:
        values = read_row(Stay, row) | {"enterprise_id": today[UUID(str(row["enterprise_id"]))]}
        same = {name: values[name] for name in ("enterprise_id", "home", "register")}
        held = str(row["id"]) in known or values["enterprise_id"] not in firms
        if held or (values["to_day"] is None and Stay.objects.filter(**same, to_day=None).exists()):
            counts["kept"] += 1
        else:
            Stay.objects.create(**values)
            counts["new"] += 1
    return counts


CARRIED.add("firms.rule", Carried("firms.rule", RULES, write_rules, take_rules, late=True))
CARRIED.add("firms.stay", Carried("firms.stay", STAYS, write_stays, take_stays, late=True))
