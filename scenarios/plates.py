"""What the registrar of a place does after its imports: plates that rosters write without a colour are joined with the ledger's vehicles."""

import contextlib

from chelun.core.errors import Refused
from chelun.people.rules.plates import JOIN
from chelun.people.selectors.plates import judged, pairs_of_plates
from chelun.people.services.bulk_merging import begin_joining
from chelun.people.services.likeness import find_likenesses
from chelun.people.services.merging import MERGE
from chelun.platform.jobs.execution import run_here
from chelun.platform.jobs.models import Job
from scenarios.accounts import make_accounts
from scenarios.places import Place

REASON = "名单没写颜色，台账同号只有一辆"


def join_plates(place: Place) -> None:
    """The act of the page of likely duplicates, on behalf of the place's registrar; nothing where no pair is left to join."""
    if not place.joins_plates:
        return
    find_likenesses()
    registrar = make_accounts(place)["registrar"]
    found = judged(registrar.scope_for(MERGE), pairs_of_plates(place.region))
    if any(each.verdict == JOIN for each in found):
        # One that was cut off waits for the worker already.
        with contextlib.suppress(Refused):
            bulk = begin_joining(actor=registrar, region=place.region, reason=REASON)
            run_here(Job.objects.get(params__bulk=str(bulk.pk)))
