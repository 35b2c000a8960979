"""What follows the import of a place: its firms are reviewed, and what its bureau keeps by hand is entered by hand."""

from django.utils import timezone

from chelun.core.actors import Actor
from chelun.core.scope import Node, Scope
from chelun.firms.choices import Counting
from chelun.firms.models import ThresholdRule
from chelun.firms.services.deciding import decide_rule
from chelun.firms.services.listing import list_by_hand
from chelun.firms.services.reviewing import review_firms
from chelun.firms.thresholds import Rule
from chelun.people.models import EnterpriseCard, EnterpriseSource
from chelun.platform.sheets.batches import hidden_batches
from scenarios.places import Kept, Place


def keep_registers(*, actor: Actor, place: Place) -> None:
    """Review the firms, and enter what the place keeps by hand from the lists that name it. Doing it again changes nothing."""
    review_firms()
    for kept in place.kept:
        _keep(actor, place, kept)


def _keep(actor: Actor, place: Place, kept: Kept) -> None:
    if not ThresholdRule.objects.filter(home=place.region, register=kept.register).exists():
        rule = Rule(
            kept.register, kept.label, Counting.HAND, None, (), place.since, place.region, kept.ground
        )
        decide_rule(actor=actor, rule=rule)
    area = Scope.of([Node("region", place.region)])
    named = EnterpriseSource.objects.in_scope(area).visible(hidden_batches()).filter(source=kept.source)
    cards = EnterpriseCard.objects.in_scope(area).visible(hidden_batches())
    firms = cards.filter(enterprise__in=named.values("enterprise"))
    lines = [code or name for code, name in firms.order_by("pinyin", "id").values_list("uscc", "name")]
    if lines:
        list_by_hand(
            actor=actor, register=kept.register, home=place.region, lines=lines,
            from_day=min(place.since, timezone.localdate()), ground=kept.ground,
        )  # fmt: skip
