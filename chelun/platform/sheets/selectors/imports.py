"""Reading imports: the list, one import, and what an upload can be offered (places, earlier sources)."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from chelun.core.errors import NotFound
from chelun.core.scope import Node, Scope
from chelun.platform.jobs.choices import LIVE
from chelun.platform.jobs.models import Job
from chelun.platform.regions.selectors import children, path_of, place
from chelun.platform.sheets.choices import OPEN_STATES, WORKING_STATES, ImportState
from chelun.platform.sheets.models import SheetImport

SOURCES_OFFERED = 30
REGION = "region"


def import_list(
    *, scope: Scope, state: str = "", source: str = "", owner_id: UUID | None = None, region: str = ""
) -> QuerySet[SheetImport]:
    """Imports in scope, without what only their own pages need. `state` is a state or one of GROUPS; `region` a place with all below it."""
    rows = SheetImport.objects.in_scope(scope).defer("tables", "dropped", "warnings")
    if state:
        rows = rows.filter(GROUPS[state]() if state in GROUPS else Q(state=state))
    if source:
        rows = rows.filter(source=source)
    if region:
        rows = rows.in_scope(Scope.of([Node(REGION, region)]))
    return rows.filter(owner_id=owner_id) if owner_id else rows


def _open() -> Q:
    return Q(state__in=(*OPEN_STATES, ImportState.PUBLISHING, ImportState.UNDOING))


def _stopped() -> Q:
    """At work by its state, but no job is at it."""
    at_work = Job.objects.filter(pk=OuterRef("job_id"), state__in=LIVE)
    return Q(state__in=WORKING_STATES) & ~Q(Exists(at_work))


def _refused() -> Q:
    """Brought in but for rows that can still be corrected, and nothing newer of the same source was brought since."""
    same = {name: OuterRef(name) for name in ("source", "province", "city", "county")}
    newer = SheetImport.objects.filter(
        state=ImportState.PUBLISHED, created_at__gt=OuterRef("created_at"), **same
    )
    kept = Q(state=ImportState.PUBLISHED, refusals__expires_at__gt=timezone.now())
    return kept & ~Q(Exists(newer))


GROUPS: dict[str, Callable[[], Q]] = {"open": _open, "stopped": _stopped, "refused": _refused}
"""What the list can show besides a single state: still to be done, cut off, with refused rows to correct."""


def import_get(*, scope: Scope, import_id: UUID) -> SheetImport:
    """One import; NotFound when it is not there for this reader."""
    found = (
        SheetImport.objects.in_scope(scope).select_related("file", "refusals").filter(pk=import_id).first()
    )
    if found is None:
        raise NotFound
    return found


def import_name(scope: Scope, batch: UUID) -> str:
    """The file that brought a batch; '' when it is not there for this reader."""
    found = SheetImport.objects.in_scope(scope).filter(batch=batch)
    return found.values_list("file_name", flat=True).first() or ""


def earlier_sources(*, scope: Scope) -> list[str]:
    """The sources that were brought from the reader's places, the latest first."""
    rows = SheetImport.objects.in_scope(scope).values("source").annotate(last=Max("created_at"))
    return [row["source"] for row in rows.order_by("-last")[:SOURCES_OFFERED]]


def import_regions(*, scope: Scope) -> list[tuple[str, str]]:
    """The places whose rosters the reader may bring, as (code, label): each granted place and those below it to counties."""
    found: dict[str, str] = {}
    for code in sorted(scope.keys(REGION)):
        _add(found, code)
    return list(found.items())


def _add(found: dict[str, str], code: str) -> None:
    here = place(code)
    if here is None or code in found:
        return
    found[code] = " ".join(path_of(code))
    if here.level in ("province", "city"):
        for below in children(code):
            if below.level != "township":
                _add(found, below.code)


def states_offered() -> Iterable[tuple[str, str]]:
    """The states by which the list can be narrowed."""
    return [(state.value, str(state.label)) for state in ImportState]
