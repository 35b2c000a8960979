"""What goes by its day: wishes to which nobody agreed, relatives whose consent ended and was not given anew."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.locks import again
from chelun.families.models import FamilyWish, Relative
from chelun.families.place_settings import PENDING
from chelun.families.rules import SERVICES
from chelun.families.selectors import KIND, standing_of
from chelun.families.services.erasing import erase_relative
from chelun.platform.audit.services import record
from chelun.platform.privacy.choices import ErasureGround
from chelun.platform.privacy.services.holds import by_erasure, by_hold, by_request
from chelun.platform.regions.words import values_for


def review_families(actor: Actor) -> str:
    """The daily work: how many wishes and relatives went."""
    wishes = again(lambda: clear_wishes(actor))
    gone = sum(again(lambda pk=pk: end_relative(actor, pk)) for pk in list(over()))  # type: ignore[misc]
    return f"{wishes} + {gone}"


def clear_wishes(actor: Actor) -> int:
    """Wishes whose day has passed go, with a line in the trail for each place."""
    with transaction.atomic():
        rows = FamilyWish.objects.select_for_update().filter(until__lt=timezone.localdate())
        homes = Counter(rows.values_list("home", flat=True))
        rows.delete()
        for home, count in sorted(homes.items()):
            record(actor=actor, action="families.wish.expired", region=home, new={"count": count})
    return homes.total()


def over() -> Iterator[UUID]:
    """Relatives to whom nothing may be kept any more."""
    today = timezone.localdate()
    rows = Relative.objects.filter(Q(until=None) | Q(until__lt=today) | Q(person=None)).order_by("pk")
    for row in rows.iterator():
        if _is_over(row):
            yield row.pk


def _is_over(row: Relative) -> bool:
    """Nobody agreed; or the time of waiting for a new consent has passed; or the one for whom it was kept is gone."""
    today = timezone.localdate()
    if row.until is None:
        return True
    if row.until < today:
        return row.until + timedelta(days=int(str(values_for(row.home).value(PENDING)))) < today
    return row.person_id is None and not standing_of([row.pk], SERVICES)


def end_relative(actor: Actor, relative: UUID) -> bool:
    """Erase one for whom nobody agrees any more; not while a dispute, a request or another's decision keeps the data."""
    row = Relative.objects.select_for_update(of=("self",)).filter(pk=relative).first()
    if row is None or not _is_over(row):
        return False
    if any(keep(KIND, row.home, [row.pk]) for keep in (by_hold, by_request, by_erasure)):
        return False
    erase_relative(actor, row, ErasureGround.EXPIRED, _("同意已到期，没有重新同意"))
    return True
