"""Joining two files that are of one subject, and parting them again. Decision 11 says why it is done so.

A merge is a statement within the region of whoever makes it. It re-points nothing: records keep the leaf that their row
named, cards are computed from the records of all leaves, and parting computes both anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again, wait_for_turn
from chelun.core.scope import Node, Scope
from chelun.people.models import Merge
from chelun.people.rules.merging import leads_to, width
from chelun.people.selectors.records import Held, held
from chelun.people.services.batches import forget
from chelun.people.services.intake.leaves import merges_around
from chelun.people.services.intake.regrouping import (
    LEVELS,
    Place,
    hold_region,
    link_of,
    places_of,
    regroup,
    subjects_of,
)
from chelun.people.services.intake.shelf import SHELVES, Shelf
from chelun.people.services.parting import set_aside
from chelun.platform.audit.services import Event, record_many
from chelun.platform.privacy.keys import keys_of, make_keys
from chelun.platform.privacy.services import REASON_LETTERS
from chelun.platform.regions.selectors import placed, within
from chelun.platform.sheets.batches import home_of

MERGE = "people.merge"
MERGEABLE = ("person",)
TURN = "people.merges"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that somebody means to join, as he sees them, and the region in which it would hold."""

    shelf: Shelf
    leaf: Held
    canonical: Held
    region: str

    @property
    def numbers(self) -> tuple[str, str]:
        """Their ID numbers, '' where there is none."""
        return self.leaf.value("id_number") or "", self.canonical.value("id_number") or ""

    @property
    def numbers_differ(self) -> bool:
        """Whether both have an ID number, and not the same."""
        one, other = self.numbers
        return bool(one and other and one != other)


def pair_of(actor: Actor, register: str, leaf: UUID, canonical: UUID) -> Pair:
    """Two files before they are joined. NotFound unless the actor may join both; Refused when no place of his has both."""
    if register not in MERGEABLE:
        raise NotFound
    shelf, scope = SHELVES[register], actor.scope_for(MERGE)
    pair = held(scope, shelf, leaf), held(scope, shelf, canonical)
    if leaf == canonical:
        raise Refused("people.merge.same", _("这是同一份档案，请选择另一份。"))
    return Pair(shelf, *pair, _region(scope, *pair))


def merge_files(
    *, actor: Actor, register: str, leaf: UUID, canonical: UUID, reason: str, wrong: UUID | None = None
) -> Merge:
    """Show `leaf` on the file of `canonical` from now on. `wrong` says whose ID number is wrong where they differ."""
    reason = _reasoned(reason)
    return again(lambda: _merge(actor, register, leaf, canonical, reason, wrong))


def _merge(
    actor: Actor, register: str, leaf: UUID, canonical: UUID, reason: str, wrong: UUID | None
) -> Merge:
    wait_for_turn(TURN)
    hold_region(pair_of(actor, register, leaf, canonical).region)
    pair = pair_of(actor, register, leaf, canonical)
    _check_numbers(pair, wrong)
    merges = merges_around({leaf, canonical})
    if leads_to(map(link_of, merges), canonical, leaf):
        raise Refused(
            "people.merge.circle", _("有的地区已经按相反的方向合并了这两份档案，请改为保留另一份。")
        )
    place = placed(pair.region)
    merge = Merge.objects.create(
        province=place["province"], city=place["city"], county=place["county"], home=pair.region, register=register,
        leaf=leaf, canonical=canonical, wrong=_whose(pair, wrong), reason=reason, made_by=actor.actor_name,
        made_at=timezone.now(),
    )  # fmt: skip
    if not keys_of([canonical]):
        make_keys([canonical])
    places = regroup(pair.shelf, actor, merge, [*merges, merge])
    _note(actor, merge, "merged", reason, places)
    return merge


def unmerge_files(*, actor: Actor, merge: UUID, reason: str) -> int:
    """Take a merge back: both files stand as their own rows say. How many rows now wait for somebody to say whose they are.

    NotFound where the actor may not join; Refused when it is undone already.
    """
    reason = _reasoned(reason)
    return again(lambda: _unmerge(actor, merge, reason))


