"""Firms for tests: brought in by a form or a sheet, with the day of what is said."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from chelun.core.actors import SystemActor
from chelun.core.scope import Node, Scope
from chelun.firms.lights import FEEDS
from chelun.firms.models import FirmStanding
from chelun.firms.rules import light_state
from chelun.firms.selectors.lights import lights_of, with_lights
from chelun.firms.services.reviewing import review_firms
from chelun.firms.terms import Terms
from chelun.people.selectors.records import held
from chelun.people.services.door import bring
from chelun.people.services.intake.shelf import ENTERPRISES
from chelun.platform.regions.words import values_for

MEIGU, ZIYANG, HANBIN, ANKANG, SHAANXI = "513436", "610924", "610902", "610900", "610000"
CLERK = SystemActor("test", "nobody")
TODAY = date(2026, 11, 21)
NAME = "紫阳县示例货运有限公司"
WHOLE = {
    "name": NAME, "uscc": "", "kinds": "货车", "status": "正常经营", "legal_representative": "单小明", "investors": "单小明、米小有",
    "staff": "2", "vehicles": "3",
}  # fmt: skip


def ago(days: int) -> date:
    """So many days before TODAY."""
    return TODAY - timedelta(days=days)


def firm(
    raw: Mapping[str, str] = WHOLE, *, region: str = ZIYANG, as_of: date = TODAY, source: str = "企业台账"
) -> UUID:
    """A firm said by hand."""
    found = bring("enterprise", actor=CLERK, region=region, raw=raw, as_of=as_of, source=source).subject
    assert found
    return found


def staff(name: str, n: int, *, region: str = ZIYANG, as_of: date = TODAY, start: int = 0) -> None:
    """So many drivers of a firm."""
    for one in range(start, start + n):
        raw = {
            "name": f"单{'甲乙丙丁戊己庚辛'[one % 8]}",
            "phone": f"199{one:08}",
            "kinds": "货车",
            "enterprise": name,
        }
        bring("person", actor=CLERK, region=region, raw=raw, as_of=as_of)


def truck(n: int, name: str, *, region: str = ZIYANG, kinds: str = "货车", as_of: date = TODAY) -> None:
    """A vehicle of a firm."""
    raw = {"plate": f"陕G{n:05}", "plate_colour": "黄", "kinds": kinds, "enterprise": name}
    bring("vehicle", actor=CLERK, region=region, raw=raw, as_of=as_of)


def scope_of(*regions: str) -> Scope:
    """The scope of these places."""
    return Scope.of(Node("region", region) for region in regions)


def shown(subject: UUID, today: date = TODAY, region: str = ZIYANG) -> dict[str, str]:
    """What a firm's lights say on its file."""
    found = held(scope_of(region), ENTERPRISES, subject)
    _card, lights = lights_of(found, values_for(region), {}, today)
    return {line.light.name: str(line.state) for line in lights}


def listed(today: date = TODAY) -> dict[str, dict[str, str]]:
    """What the list says of each firm, after a review: the same question asked of the database."""
    review_firms(today=today)
    return {
        row.name: {
            name: str(light_state(getattr(row, f"lit_{name}"), len(FEEDS[name]))) for name in FEEDS.names()
        }
        for row in with_lights(FirmStanding.objects.all(), Terms.of(today))
    }
