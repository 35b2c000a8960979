"""How long before a paper runs out a place wants to be reminded: a setting of the county, else its city, else its province."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chelun.people.choices import PaperState, PaperStatus, Presence
from chelun.people.models import CredentialCard
from chelun.people.rules.papers import DAY, UNKNOWN, state_of
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.place_settings import GROUPS, SETTINGS, Setting, Text
from chelun.platform.regions.rules import city_of, level_of, province_of

GROUP, DAYS = "papers", "papers.days"
CHOICES: Mapping[str, Text] = {
    "15": _("15 天"), "30": _("30 天"), "60": _("60 天"), "90": _("90 天"), "180": _("半年"),
}  # fmt: skip
DEFAULT = "60"
FINEST_FIRST = ("county", "city", "province")

GROUPS[GROUP] = (_("证照"), _("到期前多久开始提醒。快到期的证照列在首页和到期日历里。"))
SETTINGS.add(
    DAYS,
    Setting(
        DAYS,
        "choice",
        _("到期前多少天提醒"),
        _("例如从业资格证应在到期前 30 天以前申请换证。"),
        DEFAULT,
        GROUP,
        CHOICES,
    ),
)


@dataclass(frozen=True, slots=True)
class Reminders:
    """The days of reminding in force. `decided`: place → days, of places that decided otherwise."""

    today: date
    decided: Mapping[str, int]

    @classmethod
    def of(cls, today: date | None = None) -> Self:
        """As of a day, by default of this one. One query."""
        rows = PlaceSetting.objects.filter(key=DAYS).values_list("region", "value")
        decided = {region: int(str(value)) for region, value in rows if str(value) in CHOICES}
        return cls(today or timezone.localdate(), decided)

    def days(self, home: str) -> int:
        """How many days before the end somebody is reminded in a place."""
        places = (home, city_of(home), province_of(home))
        return next((self.decided[place] for place in places if place in self.decided), int(DEFAULT))

    def state(self, card: CredentialCard) -> PaperState:
        """How a paper stands in the place of its card."""
        return state_of(
            card.presence, card.status, card.term, card.valid_to, today=self.today, days=self.days(card.home)
        )

    def conditions(self) -> dict[PaperState, Q]:
        """The same as conditions on cards: each card meets just one."""
        held = Q(presence=Presence.HELD)
        active = held & Q(status=PaperStatus.IN_FORCE)
        dated = active & ~Q(term=UNKNOWN)
        near = Q(term=DAY, valid_to__gte=self.today) & self._near()
        return {
            PaperState.EXPIRED: dated & Q(valid_to__lt=self.today),
            PaperState.EXPIRING: active & near,
            PaperState.VALID: dated & Q(valid_to__gte=self.today) & ~near,
            PaperState.UNDATED: active & Q(term=UNKNOWN),
            PaperState.STOPPED: held & ~Q(status=PaperStatus.IN_FORCE),
            PaperState.ABSENT: ~held,
        }

    def _near(self) -> Q:
        """Until the day up to which the place of a row is reminded today; the outer bound lets an index be walked."""
        furthest = Q(valid_to__lte=self._until(max([int(DEFAULT), *self.decided.values()])))
        if not self.decided:
            return furthest
        finest = sorted(self.decided.items(), key=lambda each: FINEST_FIRST.index(level_of(each[0])))
        cases = [When(**{level_of(place): place}, then=Value(self._until(days))) for place, days in finest]
        return furthest & Q(valid_to__lte=Case(*cases, default=Value(self._until(int(DEFAULT)))))

    def _until(self, days: int) -> date:
        return self.today + timedelta(days=days)