def _unmerge(actor: Actor, merge_id: UUID, reason: str) -> int:
    wait_for_turn(TURN)
    merge = Merge.objects.in_scope(actor.scope_for(MERGE)).filter(pk=merge_id).first()
    if merge is None:
        raise NotFound
    if merge.undone_at:
        raise Refused("people.merge.undone", _("这次合并已经拆分过了。"))
    hold_region(merge.home)
    before = merges_around({merge.leaf})
    subjects, shelf = subjects_of(before), SHELVES[merge.register]
    merge.undone_at, merge.undone_by, merge.undone_reason = timezone.now(), actor.actor_name, reason
    merge.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    after = [each for each in before if each.pk != merge.pk]
    waiting = set_aside(shelf, merge, before, after, places_of(shelf, subjects, merge.home))
    places = regroup(shelf, actor, merge, after)
    forget(shelf, subjects)
    _note(actor, merge, "unmerged", reason, places, waiting=waiting)
    return waiting


def _reasoned(reason: str) -> str:
    if len(reason.strip()) < REASON_LETTERS:
        raise Refused("people.merge.reason", _("请写明理由（至少 4 个字），以后的人要靠它判断。"))
    return reason.strip()[:200]


def _region(scope: Scope, one: Held, other: Held) -> str:
    """The smallest region around all that is seen of both files, inside one place for which the actor may join."""
    places = [[_levels(card) for card in found.cards] for found in (one, other)]
    for node in [None] if scope.is_everything else _regions(scope):
        inside = [[place for place in each if _lies_in(place, node)] for each in places]
        region = _common([*inside[0], *inside[1]]) if all(inside) else ""
        if region and within(region, scope):
            return region
    sentence = _("这两份档案不在您负责的同一个地区，请由上一级的档案管理员合并。")
    raise Refused("people.merge.apart", sentence)


def _regions(scope: Scope) -> list[Node]:
    return [Node("region", key) for key in sorted(scope.keys("region"))]


def _levels(card: object) -> Place:
    return {level: getattr(card, level) for level in LEVELS}


def _lies_in(place: Place, node: Node | None) -> bool:
    return node is None or place[LEVELS[width(node.key)]] == node.key


def _common(places: Collection[Place]) -> str:
    """The smallest region around some places; '' where not even the province is the same."""
    if len({home_of(place) for place in places}) == 1:
        return home_of(next(iter(places)))
    for level in reversed(LEVELS):
        codes = {place[level] for place in places}
        if len(codes) == 1 and "" not in codes:
            return codes.pop()
    return ""


def _check_numbers(pair: Pair, wrong: UUID | None) -> None:
    if pair.numbers_differ and wrong not in (pair.leaf.subject, pair.canonical.subject):
        sentence = _("两份档案的身份证号不同。确是同一人时，请写明哪一个号码是错的；说不清就不要合并。")
        raise Refused("people.merge.numbers", sentence)


def _whose(pair: Pair, wrong: UUID | None) -> UUID | None:
    """The leaf from whose rows the wrong number comes."""
    if not pair.numbers_differ:
        return None
    found = pair.leaf if wrong == pair.leaf.subject else pair.canonical
    return found.facts["id_number"].record.subject


def _note(actor: Actor, merge: Merge, verb: str, reason: str, places: Collection[Place], **told: int) -> None:
    """In the trail of both, in each place that held both; the reason only where the merge was made."""
    shelf = SHELVES[merge.register]
    both = {merge.leaf, merge.canonical}
    events = []
    for home in [merge.home, *(home_of(place) for place in places if home_of(place) != merge.home)]:
        if home != merge.home and not _holds(shelf, both, home):
            continue
        for subject in sorted(both):
            events.append(Event(
                f"people.{merge.register}.{verb}", merge.register, str(subject), home,
                reason if home == merge.home else "", new={"merge": str(merge.pk), **told},
            ))  # fmt: skip
    record_many(actor=actor, events=events)


def _holds(shelf: Shelf, both: set[UUID], home: str) -> bool:
    rows = shelf.sources.filter(Q(**{f"{shelf.subject}__in": both}), home=home, superseded_by=None)
    return len(set(rows.values_list(shelf.subject, flat=True))) == len(both)
